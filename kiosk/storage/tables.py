"""The kiosk's tables. Nothing here can be read without the database key, and nothing of a dossier even
with it: what people wrote lies only inside the sealed chunks.

    dossier       one row a saved dossier: its receipt, its envelope, where it stands on its way
    packet_chunk  the sealed bytes in pieces, gone after *opened*
    request       which FILE.json was submitted, as hashes only
    notice        what the centre said, sealed under private codes we do not have
    trusted_time  the last time the centre told us (one row)
    centre        how far we have read the centre's notices (one row)
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table

SCHEMA: Final = 1  # PRAGMA user_version of a database these tables fit
metadata: Final = MetaData()

dossier: Final = Table(
    "dossier",
    metadata,
    Column("dossier_id", String, primary_key=True),
    Column("receipt", String, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("created_at", String, nullable=False),
    Column("lookup_id", String, nullable=False, unique=True),
    Column("envelope_body", LargeBinary, nullable=False),
    Column("envelope_key_id", String, nullable=False),
    Column("envelope_signature", LargeBinary, nullable=False),
    Column("envelope_sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("public_qr", String, nullable=False),
    Column("receipt_given_at", String),
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("attempts", Integer, nullable=False),
    Column("official_code", String),
    Column("changed_at", String, nullable=False),
    Column("received_statement", LargeBinary),
    Column("opened_statement", LargeBinary),
    Index("dossier_number", "epoch", "sequence", unique=True),
    Index("dossier_way", "state", "attempts", "dossier_id"),
)

packet_chunk: Final = Table(
    "packet_chunk",
    metadata,
    Column("dossier_id", String, ForeignKey("dossier.dossier_id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

request: Final = Table(
    "request",
    metadata,
    Column("request_sha256", String, primary_key=True),
    Column("content_hmac", String, nullable=False),
    Column("dossier_id", String, ForeignKey("dossier.dossier_id"), nullable=False),
)

notice: Final = Table(
    "notice",
    metadata,
    Column("lookup_id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("key_id", String, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("taken_at", String, nullable=False),
)

trusted_time: Final = Table(
    "trusted_time",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("trusted", String, nullable=False),
    Column("boot_id", String, nullable=False),
    Column("monotonic_s", Float, nullable=False),
)

centre: Final = Table(
    "centre",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("notice_cursor", Integer, nullable=False),
    Column("answered_at", String),
)
