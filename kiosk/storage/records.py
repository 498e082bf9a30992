"""What the store takes and gives: frozen values, never rows or sessions."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.dossier.signing import Signed
from kiosk.identifiers import ReceiptNumber
from kiosk.storage.outbox import OutboxState


@dataclass(frozen=True, slots=True)
class NewDossier:
    """All that one submit makes durable at once."""

    dossier_id: str
    number: ReceiptNumber
    created_at: str
    lookup_id: str
    envelope: Signed
    envelope_sha256: str
    sealed: bytes
    public_qr: str
    receipt_given: bool


@dataclass(frozen=True, slots=True)
class RequestMark:
    """A FILE.json as hashes only: SHA-256 of its request id, HMAC of its content under that id."""

    request_sha256: str
    content_hmac: str


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One dossier of this kiosk, as far as the kiosk itself can know it."""

    dossier_id: str
    receipt: str
    state: OutboxState
    official_code: str | None
    reason: str | None
    created_at: str
    changed_at: str
    attempts: int
    lookup_id: str
    envelope: Signed
    envelope_sha256: str
    size: int
    public_qr: str
    receipt_given_at: str | None


@dataclass(frozen=True, slots=True)
class TrustedTime:
    """The centre's time as last told, and where this boot's monotonic clock stood then."""

    trusted: str
    boot_id: str
    monotonic_s: float


@dataclass(frozen=True, slots=True)
class CentreContact:
    """How far we have read the centre's notices, and when it last answered us."""

    notice_cursor: int
    answered_at: str | None


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many dossiers stand in each state."""

    queued: int
    sending: int
    received: int
    opened: int
    parked: int
