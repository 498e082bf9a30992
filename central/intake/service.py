"""The intake without HTTP: what each request means."""

from __future__ import annotations

import json
from dataclasses import dataclass

from central.database import Database
from central.home import Home, IntakeKeys
from central.intake import store
from central.intake.announcing import Announcing
from central.intake.blobs import DirectoryBlobs
from central.intake.enrolments import Enrolments
from central.intake.refusal import Refused
from central.intake.signature import RequestHead, signer_of
from central.intake.store import Kiosk
from central.intake.uploads import Uploads
from kiosk import clock
from kiosk.clock import Clock
from sync.protocol import Announce, BadMessage, CentreHello, EnrolRequest


@dataclass(frozen=True, slots=True)
class Intake:
    """One intake process. Every method may run on any thread."""

    database: Database
    keys: IntakeKeys
    uploads: Uploads
    announcing: Announcing
    enrolments: Enrolments
    clock: Clock

    @classmethod
    def open(cls, home: Home, now: Clock) -> Intake:
        """Build from ``intake/`` alone. KnownError as ``Home`` and ``Database`` say."""
        keys = home.intake_keys()
        database = home.open_intake_db()
        blobs = DirectoryBlobs(home.blobs)
        uploads = Uploads(database, blobs, keys.sign, now)
        announcing = Announcing(database, blobs, keys, uploads, now)
        return cls(database, keys, uploads, announcing, Enrolments(database, now), now)

    def hello(self) -> bytes:
        """Who we are; CentreHello as JSON."""
        now = clock.rfc3339(self.clock.now())
        return CentreHello(self.keys.root, self.keys.key_list.signed.to_wire(), now).to_bytes()

    def healthy(self) -> bytes:
        """JSON once the database answers."""
        with self.database.read() as connection:
            connection.exec_driver_sql("SELECT 1").scalar_one()
        return json.dumps({"ok": True, "time": clock.rfc3339(self.clock.now())}).encode()

    def sender(self, head: RequestHead, components: tuple[str, ...], body: bytes | None = None) -> Kiosk:
        """The kiosk that signed this request; Refused 401 if none did."""
        key_id = signer_of(head, components, body, self._public_of)
        with self.database.read() as connection:
            kiosk = store.kiosk_by_key(connection, key_id)
        if kiosk is None:
            raise Refused(401, "signature")
        return kiosk

    def _public_of(self, key_id: str) -> bytes | None:
        with self.database.read() as connection:
            kiosk = store.kiosk_by_key(connection, key_id)
        return kiosk.public if kiosk else None

    def announce(self, sender: Kiosk, body: bytes) -> bytes:
        """The signed answer to one announce as JSON; Refused 400 or 401."""
        try:
            announce = Announce.from_bytes(body)
        except BadMessage as error:
            raise Refused(400, "message") from error
        if announce.kiosk != sender.kiosk:
            raise Refused(401, "kiosk")
        return json.dumps(self.announcing.answer(sender, announce).to_wire()).encode()

    def ask_enrolment(self, body: bytes) -> bytes:
        """Where the asked enrolment stands as JSON; Refused 400 or 503."""
        try:
            request = EnrolRequest.from_bytes(body)
        except BadMessage as error:
            raise Refused(400, "message") from error
        return self.enrolments.ask(request).to_bytes()

    def close(self) -> None:
        self.database.close()
