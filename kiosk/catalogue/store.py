"""The catalogue on disk, and the one way to read it: what is shipped, plus an import where nobody enrolled.

    catalogue/catalogue.db         built here; thrown away and built anew whenever it is stale or damaged
    catalogue/national.jsonl.gz    the lines of the last imports that were taken, kept to build from
    catalogue/build.lock           one process builds at a time; readers never wait

A new file is built beside the old one and swapped in whole: a reader in another process goes on undisturbed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlcipher3 import dbapi2

from kiosk.catalogue.build import FORMAT, Content, build, stamp
from kiosk.catalogue.loader import (
    load_forms,
    load_procedures,
    read_form,
    read_procedure,
    root_code,
    specialised,
)
from kiosk.catalogue.model import (
    CatalogueInfo,
    Form,
    ImportReport,
    LifeEvent,
    Notice,
    Origin,
    Procedure,
    SearchAnswer,
)
from kiosk.catalogue.national_file import Tally, keeping, kept_records, take_in
from kiosk.catalogue.reader import load_object
from kiosk.catalogue.search import Searcher
from kiosk.catalogue.shipped import content_hash, load_language, load_life_events, load_notice, load_package
from kiosk.catalogue.units import Units
from kiosk.clock import Clock, parse
from kiosk.errors import KnownError
from kiosk.resources import asset

_T = TypeVar("_T")
_CACHE_KB: Final = 8192


def open_catalogue(folder: Path, clock: Clock, *, enrolled: bool = False) -> Catalogue:
    """The catalogue of one data folder. Built first where missing, stale or damaged.

    ``enrolled``: unsigned records are left out altogether. KnownError ``catalogue-unwritable`` or
    ``catalogue-bad``.
    """
    return Catalogue(folder, clock, enrolled, asset("catalogue"))


class Catalogue:
    """Procedures, forms, units and searching. May be used from several threads; each read is short."""

    def __init__(self, folder: Path, clock: Clock, enrolled: bool, assets: Path) -> None:
        self._folder = folder
        self._clock = clock
        self._enrolled = enrolled
        self._assets = assets
        self._file = folder / "catalogue.db"
        self._kept = folder / "national.jsonl.gz"
        self._lock = threading.RLock()
        self._db: Any = None
        self._inode = 0
        self._searcher: Searcher | None = None
        self._fresh = folder / "catalogue.new"
        if not self._is_fresh():
            self._rebuild()

    # -- reading

    @cached_property
    def _forms(self) -> dict[str, Form]:
        return {form.id: form for form in load_forms(self._assets / "forms")}

    @cached_property
    def units(self) -> Units:
        return Units(self._assets / "units.json")

    @property
    def has_unsigned(self) -> bool:
        """Whether any record here was never verified: the ribbon "dữ liệu chưa xác minh" must show."""
        return int(self._meta("unsigned")) > 0

    def info(self) -> CatalogueInfo:
        package = load_package(self._assets / "package.json")
        age = (self._clock.now() - parse(package.published_at)).days if package.published_at else None
        return CatalogueInfo(
            procedures=int(self._meta("procedures")),
            units=len(self.units),
            version=package.version,
            published_at=package.published_at,
            signed=not self.has_unsigned,
            age_days=age if age is None or age >= 0 else None,  # a clock that is behind knows no age
        )

    def search(self, query: str, limit: int = 10) -> SearchAnswer:
        """What fits the words typed, best first. Never fails on what people type; see ``search.py``."""
        return self._read(lambda db: self._searching(db).search(query, limit))

    def procedure(self, code: str) -> Procedure | None:
        """By code; national suffixes are ignored. None where the catalogue has no such procedure."""
        root = root_code(code)
        if root is None:
            return None
        query = "SELECT body, origin FROM procedure WHERE code = ?"
        row = self._read(lambda db: db.execute(query, (root,)).fetchone())
        return read_procedure(json.loads(row[0]), root, Origin(row[1])) if row else None

    def form(self, procedure: Procedure) -> Form | None:
        """The form to fill in; the general one speaks of the procedure by name. None: at the desk only."""
        form = self._forms.get(procedure.form_id or "")
        return specialised(form, procedure) if form and procedure.online else None

    def people(self) -> Form:
        """Questions on the helper, the applicant and who stands here; the same for every procedure."""
        return read_form(load_object(self._assets / "people.json"), "people.json")

    def life_events(self) -> tuple[LifeEvent, ...]:
        return load_life_events(self._assets / "life_events.json")

    def by_life_event(self, event_id: str) -> tuple[Procedure, ...]:
        """Procedures of one tile in its order; those the catalogue does not hold are left out."""
        codes = [code for event in self.life_events() if event.id == event_id for code in event.codes]
        return tuple(found for code in codes if (found := self.procedure(code)))

    def notice(self) -> Notice:
        return load_notice(self._assets / "notice.json")

    def codes(self) -> list[str]:
        """Every code held, in order."""
        query = "SELECT code FROM procedure ORDER BY code"
        return [row[0] for row in self._read(lambda db: db.execute(query).fetchall())]

    def verify(self) -> bool:
        """Whether the file as built is whole; reads all of it."""
        return bool(self._read(lambda db: db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"))

    def close(self) -> None:
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = self._searcher = None

    # -- importing

    def import_national(self, path: Path) -> ImportReport:
        """Take in a file of national records, plain or gzip; a record replaces an earlier one of its code.

        All or nothing: on KnownError (``import-unreadable``, ``import-too-big``, ``catalogue-unwritable``,
        ``unsigned`` where the folder is enrolled) the catalogue is as before. Our own records stay in front.
        """
        if self._enrolled:
            raise KnownError("unsigned")
        tally = Tally()
        fresh = self._folder / "national.new"
        with self._building():
            try:
                with keeping(fresh) as kept:
                    self._build(take_in(path, self._kept, kept, tally))
                fresh.replace(self._kept)
                self._swap_in()
            finally:
                fresh.unlink(missing_ok=True)
        return tally.report()

    # -- the file

    def _read(self, query: Callable[[Any], _T]) -> _T:
        """Run one read; a damaged file is built anew once and read again."""
        with self._lock:
            try:
                return query(self._connected())
            except (OSError, dbapi2.DatabaseError):
                self.close()
                self._rebuild(damaged=True)
                return query(self._connected())

    def _connected(self) -> Any:
        """The open file; opened anew when another process has swapped in a new one."""
        inode = self._file.stat().st_ino
        if self._db is None or inode != self._inode:
            self.close()
            uri = f"{self._file.absolute().as_uri()}?mode=ro"
            self._db = dbapi2.connect(uri, uri=True, check_same_thread=False)
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            self._inode = inode
        return self._db

    def _searching(self, db: Any) -> Searcher:
        """The searcher over the open file: made when first needed, for it reads the whole vocabulary."""
        if self._searcher is None:
            self._searcher = Searcher(load_language(self._assets), db)
        return self._searcher

    def _meta(self, key: str) -> str:
        row = self._read(lambda db: db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone())
        return str(row[0])

    def _is_fresh(self) -> bool:
        """Whether the file is there, opens, and was built from what there is to build from."""
        query = "SELECT value FROM meta WHERE key = 'content'"
        try:
            row = self._connected().execute(query).fetchone()
        except (OSError, dbapi2.DatabaseError):
            self.close()
            return False
        return row is not None and row[0] == self._wanted()

    def _wanted(self) -> str:
        digest = hashlib.sha256(f"{FORMAT} {content_hash(self._assets)} ".encode())
        if self._kept.exists() and not self._enrolled:
            digest.update(self._kept.read_bytes())
        return digest.hexdigest()

    def _rebuild(self, damaged: bool = False) -> None:
        with self._building():
            if damaged or not self._is_fresh():  # unless another process did it meanwhile
                self._build(iter(()) if self._enrolled else kept_records(self._kept))
                self._swap_in()

    def _build(self, imported: Iterator[Procedure]) -> None:
        shipped = load_procedures(self._assets / "procedures")
        build(self._fresh, Content(shipped, load_language(self._assets), imported))

    def _swap_in(self) -> None:
        stamp(self._fresh, self._wanted())
        self._fresh.replace(self._file)

    @contextmanager
    def _building(self) -> Iterator[None]:
        """One builder at a time, in this process and among all; disk trouble has a sentence."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._lock, (self._folder / "build.lock").open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                try:
                    yield
                finally:
                    self._fresh.unlink(missing_ok=True)
        except OSError as error:
            raise KnownError("catalogue-unwritable", reason=error.strerror or type(error).__name__) from error
