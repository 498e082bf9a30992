"""A row that leads on: icon, words, a second line. For folders, files and things to mend."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin
from ui.textflow import TextFlow
from ui.theme import Colour, Role
from ui.widgets.button import Pressable, Stature, button_height


class ListRow(Pressable):
    """Pressed as a whole. ``bad`` draws the second line as something wrong."""

    def __init__(
        self,
        look: Look,
        icon: Icon,
        words: str,
        note: str = "",
        *,
        bad: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, Skin.CARD, f"{words}. {note}" if note else words, parent)
        theme = look.theme
        self._icon = icon
        self._bad = bad
        self._pad = theme.px(28 if not theme.laptop else 16)
        self._icon_px = round(theme.text_px(Role.LEAD) * 1.35)
        line = round(theme.text_px(Role.LEAD) * 1.28)
        self._words = TextFlow(words, theme.font(Role.LEAD, strong=True), line)
        self._note = TextFlow(note, theme.font(Role.CAPTION, strong=bad), theme.line_px(Role.CAPTION))
        self._has_note = bool(note)
        self.setText(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _beside(self) -> int:
        return 4 * self._pad + 2 * self._icon_px

    def _inner(self, width: int) -> tuple[int, int]:
        room = max(1, width - self._beside())
        return self._words.height_for(room), self._note.height_for(room) if self._has_note else 0

    def sizeHint(self) -> QSize:
        """Words unbroken."""
        width = self._words.natural_size()[0] + self._beside()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Words may be broken anywhere: file names have no blanks."""
        wide = self._beside() + self._look.theme.px(120)
        return QSize(wide, button_height(self._look, Stature.ROW))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Both lines, or the least row."""
        return max(button_height(self._look, Stature.ROW), sum(self._inner(width)) + self._look.theme.px(24))

    def paint_inside(self, painter: QPainter) -> None:
        """Icon, words over note, chevron."""
        ink = self.ink()
        words, note = self._inner(self.width())
        top = (self.height() - self._icon_px) / 2
        self._look.icons.draw(painter, self._icon, self._pad, top, self._icon_px, ink)
        right = self.width() - self._pad - self._icon_px
        self._look.icons.draw(painter, Icon.CHEVRON_RIGHT, right, top, self._icon_px, ink)
        left = 2 * self._pad + self._icon_px
        room = self.width() - self._beside()
        start = (self.height() - words - note) / 2
        self._words.draw(painter, QRectF(left, start, room, words), ink)
        if self._has_note:
            bad = self._bad and not self.isDown()
            colour = self._look.theme.colour(Colour.ON_BAD) if bad else ink
            self._note.draw(painter, QRectF(left, start + words, room, note), colour)
