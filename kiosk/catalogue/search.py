"""Searching as you type: the index gives candidates by folded words, ``ranking`` puts them in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kiosk.catalogue.model import AnswerKind, Choice, Hit, SearchAnswer, Signpost
from kiosk.catalogue.query import (
    Query,
    Term,
    code_prefix,
    holds_phrase,
    is_phrase,
    prepare,
    spelled_out,
)
from kiosk.catalogue.ranking import Fit, Ranker, Tuning, View, meeting
from kiosk.catalogue.shipped import Language
from kiosk.catalogue.text import words

MOST_HITS: Final = 100
_CANDIDATES: Final = 120
_BM25: Final = "bm25(fts, 10.0, 6.0, 2.0, 1.0)"
_LEAST: Final = 0.28  # of the best score; what lies below is not shown
_GUIDE_BELOW: Final = 0.8  # a signpost wins where no view covers more of what was typed


@dataclass(frozen=True, slots=True)
class _Doc:
    code: str
    name: str
    prior: float
    group: str | None
    views: tuple[View, ...]


class _Vocabulary:
    """Folded words of the index and in how many procedures each stands."""

    def __init__(self, db: Any) -> None:
        self._counts: dict[str, int] = dict(db.execute("SELECT term, doc FROM vocab"))

    def count(self, word: str) -> int:
        return self._counts.get(word, 0)

    def holds(self, word: str) -> bool:
        return word in self._counts

    def begins(self, start: str) -> bool:
        return any(word.startswith(start) for word in self._counts)


class Searcher:
    """Search over one opened file; keeps what it has read of it."""

    def __init__(self, language: Language, db: Any, tuning: Tuning | None = None) -> None:
        self._language = language
        self._db = db
        self._vocabulary = _Vocabulary(db)
        total: int = db.execute("SELECT count(*) FROM procedure").fetchone()[0]
        self._ranker = Ranker(tuning or Tuning(), self._vocabulary.count, total)
        self._docs: dict[int, _Doc] = {}

    def search(self, typed: str, limit: int) -> SearchAnswer:
        """Best first, at most ``limit``. Any text is allowed; what finds nothing has kind NONE."""
        limit = max(0, min(limit, MOST_HITS))
        if prefix := code_prefix(typed):
            return _answer(typed, [_plain_hit(doc) for doc in self._by_code(prefix)][:limit])
        query = prepare(typed, self._language, self._vocabulary)
        if not query.terms:
            return _answer(typed, [])
        ranked = self._ranked(query)
        if signpost := self._signpost(query, [fit for _, fit in ranked]):
            return SearchAnswer(typed, AnswerKind.NONE, (), (), signpost)
        hits = [self._hit(query, doc, fit) for doc, fit in ranked[:limit]]
        return _answer(typed, hits, self._choices(query))

    def _by_code(self, prefix: str) -> list[_Doc]:
        query = "SELECT id FROM procedure WHERE code GLOB ? ORDER BY code LIMIT ?"
        return self._load([row[0] for row in self._db.execute(query, (prefix + "*", MOST_HITS))])

    def _ranked(self, query: Query) -> list[tuple[_Doc, Fit]]:
        statement = f"SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY {_BM25} LIMIT ?"
        rows = self._db.execute(statement, (_match(query.telling), _CANDIDATES)).fetchall()
        weights = self._ranker.weights(query)
        found = [
            (doc, self._ranker.fit(query, weights, doc.views, doc.prior))
            for doc in self._load([row[0] for row in rows])
        ]
        found.sort(key=lambda pair: (-pair[1].score, len(pair[0].name), pair[0].code))
        least = found[0][1].score * _LEAST if found else 0.0
        return [(doc, fit) for doc, fit in found if fit.score >= least]

    def _load(self, rows: Sequence[int]) -> list[_Doc]:
        missing = [row for row in rows if row not in self._docs]
        if missing:
            places = ",".join("?" * len(missing))
            query = (
                "SELECT id, code, name, official_name, level, online, origin, words, field"
                f" FROM procedure WHERE id IN ({places})"
            )
            for row in self._db.execute(query, missing):
                self._docs[row[0]] = self._doc(*row[1:])
        return [self._docs[row] for row in rows]

    def _doc(
        self,
        code: str,
        name: str,
        official_name: str,
        level: str,
        online: int,
        origin: str,
        own_words: str,
        field: str,
    ) -> _Doc:
        t = self._ranker.tuning
        prior = t.commune if "Cấp xã" in level else t.province if "Cấp tỉnh" in level else 0.0
        prior += t.online * bool(online) + t.shipped * (origin != "unsigned")
        names = dict.fromkeys((name, official_name, spelled_out(official_name, self._language)))
        views = [self._ranker.view(words(text), False) for text in names]
        views += [self._ranker.view(words(text), True) for text in own_words.split("\n") if text]
        return _Doc(code, name, prior, field or None, tuple(views))

    def _hit(self, query: Query, doc: _Doc, fit: Fit) -> Hit:
        marks: dict[int, int] = {}
        for word in words(doc.name):
            for term in query.terms:
                if meeting(term, {word.folded: (word.marked,)}, self._ranker.tuning):
                    whole = term.folded == word.folded
                    end = word.end if whole else word.start + len(term.folded)
                    marks[word.start] = max(marks.get(word.start, 0), end)
        return Hit(doc.code, doc.name, round(fit.score, 4), doc.group, tuple(sorted(marks.items())))

    def _signpost(self, query: Query, fits: Sequence[Fit]) -> Signpost | None:
        """The desk to ask, where the words lead to one and no procedure fits them as well."""
        for guide in self._language.guides:
            if any(is_phrase(query, phrase) for phrase in guide.words):
                return guide.signpost
        if max((fit.covered for fit in fits[:5]), default=0.0) >= _GUIDE_BELOW:
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
