"""How well one procedure fits what was typed. Pure arithmetic over words; no database.

Each procedure is seen through several *views*: its names, and every phrase people use for it. A view scores
by how much of what was typed it covers, and how much of it is covered. Right marks rank above folded ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kiosk.catalogue.query import Query, Term
from kiosk.catalogue.text import Word, sound

_DULL_IN_NAMES: Final = frozenset({"thu", "tuc", "cap", "dang", "ky", "giay", "viec", "va", "doi", "voi"})
_DULLNESS: Final = 0.4


@dataclass(frozen=True, slots=True)
class Tuning:
    """What counts how much; found by trying on the development questions."""

    covers_query: float = 1.0
    covers_view: float = 0.45
    neighbours: float = 0.35
    elsewhere: float = 0.3  # words that stand in different views of the same procedure
    phrase: float = 0.12  # a view that is people's own words
    wrong_marks: float = 0.35
    missing_marks: float = 0.8
    prefix: float = 0.8
    unknown: float = 0.25  # a word that stands nowhere in the catalogue
    commune: float = 0.10
    province: float = 0.05
    shipped: float = 0.06
    online: float = 0.01


@dataclass(frozen=True, slots=True)
class View:
    """One text a procedure is known by, taken apart once."""

    by_folded: dict[str, tuple[str, ...]]  # folded word -> the marked words that fold so
    masses: dict[str, float]  # folded word -> how much of the view it is
    mass: float
    pairs: frozenset[tuple[str, str]]
    own_words: bool  # people's, not the state's


@dataclass(frozen=True, slots=True)
class Fit:
    """``score`` ranks; ``covered`` is the share of what was typed that stands in one view."""

    score: float
    covered: float


class Ranker:
    """Scores views; ``count`` says in how many of ``total`` procedures a folded word stands."""

    def __init__(self, tuning: Tuning, count: Callable[[str], int], total: int) -> None:
        self.tuning = tuning
        self._count = count
        self._total = total

    def weight(self, folded: str) -> float:
        """How telling a word is: rare ones are."""
        return math.log(1.5 + self._total / (self._count(folded) + 0.5))

    def view(self, text: Sequence[Word], own_words: bool) -> View:
        by_folded: dict[str, tuple[str, ...]] = {}
        masses: dict[str, float] = {}
        for word in text:
            by_folded[word.folded] = (*by_folded.get(word.folded, ()), word.marked)
            dull = _DULLNESS if word.folded in _DULL_IN_NAMES else 1.0
            masses[word.folded] = masses.get(word.folded, 0.0) + self.weight(word.folded) * dull
        pairs = frozenset((a.folded, b.folded) for a, b in pairwise(text))
        return View(by_folded, masses, sum(masses.values()) or 1.0, pairs, own_words)

    def weights(self, query: Query) -> list[float]:
        """What each typed word is worth; one that stands nowhere tells little."""
        return [
            term.weight * self.weight(term.folded) * (1.0 if self._known(term) else self.tuning.unknown)
            for term in query.terms
        ]

    def _known(self, term: Term) -> bool:
        return term.prefix or self._count(term.folded) > 0

    def fit(self, query: Query, weights: Sequence[float], views: Iterable[View], prior: float) -> Fit:
        total = sum(weights) or 1.0
        best, covered, seen = 0.0, 0.0, [0.0] * len(weights)
        for view in views:
            matches = [meeting(term, view.by_folded, self.tuning) for term in query.terms]
            share = sum(w * m for w, m in zip(weights, matches, strict=True)) / total
            if share:
                seen = [max(pair) for pair in zip(seen, matches, strict=True)]
                best, covered = max(best, self._worth(query, view, share)), max(covered, share)
        together = sum(w * s for w, s in zip(weights, seen, strict=True)) / total
        return Fit(best + self.tuning.elsewhere * together + prior, covered)

    def _worth(self, query: Query, view: View, share: float) -> float:
        t = self.tuning
        covered = _covered(query, view) / view.mass
        own = t.phrase * covered * share if view.own_words else 0.0
        close = _neighbours(query.terms, view)
        return (
            t.covers_query * share + t.covers_view * covered * math.sqrt(share) + t.neighbours * close + own
        )


def meeting(term: Term, by_folded: dict[str, tuple[str, ...]], tuning: Tuning) -> float:
    """How well a word fits the best of a view: 1 as typed, less with other marks or as a mere beginning."""
    if found := by_folded.get(term.folded):
        return max(mark_fit(term, marked, tuning) for marked in found)
    if not term.prefix:
        return 0.0
    length = len(term.folded)
    begun = (
        mark_fit(term, marked[:length], tuning)
        for folded, found in by_folded.items()
        if folded.startswith(term.folded)
        for marked in found
    )
    return tuning.prefix * max(begun, default=0.0)


def mark_fit(term: Term, marked: str, tuning: Tuning) -> float:
    """1 where the marks agree or none were typed; less where they don't."""
    if not term.strict or _sound(term.word.marked) == _sound(marked):
        return 1.0
    return tuning.wrong_marks if term.word.has_marks else tuning.missing_marks


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    return sound(word)


def _covered(query: Query, view: View) -> float:
    """How much of the view stands in what was typed."""
    typed = {term.folded for term in query.terms}
    found = sum(mass for folded, mass in view.masses.items() if folded in typed)
    last = query.terms[-1]
    if last.prefix:
        found += sum(
            mass
            for folded, mass in view.masses.items()
            if folded not in typed and folded.startswith(last.folded)
        )
    return found


def _neighbours(terms: Sequence[Term], view: View) -> float:
    """Share of the typed pairs of words that stand side by side in the view."""
    pairs = [(a.folded, b.folded) for a, b in pairwise(terms) if not (a.noise or b.noise)]
    return sum(pair in view.pairs for pair in pairs) / len(pairs) if pairs else 0.0
