"""Building ``catalogue.db``: one plain, read-only SQLite file with a full-text index over folded words.

| table | holds |
|---|---|
| ``meta`` | ``content`` (hash of what it was built from), counts |
| ``document`` | package, life events, notice, people form: JSON by name |
| ``procedure`` | one row each: what a search shows, and the whole record as JSON |
| ``form`` | forms by id |
| ``fts``, ``vocab`` | folded words: name, everyday words, field and result, plain text |
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from kiosk.catalogue.loader import form_json, procedure_json
from kiosk.catalogue.model import Origin, Procedure
from kiosk.catalogue.shipped import Language, Shipped
from kiosk.catalogue.text import tokens
from kiosk.errors import KnownError

FORMAT: Final = 1  # grows when this file or the conversion of national records changes what is built
_LONGEST_PLAIN: Final = 1500
_SCHEMA: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE form (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE procedure (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    official_name TEXT NOT NULL,
    level TEXT NOT NULL,
    online INTEGER NOT NULL,
    origin TEXT NOT NULL,
    words TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE VIRTUAL TABLE fts USING fts5(
    name, words, field, plain, content='', prefix='2 3', tokenize="unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE vocab USING fts5vocab('fts', 'row');
"""


def build(
    file: Path, content: str, shipped: Shipped, language: Language, imported: Iterable[Procedure]
) -> None:
    """Write a whole catalogue to ``file``, replacing it. Codes already shipped are not taken from ``imported``.

    KnownError ``catalogue-unwritable`` where the disk refuses; ``file`` is then not to be used.
    """
    file.unlink(missing_ok=True)
    try:
        with closing(dbapi2.connect(str(file), isolation_level=None)) as db:
            db.executescript(_SCHEMA)
            db.execute("BEGIN")
            _fill(db, content, shipped, language, imported)
            db.execute("COMMIT")
        _to_disk(file)
    except (dbapi2.OperationalError, dbapi2.DatabaseError) as error:
        raise KnownError("catalogue-unwritable", reason=type(error).__name__) from error


def _fill(
    db: Any, content: str, shipped: Shipped, language: Language, imported: Iterable[Procedure]
) -> None:
    everyday: dict[str, list[str]] = {}
    for phrase, codes in language.phrases.items():
        for code in codes:
            everyday.setdefault(code, []).append(phrase)
    ours = {procedure.code for procedure in shipped.procedures}
    others = (procedure for procedure in imported if procedure.code not in ours)
    total = unsigned = 0
    for procedure in _chain(shipped.procedures, others):
        total += 1
        unsigned += procedure.origin is Origin.UNSIGNED
        _insert(db, total, procedure, everyday.get(procedure.code, []))
    db.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    db.executemany("INSERT INTO form VALUES (?, ?)", [(form.id, _json(form_json(form))) for form in shipped.forms])
    db.executemany("INSERT INTO document VALUES (?, ?)", _documents(shipped))
    facts = {"content": content, "procedures": total, "unsigned": unsigned}
    db.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in facts.items()])


def _chain(first: Iterable[Procedure], second: Iterable[Procedure]) -> Iterator[Procedure]:
    yield from first
    yield from second


def _insert(db: Any, row: int, procedure: Procedure, phrases: list[str]) -> None:
    words = list(dict.fromkeys([*procedure.words, *phrases]))
    db.execute(
        "INSERT INTO procedure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row,
            procedure.code,
            procedure.name,
            procedure.official_name,
            json.dumps(procedure.level, ensure_ascii=False),
            procedure.online,
            procedure.origin.value,
            "\n".join(words),
            _json(procedure_json(procedure)),
        ),
    )
    names = dict.fromkeys((procedure.name, procedure.official_name))
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


def _documents(shipped: Shipped) -> list[tuple[str, str]]:
    package = {"version": shipped.package.version, "published_at": shipped.package.published_at}
    events = [
        {"id": event.id, "title": event.title, "icon": event.icon, "codes": list(event.codes)}
        for event in shipped.life_events
    ]
    notice = {
        "version": shipped.notice.version,
        "title": shipped.notice.title,
        "paragraphs": list(shipped.notice.paragraphs),
        "consents": [
            {"purpose": consent.purpose, "label": consent.label, "text": consent.text}
            for consent in shipped.notice.consents
        ],
    }
    documents = {"package": package, "life_events": events, "notice": notice}
    made = [(name, _json(body)) for name, body in documents.items()]
    return [*made, ("people", _json(form_json(shipped.people)))]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _to_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
