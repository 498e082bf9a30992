"""Vietnamese typing with explicit mark keys: pure functions over (text, cursor).

A tone key acts on the syllable the cursor stands in or behind. Placement is the one most people
type: on the letter that carries â ê ô ă ơ ư if there is one, else on the last vowel before a final
consonant, else on the first of a pair (hóa, thủy, khỏe). ``qu`` and ``gi`` are consonants when a
vowel follows. Results are NFC.
"""

from __future__ import annotations

import unicodedata
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
    start, end = syllable_at(text, cursor)
    toneless, present = _split_tone(text[start:end])
    place = _tone_place(toneless)
    if place is None:
        return text, cursor
    syllable = toneless if tone is present else _with_tone(toneless, place, tone)
    return _replaced(text, cursor, start, end, syllable)


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
    start, end = syllable_at(text, cursor)
    return _split_tone(text[start:end])[1]


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
    start, end = syllable_at(text, cursor)
    toneless, present = _split_tone(text[start:end])
    if present is None:
        return text, cursor
    place = _tone_place(toneless)
    if place is None:
        return text, cursor
    return _replaced(text, cursor, start, end, _with_tone(toneless, place, present))


def _replaced(text: str, cursor: int, start: int, end: int, syllable: str) -> tuple[str, int]:
    # A syllable in NFC keeps its length whatever its tone, so a cursor inside it keeps its place;
    # text that came in decomposed gets shorter.
    at = cursor if len(syllable) == end - start else min(cursor, start + len(syllable))
    return text[:start] + syllable + text[end:], at


def _split_tone(syllable: str) -> tuple[str, Tone | None]:
    """The syllable in NFC without its tone, and the tone."""
    found: Tone | None = None
    kept: list[str] = []
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONES:
            found = _TONES[char]
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)), found


def _with_tone(toneless: str, place: int, tone: Tone) -> str:
    marked = unicodedata.normalize("NFC", toneless[place] + tone.value)
    return toneless[:place] + marked + toneless[place + 1 :]


def _tone_place(toneless: str) -> int | None:
    """Index of the letter that carries the tone; ``None`` without a vowel."""
    low = toneless.lower()
    first, last = _nucleus(low)
    if first == last:
        return None
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


def _nucleus(low: str) -> tuple[int, int]:
    """Bounds of the last run of vowels, ``qu`` and ``gi`` counted as consonants before a vowel."""
    last = len(low)
    while last > 0 and low[last - 1] not in _VOWELS:
        last -= 1
    first = last
    while first > 0 and low[first - 1] in _VOWELS:
        first -= 1
    if last - first > 1 and low[first - 1 : first + 1] in ("qu", "gi"):
        first += 1
    return first, last
