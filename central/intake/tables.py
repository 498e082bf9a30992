"""The intake's database: what faces the network. Nothing here tells what a dossier says."""

from __future__ import annotations

import enum
import json
from typing import Final

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

from central.ledger import event_table
from kiosk.dossier.signing import Signed

VERSION: Final = 1
METADATA: Final = MetaData()


class DossierState(enum.Enum):
    """How far the bytes of a dossier are."""

    WAITING = "waiting"  # announced; bytes are coming
    RECEIVED = "received"  # durable here, hash checked
    REFUSED = "refused"  # the bytes did not match the envelope, twice


# One row a certified key; written by the desk. ``serial`` is the desk's: it grows with every certificate.
KIOSK: Final = Table(
    "kiosk",
    METADATA,
    Column("serial", Integer, primary_key=True),
    Column("key_id", String, nullable=False, unique=True),
    Column("kiosk", String, nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
)

ENROLMENT: Final = Table(
    "enrolment",
    METADATA,
    Column("id", String, primary_key=True),
    Column("kiosk_public", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("certificate", LargeBinary),
    Column("asked_at", String, nullable=False),
)
Index("enrolment_state", ENROLMENT.c.state)

DOSSIER: Final = Table(
    "dossier",
    METADATA,
    Column("arrival", Integer, primary_key=True),
    Column("dossier_id", String, nullable=False, unique=True),
    Column("kiosk", String, nullable=False),
    Column("carrier", String, nullable=False),  # the kiosk that may send the bytes
    Column("receipt", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("desk_key_id", String, nullable=False),
    Column("envelope", String, nullable=False),  # Signed, wire form
    Column("envelope_sha256", String, nullable=False),
    Column("state", String, nullable=False),
    Column("offset", Integer, nullable=False),  # durable bytes
    Column("mismatches", Integer, nullable=False),
    Column("refused_at", String),
    Column("received", String),  # Signed, wire form
    Column("received_at", String),
    Column("opened", String),  # Signed by the desk, wire form
    Column("opened_at", String),
    Column("official_code", String),
    sqlite_autoincrement=True,
)
Index("dossier_receipt", DOSSIER.c.receipt)
Index("dossier_to_open", DOSSIER.c.state, DOSSIER.c.opened)

# Kiosks whose receipt numbers came from two copies, and up to which certificate that holds.
CLONE: Final = Table(
    "clone",
    METADATA,
    Column("kiosk", String, primary_key=True),
    Column("serial", Integer, nullable=False),
)

NOTICE: Final = Table(
    "notice",
    METADATA,
    Column("cursor", Integer, primary_key=True),
    Column("lookup_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kiosk", String, nullable=False),
    Column("signed", String, nullable=False),  # Signed by the desk, wire form
    UniqueConstraint("lookup_id", "number"),
    sqlite_autoincrement=True,
)
Index("notice_kiosk", NOTICE.c.kiosk, NOTICE.c.cursor)

EVENT: Final = event_table(METADATA)


def to_text(signed: Signed) -> str:
    """A signed value as it stands in a column."""
    return json.dumps(signed.to_wire())


def from_text(text: str) -> Signed:
    """Inverse of ``to_text``."""
    return Signed.from_wire(json.loads(text))
