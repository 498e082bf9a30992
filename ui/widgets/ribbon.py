"""A band that says on every page what is not yet trustworthy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.theme import Colour, Role
from ui.widgets.icon_view import IconView
from ui.widgets.layout import row
from ui.widgets.text import Text


class Ribbon(QWidget):
    """Words over the whole width, below the hem, e.g. that this is a trial version."""

    def __init__(self, look: Look, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        high = theme.px(6)
        line = row(self, gap=theme.px(14), margins=(theme.margin, high, theme.margin, high))
        side = round(theme.text_px(Role.CAPTION) * 1.2)
        line.addWidget(IconView(look, Icon.INFO_CIRCLE, side, Colour.WARN), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(Text(look, Role.CAPTION, words, colour=Colour.ON_WARN, strong=True), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Flat tint and a line below."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Colour.WARN_TINT))
        line = theme.stroke("hairline")
        painter.fillRect(0, self.height() - line, self.width(), line, theme.colour(Colour.WARN))
