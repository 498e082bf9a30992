"""What the desk's database is asked and told. Values in, values out; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from central.desk.tables import (
    CERTIFICATE,
    CODE_COUNTER,
    DOSSIER,
    OPENING,
    QUARANTINE,
    STATEMENT,
)
from central.intake.tables import from_text, to_text
from kiosk.dossier.keys import KioskCertificate
from kiosk.dossier.signing import Signed


@dataclass(frozen=True, slots=True)
class Case:
    """An opened dossier as the desk keeps it: no name, no answer, no private code."""

    dossier_id: str
    kiosk: str
    receipt: str
    official_code: str
    procedure: str
    procedure_version: str
    lookup_id: str
    status: int
    notice_number: int
    opened_at: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A signed word on its way to the intake. ``notice_number`` None: it is the *opened*."""

    id: int
    case: Case
    notice_number: int | None
    signed: Signed


def newest_certificate(connection: Connection, key_id: str) -> KioskCertificate | None:
    query = (
        select(CERTIFICATE.c.certificate)
        .where(CERTIFICATE.c.key_id == key_id)
        .order_by(CERTIFICATE.c.serial.desc())
        .limit(1)
    )
    data = connection.execute(query).scalar_one_or_none()
    return KioskCertificate.from_bytes(data) if data else None


def cases(connection: Connection) -> dict[str, Case]:
    """Every opened dossier by its id."""
    rows = connection.execute(select(DOSSIER)).mappings()
    return {row["dossier_id"]: Case(**row) for row in rows}


def case(connection: Connection, dossier_id: str) -> Case | None:
    query = select(DOSSIER).where(DOSSIER.c.dossier_id == dossier_id)
    row = connection.execute(query).mappings().one_or_none()
    return Case(**row) if row else None


def case_with_code(connection: Connection, official_code: str) -> Case | None:
    query = select(DOSSIER).where(DOSSIER.c.official_code == official_code)
    row = connection.execute(query).mappings().one_or_none()
    return Case(**row) if row else None


def add_case(connection: Connection, fresh: Case) -> None:
    connection.execute(
        insert(DOSSIER).values(
            dossier_id=fresh.dossier_id,
            kiosk=fresh.kiosk,
            receipt=fresh.receipt,
            official_code=fresh.official_code,
            procedure=fresh.procedure,
            procedure_version=fresh.procedure_version,
            lookup_id=fresh.lookup_id,
            status=fresh.status,
            notice_number=fresh.notice_number,
            opened_at=fresh.opened_at,
        )
    )


def set_status(connection: Connection, dossier_id: str, status: int, notice_number: int) -> None:
    connection.execute(
        update(DOSSIER)
        .where(DOSSIER.c.dossier_id == dossier_id)
        .values(status=status, notice_number=notice_number)
    )


def next_code(connection: Connection, agency: str, day: str) -> str:
    """Mint an official code ``<agency>-<yymmdd>-<n>``; numbers of a day have no gaps once committed."""
    key = f"{agency}-{day}"
    last = connection.execute(
        select(CODE_COUNTER.c.last).where(CODE_COUNTER.c.day == key)
    ).scalar_one_or_none()
    if last is None:
        connection.execute(insert(CODE_COUNTER).values(day=key, last=1))
    else:
        connection.execute(update(CODE_COUNTER).where(CODE_COUNTER.c.day == key).values(last=last + 1))
    return f"{key}-{(last or 0) + 1:04d}"


def add_statement(connection: Connection, dossier_id: str, number: int | None, signed: Signed) -> None:
    connection.execute(
        insert(STATEMENT).values(dossier_id=dossier_id, notice_number=number, signed=to_text(signed), filed=0)
    )


def opened_statement(connection: Connection, dossier_id: str) -> Signed | None:
    """The *opened* of a dossier, as it was signed; None while it is not open."""
    query = select(STATEMENT.c.signed).where(
        STATEMENT.c.dossier_id == dossier_id, STATEMENT.c.notice_number.is_(None)
    )
    text = connection.execute(query).scalar_one_or_none()
    return from_text(text) if text else None


def unfiled(connection: Connection) -> list[Statement]:
    """Statements that the intake does not have yet, in the order they were made."""
    query = (
        select(STATEMENT, DOSSIER)
        .join(DOSSIER, DOSSIER.c.dossier_id == STATEMENT.c.dossier_id)
        .where(STATEMENT.c.filed == 0)
        .order_by(STATEMENT.c.id)
    )
    fields = Case.__dataclass_fields__
    return [
        Statement(
            id=row[STATEMENT.c.id],
            case=Case(**{name: row[DOSSIER.c[name]] for name in fields}),
            notice_number=row[STATEMENT.c.notice_number],
            signed=from_text(row[STATEMENT.c.signed]),
        )
        for row in connection.execute(query).mappings()
    ]


def mark_filed(connection: Connection, statement_id: int) -> None:
    connection.execute(update(STATEMENT).where(STATEMENT.c.id == statement_id).values(filed=1))


def unfile(connection: Connection, dossier_id: str) -> None:
    """Let everything said of a dossier be filed again."""
    connection.execute(update(STATEMENT).where(STATEMENT.c.dossier_id == dossier_id).values(filed=0))


def quarantined(connection: Connection) -> Mapping[str, str]:
    """Dossier id → the circumstances under which it could not be opened."""
    rows = connection.execute(select(QUARANTINE.c.dossier_id, QUARANTINE.c.circumstances))
    return {row.dossier_id: row.circumstances for row in rows}


def set_quarantine(
    connection: Connection, dossier_id: str, reason: str, circumstances: str, since: str
) -> bool:
    """Set a dossier aside; whether it is news."""
    known = select(QUARANTINE.c.reason).where(QUARANTINE.c.dossier_id == dossier_id)
    before = connection.execute(known).scalar_one_or_none()
    clear_quarantine(connection, dossier_id)
    connection.execute(
        insert(QUARANTINE).values(
            dossier_id=dossier_id, reason=reason, circumstances=circumstances, since=since
        )
    )
    return before != reason


def clear_quarantine(connection: Connection, dossier_id: str) -> None:
    connection.execute(delete(QUARANTINE).where(QUARANTINE.c.dossier_id == dossier_id))


def log_opening(connection: Connection, at: str, officer: str, dossier_id: str, purpose: str) -> None:
    connection.execute(insert(OPENING).values(at=at, officer=officer, dossier_id=dossier_id, purpose=purpose))
