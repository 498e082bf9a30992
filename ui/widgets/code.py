"""The private code: diamonds until its owner asks to see it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from ui.look import Look
from ui.ornament import diamond
from ui.theme import Colour, Role
from ui.widgets.text import Text

_GROUP = 4


class PrivateCode(QWidget):
    """Groups of four letters, hidden as groups of four diamonds. Starts hidden, also to screen readers."""

    def __init__(self, look: Look, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        letters = code.replace("-", "").replace(" ", "")
        self._code = Text(look, Role.TITLE2, in_groups(code), strong=True)
        self._layers.addWidget(_Diamonds(look, len(letters)))
        self._layers.addWidget(self._code)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def revealed(self) -> bool:
        """Whether the letters are to be seen."""
        return self._layers.currentWidget() is self._code

    def reveal(self, shown: bool) -> None:
        """Shows the letters, or the diamonds again."""
        self._layers.setCurrentIndex(1 if shown else 0)


class _Diamonds(QWidget):
    def __init__(self, look: Look, count: int) -> None:
        super().__init__()
        self._look = look
        self._count = count

    def sizeHint(self) -> QSize:
        """One line of the code's own text."""
        return QSize(self._look.theme.px(400), self._look.theme.line_px(Role.TITLE2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Diamonds in groups, smaller where they would not fit."""
        theme = self._look.theme
        groups = (self._count + _GROUP - 1) // _GROUP
        room = self.width() / max(1, self._count + 0.7 * groups)
        step = min(theme.text_px(Role.TITLE2) * 0.44, room)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Colour.INK))
        for at in range(self._count):
            x = step * (at + 0.5 + 0.7 * (at // _GROUP))
            painter.drawPolygon(diamond(QPointF(x, self.height() / 2), step * 0.46))


def in_groups(code: str) -> str:
    """A code as it is read aloud: groups of four letters."""
    letters = code.replace("-", "").replace(" ", "")
    return " ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
