"""The database file: SQLCipher with a raw key, durable commits, one writer at a time, versions refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from kiosk.errors import KnownError
from kiosk.storage.tables import SCHEMA

_BUSY_MS: Final = 30_000  # a submit seals inside its transaction: seconds, on a slow machine
_CACHE_KIB: Final = 16_384
_CAUSES: Final = (
    ("database or disk is full", "storage-full"),
    ("readonly database", "data-unwritable"),
    ("unable to open", "data-unwritable"),
    ("database is locked", "database-busy"),
    ("file is not a database", "database-damaged"),
    ("malformed", "database-damaged"),
    ("disk I/O error", "storage-fault"),
)


class Database:
    """Transactions on one keyed file. ``read`` and ``write`` roll back whole on any error."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent snapshot; never waits for a writer."""
        with known_failures(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one write transaction, durable when the block has ended."""
        with known_failures(), self._engine.connect() as plain:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def known_failures() -> Iterator[None]:
    """The world's failures as KnownError; anything else passes as the bug it is."""
    try:
        yield
    except (DBAPIError, sqlcipher.DatabaseError) as error:
        text = str(error.orig if isinstance(error, DBAPIError) else error)
        for words, code in _CAUSES:
            if words in text:
                facts = {"reason": words} if code == "data-unwritable" else {}
                raise KnownError(code, **facts) from None
        raise


def open_engine(file: Path, key: bytes) -> Engine:
    """An engine on ``file`` under the 32-byte ``key``. Nothing is read yet."""

    def connect() -> Any:
        connection = sqlcipher.connect(str(file), check_same_thread=False, isolation_level=None)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in (
            "cipher_memory_security = OFF",
            f"busy_timeout = {_BUSY_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            f"cache_size = -{_CACHE_KIB}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, module=sqlcipher, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def schema_version(engine: Engine) -> int:
    """``PRAGMA user_version``: 0 for an empty file. KnownError if the file can't be read with this key."""
    with known_failures(), engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def refuse_newer(found: int) -> None:
    if found > SCHEMA:
        raise KnownError("data-newer", found=found, known=SCHEMA)
