"""One answer out of a few: cards with a diamond that fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin
from ui.textflow import TextFlow
from ui.theme import Role
from ui.widgets.button import Pressable, Stature, button_height
from ui.widgets.thread import StepState, paint_step
from ui.widgets.tile import paint_icon


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: the value kept, the words shown, an optional second line and icon."""

    value: str
    words: str
    note: str = ""
    icon: Icon | None = None


class RadioCard(Pressable):
    """A row with a diamond: empty, or yellow with a core once chosen."""

    def __init__(self, look: Look, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(look, Skin.CARD, choice.words, parent)
        theme = look.theme
        self.choice = choice
        self._chosen = False
        self._pad = theme.px(28 if not theme.laptop else 18)
        self._reach = theme.px(24 if not theme.laptop else 16)
        line = round(theme.text_px(Role.LEAD) * 1.3)
        self._words = TextFlow(choice.words, theme.font(Role.LEAD, strong=True), line)
        self._note = (
            TextFlow(choice.note, theme.font(Role.CAPTION), theme.line_px(Role.CAPTION))
            if choice.note
            else None
        )
        self._icon_px = round(theme.text_px(Role.LEAD) * 1.35) if choice.icon is not None else 0
        self.setText(choice.words)
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def nextCheckState(self) -> None:
        """A touch chooses; the list unchooses the others."""

    def set_chosen(self, chosen: bool) -> None:
        """Tint, strong border, filled diamond."""
        self._chosen = chosen
        self.setChecked(chosen)
        self.reskin(Skin.CARD_CHOSEN if chosen else Skin.CARD)

    def _beside(self) -> int:
        icon = self._icon_px + self._pad if self._icon_px else 0
        return 3 * self._pad + 2 * self._reach + icon

    def sizeHint(self) -> QSize:
        """Words unbroken."""
        width = max(self._words.natural_size()[0], self._note.natural_size()[0] if self._note else 0)
        return QSize(width + self._beside(), self.heightForWidth(width + self._beside()))

    def minimumSizeHint(self) -> QSize:
        """The widest word."""
        wide = max(self._words.widest_word(), self._note.widest_word() if self._note else 0)
        return QSize(wide + self._beside(), button_height(self._look, Stature.ROW))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Words over note, or the least row."""
        room = max(1, width - self._beside())
        note = self._note.height_for(room) if self._note is not None else 0
        inner = self._words.height_for(room) + note + self._look.theme.px(28)
        return max(button_height(self._look, Stature.ROW), inner)

    def paint_inside(self, painter: QPainter) -> None:
        """Diamond, icon, words."""
        ink = self.ink()
        middle = self.height() / 2
        state = StepState.NOW if self._chosen else StepState.NEXT
        paint_step(self._look, painter, state, QPointF(self._pad + self._reach, middle), self._reach)
        left = 2 * self._pad + 2 * self._reach
        if self.choice.icon is not None:
            centre = QPointF(left + self._icon_px / 2, middle)
            paint_icon(self._look, painter, self.choice.icon, centre, self._icon_px, ink)
            left += self._icon_px + self._pad
        room = self.width() - left - self._pad
        words = self._words.height_for(room)
        note = self._note.height_for(room) if self._note is not None else 0
        top = middle - (words + note) / 2
        self._words.draw(painter, QRectF(left, top, room, words), ink)
        if self._note is not None:
            self._note.draw(painter, QRectF(left, top + words, room, note), ink)


class ChoiceList(QWidget):
    """Cards one below the other (or in columns). Signal ``picked(object)`` carries the ``Choice``."""

    picked = Signal(object)

    def __init__(
        self,
        look: Look,
        choices: Sequence[Choice],
        *,
        chosen: str | None = None,
        columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.theme.px(16 if not look.theme.laptop else 10))
        self.cards = [RadioCard(look, choice) for choice in choices]
        many = columns if look.theme.card_columns > 2 else 1
        for index, card in enumerate(self.cards):
            grid.addWidget(card, index // many, index % many)
            card.clicked.connect(self._clicked)
        for at in range(many):
            grid.setColumnStretch(at, 1)
        self.choose(chosen)

    def choose(self, value: str | None) -> None:
        """Shows a value as chosen; ``None`` shows none."""
        self._value = value
        for card in self.cards:
            card.set_chosen(card.choice.value == value)

    @property
    def value(self) -> str | None:
        """The chosen value."""
        return self._value

    def _clicked(self) -> None:
        card = self.sender()
        if isinstance(card, RadioCard):
            self.choose(card.choice.value)
            self.picked.emit(card.choice)
