"""Building ``catalogue.db``: one plain, read-only SQLite file with a full-text index over folded words.

| table | holds |
|---|---|
| ``meta`` | ``content`` (hash of what it was built from), counts |
| ``procedure`` | one row each: what a search shows, and the whole record as JSON |
| ``fts``, ``vocab`` | folded words: name, everyday words, field and result, plain text |
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from kiosk.catalogue.loader import procedure_json
from kiosk.catalogue.model import Origin, Procedure
from kiosk.catalogue.query import spelled_out
from kiosk.catalogue.shipped import Language
from kiosk.catalogue.text import tokens
from kiosk.errors import KnownError

FORMAT: Final = 1  # grows when this file or the conversion of national records changes what is built
_LONGEST_PLAIN: Final = 1500
_SCHEMA: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE procedure (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    official_name TEXT NOT NULL,
    level TEXT NOT NULL,
    online INTEGER NOT NULL,
    origin TEXT NOT NULL,
    words TEXT NOT NULL,
    field TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE VIRTUAL TABLE fts USING fts5(
    name, words, field, plain, content='', prefix='2 3', tokenize="unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE vocab USING fts5vocab('fts', 'row');
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What to build from; shipped codes are not taken from ``imported``."""

    shipped: Sequence[Procedure]
    language: Language
    imported: Iterable[Procedure]


def build(file: Path, content: Content) -> None:
    """Write a whole catalogue to ``file``, replacing it.

    KnownError ``catalogue-unwritable`` where the disk refuses. Not to be read before ``stamp``.
    """
    file.unlink(missing_ok=True)
    try:
        with closing(dbapi2.connect(str(file), isolation_level=None)) as db:
            db.executescript(_SCHEMA)
            db.execute("BEGIN")
            _fill(db, content)
            db.execute("COMMIT")
    except (OSError, dbapi2.DatabaseError) as error:
        raise KnownError("catalogue-unwritable", reason=type(error).__name__) from error


def stamp(file: Path, content_hash: str) -> None:
    """Write down what ``file`` was built from, and see it to the disk: the last step before the swap."""
    try:
        with closing(dbapi2.connect(str(file), isolation_level=None)) as db:
            db.execute("INSERT INTO meta VALUES ('content', ?)", (content_hash,))
        _to_disk(file)
    except (OSError, dbapi2.DatabaseError) as error:
        raise KnownError("catalogue-unwritable", reason=type(error).__name__) from error


def _fill(db: Any, content: Content) -> None:
    everyday: dict[str, list[str]] = {}
    for phrase, codes in content.language.phrases.items():
        for code in codes:
            everyday.setdefault(code, []).append(phrase)
    ours = {procedure.code for procedure in content.shipped}
    others = (procedure for procedure in content.imported if procedure.code not in ours)
    total = unsigned = 0
    for procedure in chain(content.shipped, others):
        total += 1
        unsigned += procedure.origin is Origin.UNSIGNED
        _insert(db, total, procedure, everyday.get(procedure.code, []), content.language)
    db.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    facts = {"procedures": total, "unsigned": unsigned}
    db.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in facts.items()])


def _insert(db: Any, row: int, procedure: Procedure, phrases: list[str], language: Language) -> None:
    words = list(dict.fromkeys([*procedure.words, *phrases]))
    db.execute(
        "INSERT INTO procedure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row,
            procedure.code,
            procedure.name,
            procedure.official_name,
            json.dumps(procedure.level, ensure_ascii=False),
            procedure.online,
            procedure.origin.value,
            "\n".join(words),
            procedure.field,
            _json(procedure_json(procedure)),
        ),
    )
    official = procedure.official_name
    names = dict.fromkeys((procedure.name, official, spelled_out(official, language)))
    plain = " ".join([procedure.summary or "", *(c.name for c in procedure.components)])[:_LONGEST_PLAIN]
    db.execute(
        "INSERT INTO fts (rowid, name, words, field, plain) VALUES (?, ?, ?, ?, ?)",
        (
            row,
            _folded(" ".join(names)),
            _folded(" ".join(words)),
            _folded(f"{procedure.field} {procedure.result or ''}"),
            _folded(plain),
        ),
    )


def _folded(text: str) -> str:
    return " ".join(tokens(text))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _to_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
