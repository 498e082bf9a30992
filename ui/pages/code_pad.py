"""Keys for a private code: digits and the letters such codes use, on one pad without layers."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.pages.code_field import CodeField
from ui.stylesheet import Skin, dress
from ui.widgets.keyboard import Key, KeyButton, KeyKind, Pad
from ui.widgets.layout import column, row

_ROWS = ("1234567890", "ABCDEFGH", "JKMNPQRS", "TVWXYZ")
_BACKSPACE = Key(KeyKind.BACKSPACE, words_key="key.backspace", icon=Icon.BACKSPACE, width=2.0)


class CodePad(QFrame):
    """Types into ``target``; a real keyboard types there too."""

    def __init__(self, look: Look, target: CodeField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = target
        theme = look.theme
        dress(self, Skin.TRAY)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        side = theme.px(24 if not theme.laptop else 16)
        high = theme.px(20 if not theme.laptop else 8)
        gap = theme.px(12 if not theme.laptop else 6)
        lines = column(self, gap=gap, margins=(side, high, side, high))
        self.keys: list[KeyButton] = []
        for letters in _ROWS:
            line = row(gap=gap)
            keys = [Key(KeyKind.LETTER, letter) for letter in letters]
            for key in [*keys, _BACKSPACE] if letters is _ROWS[-1] else keys:
                button = KeyButton(look, key, Pad.LETTERS)
                button.clicked.connect(self._clicked)
                line.addWidget(button, round(key.width * 100))
                self.keys.append(button)
            lines.addLayout(line)

    def _clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, KeyButton):
            return
        if button.key.kind is KeyKind.BACKSPACE:
            self._target.press_backspace()
        else:
            self._target.press_letter(button.key.letters)
