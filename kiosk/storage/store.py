"""The kiosk's local store: one transaction a call, frozen values in and out.

Writes belong to the store lane and the sync worker; the screen's thread only makes the short reads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk import canonical, clock
from kiosk.dossier.packet import CHUNK
from kiosk.dossier.signing import Signed
from kiosk.dossier.statements import Opened, Received, SealedNotice
from kiosk.errors import KnownError
from kiosk.keyring import Keyring
from kiosk.storage import tables
from kiosk.storage.engine import Database, open_engine, schema_version
from kiosk.storage.migrate import bring_up_to_date
from kiosk.storage.outbox import OutboxEffect, OutboxEvent, OutboxState, step
from kiosk.storage.records import (
    CentreContact,
    NewDossier,
    QueueItem,
    RequestMark,
    StateCounts,
    TrustedTime,
)
from kiosk.storage.tables import SCHEMA

KEEP_OPENED_DAYS: Final = 30
_UNFINISHED: Final = (OutboxState.QUEUED.value, OutboxState.SENDING.value, OutboxState.RECEIVED.value)
_LAST_SEQUENCE: Final = 999_999


def open_store(file: Path, keyring: Keyring) -> Store:
    """Open the kiosk's database, made and migrated as needed. A new file begins a new epoch."""
    key = keyring.database_key(file)
    engine = open_engine(file, key)
    if not file.exists() or schema_version(engine) != SCHEMA:
        with keyring.alone():
            if not file.exists():
                keyring.next_epoch()
            bring_up_to_date(engine, file)
    return Store(Database(engine))


class Store:
    """Dossiers, their way to the centre, notices and trusted time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        self._database.close()

    def submit(
        self,
        dossier_id: str,
        mark: RequestMark | None,
        epoch: int,
        make: Callable[[int], NewDossier],
    ) -> tuple[QueueItem, bool]:
        """Save a dossier in one durable transaction; ``make`` seals it under the sequence number given.

        The same dossier id, or the same request, gives the dossier saved before and False; the same request
        with other content is KnownError ``request-differs``.
        """
        with self._database.write() as db:
            known = self._known_dossier(db, dossier_id, mark)
            if known:
                return _item(_one(db, known)), False
            sequence = self._next_sequence(db, epoch)
            new = make(sequence)
            db.execute(insert(tables.dossier).values(_row(new, epoch, sequence)))
            db.execute(insert(tables.packet_chunk), _chunk_rows(new))
            if mark:
                db.execute(
                    insert(tables.request).values(
                        request_sha256=mark.request_sha256,
                        content_hmac=mark.content_hmac,
                        dossier_id=new.dossier_id,
                    )
                )
            return _item(_one(db, new.dossier_id)), True

    def _known_dossier(self, db: Connection, dossier_id: str, mark: RequestMark | None) -> str | None:
        if mark:
            query = select(tables.request).where(tables.request.c.request_sha256 == mark.request_sha256)
            row = db.execute(query).mappings().one_or_none()
            if row and row["content_hmac"] != mark.content_hmac:
                raise KnownError("request-differs")
            if row:
                return str(row["dossier_id"])
        query_id = select(tables.dossier.c.dossier_id).where(tables.dossier.c.dossier_id == dossier_id)
        return db.execute(query_id).scalar_one_or_none()

    def _next_sequence(self, db: Connection, epoch: int) -> int:
        query = select(func.max(tables.dossier.c.sequence)).where(tables.dossier.c.epoch == epoch)
        sequence = int(db.execute(query).scalar_one() or 0) + 1
        if sequence > _LAST_SEQUENCE:
            raise KnownError("numbers-used-up")
        return sequence

    def give_receipt(self, dossier_id: str, at: datetime) -> None:
        """Note that this dossier's receipt was shown or printed."""
        with self._database.write() as db:
            db.execute(
                update(tables.dossier)
                .where(tables.dossier.c.dossier_id == dossier_id, tables.dossier.c.receipt_given_at.is_(None))
                .values(receipt_given_at=clock.rfc3339(at))
            )

    def receipts_not_given(self) -> tuple[QueueItem, ...]:
        """Dossiers saved just before a crash, whose receipt nobody saw."""
        table = tables.dossier
        with self._database.read() as db:
            query = select(table).where(table.c.receipt_given_at.is_(None)).order_by(table.c.dossier_id)
            return tuple(_item(row) for row in db.execute(query).mappings())

    def find(self, text: str) -> QueueItem | None:
        """A dossier by its id or its receipt number."""
        table = tables.dossier
        with self._database.read() as db:
            query = select(table).where((table.c.dossier_id == text) | (table.c.receipt == text))
            row = db.execute(query).mappings().one_or_none()
        return _item(row) if row else None

    def find_by_lookup(self, lookup_id: str) -> QueueItem | None:
        """A dossier of this kiosk by what follows from its private code."""
        with self._database.read() as db:
            query = select(tables.dossier).where(tables.dossier.c.lookup_id == lookup_id)
            row = db.execute(query).mappings().one_or_none()
        return _item(row) if row else None

    def queue(self, now: datetime) -> tuple[QueueItem, ...]:
        """All dossiers, oldest first; opened ones for thirty days."""
        table = tables.dossier
        since = clock.rfc3339(now - timedelta(days=KEEP_OPENED_DAYS))
        shown = (table.c.state != OutboxState.OPENED.value) | (table.c.changed_at >= since)
        with self._database.read() as db:
            query = select(table).where(shown).order_by(table.c.epoch, table.c.sequence)
            return tuple(_item(row) for row in db.execute(query).mappings())

    def unfinished(self) -> tuple[QueueItem, ...]:
        """What the worker still has to bring to *opened*; a poison item sinks by its attempts."""
        table = tables.dossier
        with self._database.read() as db:
            query = select(table).where(table.c.state.in_(_UNFINISHED))
            rows = db.execute(query.order_by(table.c.attempts, table.c.dossier_id)).mappings()
            return tuple(_item(row) for row in rows)

    def counts(self) -> StateCounts:
        """How many dossiers stand where."""
        table = tables.dossier
        with self._database.read() as db:
            query = select(table.c.state, func.count()).group_by(table.c.state)
            found = {str(state): int(number) for state, number in db.execute(query)}
        return StateCounts(**{state.value: found.get(state.value, 0) for state in OutboxState})

    def sealed_bytes(self, dossier_id: str, offset: int, length: int) -> bytes:
        """Up to ``length`` sealed bytes from ``offset``; empty past the end or once they are purged."""
        table = tables.packet_chunk
        first, last = offset // CHUNK, (offset + length - 1) // CHUNK
        with self._database.read() as db:
            query = select(table.c.data).where(
                table.c.dossier_id == dossier_id, table.c.number.between(first, last)
            )
            data = b"".join(db.execute(query.order_by(table.c.number)).scalars())
        start = offset - first * CHUNK
        return data[start : start + length]

    def advance(
        self, dossier_id: str, event: OutboxEvent, at: datetime, reason: str | None = None
    ) -> OutboxState:
        """One step of the outbox machine for one dossier; the new state."""
        with self._database.write() as db:
            return _advance(db, dossier_id, event, at, reason)

    def mark_received(self, statement: Received, proof: Signed, at: datetime) -> OutboxState:
        """Take a verified *received*; ValueError if it speaks of another envelope."""
        with self._database.write() as db:
            _same_envelope(db, statement.dossier_id, statement.envelope_sha256)
            _set(db, statement.dossier_id, received_statement=canonical.encode(proof.to_wire()))
            return _advance(db, statement.dossier_id, OutboxEvent.RECEIVED, at, None)

    def mark_opened(self, statement: Opened, proof: Signed, at: datetime) -> OutboxState:
        """Take a verified *opened* and purge the sealed bytes; ValueError if it names another envelope."""
        with self._database.write() as db:
            _same_envelope(db, statement.dossier_id, statement.envelope_sha256)
            _set(
                db,
                statement.dossier_id,
                opened_statement=canonical.encode(proof.to_wire()),
                official_code=statement.official_code,
            )
            return _advance(db, statement.dossier_id, OutboxEvent.OPENED, at, None)

    def restart(self, at: datetime) -> None:
        """After a stop at any point: what was being sent is queued again, under the same id."""
        table = tables.dossier
        with self._database.write() as db:
            query = select(table.c.dossier_id).where(table.c.state == OutboxState.SENDING.value)
            for dossier_id in db.execute(query).scalars().all():
                _advance(db, dossier_id, OutboxEvent.STARTED, at, None)

    def keep_notice(self, notice: SealedNotice, at: datetime) -> bool:
        """Keep a verified notice; False and nothing done if a later one is kept already."""
        with self._database.write() as db:
            query = select(tables.notice.c.number).where(tables.notice.c.lookup_id == notice.lookup_id)
            if int(db.execute(query).scalar_one_or_none() or 0) >= notice.number:
                return False
            values = {
                "lookup_id": notice.lookup_id,
                "number": notice.number,
                "body": notice.signed.body,
                "key_id": notice.signed.key_id,
                "signature": notice.signed.signature,
                "taken_at": clock.rfc3339(at),
            }
            db.execute(
                upsert(tables.notice)
                .values(values)
                .on_conflict_do_update(index_elements=["lookup_id"], set_=values)
            )
            return True

    def notice(self, lookup_id: str) -> tuple[Signed, str] | None:
        """The newest notice kept under a look-up id, and when it was taken."""
        with self._database.read() as db:
            query = select(tables.notice).where(tables.notice.c.lookup_id == lookup_id)
            row = db.execute(query).mappings().one_or_none()
        return (Signed(row["body"], row["key_id"], row["signature"]), row["taken_at"]) if row else None

    def trusted_time(self) -> TrustedTime | None:
        """The last time the centre told us."""
        with self._database.read() as db:
            row = db.execute(select(tables.trusted_time)).mappings().one_or_none()
        return TrustedTime(row["trusted"], row["boot_id"], row["monotonic_s"]) if row else None

    def contact(self) -> CentreContact:
        """How far we have read the centre's notices."""
        with self._database.read() as db:
            row = db.execute(select(tables.centre)).mappings().one_or_none()
        return CentreContact(row["notice_cursor"], row["answered_at"]) if row else CentreContact(0, None)

    def heard_centre(self, cursor: int, time: TrustedTime) -> None:
        """Note a verified answer: how far its notices went, and the time it told."""
        with self._database.write() as db:
            _put_one(db, tables.centre, {"notice_cursor": cursor, "answered_at": time.trusted})
            _put_one(
                db,
                tables.trusted_time,
                {"trusted": time.trusted, "boot_id": time.boot_id, "monotonic_s": time.monotonic_s},
            )

    def forget_centre(self) -> None:
        """A new enrolment reads the centre's notices from the start."""
        with self._database.write() as db:
            db.execute(delete(tables.centre))


def _put_one(db: Connection, table: Any, values: dict[str, Any]) -> None:
    statement = upsert(table).values({"id": 1, **values})
    db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def _one(db: Connection, dossier_id: str) -> RowMapping:
    query = select(tables.dossier).where(tables.dossier.c.dossier_id == dossier_id)
    row = db.execute(query).mappings().one_or_none()
    if row is None:
        raise KnownError("no-such-dossier")
    return row


def _set(db: Connection, dossier_id: str, **values: object) -> None:
    db.execute(update(tables.dossier).where(tables.dossier.c.dossier_id == dossier_id).values(values))


def _same_envelope(db: Connection, dossier_id: str, envelope_sha256: str) -> None:
    if _one(db, dossier_id)["envelope_sha256"] != envelope_sha256:
        raise ValueError("statement about another envelope")


def _advance(
    db: Connection, dossier_id: str, event: OutboxEvent, at: datetime, reason: str | None
) -> OutboxState:
    row = _one(db, dossier_id)
    old = OutboxState(row["state"])
    taken = step(old, event)
    values: dict[str, object] = {"state": taken.state.value}
    if taken.state is not old:
        values["changed_at"] = clock.rfc3339(at)
    for effect in taken.effects:
        match effect:
            case OutboxEffect.COUNT_ATTEMPT:
                values["attempts"] = row["attempts"] + 1
            case OutboxEffect.KEEP_REASON:
                values["reason"] = reason
            case OutboxEffect.CLEAR_REASON:
                values["reason"] = None
            case OutboxEffect.PURGE:
                db.execute(delete(tables.packet_chunk).where(tables.packet_chunk.c.dossier_id == dossier_id))
    _set(db, dossier_id, **values)
    return taken.state


def _row(new: NewDossier, epoch: int, sequence: int) -> dict[str, object]:
    return {
        "dossier_id": new.dossier_id,
        "receipt": str(new.number),
        "epoch": epoch,
        "sequence": sequence,
        "created_at": new.created_at,
        "lookup_id": new.lookup_id,
        "envelope_body": new.envelope.body,
        "envelope_key_id": new.envelope.key_id,
        "envelope_signature": new.envelope.signature,
        "envelope_sha256": new.envelope_sha256,
        "size": len(new.sealed),
        "public_qr": new.public_qr,
        "receipt_given_at": new.created_at if new.receipt_given else None,
        "state": OutboxState.QUEUED.value,
        "attempts": 0,
        "changed_at": new.created_at,
    }


def _chunk_rows(new: NewDossier) -> list[dict[str, object]]:
    return [
        {"dossier_id": new.dossier_id, "number": at // CHUNK, "data": new.sealed[at : at + CHUNK]}
        for at in range(0, len(new.sealed), CHUNK)
    ]


def _item(row: RowMapping) -> QueueItem:
    return QueueItem(
        dossier_id=row["dossier_id"],
        receipt=row["receipt"],
        state=OutboxState(row["state"]),
        official_code=row["official_code"],
        reason=row["reason"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        attempts=row["attempts"],
        lookup_id=row["lookup_id"],
        envelope=Signed(row["envelope_body"], row["envelope_key_id"], row["envelope_signature"]),
        envelope_sha256=row["envelope_sha256"],
        size=row["size"],
        public_qr=row["public_qr"],
        receipt_given_at=row["receipt_given_at"],
    )
