"""What the intake's database is asked and told. Values in, values out; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, func, insert, select, update

from central.intake.tables import CLONE, DOSSIER, KIOSK, NOTICE, DossierState, from_text, to_text
from kiosk.dossier.packet import Envelope
from kiosk.dossier.signing import Signed


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk as the intake knows it. ``serial`` grows with every certificate the desk issues."""

    kiosk: str
    key_id: str
    public: bytes
    serial: int


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """One announced dossier and how far its bytes are."""

    dossier_id: str
    kiosk: str
    carrier: str
    receipt: str
    size: int
    sha256: str
    desk_key_id: str
    envelope: Signed
    envelope_sha256: str
    state: DossierState
    offset: int
    mismatches: int
    refused_at: str | None
    received: Signed | None
    received_at: str | None
    opened: Signed | None
    opened_at: str | None
    official_code: str | None

    @property
    def unchecked(self) -> bool:
        """All bytes are there, but their hash was not yet judged."""
        return self.state is DossierState.WAITING and self.offset == self.size


def kiosk_by_key(connection: Connection, key_id: str) -> Kiosk | None:
    row = connection.execute(select(KIOSK).where(KIOSK.c.key_id == key_id)).mappings().one_or_none()
    return Kiosk(row["kiosk"], row["key_id"], row["public"], row["serial"]) if row else None


def dossiers(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, StoredDossier]:
    """Dossiers by id, oldest first; all of them without ``ids``."""
    query = select(DOSSIER).order_by(DOSSIER.c.arrival)
    if ids is not None:
        query = query.where(DOSSIER.c.dossier_id.in_(ids))
    return {row["dossier_id"]: _dossier(row) for row in connection.execute(query).mappings()}


def dossiers_to_open(connection: Connection) -> list[StoredDossier]:
    """Received and not yet known as opened, oldest first."""
    query = (
        select(DOSSIER)
        .where(DOSSIER.c.state == DossierState.RECEIVED.value, DOSSIER.c.opened.is_(None))
        .order_by(DOSSIER.c.arrival)
    )
    return [_dossier(row) for row in connection.execute(query).mappings()]


def dossiers_with_receipt(connection: Connection, receipt: str) -> list[StoredDossier]:
    query = select(DOSSIER).where(DOSSIER.c.receipt == receipt).order_by(DOSSIER.c.arrival)
    return [_dossier(row) for row in connection.execute(query).mappings()]


def _dossier(row: RowMapping) -> StoredDossier:
    def signed(name: str) -> Signed | None:
        return from_text(row[name]) if row[name] else None

    return StoredDossier(
        dossier_id=row["dossier_id"],
        kiosk=row["kiosk"],
        carrier=row["carrier"],
        receipt=row["receipt"],
        size=row["size"],
        sha256=row["sha256"],
        desk_key_id=row["desk_key_id"],
        envelope=from_text(row["envelope"]),
        envelope_sha256=row["envelope_sha256"],
        state=DossierState(row["state"]),
        offset=row["offset"],
        mismatches=row["mismatches"],
        refused_at=row["refused_at"],
        received=signed("received"),
        received_at=row["received_at"],
        opened=signed("opened"),
        opened_at=row["opened_at"],
        official_code=row["official_code"],
    )


def add_dossier(
    connection: Connection, envelope: Envelope, signed: Signed, envelope_sha256: str, carrier: str
) -> None:
    connection.execute(
        insert(DOSSIER).values(
            dossier_id=envelope.dossier_id,
            kiosk=envelope.kiosk,
            carrier=carrier,
            receipt=envelope.receipt,
            size=envelope.size,
            sha256=envelope.sha256,
            desk_key_id=envelope.desk_key_id,
            envelope=to_text(signed),
            envelope_sha256=envelope_sha256,
            state=DossierState.WAITING.value,
            offset=0,
            mismatches=0,
        )
    )


def change_dossier(connection: Connection, dossier_id: str, **values: Any) -> None:
    connection.execute(update(DOSSIER).where(DOSSIER.c.dossier_id == dossier_id).values(**values))


def mark_clone(connection: Connection, kiosk: str) -> None:
    """Every certificate that ``kiosk`` has so far is of a copied machine."""
    newest = connection.execute(select(func.max(KIOSK.c.serial)).where(KIOSK.c.kiosk == kiosk)).scalar_one()
    known = connection.execute(select(CLONE.c.serial).where(CLONE.c.kiosk == kiosk)).scalar_one_or_none()
    if known is None:
        connection.execute(insert(CLONE).values(kiosk=kiosk, serial=newest))
    else:
        connection.execute(update(CLONE).where(CLONE.c.kiosk == kiosk).values(serial=newest))


def is_clone(connection: Connection, kiosk: Kiosk) -> bool:
    """Whether this kiosk has to enrol again."""
    serial = connection.execute(
        select(CLONE.c.serial).where(CLONE.c.kiosk == kiosk.kiosk)
    ).scalar_one_or_none()
    return serial is not None and kiosk.serial <= serial


def newest_notices(connection: Connection, lookups: Iterable[str], room: int) -> list[Signed]:
    """The newest notice of each look-up id that has one, as far as ``room`` bytes hold them."""
    newest = (
        select(func.max(NOTICE.c.cursor))
        .where(NOTICE.c.lookup_id.in_(list(lookups)))
        .group_by(NOTICE.c.lookup_id)
    )
    query = select(NOTICE.c.signed).where(NOTICE.c.cursor.in_(newest))
    return [from_text(row.signed) for row in _within(connection.execute(query).all(), room)]


def notices_after(
    connection: Connection, kiosk: str, cursor: int, limit: int, room: int
) -> tuple[list[Signed], int]:
    """A kiosk's notices after ``cursor``, oldest first, and where to go on; at most ``limit``, of ``room``
    bytes together. There is always a first one, so that every batch goes forward."""
    query = (
        select(NOTICE.c.cursor, NOTICE.c.signed)
        .where(NOTICE.c.kiosk == kiosk, NOTICE.c.cursor > cursor)
        .order_by(NOTICE.c.cursor)
        .limit(limit)
    )
    rows = _within(connection.execute(query).all(), room)
    return [from_text(row.signed) for row in rows], rows[-1].cursor if rows else cursor


def _within(rows: Sequence[Row[*tuple[Any, ...]]], room: int) -> list[Row[*tuple[Any, ...]]]:
    """The first rows whose signed texts fit into ``room`` bytes together; one at least."""
    kept: list[Row[*tuple[Any, ...]]] = []
    for row in rows:
        room -= len(row.signed)
        if kept and room < 0:
            break
        kept.append(row)
    return kept
