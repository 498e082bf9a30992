"""What was typed, made ready to search: words with weights, noise set aside, short forms written out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from kiosk.catalogue.shipped import Language
from kiosk.catalogue.text import Word, clean, sound, words

LONGEST_QUERY: Final = 300  # characters; what comes after is not read
MOST_WORDS: Final = 32
_NOISE_WEIGHT: Final = 0.08
_UNSURE_WEIGHT: Final = 0.5  # of an abbreviation with several meanings
_SHORTEST_PLAIN: Final = 4  # letters of an abbreviation that stands for one thing even in an official name
_SHORTEST_RUN: Final = 5  # letters; "dangky" has its spaces put back from here on
_LONGEST_SYLLABLE: Final = 6


@dataclass(frozen=True, slots=True)
class Term:
    """One word to look for. ``strict``: its marks were typed, so other marks count against a match."""

    word: Word
    weight: float
    strict: bool
    prefix: bool

    @property
    def folded(self) -> str:
        return self.word.folded

    @property
    def noise(self) -> bool:
        return self.weight <= _NOISE_WEIGHT


@dataclass(frozen=True, slots=True)
class Query:
    """``terms`` in the order typed; ``text`` as cleaned."""

    text: str
    terms: tuple[Term, ...]

    @property
    def telling(self) -> tuple[Term, ...]:
        """The terms that say something; all of them if none does."""
        return tuple(term for term in self.terms if not term.noise) or self.terms


class Vocabulary(Protocol):
    """The folded words that the catalogue holds."""

    def holds(self, word: str) -> bool: ...

    def begins(self, start: str) -> bool:
        """Whether any word begins so."""


def prepare(typed: str, language: Language, vocabulary: Vocabulary) -> Query:
    """Read what was typed, against what there is to find."""
    text = clean(typed[:LONGEST_QUERY])
    found = words(text)[:MOST_WORDS]
    marked = any(word.has_marks for word in found)
    open_end = bool(found) and found[-1].end == len(text) and not typed[:LONGEST_QUERY][-1:].isspace()
    terms: list[Term] = []
    for at, word in enumerate(found):
        last = open_end and at == len(found) - 1
        terms += _written_out(Term(word, 1.0, marked, last and len(word.folded) >= 2), language, vocabulary)
    terms = terms[:MOST_WORDS]
    dull = _noisy(terms, language)
    if not all(dull):
        terms = [replace(t, weight=_NOISE_WEIGHT) if d else t for t, d in zip(terms, dull, strict=True)]
    return Query(text, tuple(terms))


def _written_out(term: Term, language: Language, vocabulary: Vocabulary) -> list[Term]:
    """The words that one typed word stands for: an abbreviation, or several without their spaces."""
    word = term.word
    if meanings := meanings_of(word, language):
        weight = 1.0 if len(meanings) == 1 else _UNSURE_WEIGHT
        parts = [Term(part, weight, True, False) for meaning in meanings for part in words(meaning)]
        # "kh" may stand for "kết hôn", or be the beginning of "khai sinh"
        begun = term.prefix and len(word.folded) < _SHORTEST_PLAIN and vocabulary.begins(word.folded)
        return [*parts, term] if begun else parts
    if len(word.folded) < _SHORTEST_RUN or vocabulary.holds(word.folded):
        return [term]
    pieces = _split(word.folded, vocabulary) or []
    if len(pieces) < 2:
        return [term]
    *before, last = (Word(piece, piece, word.start, word.end) for piece in pieces)
    return [*(Term(piece, 1.0, False, False) for piece in before), Term(last, 1.0, False, term.prefix)]


def meanings_of(word: Word, language: Language) -> tuple[str, ...]:
    """What a word stands for if it is an abbreviation; nothing if it is none."""
    return language.abbreviations.get(word.marked) or language.abbreviations.get(word.folded) or ()


def spelled_out(text: str, language: Language) -> str:
    """``text`` with its plain abbreviations written out: "BHXH" → "bảo hiểm xã hội"."""
    made = text
    for word in reversed(words(text)):
        meanings = meanings_of(word, language)
        if len(word.folded) >= _SHORTEST_PLAIN and len(meanings) == 1:
            made = made[: word.start] + meanings[0] + made[word.end :]
    return made


def _split(run: str, vocabulary: Vocabulary) -> list[str] | None:
    """The fewest syllables that make up ``run``; None if it is no run of known syllables."""
    best: list[list[str] | None] = [[]] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end - 1):
            head, piece = best[start], run[start:end]
            if head is None or not vocabulary.holds(piece):
                continue
            here = best[end]
            if here is None or len(head) + 1 < len(here):
                best[end] = [*head, piece]
    return best[len(run)]


def _noisy(terms: Sequence[Term], language: Language) -> list[bool]:
    dull = [_is_dull(term, language) for term in terms]
    for phrase in language.noise_phrases:
        for start in _places(terms, phrase):
            dull[start : start + len(phrase)] = [True] * len(phrase)
    return dull


def _is_dull(term: Term, language: Language) -> bool:
    if term.strict:
        return sound(term.word.marked) in language.noise_sounds
    return term.folded in language.noise_words


def _places(terms: Sequence[Term], phrase: Sequence[Word]) -> list[int]:
    """Where ``phrase`` stands among ``terms``, word by word; marks, where typed, must agree."""
    return [
        start
        for start in range(len(terms) - len(phrase) + 1)
        if all(_agrees(term, word) for term, word in zip(terms[start:], phrase, strict=False))
    ]


def is_phrase(query: Query, phrase: str) -> bool:
    """Whether what was typed is ``phrase``, noise apart; marks, where typed, must agree."""
    wanted, terms = words(phrase), query.telling
    return len(wanted) == len(terms) and all(
        _agrees(term, word) for term, word in zip(terms, wanted, strict=True)
    )


def holds_phrase(query: Query, phrase: str) -> bool:
    """Whether ``phrase`` stands in what was typed; marks, where typed, must agree."""
    return bool(_places(query.terms, words(phrase)))


def _agrees(term: Term, word: Word) -> bool:
    if term.folded != word.folded:
        return False
    return not term.strict or sound(term.word.marked) == sound(word.marked)


def code_prefix(typed: str) -> str | None:
    """The beginning of a procedure code, if that is what was typed: ``1.0011`` or more."""
    match = re.fullmatch(r"([1-9]\.\d{3,6})(?:\.[\dA-Z.]*)?", typed.strip()[:40], re.ASCII)
    return match[1] if match else None
