"""One SQLite file: how it is made, opened, read and written. The engine is the one ``sqlcipher3`` brings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kiosk.errors import KnownError

_BUSY_S: Final = 15.0  # longer than any write here takes; several processes share one file
_WRITE: Final = "central_write"


class Database:
    """Short read and write transactions on one file. Safe for many threads and many processes.

    Writes take SQLite's one write lock from the start (BEGIN IMMEDIATE): a read-modify-write never loses
    another's change. A commit has returned means the rows survive a power cut.
    """

    def __init__(self, path: Path) -> None:
        self._turn = threading.Lock()
        self._engine = _engine(path)

    @classmethod
    def create(cls, path: Path, metadata: MetaData, version: int) -> None:
        """Make a new file with its tables."""
        database = cls(path)
        try:
            with database.write() as connection:
                metadata.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {version}")
        finally:
            database.close()

    @classmethod
    def open(cls, path: Path, version: int) -> Database:
        """Open a file ``create`` made. KnownError ``not-initialised``, ``data-newer``, ``data-damaged``."""
        if not path.is_file():
            raise KnownError("not-initialised")
        database = cls(path)
        try:
            with database.read() as connection:
                found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        except DatabaseError as error:
            database.close()
            raise KnownError("data-damaged", file=path.name) from error
        if found == version:
            return database
        database.close()
        if found > version:
            raise KnownError("data-newer", found=found, known=version)
        raise KnownError("data-damaged", file=path.name)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the file."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction; committed when the block ends, undone if it raises."""
        with self._turn, self._engine.connect() as plain:
            connection = plain.execution_options(**{_WRITE: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        self._engine.dispose()


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=40,  # as many as the web server has threads
        hide_parameters=True,  # an error must never carry what was stored
        connect_args={"isolation_level": None, "timeout": _BUSY_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
