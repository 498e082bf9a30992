"""Bringing a database to the schema of this program: backed up first, all or nothing, never backwards."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from kiosk.resources import root
from kiosk.storage.engine import known_failures, refuse_newer, schema_version
from kiosk.storage.tables import SCHEMA

if TYPE_CHECKING:
    from alembic.config import Config


def bring_up_to_date(engine: Engine, file: Path) -> None:
    """Migrate ``file`` if it is older. KnownError ``data-newer`` if it is newer, untouched."""
    found = schema_version(engine)
    refuse_newer(found)
    if found == SCHEMA:
        return
    if found:
        back_up(engine, file, found)
    _upgrade(engine)


def back_up(engine: Engine, file: Path, version: int) -> None:
    """Copy the whole file, still under its key, beside itself as ``<file>.v<version>.backup``."""
    with known_failures():
        connection = engine.raw_connection()  # a checkpoint works outside a transaction only
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        shutil.copy2(file, file.with_name(f"{file.name}.v{version}.backup"))


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(root() / "kiosk" / "storage" / "migrations"))
    return config


def _upgrade(engine: Engine) -> None:
    from alembic import command

    config = _config()
    with known_failures(), engine.connect() as plain:
        connection = plain.execution_options(immediate=True)
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
