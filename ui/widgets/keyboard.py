"""The on-screen keyboard: tones by name, letters with marks, QWERTY; or a big number pad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from kiosk.typing_vi import (
    MARK_LETTERS,
    Caps,
    Tone,
    begins_word,
    press_backspace,
    press_letter,
    press_tone,
    tone_at,
)
from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.textflow import TextFlow
from ui.theme import Role
from ui.widgets.button import Pressable
from ui.widgets.layout import column, row


class KeyKind(Enum):
    """What a key does."""

    LETTER = "letter"
    TONE = "tone"
    BACKSPACE = "backspace"
    SHIFT = "shift"
    LAYER = "layer"
    HIDE = "hide"


class Pad(StrEnum):
    """Which keys are shown."""

    LETTERS = "letters"
    SIGNS = "signs"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it does, what it types, what it shows."""

    kind: KeyKind
    letters: str = ""
    tone: Tone | None = None
    words_key: str = ""
    icon: Icon | None = None
    width: float = 1.0


class TypingTarget(Protocol):
    """What the keyboard types into."""

    edited: SignalInstance

    @property
    def caps(self) -> Caps:
        """Which letters become capitals by themselves."""

    def text(self) -> str:
        """What is typed."""

    def caret(self) -> int:
        """Where the next letter goes."""

    def retype(self, words: str, caret: int) -> None:
        """Takes the result of a key."""


_TONE_KEYS = (
    Key(KeyKind.TONE, "à", Tone.HUYEN, "key.huyen"),
    Key(KeyKind.TONE, "ả", Tone.HOI, "key.hoi"),
    Key(KeyKind.TONE, "ã", Tone.NGA, "key.nga"),
    Key(KeyKind.TONE, "á", Tone.SAC, "key.sac"),
    Key(KeyKind.TONE, "ạ", Tone.NANG, "key.nang"),
)
_BACKSPACE = Key(KeyKind.BACKSPACE, words_key="key.backspace", icon=Icon.BACKSPACE, width=1.57)
_HIDE = Key(KeyKind.HIDE, words_key="key.hide", icon=Icon.CHEVRON_DOWN, width=1.57)
_SPACE = Key(KeyKind.LETTER, " ", words_key="key.space", width=7.78)
_SHIFT = Key(KeyKind.SHIFT, words_key="key.shift", icon=Icon.ARROW_BIG_UP, width=1.57)


def _letters(letters: str) -> list[Key]:
    return [Key(KeyKind.LETTER, letter) for letter in letters]


def _layer(words_key: str, width: float = 1.57) -> Key:
    return Key(KeyKind.LAYER, words_key=words_key, width=width)


_LETTER_ROWS: tuple[tuple[Key, ...], ...] = (
    _TONE_KEYS,
    tuple(Key(KeyKind.LETTER, letter) for letter in MARK_LETTERS),
    tuple(_letters("qwertyuiop")),
    tuple(_letters("asdfghjkl")),
    (_SHIFT, *_letters("zxcvbnm"), _BACKSPACE),
    (_layer("key.digits"), _SPACE, _HIDE),
)
_SIGN_ROWS: tuple[tuple[Key, ...], ...] = (
    tuple(_letters("1234567890")),
    tuple(_letters("/-–.,:;()@")),
    tuple(_letters("+=%&\"'?!_#")),
    (_layer("key.letters"), _SPACE, _BACKSPACE),
    (_HIDE,),
)
_NUMBER_ROWS: tuple[tuple[Key, ...], ...] = (
    tuple(_letters("123")),
    tuple(_letters("456")),
    tuple(_letters("789")),
    (
        Key(KeyKind.LETTER, "/"),
        Key(KeyKind.LETTER, "0"),
        Key(KeyKind.BACKSPACE, words_key="key.backspace", icon=Icon.BACKSPACE),
    ),
    (Key(KeyKind.HIDE, words_key="key.hide", icon=Icon.CHEVRON_DOWN),),
)
_ROWS = {Pad.LETTERS: _LETTER_ROWS, Pad.SIGNS: _SIGN_ROWS, Pad.NUMBERS: _NUMBER_ROWS}


class Keyboard(QFrame):
    """Types into its target. Signals: ``pressed(object)`` carries the ``Key``; ``hide_wanted``.

    Keys never take the focus, so the field keeps its caret; a real keyboard works beside it.
    """

    pressed = Signal(object)
    hide_wanted = Signal()

    def __init__(self, look: Look, pad: Pad = Pad.LETTERS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._target: TypingTarget | None = None
        self._shift = False
        self._pad: Pad | None = None
        self.keys: list[KeyButton] = []
        theme = look.theme
        dress(self, Skin.TRAY)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        side = theme.px(24 if not theme.laptop else 16)
        high = theme.px(20 if not theme.laptop else 8)
        self._gap = theme.px(12 if not theme.laptop else 6)
        self._outer = column(self, margins=(side, high, side, high))
        self._tray: QWidget | None = None
        self.show_pad(pad)

    @property
    def pad(self) -> Pad:
        """Which keys are shown."""
        return self._pad or Pad.LETTERS

    def show_pad(self, pad: Pad) -> None:
        """Letters, signs or the number pad."""
        if pad is self._pad:
            return
        self._pad = pad
        if self._tray is not None:
            self._outer.removeWidget(self._tray)
            self._tray.hide()
            self._tray.deleteLater()
        self._tray = QWidget()
        lines = column(self._tray, gap=self._gap)
        self.keys = []
        for keys in self._rows(pad):
            self._add_row(lines, keys)
        self._outer.addWidget(self._tray)
        self._show_state()

    def _rows(self, pad: Pad) -> Sequence[Sequence[Key]]:
        rows = _ROWS[pad]
        if self._look.theme.laptop and pad is Pad.LETTERS:
            # Low screens: tones and marked letters share a row.
            tones = [replace(key, width=1.6) for key in rows[0]]
            return [(*tones, *rows[1]), *rows[2:]]
        if self._look.theme.laptop and pad is Pad.NUMBERS:
            return [*rows[:3], (*rows[3], *rows[4])]
        return rows

    def _add_row(self, lines: QVBoxLayout, keys: Sequence[Key]) -> None:
        indent = self.pad is Pad.LETTERS and len(keys) == 9 and keys[0].kind is KeyKind.LETTER
        line = row(gap=self._gap)
        if indent:
            line.addStretch(56)
        for key in keys:
            button = KeyButton(self._look, key, self.pad)
            button.clicked.connect(self._clicked)
            line.addWidget(button, round(key.width * 100))
            self.keys.append(button)
        if indent:
            line.addStretch(56)
        lines.addLayout(line)

    def set_target(self, target: TypingTarget | None) -> None:
        """Types into ``target`` from now on."""
        if self._target is not None:
            self._target.edited.disconnect(self._show_state)
        self._target = target
        if target is not None:
            target.edited.connect(self._show_state)
        self._shift = False
        self._show_state()

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, KeyButton):
            self.press(button.key)

    def press(self, key: Key) -> None:
        """Does what a key does."""
        if key.kind is KeyKind.SHIFT:
            self._shift = not self._shift
        elif key.kind is KeyKind.LAYER:
            self.show_pad(Pad.SIGNS if self.pad is Pad.LETTERS else Pad.LETTERS)
        elif key.kind is KeyKind.HIDE:
            self.hide_wanted.emit()
        elif self._target is not None:
            self._type(self._target, key)
        self.pressed.emit(key)
        self._show_state()

    def _type(self, target: TypingTarget, key: Key) -> None:
        words, caret = target.text(), target.caret()
        if key.kind is KeyKind.BACKSPACE:
            target.retype(*press_backspace(words, caret))
        elif key.tone is not None:
            target.retype(*press_tone(words, caret, key.tone))
        else:
            letters = key.letters.upper() if self._shift else key.letters
            self._shift = False
            target.retype(*press_letter(words, caret, letters, target.caps))

    def _show_state(self) -> None:
        """Which tone is on, and whether the next letter is a capital."""
        target = self._target
        tone = tone_at(target.text(), target.caret()) if target is not None else None
        auto = target is not None and begins_word(target.text(), target.caret(), target.caps)
        for button in self.keys:
            button.show_state(tone_on=tone, capital=self._shift or auto, locked_shift=self._shift)


class KeyButton(Pressable):
    """One key; shows its letter as it will be typed."""

    def __init__(self, look: Look, key: Key, pad: Pad) -> None:
        name = look.words(key.words_key) if key.words_key else key.letters
        super().__init__(look, _skin(key, pad), name)
        theme = look.theme
        self.key = key
        self._words = look.words(key.words_key) if key.words_key else ""
        self._capital = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setText(name)
        high = 104 if not theme.laptop else 52
        if pad is Pad.NUMBERS:
            high = 116 if not theme.laptop else 60
        self._tall = max(theme.px(high), theme.min_target if not theme.laptop else 0)
        self.setFixedHeight(self._tall)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)
        self._build(pad)

    @property
    def ring_radius(self) -> int:
        """A key's corner."""
        return self._look.theme.radius("key")

    def _build(self, pad: Pad) -> None:
        theme = self._look.theme
        role = Role.TONE_KEY if self.key.tone is not None or pad is Pad.NUMBERS else Role.KEY
        font = theme.font(role)
        small = theme.font(Role.BODY, strong=True)
        most = round(self._tall * (0.3 if self.key.icon is not None else 0.34))
        small.setPixelSize(min(small.pixelSize(), most))
        self._letter_font, self._word_font = font, small
        self._flows()

    def _flows(self) -> None:
        letter = self.key.letters if self.key.letters.strip() else ""
        shown = letter.upper() if self._capital else letter
        line = round(self._letter_font.pixelSize() * 1.25)
        self._letter = TextFlow(shown, self._letter_font, line, wrap=False)
        small = round(self._word_font.pixelSize() * 1.3)
        self._word = TextFlow(self._words, self._word_font, small, wrap=False)

    def show_state(self, *, tone_on: Tone | None, capital: bool, locked_shift: bool) -> None:
        """Locks the tone that is on and the shift; shows letters as capitals when they will be."""
        if self.key.tone is not None:
            self.reskin(Skin.KEY_LOCKED if self.key.tone is tone_on else Skin.KEY_MARK)
        elif self.key.kind is KeyKind.SHIFT:
            self.reskin(Skin.KEY_LOCKED if locked_shift else Skin.KEY_WORK)
        elif self.key.kind is KeyKind.LETTER and capital != self._capital:
            self._capital = capital
            self._flows()
            self.update()

    def sizeHint(self) -> QSize:
        """The row decides the width."""
        return QSize(self._look.theme.px(60), self._tall)

    def minimumSizeHint(self) -> QSize:
        """May get as narrow as a row of twelve wants."""
        return QSize(self._look.theme.px(36), self._tall)

    def paint_inside(self, painter: QPainter) -> None:
        """Letter and word side by side, or icon over word."""
        if self.key.icon is not None:
            self._paint_icon(painter, self.key.icon)
            return
        ink = self.ink()
        parts = [flow for flow in (self._letter, self._word) if flow.plain]
        gap = self._look.theme.px(14 if not self._look.theme.laptop else 7)
        widths = [flow.natural_size()[0] for flow in parts]
        if len(parts) == 2 and sum(widths) + gap > self.width() - self._look.theme.px(8):
            parts, widths = parts[:1], widths[:1]
        left = (self.width() - sum(widths) - gap * (len(parts) - 1)) / 2
        for flow, width in zip(parts, widths, strict=True):
            flow.draw_centred(painter, QRectF(left, 0, width, self.height()), ink)
            left += width + gap

    def _paint_icon(self, painter: QPainter, icon: Icon) -> None:
        ink = self.ink()
        width, height = self._word.natural_size()
        side = round(self._tall * 0.38)
        top = (self.height() - side - height) / 2
        self._look.icons.draw(painter, icon, (self.width() - side) / 2, top, side, ink)
        self._word.draw(painter, QRectF((self.width() - width) / 2, top + side, width, height), ink)


def _skin(key: Key, pad: Pad) -> Skin:
    if key.tone is not None or (pad is Pad.LETTERS and key.letters in MARK_LETTERS):
        return Skin.KEY_MARK
    return Skin.KEY if key.kind is KeyKind.LETTER else Skin.KEY_WORK
