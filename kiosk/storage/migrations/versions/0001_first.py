"""The first schema: dossiers and their packets, requests, notices, trusted time, centre."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier",
        sa.Column("dossier_id", sa.String, primary_key=True),
        sa.Column("receipt", sa.String, nullable=False, unique=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("lookup_id", sa.String, nullable=False, unique=True),
        sa.Column("envelope_body", sa.LargeBinary, nullable=False),
        sa.Column("envelope_key_id", sa.String, nullable=False),
        sa.Column("envelope_signature", sa.LargeBinary, nullable=False),
        sa.Column("envelope_sha256", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("public_qr", sa.String, nullable=False),
        sa.Column("receipt_given_at", sa.String),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("official_code", sa.String),
        sa.Column("changed_at", sa.String, nullable=False),
        sa.Column("received_statement", sa.LargeBinary),
        sa.Column("opened_statement", sa.LargeBinary),
    )
    op.create_index("dossier_number", "dossier", ["epoch", "sequence"], unique=True)
    op.create_index("dossier_way", "dossier", ["state", "attempts", "dossier_id"])
    op.create_table(
        "packet_chunk",
        sa.Column("dossier_id", sa.String, sa.ForeignKey("dossier.dossier_id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "request",
        sa.Column("request_sha256", sa.String, primary_key=True),
        sa.Column("content_hmac", sa.String, nullable=False),
        sa.Column("dossier_id", sa.String, sa.ForeignKey("dossier.dossier_id"), nullable=False),
    )
    op.create_table(
        "notice",
        sa.Column("lookup_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("key_id", sa.String, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.Column("taken_at", sa.String, nullable=False),
    )
    op.create_table(
        "trusted_time",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("trusted", sa.String, nullable=False),
        sa.Column("boot_id", sa.String, nullable=False),
        sa.Column("monotonic_s", sa.Float, nullable=False),
    )
    op.create_table(
        "centre",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("notice_cursor", sa.Integer, nullable=False),
        sa.Column("answered_at", sa.String),
    )
