"""Vietnamese text: one form to store, one to compare, one to search. No tables, no state."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_SPACE: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"[^\W_]+")
_TONES: Final = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}  # huyền sắc ngã hỏi nặng
_SOUNDS_AS_I: Final = re.compile(r"^([hklmst])y$")


def has_hidden(text: str) -> bool:
    """Whether ``text`` holds a character nobody sees: control, zero-width, direction, private use."""
    return _HIDDEN.search(text) is not None


def clean(text: str) -> str:
    """NFC in one line: hidden characters gone, runs of space (newlines too) made one, ends trimmed."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", _HIDDEN.sub("", text))).strip()


def clean_lines(text: str) -> tuple[str, ...]:
    """The non-empty lines of ``text``, each as ``clean`` leaves it."""
    return tuple(line for raw in text.splitlines() if (line := clean(raw)))


def fold(text: str) -> str:
    """Lower case without marks; đ, which Unicode does not take apart, becomes d."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("đ", "d").replace("ð", "d")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written (lower case, NFC), folded, and where it stands."""

    marked: str
    folded: str
    start: int
    end: int

    @property
    def has_marks(self) -> bool:
        return self.marked != self.folded


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    return fold(word)


def words(text: str) -> list[Word]:
    """Words of ``text`` in order; offsets count in ``text``, which should be NFC."""
    found = []
    for match in _WORD.finditer(text):
        marked = match[0].lower()
        found.append(Word(marked, _fold_word(marked), match.start(), match.end()))
    return found


def tokens(text: str) -> list[str]:
    """Folded words of ``text`` in order."""
    return [_fold_word(word.lower()) for word in _WORD.findall(text)]


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A key equal for two spellings of one syllable: hòa = hoà, thủy = thuỷ, kỹ = kĩ. Marks still count."""
    letters, tone = [], ""
    for c in unicodedata.normalize("NFD", word.casefold()):
        if c in _TONES:
            tone += c
        else:
            letters.append(c)
    return _SOUNDS_AS_I.sub(r"\1i", "".join(letters)) + tone


def same_text(one: str, other: str) -> bool:
    """Whether two texts hold the same words, wherever their tones are placed; marks count, case does not."""
    return [sound(w.marked) for w in words(clean(one))] == [sound(w.marked) for w in words(clean(other))]
