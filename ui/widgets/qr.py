"""A QR code from its modules."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.theme import Colour

QUIET_MODULES = 4  # the standard's free border


class QrView(QWidget):
    """Dark on white in every mode, because scanners want it so; ``side`` in reference pixels."""

    def __init__(
        self,
        look: Look,
        modules: Sequence[Sequence[bool]],
        side: int,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._modules = modules
        self.setAccessibleName(name)
        self.setFixedSize(look.theme.px(side), look.theme.px(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Whole pixels for each module, so that edges stay sharp."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Colour.HAIRLINE), theme.stroke("hairline")))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.radius("chip"), theme.radius("chip")
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        count = len(self._modules)
        if not count:
            return
        cell = max(1, self.width() // (count + 2 * QUIET_MODULES))
        start = (self.width() - cell * count) // 2
        black = QColor("black")
        for y, line in enumerate(self._modules):
            for x, dark in enumerate(line):
                if dark:
                    painter.fillRect(start + x * cell, start + y * cell, cell, cell, black)
