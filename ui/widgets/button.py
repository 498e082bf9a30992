"""Buttons: they act only when the touch begins and ends inside, and are never disabled."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.textflow import TextFlow
from ui.theme import Colour, Role


class Stature(IntEnum):
    """Height of a button in reference pixels."""

    SMALL = 68
    ROW = 92
    MAIN = 112
    GREAT = 144
    POSTER = 164


# On a laptop lines are half as far apart, so buttons are flatter too, though never under the least target.
_LAPTOP_SHRINK = 0.62

_INK_OF = {
    Skin.GO: (Colour.ON_ACCENT, Colour.ACCENT),
    Skin.SECOND: (Colour.INK, Colour.ON_SOLID),
    Skin.SOLID: (Colour.ON_SOLID, Colour.INK),
    Skin.CARD: (Colour.INK, Colour.ON_SOLID),
    Skin.CARD_CHOSEN: (Colour.INK, Colour.ON_SOLID),
    Skin.KEY: (Colour.INK, Colour.ON_SOLID),
    Skin.KEY_MARK: (Colour.INK, Colour.ON_SOLID),
    Skin.KEY_WORK: (Colour.INK, Colour.ON_SOLID),
    Skin.KEY_LOCKED: (Colour.ON_SOLID, Colour.INK),
    Skin.QUIET: (Colour.INK, Colour.ON_SOLID),
    Skin.ON_CLOTH: (Colour.ON_CLOTH, Colour.CLOTH),
    Skin.ON_CLOTH_BOX: (Colour.ON_CLOTH, Colour.CLOTH),
    Skin.ON_CLOTH_NOW: (Colour.ON_CLOTH, Colour.CLOTH),
    Skin.ON_CLOTH_FULL: (Colour.CLOTH, Colour.ON_CLOTH),
}


def button_height(look: Look, stature: Stature) -> int:
    """Pixels a button of that stature takes on this screen."""
    shrink = _LAPTOP_SHRINK if look.theme.laptop else 1.0
    return max(look.theme.min_target, look.theme.px(stature * shrink))


class Pressable(QPushButton):
    """Anything pressed: skin from the style sheet, contents painted by the subclass.

    ``clicked`` is the signal. A touch never takes the focus away from a field; Tab reaches it.
    """

    def __init__(self, look: Look, skin: Skin, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._skin = skin
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)
        dress(self, skin)

    @property
    def ring_radius(self) -> int:
        """Corner radius the focus ring follows."""
        return self._look.theme.radius("button")

    def reskin(self, skin: Skin) -> None:
        """Wears another skin (selected, locked)."""
        self._skin = skin
        dress(self, skin)

    def ink(self) -> QColor:
        """Colour of text and icon; swapped with the fill while pressed."""
        rest, pressed = _INK_OF[self._skin]
        return self._look.theme.colour(pressed if self.isDown() else rest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as the space bar does; Qt knows that only in dialogs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paint_skin(self, painter: QPainter) -> None:
        """Background and border as the style sheet has them in the present state."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Skin, then contents."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_skin(painter)
        self.paint_inside(painter)

    def paint_inside(self, painter: QPainter) -> None:
        """Contents; the base has none (a card is filled by child widgets)."""


class Button(Pressable):
    """One line or more of words with an icon before or after them."""

    def __init__(
        self,
        look: Look,
        words: str,
        *,
        skin: Skin,
        role: Role,
        icon: Icon | None = None,
        icon_after: bool = False,
        stature: Stature = Stature.MAIN,
        left: bool = False,
        leads_on: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, skin, words.replace("\n", " "), parent)
        self._leads_on = leads_on
        self._role = role
        self._icon = icon
        self._icon_after = icon_after
        self._left = left
        self._stature = stature
        self._busy_words: str | None = None
        self._icon_px = round(look.theme.text_px(role) * (1.18 if skin is Skin.GO else 1.36))
        self._pad = look.theme.px(16 if stature is Stature.SMALL else 28)
        self._gap = look.theme.px(12 if stature is Stature.SMALL else 24 if skin is Skin.GO else 18)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._set(words)

    def say(self, words: str) -> None:
        """Shows other words."""
        self.setAccessibleName(words.replace("\n", " "))
        self._set(words)
        self.updateGeometry()
        self.update()

    def set_busy(self, words: str | None) -> None:
        """Shows what is going on in place of its words, in the same width; ``None`` ends it.

        A busy button ignores further presses, so a double tap does its work once.
        """
        self._busy_words = words
        self.setMinimumWidth(self.width() if words is not None else 0)
        self._flow = self._flow_of(words if words is not None else self._words)
        self.setAccessibleDescription(words or "")
        self.update()

    @property
    def busy(self) -> bool:
        """Whether presses are ignored for now."""
        return self._busy_words is not None

    def nextCheckState(self) -> None:
        """Nothing to toggle: a button only clicks."""

    def hitButton(self, pos: object) -> bool:
        """No place counts while busy; this also stops keyboard-free double taps."""
        return not self.busy and self.rect().contains(pos)  # type: ignore[call-overload]

    def _set(self, words: str) -> None:
        self._words = words
        self._flow = self._flow_of(words)
        self.setText(words.replace("\n", " "))

    def _flow_of(self, words: str) -> TextFlow:
        theme = self._look.theme
        size = theme.text_px(self._role)
        return TextFlow(words, theme.font(self._role, strong=True), round(size * 1.22))

    def sizeHint(self) -> QSize:
        """Words unbroken, icon and padding; at least the stature's height."""
        width, height = self._flow.natural_size()
        tall = button_height(self._look, self._stature)
        return QSize(width + self._beside(), max(tall, height + self._look.theme.px(20)))

    def minimumSizeHint(self) -> QSize:
        """Room for the widest word."""
        wide = max(self._look.theme.min_target, self._flow.widest_word() + self._beside())
        return QSize(wide, button_height(self._look, self._stature))

    def hasHeightForWidth(self) -> bool:
        """Words may wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Tall enough for the wrapped words."""
        inner = self._flow.height_for(max(1, width - self._beside()))
        return max(button_height(self._look, self._stature), inner + self._look.theme.px(20))

    def _beside(self) -> int:
        icon = self._icon_px + self._gap if self._icon is not None else 0
        chevron = self._icon_px + self._gap if self._leads_on else 0
        return 2 * self._pad + icon + chevron

    def paint_inside(self, painter: QPainter) -> None:
        """Icon and words, together in the middle or from the left."""
        ink = self.ink()
        room = self.width() - self._beside()
        width = min(self._flow.natural_size()[0], room)
        self._flow.height_for(room)
        icon = self._icon_px + self._gap if self._icon is not None else 0
        start = self._pad if self._left else (self.width() - width - icon) // 2
        words_at = start if self._icon_after else start + icon
        if self._left and self._icon_after:
            icon_at = self.width() - self._pad - self._icon_px
        else:
            icon_at = start + width + self._gap if self._icon_after else start
        box = QRectF(words_at, 0, room if self._left else width, self.height())
        self._flow.draw_centred(painter, box, ink)
        if self._icon is not None:
            top = (self.height() - self._icon_px) // 2
            self._look.icons.draw(painter, self._icon, icon_at, top, self._icon_px, ink)
        if self._leads_on:
            right = self.width() - self._pad - self._icon_px
            top = (self.height() - self._icon_px) // 2
            self._look.icons.draw(painter, Icon.CHEVRON_RIGHT, right, top, self._icon_px, ink)


class GoButton(Button):
    """The one yellow button of a page: the next right step."""

    def __init__(
        self,
        look: Look,
        words: str,
        icon: Icon | None = Icon.ARROW_RIGHT,
        *,
        icon_after: bool = True,
        stature: Stature = Stature.MAIN,
        role: Role = Role.BUTTON,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            words,
            skin=Skin.GO,
            role=role,
            icon=icon,
            icon_after=icon_after,
            stature=stature,
            parent=parent,
        )


class SecondButton(Button):
    """Outlined: another possible step. ``left`` and ``leads_on`` make it a row with a chevron."""

    def __init__(
        self,
        look: Look,
        words: str,
        icon: Icon | None = None,
        *,
        icon_after: bool = False,
        stature: Stature = Stature.MAIN,
        left: bool = False,
        leads_on: bool = False,
        role: Role = Role.BUTTON_SECOND,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            words,
            skin=Skin.SECOND,
            role=role,
            icon=icon,
            icon_after=icon_after,
            stature=stature,
            left=left,
            leads_on=leads_on,
            parent=parent,
        )


class SolidButton(Button):
    """Filled with cloth: second rank, still strong."""

    def __init__(
        self,
        look: Look,
        words: str,
        icon: Icon | None = None,
        *,
        stature: Stature = Stature.MAIN,
        left: bool = False,
        role: Role = Role.BUTTON_SECOND,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look, words, skin=Skin.SOLID, role=role, icon=icon, stature=stature, left=left, parent=parent
        )
