"""Searching as you type: the index gives candidates by folded words, the order is made here.

Each procedure is seen through several *views*: its names, and every phrase people use for it. A view scores
by how much of what was typed it covers, and how much of it is covered. Right marks rank above folded ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from kiosk.catalogue.model import AnswerKind, Choice, Hit, SearchAnswer, Signpost
from kiosk.catalogue.query import Query, Term, code_prefix, holds_phrase, is_phrase, prepare
from kiosk.catalogue.shipped import Language
from kiosk.catalogue.text import Word, sound, words

MOST_HITS: Final = 100
_CANDIDATES: Final = 150
_BM25: Final = "bm25(fts, 10.0, 6.0, 2.0, 1.0)"
_DULL_NAME_WORDS: Final = frozenset({"thu", "tuc", "cap", "dang", "ky", "giay", "viec", "va", "doi", "voi"})


@dataclass(frozen=True, slots=True)
class Tuning:
    """What counts how much; found by trying on the development questions."""

    covers_query: float = 1.0
    covers_view: float = 0.45
    neighbours: float = 0.35
    elsewhere: float = 0.3  # a word found in field, result or papers only
    phrase: float = 0.12  # a view that is people's own words
    wrong_marks: float = 0.35
    missing_marks: float = 0.8
    prefix: float = 0.8
    commune: float = 0.10
    province: float = 0.05
    shipped: float = 0.06
    online: float = 0.01
    least: float = 0.28  # of the best score; what lies below is not shown
    guide_below: float = 0.8  # a signpost wins where no name covers more of what was typed


@dataclass(frozen=True, slots=True)
class _View:
    words: tuple[Word, ...]
    own_words: bool  # people's, not the state's


@dataclass(frozen=True, slots=True)
class _Doc:
    row: int
    code: str
    name: str
    prior: float
    group: str | None
    views: tuple[_View, ...]


@dataclass(frozen=True, slots=True)
class _Scored:
    doc: _Doc
    score: float
    covered: float  # share of what was typed that stands in one view


class Searcher:
    """Search over one opened file; keeps what it has read of it."""

    def __init__(self, language: Language, tuning: Tuning | None = None) -> None:
        self._language = language
        self._tuning = tuning or Tuning()
        self._docs: dict[int, _Doc] = {}
        self._counts: dict[str, int] = {}
        self._total: int = 0

    def search(self, db: Any, typed: str, limit: int) -> SearchAnswer:
        """Best first, at most ``limit``. Any text is allowed; what finds nothing has kind NONE."""
        limit = max(0, min(limit, MOST_HITS))
        if prefix := code_prefix(typed):
            return _answer(typed, [_plain_hit(doc) for doc in self._by_code(db, prefix)][:limit])
        self._learn(db)
        query = prepare(typed, self._language, lambda word: word in self._counts)
        if not query.terms:
            return _answer(typed, [])
        scored = self._ranked(db, query)
        signpost = self._signpost(query, scored)
        if signpost:
            return SearchAnswer(typed, AnswerKind.NONE, (), (), signpost)
        hits = [self._hit(query, found) for found in scored[:limit]]
        return _answer(typed, hits, self._choices(query))

    def _learn(self, db: Any) -> None:
        if not self._counts:
            self._counts = dict(db.execute("SELECT term, doc FROM vocab"))
            self._total = db.execute("SELECT count(*) FROM procedure").fetchone()[0]

    def _by_code(self, db: Any, prefix: str) -> list[_Doc]:
        rows = db.execute(
            "SELECT id FROM procedure WHERE code GLOB ? ORDER BY code LIMIT 100", (prefix + "*",)
        )
        return self._load(db, [row[0] for row in rows])

    def _ranked(self, db: Any, query: Query) -> list[_Scored]:
        rows = db.execute(
            f"SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY {_BM25} LIMIT ?",
            (_match(query.telling), _CANDIDATES),
        ).fetchall()
        docs = self._load(db, [row[0] for row in rows])
        scored = [self._score(query, doc) for doc in docs]
        scored.sort(key=lambda found: (-found.score, len(found.doc.name), found.doc.code))
        least = scored[0].score * self._tuning.least if scored else 0.0
        return [found for found in scored if found.score >= least]

    def _load(self, db: Any, rows: Sequence[int]) -> list[_Doc]:
        missing = [row for row in rows if row not in self._docs]
        if missing:
            places = ",".join("?" * len(missing))
            query = (
                "SELECT id, code, name, official_name, level, online, origin, words, field"
                f" FROM procedure WHERE id IN ({places})"
            )
            for found in db.execute(query, missing):
                self._docs[found[0]] = self._doc(found)
        return [self._docs[row] for row in rows]

    def _doc(self, row: Sequence[Any]) -> _Doc:
        number, code, name, official_name, level, online, origin, own_words, field = row
        t = self._tuning
        prior = t.commune if "Cấp xã" in level else t.province if "Cấp tỉnh" in level else 0.0
        prior += t.online * bool(online) + t.shipped * (origin != "unsigned")
        views = [_View(tuple(words(text)), False) for text in dict.fromkeys((name, official_name))]
        views += [_View(tuple(words(phrase)), True) for phrase in own_words.split("\n") if phrase]
        return _Doc(number, code, name, prior, field or None, tuple(views))

    # -- scoring

    def _weight(self, folded: str) -> float:
        """How telling a word is: rare ones are."""
        return math.log(1.5 + self._total / (self._counts.get(folded, 0) + 0.5))

    def _score(self, query: Query, doc: _Doc) -> _Scored:
        weights = [term.weight * self._weight(term.folded) for term in query.terms]
        total = sum(weights)
        best, covered, seen = 0.0, 0.0, [0.0] * len(weights)
        for view in doc.views:
            matches = _matches(query.terms, view.words, self._tuning)
            share = sum(w * m for w, m in zip(weights, matches, strict=True)) / total
            worth = self._view_worth(query, view, matches, share)
            seen = [max(pair) for pair in zip(seen, matches, strict=True)]
            best, covered = max(best, worth), max(covered, share)
        together = sum(w * s for w, s in zip(weights, seen, strict=True)) / total
        return _Scored(doc, best + self._tuning.elsewhere * together + doc.prior, covered)

    def _view_worth(self, query: Query, view: _View, matches: Sequence[float], share: float) -> float:
        if share == 0.0:
            return 0.0
        t = self._tuning
        hit = {term.folded for term, match in zip(query.terms, matches, strict=True) if match}
        masses = [self._weight(word.folded) * _dullness(word.folded) for word in view.words]
        found = sum(
            mass
            for word, mass in zip(view.words, masses, strict=True)
            if word.folded in hit
            or any(term.prefix and word.folded.startswith(term.folded) for term in query.terms)
        )
        covered = found / (sum(masses) or 1.0)
        close = _neighbours(query.terms, view.words)
        own = t.phrase * covered * share if view.own_words else 0.0
        return (
            t.covers_query * share + t.covers_view * covered * math.sqrt(share) + t.neighbours * close + own
        )

    # -- the answer

    def _hit(self, query: Query, found: _Scored) -> Hit:
        marks = tuple(
            (word.start, word.start + len(term.folded) if term.prefix else word.end)
            for word in words(found.doc.name)
            for term in query.telling
            if _meets(term, word, self._tuning)
        )
        unique = tuple(sorted(dict(sorted(marks)).items()))
        return Hit(found.doc.code, found.doc.name, round(found.score, 4), found.doc.group, unique)

    def _signpost(self, query: Query, scored: Sequence[_Scored]) -> Signpost | None:
        """The desk to ask, where the words lead to one and no procedure fits them as well."""
        if scored and max(found.covered for found in scored[:5]) >= self._tuning.guide_below:
            return None
        for guide in self._language.guides:
            if any(holds_phrase(query, phrase) for phrase in guide.words):
                return guide.signpost
        return None

    def _choices(self, query: Query) -> tuple[Choice, ...]:
        for question in self._language.questions:
            if any(is_phrase(query, phrase) for phrase in question.words):
                return question.choices
        return ()


def _answer(typed: str, hits: Sequence[Hit], choices: tuple[Choice, ...] = ()) -> SearchAnswer:
    kind = AnswerKind.CLARIFY if choices else AnswerKind.RESULTS if hits else AnswerKind.NONE
    return SearchAnswer(typed, kind, tuple(hits), choices, None)


def _plain_hit(doc: _Doc) -> Hit:
    return Hit(doc.code, doc.name, 1.0, doc.group, ())


def _match(terms: Iterable[Term]) -> str:
    """An FTS5 expression; words are quoted, so nothing typed is ever syntax."""
    quoted = dict.fromkeys(f'"{term.folded}"' + ("*" if term.prefix else "") for term in terms)
    return " OR ".join(quoted)


def _dullness(folded: str) -> float:
    return 0.4 if folded in _DULL_NAME_WORDS else 1.0


def _matches(terms: Sequence[Term], view: Sequence[Word], tuning: Tuning) -> list[float]:
    return [max((_meets(term, word, tuning) for word in view), default=0.0) for term in terms]


def _meets(term: Term, word: Word, tuning: Tuning) -> float:
    """How well a word fits: 1 as typed, less with other marks or as a mere beginning, 0 not at all."""
    if term.folded == word.folded:
        return _mark_fit(term, word.marked, tuning)
    if term.prefix and word.folded.startswith(term.folded):
        return tuning.prefix * _mark_fit(term, word.marked[: len(term.word.marked)], tuning)
    return 0.0


def _mark_fit(term: Term, marked: str, tuning: Tuning) -> float:
    if not term.strict or _sound(term.word.marked) == _sound(marked):
        return 1.0
    return tuning.wrong_marks if term.word.has_marks else tuning.missing_marks


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    return sound(word)


def _neighbours(terms: Sequence[Term], view: Sequence[Word]) -> float:
    """Share of the typed pairs of words that stand side by side in the view."""
    pairs = [(a.folded, b.folded) for a, b in pairwise(terms) if not (a.noise or b.noise)]
    if not pairs:
        return 0.0
    there = {(a.folded, b.folded) for a, b in pairwise(view)}
    return sum(pair in there for pair in pairs) / len(pairs)
