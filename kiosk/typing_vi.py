"""Vietnamese typing with explicit mark keys: pure functions over (text, cursor).

A tone key acts on the syllable the cursor stands in or behind. Placement is the one most people
type: on the letter that carries â ê ô ă ơ ư if there is one, else on the last vowel before a final
consonant, else on the first of a pair (hóa, thủy, khỏe). ``qu`` and ``gi`` are consonants when a
vowel follows. Results are NFC.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum, StrEnum


class Tone(Enum):
    """The five written tones, by their combining mark."""

    HUYEN = "\u0300"
    HOI = "\u0309"
    NGA = "\u0303"
    SAC = "\u0301"
    NANG = "\u0323"


class Caps(StrEnum):
    """Which letters become capitals by themselves."""

    NONE = "none"
    SENTENCE = "sentence"
    NAMES = "names"


MARK_LETTERS = ("ă", "â", "đ", "ê", "ô", "ơ", "ư")
_TONES = {tone.value: tone for tone in Tone}
_VOWELS = frozenset("aăâeêioôơuưy")
_HATTED = frozenset("ăâêôơư")
_NAME_BREAKS = frozenset(" -–/(.'’\"“")
_SENTENCE_ENDS = frozenset(".?!\n")


def press_tone(text: str, cursor: int, tone: Tone) -> tuple[str, int]:
    """Puts ``tone`` on the syllable at the cursor, replaces another, or takes the same one off.

    Without a vowel there nothing changes.
    """
    word = _Word.at(text, cursor)
    if word.place is None:
        return text, cursor
    return word.into(text, cursor, None if tone is word.tone else tone)


def press_letter(text: str, cursor: int, letters: str, caps: Caps = Caps.NONE) -> tuple[str, int]:
    """Types letters at the cursor; a tone already there moves to where the new syllable wants it."""
    typed = unicodedata.normalize("NFC", letters)
    if begins_word(text, cursor, caps):
        typed = typed[:1].upper() + typed[1:]
    joined = text[:cursor] + typed + text[cursor:]
    return _settled(joined, cursor + len(typed))


def press_backspace(text: str, cursor: int) -> tuple[str, int]:
    """Takes the letter before the cursor away, with its marks."""
    if cursor <= 0:
        return text, 0
    return _settled(text[: cursor - 1] + text[cursor:], cursor - 1)


def tone_at(text: str, cursor: int) -> Tone | None:
    """Tone of the syllable at the cursor, to show which key is on."""
    return _Word.at(text, cursor).tone


def syllable_at(text: str, cursor: int) -> tuple[int, int]:
    """First and last index of the run of letters that holds or ends at the cursor."""
    start = end = max(0, min(cursor, len(text)))
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end


def begins_word(text: str, cursor: int, caps: Caps) -> bool:
    """Whether a letter typed here is to be a capital."""
    before = text[:cursor]
    if caps is Caps.NONE:
        return False
    if caps is Caps.NAMES:
        return not before or before[-1] in _NAME_BREAKS
    words = before.rstrip(" ")
    return not words or (words[-1] in _SENTENCE_ENDS and (before != words or words[-1] == "\n"))


def _settled(text: str, cursor: int) -> tuple[str, int]:
    """Moves a tone that typing has left on the wrong vowel (hóa + n → hoán)."""
    word = _Word.at(text, cursor)
    return (text, cursor) if word.tone is None else word.into(text, cursor, word.tone)


@dataclass(frozen=True, slots=True)
class _Word:
    """A run of letters taken apart: letters without tones, the tone of each, the last vowels' bounds.

    Only the last vowels are ever changed, so a name like Hélène keeps what stands before them.
    """

    start: int
    end: int
    letters: str
    tones: tuple[Tone | None, ...]
    first: int
    last: int

    @classmethod
    def at(cls, text: str, cursor: int) -> _Word:
        start, end = syllable_at(text, cursor)
        pairs = [_taken_apart(char) for char in unicodedata.normalize("NFC", text[start:end])]
        letters = "".join(letter for letter, _ in pairs)
        first, last = _vowels(letters.lower())
        return cls(start, end, letters, tuple(tone for _, tone in pairs), first, last)

    @property
    def tone(self) -> Tone | None:
        """The tone on the last vowels."""
        return next((tone for tone in self.tones[self.first : self.last] if tone is not None), None)

    @property
    def place(self) -> int | None:
        """Index of the letter that carries the tone; ``None`` without a vowel."""
        return _tone_place(self.letters.lower(), self.first, self.last)

    def into(self, text: str, cursor: int, tone: Tone | None) -> tuple[str, int]:
        """The text with this word's tone set or taken off, and where the cursor stands then."""
        inside = range(self.first, self.last)
        tones = [None if at in inside else kept for at, kept in enumerate(self.tones)]
        if self.place is not None:
            tones[self.place] = tone
        word = "".join(
            unicodedata.normalize("NFC", letter + (mark.value if mark is not None else ""))
            for letter, mark in zip(self.letters, tones, strict=True)
        )
        # In NFC a word keeps its length whatever its tone; one that came in decomposed gets shorter.
        at = cursor if len(word) == self.end - self.start else min(cursor, self.start + len(word))
        return text[: self.start] + word + text[self.end :], at


def _taken_apart(char: str) -> tuple[str, Tone | None]:
    """A letter in NFC without its tone, and the tone."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[part] for part in parts if part in _TONES), None)
    if tone is None:
        return char, None
    return unicodedata.normalize("NFC", parts.replace(tone.value, "", 1)), tone


def _vowels(low: str) -> tuple[int, int]:
    """Bounds of the last run of vowels."""
    last = len(low)
    while last > 0 and low[last - 1] not in _VOWELS:
        last -= 1
    first = last
    while first > 0 and low[first - 1] in _VOWELS:
        first -= 1
    return first, last


def _tone_place(low: str, first: int, last: int) -> int | None:
    """Where the tone goes; ``qu`` and ``gi`` count as consonants before a vowel."""
    if first == last:
        return None
    if last - first > 1 and low[:2] in ("qu", "gi") and first == 1:
        first += 1
    nucleus = low[first:last]
    hatted = [at for at, letter in enumerate(nucleus) if letter in _HATTED]
    if hatted:
        return first + hatted[-1]
    if len(nucleus) == 1:
        return first
    closed = last < len(low)
    if len(nucleus) == 2:
        return first + (1 if closed else 0)
    return first + 1
