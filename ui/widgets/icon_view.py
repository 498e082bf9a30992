"""An icon as a widget, for rows laid out by Qt."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.icons import Icon
from ui.look import Look
from ui.theme import Colour


class IconView(QWidget):
    """One icon, ``side`` device pixels square, in a colour role."""

    def __init__(
        self,
        look: Look,
        icon: Icon,
        side: int,
        colour: Colour = Colour.OUTLINE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._colour = colour
        self.setFixedSize(side, side)

    def show_icon(self, icon: Icon, colour: Colour | None = None) -> None:
        """Shows another icon, or the same in another colour."""
        self._icon = icon
        self._colour = colour or self._colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The tinted pixmap."""
        colour = self._look.theme.colour(self._colour)
        self._look.icons.draw(QPainter(self), self._icon, 0, 0, self.width(), colour)
