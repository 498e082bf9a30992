"""Bytes that come in from an offset, until the envelope's hash says they are the packet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from central import ledger
from central.database import Database
from central.intake import store
from central.intake.blobs import BlobLost, BlobStore
from central.intake.refusal import Refused
from central.intake.store import Kiosk, StoredDossier
from central.intake.tables import EVENT, DossierState, to_text
from kiosk import clock
from kiosk.clock import Clock
from kiosk.dossier.signing import SigningKey
from kiosk.dossier.statements import Received

MISMATCHES_ALLOWED: Final = 1  # one can be a fault on the way; two are the packet's own


@dataclass(frozen=True, slots=True)
class Uploads:
    """Takes bytes. An offset it has told is durable."""

    database: Database
    blobs: BlobStore
    sign: SigningKey
    clock: Clock

    def find(self, sender: Kiosk, dossier_id: str) -> StoredDossier:
        """A dossier that ``sender`` may send bytes of; Refused 404 or 410."""
        with self.database.read() as connection:
            return _granted(connection, sender, dossier_id)

    def append(self, sender: Kiosk, dossier_id: str, offset: int, data: bytes) -> int:
        """Take ``data`` at ``offset`` and return the new offset. Refused: 404, 409 (with the offset to go on
        from; 0 if these were the last bytes and the whole is not what was announced), 410, 413."""
        lost = False
        with self.database.write() as connection:
            dossier = _granted(connection, sender, dossier_id)
            if offset != dossier.offset:
                raise Refused(409, "offset", dossier.offset)
            reached = offset + len(data)
            if reached > dossier.size:
                raise Refused(413, "size", dossier.offset)
            if data:
                try:
                    self.blobs.append(dossier_id, offset, data)
                except BlobLost:
                    lost = True
                store.change_dossier(connection, dossier_id, offset=0 if lost else reached)
        if lost:
            raise Refused(409, "offset", 0)
        if reached == dossier.size and not self.finish(dossier_id):
            raise Refused(409, "hash", 0)
        return reached

    def finish(self, dossier_id: str) -> bool:
        """Judge a dossier whose bytes are all there; whether it is received. Safe to repeat and to cut."""
        with self.database.read() as connection:
            dossier = store.dossiers(connection, [dossier_id])[dossier_id]
        if not dossier.unchecked:
            return dossier.state is DossierState.RECEIVED
        if self.blobs.sha256(dossier_id) != dossier.sha256:
            self._discard(dossier)
            return False
        self.blobs.complete(dossier_id)
        self._receive(dossier_id)
        return True

    def _receive(self, dossier_id: str) -> None:
        now = self.clock.now()
        at = clock.rfc3339(now)
        with self.database.write() as connection:
            dossier = store.dossiers(connection, [dossier_id])[dossier_id]
            if dossier.state is not DossierState.WAITING:
                return  # another request was faster
            received = Received(dossier_id, dossier.envelope_sha256, at).sign(self.sign)
            store.change_dossier(
                connection,
                dossier_id,
                state=DossierState.RECEIVED.value,
                received=to_text(received),
                received_at=at,
            )
            ledger.record(connection, EVENT, ledger.RECEIVED, now, dossier_id, size=dossier.size)

    def _discard(self, judged: StoredDossier) -> None:
        now = self.clock.now()
        with self.database.write() as connection:
            dossier = store.dossiers(connection, [judged.dossier_id])[judged.dossier_id]
            if not dossier.unchecked or dossier.mismatches != judged.mismatches:
                return
            # Before the commit: after it, new bytes may already be coming in.
            self.blobs.discard(dossier.dossier_id)
            refused = dossier.mismatches >= MISMATCHES_ALLOWED
            store.change_dossier(
                connection,
                dossier.dossier_id,
                offset=0,
                mismatches=dossier.mismatches + 1,
                state=(DossierState.REFUSED if refused else DossierState.WAITING).value,
                refused_at=clock.rfc3339(now) if refused else None,
            )
            if refused:
                ledger.record(connection, EVENT, ledger.REFUSED, now, dossier.dossier_id, reason="hash")


def _granted(connection: Connection, sender: Kiosk, dossier_id: str) -> StoredDossier:
    dossier = store.dossiers(connection, [dossier_id]).get(dossier_id)
    if dossier is None or sender.kiosk not in (dossier.kiosk, dossier.carrier):
        raise Refused(404, "unknown")
    if dossier.state is DossierState.REFUSED:
        raise Refused(410, "refused")
    return dossier
