"""One announce and its one signed answer: a verdict for each envelope, notices, keys, the time."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from central import ledger
from central.database import Database
from central.home import IntakeKeys
from central.intake import store
from central.intake.blobs import BlobStore
from central.intake.store import Kiosk, StoredDossier
from central.intake.tables import EVENT, DossierState
from central.intake.uploads import Uploads
from central.trouble import reference
from kiosk import canonical, clock
from kiosk.clock import Clock
from kiosk.dossier.keys import Role
from kiosk.dossier.packet import MAX_SEALED, Envelope, envelope_hash
from kiosk.dossier.signing import BadSignature, Context, Signed
from kiosk.errors import KnownError
from kiosk.identifiers import ReceiptNumber, is_dossier_id
from sync.protocol import Announce, Answer, EnvelopeVerdict, Refusal, Verdict

NOTICE_BATCH: Final = 200
NOTICE_ROOM: Final = 1_000_000  # bytes; twice that, in base 64, stays below MAX_ANSWER
RETRY_AFTER_S: Final = 300  # no room, or the database is busy
REFUSAL_HOLDS: Final = timedelta(minutes=10)  # then a technician's release may try once more
_HEX_64: Final = re.compile(r"[0-9a-f]{64}")
_HEX_32: Final = re.compile(r"[0-9a-f]{32}")
_KEY_ID: Final = re.compile(r"[0-9a-f]{16}")
_LARGEST: Final = 2**62
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Announced:
    """An envelope that holds in itself."""

    envelope: Envelope
    signed: Signed
    sha256: str


@dataclass(frozen=True, slots=True)
class _Bad:
    """An envelope that does not; ``dossier_id`` as it claims, so that the sender knows which."""

    dossier_id: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Announcing:
    """Answers announces. An answer is made only from what is committed."""

    database: Database
    blobs: BlobStore
    keys: IntakeKeys
    uploads: Uploads
    clock: Clock

    def answer(self, sender: Kiosk, announce: Announce) -> Signed:
        """The signed answer, bound to the announce's nonce."""
        with self.database.read() as connection:
            judged = [self._judge(connection, signed) for signed in announce.envelopes]
        troubled = self._take([entry for entry in judged if isinstance(entry, _Announced)], sender)
        with self.database.read() as connection:
            answer = self._answer(connection, sender, announce, judged, troubled)
        return Signed.make(self.keys.sign, Context.ANSWER, answer.to_bytes())

    # ---- envelopes

    def _judge(self, connection: Connection, signed: Signed) -> _Announced | _Bad:
        """Whether an envelope is a known kiosk's, whole, and sealed to a key of ours."""
        key = store.kiosk_by_key(connection, signed.key_id) if _KEY_ID.fullmatch(signed.key_id) else None
        if key is None:
            return _Bad(_claimed_id(signed), Refusal.UNKNOWN_KEY)
        try:
            envelope = Envelope.read(signed, key.public)
        except BadSignature:
            return _Bad(_claimed_id(signed), Refusal.SIGNATURE)
        if envelope.kiosk != key.kiosk or not _well_formed(envelope):
            return _Bad(_claimed_id(signed), Refusal.SIGNATURE)
        if envelope.size > MAX_SEALED:
            return _Bad(envelope.dossier_id, Refusal.SIZE)
        try:
            self.keys.key_list.find(Role.DESK_SEAL, envelope.desk_key_id)
        except BadSignature:
            return _Bad(envelope.dossier_id, Refusal.UNKNOWN_KEY)
        return _Announced(envelope, signed, envelope_hash(signed))

    def _take(self, announced: Sequence[_Announced], sender: Kiosk) -> set[str]:
        """Write down what is new and carry on what a crash left; one bad dossier stops no other. The ids of
        those that can't be dealt with now."""
        with self.database.read() as connection:
            known = store.dossiers(connection, [entry.envelope.dossier_id for entry in announced])
        now = self.clock.now()
        news = [entry for entry in announced if _is_news(entry, known, sender, now)]
        if news:
            with self.database.write() as connection:
                for entry in news:
                    self._take_one(connection, entry, sender, now)
        unchecked = [dossier.dossier_id for dossier in known.values() if dossier.unchecked]
        return {dossier_id for dossier_id in unchecked if not self._finished(dossier_id)}

    def _finished(self, dossier_id: str) -> bool:
        """Whether an upload could be judged, whatever the judgement."""
        try:
            self.uploads.finish(dossier_id)
        except (DatabaseError, OSError) as error:
            _log.warning("dossier %s: %s, will be tried again", dossier_id, reference(error))
            return False
        return True

    def _take_one(self, connection: Connection, entry: _Announced, sender: Kiosk, now: datetime) -> None:
        try:
            with connection.begin_nested():
                known = store.dossiers(connection, [entry.envelope.dossier_id])
                if not known:
                    self._add(connection, entry, sender, now)
                elif _is_news(entry, known, sender, now):
                    _carry_on(connection, known[entry.envelope.dossier_id], sender)
        except (DatabaseError, OSError):
            return  # told to come again: the row is not there

    def _add(self, connection: Connection, entry: _Announced, sender: Kiosk, now: datetime) -> None:
        envelope = entry.envelope
        if not self.blobs.has_room(envelope.size):
            return
        twins = store.dossiers_with_receipt(connection, envelope.receipt)
        store.add_dossier(connection, envelope, entry.signed, entry.sha256, sender.kiosk)
        ledger.record(
            connection,
            EVENT,
            ledger.SAVED,
            now,
            envelope.dossier_id,
            event_time=envelope.created_at,
            kiosk=envelope.kiosk,
            receipt=envelope.receipt,
        )
        if twins:
            store.mark_clone(connection, envelope.kiosk)
            for dossier_id in (*(twin.dossier_id for twin in twins), envelope.dossier_id):
                ledger.record(connection, EVENT, ledger.CLONE, now, dossier_id, receipt=envelope.receipt)

    # ---- the answer

    def _answer(
        self,
        connection: Connection,
        sender: Kiosk,
        announce: Announce,
        judged: Sequence[_Announced | _Bad],
        troubled: set[str],
    ) -> Answer:
        ids = [entry.envelope.dossier_id for entry in judged if isinstance(entry, _Announced)]
        known = store.dossiers(connection, [dossier_id for dossier_id in ids if dossier_id not in troubled])
        after = max(0, min(announce.notice_cursor, _LARGEST))
        own, cursor = store.notices_after(connection, sender.kiosk, after, NOTICE_BATCH, NOTICE_ROOM)
        wanted = [lookup for lookup in announce.lookups if _HEX_32.fullmatch(lookup)]
        looked_up = store.newest_notices(connection, wanted, NOTICE_ROOM) if wanted else []
        stale = announce.key_list_number < self.keys.key_list.number
        return Answer(
            nonce=announce.nonce,
            time=clock.rfc3339(self.clock.now()),
            verdicts=tuple(_verdict(entry, known) for entry in judged),
            notices=tuple(_without_repeats([*own, *looked_up])),
            notice_cursor=cursor,
            key_list=self.keys.key_list.signed.to_wire() if stale else None,
            enrol_again=store.is_clone(connection, sender),
        )


def _claimed_id(signed: Signed) -> str:
    """The id an unproven envelope names, if it is one at all; else empty."""
    try:
        claimed = canonical.decode_object(signed.body).get("dossier_id")
    except ValueError:
        return ""
    return claimed if isinstance(claimed, str) and is_dossier_id(claimed) else ""


def _well_formed(envelope: Envelope) -> bool:
    try:
        number = ReceiptNumber.parse(envelope.receipt)
        clock.parse(envelope.created_at)  # between date and time it would take any sign
    except (KnownError, ValueError, OverflowError):
        return False
    return (
        str(number) == envelope.receipt
        and number.kiosk == envelope.kiosk
        and is_dossier_id(envelope.dossier_id)
        and envelope.created_at.isascii()
        and _HEX_64.fullmatch(envelope.sha256) is not None
    )


def _is_news(entry: _Announced, known: dict[str, StoredDossier], sender: Kiosk, now: datetime) -> bool:
    dossier = known.get(entry.envelope.dossier_id)
    if dossier is None:
        return True
    if dossier.envelope_sha256 != entry.sha256 or dossier.state is DossierState.RECEIVED:
        return False
    return sender.kiosk not in (dossier.kiosk, dossier.carrier) or _may_try_again(dossier, now)


def _may_try_again(dossier: StoredDossier, now: datetime) -> bool:
    if dossier.state is not DossierState.REFUSED or dossier.refused_at is None:
        return False
    return abs(now - clock.parse(dossier.refused_at)) > REFUSAL_HOLDS


def _carry_on(connection: Connection, dossier: StoredDossier, sender: Kiosk) -> None:
    """Another kiosk brings the bytes, or a refused dossier gets another try."""
    store.change_dossier(connection, dossier.dossier_id, carrier=sender.kiosk)
    if dossier.state is DossierState.REFUSED:
        store.change_dossier(
            connection, dossier.dossier_id, state=DossierState.WAITING.value, mismatches=0, refused_at=None
        )


def _verdict(entry: _Announced | _Bad, known: dict[str, StoredDossier]) -> EnvelopeVerdict:
    if isinstance(entry, _Bad):
        return _refused(entry.dossier_id, entry.refusal)
    dossier_id = entry.envelope.dossier_id
    dossier = known.get(dossier_id)
    if dossier is None:
        return EnvelopeVerdict(dossier_id, Verdict.RETRY, 0, RETRY_AFTER_S, None, None, None)
    if dossier.envelope_sha256 != entry.sha256 or dossier.state is DossierState.REFUSED:
        return _refused(dossier_id, Refusal.HASH)
    if dossier.state is DossierState.RECEIVED:
        return EnvelopeVerdict(
            dossier_id, Verdict.RECEIVED, dossier.size, 0, None, dossier.received, dossier.opened
        )
    return EnvelopeVerdict(dossier_id, Verdict.RESUME, dossier.offset, 0, None, None, None)


def _refused(dossier_id: str, refusal: Refusal) -> EnvelopeVerdict:
    return EnvelopeVerdict(dossier_id, Verdict.REFUSED, 0, 0, refusal, None, None)


def _without_repeats(notices: Iterable[Signed]) -> Iterable[Signed]:
    return {notice.body: notice for notice in notices}.values()
