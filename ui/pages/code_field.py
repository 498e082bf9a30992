"""A field for a private code: whatever is typed stands in groups of four capitals."""

from __future__ import annotations

import re

from ui.look import Look
from ui.pages.inputs.long_field import LongField

_GROUP = 4
_LETTERS = 24


class CodeField(LongField):
    """``code()`` is what was typed without blanks. Letters no code has are kept, to be seen and mended."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, lines=2)
        self.set_limit(2 * _LETTERS)
        self.changed.connect(self._group)

    def code(self) -> str:
        """Letters and digits only, in capitals."""
        return re.sub(r"[\W_]", "", self.text()).upper()

    def press_letter(self, letter: str) -> None:
        """A key of the code pad."""
        before, after = self._split()
        self._set(before + letter, after)

    def press_backspace(self) -> None:
        """Takes a letter; blanks between groups are not letters."""
        before, after = self._split()
        self._set(before[:-1], after)

    def _split(self) -> tuple[str, str]:
        """The code before and behind the caret."""
        words, caret = self.text(), self.caret()
        before = len(re.sub(r"[\W_]", "", words[:caret]))
        code = self.code()
        return code[:before], code[before:]

    def _set(self, before: str, after: str) -> None:
        words = grouped(before + after)
        caret = len(before) + max(0, len(before) - 1) // _GROUP
        self.retype(words, min(caret, len(words)))

    def _group(self, words: str) -> None:
        """Typing on a real keyboard, or pasting, comes here."""
        before, after = self._split()
        if words != grouped(before + after):
            self._set(before, after)


def grouped(code: str) -> str:
    """ "A7KD 9MRT …" """
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
