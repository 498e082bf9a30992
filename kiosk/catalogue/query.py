"""What was typed, made ready to search: words with weights, noise set aside, short forms written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.catalogue.text import Word, clean, sound, words

LONGEST_QUERY: Final = 300  # characters; what comes after is not read
MOST_WORDS: Final = 32
_NOISE_WEIGHT: Final = 0.08
_UNSURE_WEIGHT: Final = 0.5  # of an abbreviation with several meanings
_SHORTEST_RUN: Final = 5  # letters; "dangky" has its spaces put back from here on
_LONGEST_SYLLABLE: Final = 6

# Words of courtesy and of asking, folded: they say nothing about which procedure is meant.
_NOISE_WORDS: Final = frozenset(
    "a ah ak ad admin anh ban ba bac bao cac cai can cau chi cho chu chua co con cu cua cung da dang dau day de di"
    " dien do doi duoc e em gi gio giup gom ha hay hoi hom j k khi ko la lam len luon ma may minh moi mot muon nao"
    " nay nen neu nghi nha nham nhe nhi nho nhu nhung nhung noi nop o oi qua ra roi sao sau tai the thi thoi thu"
    " theo toi tu u va vay ve vi viec vui long voi xem xin xong".split()
)
_NOISE_PHRASES: Final = tuple(
    tuple(phrase.split())
    for phrase in (
        "thu tuc",
        "ho so",
        "giay to gi",
        "giay to nao",
        "can giay to",
        "nhung giay to",
        "can nhung giay",
        "can giay gi",
        "le phi bao nhieu",
        "phi bao nhieu",
        "bao nhieu tien",
        "bao nhieu",
        "ton bao nhieu",
        "bao lau",
        "mat may ngay",
        "mat bao lau",
        "mat phi",
        "mat ca tuan",
        "may ngay",
        "o dau",
        "nhu the nao",
        "the nao",
        "lam sao",
        "ra sao",
        "chuan bi",
        "dieu kien",
        "ket qua",
        "nhan duoc",
        "khong biet",
        "duoc khong",
        "co phai",
        "phai khong",
        "la gi",
        "lam don",
        "nop cho ai",
        "nop o dau",
        "hom qua",
        "hom nay",
        "tuan truoc",
        "truc tuyen",
        "qua mang",
        "online",
        "thong tu nao",
        "noi ro nguon",
        "phai",
        "khong",
        "giay",
    )
)


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


def prepare(
    typed: str, abbreviations: Mapping[str, tuple[str, ...]], is_word: Callable[[str], bool]
) -> Query:
    """Read what was typed. ``is_word``: whether the catalogue holds a folded word at all."""
    text = clean(typed[:LONGEST_QUERY])
    found = words(text)[:MOST_WORDS]
    open_end = bool(found) and found[-1].end == len(text) and not typed[:LONGEST_QUERY][-1:].isspace()
    written_out = _written_out(found, abbreviations, is_word, open_end)[:MOST_WORDS]
    marked = any(term.word.has_marks for term in written_out)
    noisy = _noise([term.folded for term in written_out])
    telling = not all(noisy)
    terms = tuple(
        replace(
            term,
            weight=_NOISE_WEIGHT if dull and telling else term.weight,
            strict=marked,
        )
        for term, dull in zip(written_out, noisy, strict=True)
    )
    return Query(text, terms)


def _written_out(
    found: Sequence[Word],
    abbreviations: Mapping[str, tuple[str, ...]],
    is_word: Callable[[str], bool],
    open_end: bool,
) -> list[Term]:
    terms: list[Term] = []
    for at, word in enumerate(found):
        last = open_end and at == len(found) - 1
        meanings = abbreviations.get(word.marked) or abbreviations.get(word.folded)
        if meanings:
            weight = 1.0 if len(meanings) == 1 else _UNSURE_WEIGHT
            parts = [part for meaning in meanings for part in words(meaning)]
            terms += [Term(part, weight, True, False) for part in parts]
        elif len(word.folded) >= _SHORTEST_RUN and not is_word(word.folded):
            pieces = _split(word.folded, is_word) or [word.folded]
            terms += [Term(_piece(piece, word), 1.0, False, False) for piece in pieces[:-1]]
            terms.append(Term(_piece(pieces[-1], word), 1.0, False, last))
        else:
            terms.append(Term(word, 1.0, False, last and len(word.folded) >= 2))
    return terms


def _piece(piece: str, word: Word) -> Word:
    return word if piece == word.folded else Word(piece, piece, word.start, word.end)


def _split(run: str, is_word: Callable[[str], bool]) -> list[str] | None:
    """The fewest syllables that make up ``run``; None if it is no run of known syllables."""
    best: list[list[str] | None] = [[]] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end - 1):
            head, piece = best[start], run[start:end]
            if head is None or not is_word(piece):
                continue
            here = best[end]
            if here is None or len(head) + 1 < len(here):
                best[end] = [*head, piece]
    return best[len(run)]


def _noise(folded: Sequence[str]) -> list[bool]:
    dull = [word in _NOISE_WORDS for word in folded]
    for phrase in _NOISE_PHRASES:
        for start in range(len(folded) - len(phrase) + 1):
            if tuple(folded[start : start + len(phrase)]) == phrase:
                dull[start : start + len(phrase)] = [True] * len(phrase)
    return dull


def is_phrase(query: Query, phrase: str) -> bool:
    """Whether what was typed is ``phrase``, noise apart; marks, where typed, must agree."""
    wanted, terms = words(phrase), query.telling
    return len(wanted) == len(terms) and all(
        _agrees(term, word) for term, word in zip(terms, wanted, strict=True)
    )


def holds_phrase(query: Query, phrase: str) -> bool:
    """Whether ``phrase`` stands in what was typed, word by word; marks, where typed, must agree."""
    wanted = words(phrase)
    return any(
        all(_agrees(term, word) for term, word in zip(query.terms[start:], wanted, strict=False))
        for start in range(len(query.terms) - len(wanted) + 1)
    )


def _agrees(term: Term, word: Word) -> bool:
    if term.folded != word.folded:
        return False
    return not term.strict or sound(term.word.marked) == sound(word.marked)


def code_prefix(typed: str) -> str | None:
    """The beginning of a procedure code, if that is what was typed: ``1.0011`` or more."""
    match = re.fullmatch(r"([1-9]\.\d{3,6})(?:\.[\dA-Z.]*)?", typed.strip()[:40], re.ASCII)
    return match[1] if match else None
