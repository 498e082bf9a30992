"""A box to tick: never ticked beforehand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin
from ui.textflow import TextFlow
from ui.theme import Colour, Role
from ui.widgets.button import Pressable, Stature, button_height


class TickCard(Pressable):
    """Box, words, a quieter sentence below them; the whole card is pressed. ``ticked`` is its state."""

    def __init__(self, look: Look, words: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, Skin.CARD, words, parent)
        theme = look.theme
        self._pad = theme.px(28 if not theme.laptop else 18)
        self._box = theme.px(56 if not theme.laptop else 36)
        self._words = TextFlow(words, theme.font(Role.LEAD, strong=True), theme.line_px(Role.LEAD))
        self._note = TextFlow(note, theme.font(Role.CAPTION), theme.line_px(Role.CAPTION))
        self._has_note = bool(note)
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleDescription(note)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._redress)

    @property
    def ticked(self) -> bool:
        """Whether the person said yes."""
        return self.isChecked()

    def _redress(self, ticked: bool) -> None:
        self.reskin(Skin.CARD_CHOSEN if ticked else Skin.CARD)

    def _beside(self) -> int:
        return 3 * self._pad + self._box

    def sizeHint(self) -> QSize:
        """Words on one line."""
        width = self._words.natural_size()[0] + self._beside()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The widest word."""
        wide = max(self._words.widest_word(), self._note.widest_word())
        return QSize(wide + self._beside(), button_height(self._look, Stature.ROW))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Words over note, or the least row."""
        words, note = self._heights(width - self._beside())
        return max(button_height(self._look, Stature.ROW), words + note + self._look.theme.px(32))

    def _heights(self, room: int) -> tuple[int, int]:
        note = self._note.height_for(max(1, room)) if self._has_note else 0
        return self._words.height_for(max(1, room)), note

    def paint_inside(self, painter: QPainter) -> None:
        """Box with or without its tick, then the words."""
        theme, ink = self._look.theme, self.ink()
        middle = self.height() / 2
        box = QRectF(self._pad, middle - self._box / 2, self._box, self._box)
        painter.setPen(QPen(ink, theme.stroke("strong")))
        painter.setBrush(theme.colour(Colour.STEP_NOW if self.ticked else Colour.SURFACE))
        painter.drawRoundedRect(box, theme.radius("chip"), theme.radius("chip"))
        if self.ticked:
            inner = self._box * 3 // 4
            shift = (self._box - inner) / 2
            colour = theme.colour(Colour.ON_STEP_NOW)
            self._look.icons.draw(painter, Icon.CHECK, box.left() + shift, box.top() + shift, inner, colour)
        left = 2 * self._pad + self._box
        room = self.width() - left - self._pad
        words, note = self._heights(room)
        top = middle - (words + note) / 2
        self._words.draw(painter, QRectF(left, top, room, words), ink)
        if self._has_note:
            self._note.draw(painter, QRectF(left, top + words, room, note), ink)
