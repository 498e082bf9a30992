"""The desk's own database: codes, certificates, what was opened. No name and no private code stand in it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table

from central.ledger import append_only, event_table

VERSION: Final = 1
METADATA: Final = MetaData()

ENROL_CODE: Final = Table(
    "enrol_code",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("secret", String, nullable=False),
    Column("name", String),
    Column("expires_at", Integer, nullable=False),  # Unix seconds
    Column("used_at", String),
    sqlite_autoincrement=True,
)

CERTIFICATE: Final = Table(
    "certificate",
    METADATA,
    Column("serial", Integer, primary_key=True),
    Column("enrolment_id", String, nullable=False, unique=True),
    Column("kiosk", String, nullable=False),
    Column("key_id", String, nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("name", String),
    Column("issued_at", String, nullable=False),
    sqlite_autoincrement=True,
)
Index("certificate_key", CERTIFICATE.c.key_id)

DOSSIER: Final = Table(
    "dossier",
    METADATA,
    Column("dossier_id", String, primary_key=True),
    Column("kiosk", String, nullable=False),
    Column("receipt", String, nullable=False),
    Column("official_code", String, nullable=False, unique=True),
    Column("procedure", String, nullable=False),
    Column("procedure_version", String, nullable=False),
    Column("lookup_id", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("notice_number", Integer, nullable=False),
    Column("opened_at", String, nullable=False),
)

# Signed statements on their way into the intake's database; written with what they state, filed after it.
STATEMENT: Final = Table(
    "statement",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", String, nullable=False),
    Column("notice_number", Integer),  # NULL: this is the *opened*
    Column("signed", String, nullable=False),
    Column("filed", Integer, nullable=False),
    sqlite_autoincrement=True,
)
Index("statement_unfiled", STATEMENT.c.filed)

CODE_COUNTER: Final = Table(
    "code_counter",
    METADATA,
    Column("day", String, primary_key=True),  # "<agency>-<yymmdd>"
    Column("last", Integer, nullable=False),
)

QUARANTINE: Final = Table(
    "quarantine",
    METADATA,
    Column("dossier_id", String, primary_key=True),
    Column("reason", String, nullable=False),
    Column("circumstances", String, nullable=False),
    Column("since", String, nullable=False),
)

OPENING: Final = Table(
    "opening",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("officer", String, nullable=False),
    Column("dossier_id", String, nullable=False),
    Column("purpose", String, nullable=False),
    sqlite_autoincrement=True,
)
append_only(OPENING)

EVENT: Final = event_table(METADATA)
