"""The ledger: append-only events with event time and known time, so that any report can be rebuilt later.

The intake and the desk each write their own in their own database; ``read`` shows both as one. An event holds
ids, codes and counts, never a name, a number or an answer of a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import DDL, Column, Connection, Index, Integer, MetaData, String, Table, event, insert, select

from central.database import Database
from kiosk import clock

SAVED: Final = "saved"  # the kiosk saved it; event time is the kiosk's word
RECEIVED: Final = "received"
OPENED: Final = "opened"
CLONE: Final = "clone"
REFUSED: Final = "refused"
QUARANTINED: Final = "quarantined"
CODE_GRANTED: Final = "code-granted"


def status_kind(status: int) -> str:
    """The kind of the event "now has national status n"."""
    return f"status:{status}"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a dossier or a kiosk. Times are RFC 3339."""

    kind: str
    event_time: str
    known_time: str
    dossier_id: str | None
    detail: Mapping[str, str | int | None]


def event_table(metadata: MetaData) -> Table:
    """Declare the ledger's table in a database; its rows can't be changed or deleted."""
    table = Table(
        "event",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("kind", String, nullable=False),
        Column("event_time", String, nullable=False),
        Column("known_time", String, nullable=False),
        Column("dossier_id", String),
        Column("detail", String, nullable=False),
        sqlite_autoincrement=True,
    )
    Index("event_dossier", table.c.dossier_id)
    append_only(table)
    return table


def append_only(table: Table) -> None:
    """Forbid UPDATE and DELETE on ``table`` in the database itself."""
    for verb in ("UPDATE", "DELETE"):
        trigger = DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
        event.listen(table, "after_create", trigger.execute_if(dialect="sqlite"))


def record(
    connection: Connection,
    table: Table,
    kind: str,
    known: datetime,
    dossier_id: str | None = None,
    event_time: str | None = None,
    **detail: str | int | None,
) -> None:
    """Append one event; without ``event_time`` it happened when it became known."""
    connection.execute(
        insert(table).values(
            kind=kind,
            event_time=event_time or clock.rfc3339(known),
            known_time=clock.rfc3339(known),
            dossier_id=dossier_id,
            detail=json.dumps(detail, sort_keys=True),
        )
    )


def read(sources: Iterable[tuple[Database, Table]]) -> list[Event]:
    """All events of all sources, in the order they became known."""
    events: list[Event] = []
    for database, table in sources:
        with database.read() as connection:
            rows = connection.execute(select(table).order_by(table.c.id)).mappings()
            events += [
                Event(
                    kind=row["kind"],
                    event_time=row["event_time"],
                    known_time=row["known_time"],
                    dossier_id=row["dossier_id"],
                    detail=json.loads(row["detail"]),
                )
                for row in rows
            ]
    return sorted(events, key=lambda entry: entry.known_time)
