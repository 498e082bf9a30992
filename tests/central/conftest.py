"""A real centre over loopback and kiosks that speak the wire, made of the same parts as the real ones."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import uvicorn
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms

from central.desk.service import Desk, Round
from central.home import Home, initialise
from central.intake.app import create_app
from central.intake.service import Intake
from kiosk.clock import LOCAL
from kiosk.dossier.keys import KeyList, KioskCertificate, Role, read_key_list
from kiosk.dossier.manifest import ApplicantKind, Assurance, Helper, Manifest, Paper, Party, TimeEvidence
from kiosk.dossier.packet import Envelope, seal
from kiosk.dossier.signing import Context, Signed, SigningKey
from kiosk.identifiers import EnrolCode, ReceiptNumber, new_dossier_id, new_secret
from sync import protocol
from sync.protocol import Announce, Answer, CentreHello, EnrolAnswer, EnrolRequest, EnrolState

PDF = b"%PDF-1.7\n" + os.urandom(30_000)


@dataclass
class MovingClock:
    """A clock that tests move by hand."""

    moment: datetime.datetime = datetime.datetime(2026, 11, 22, 10, 42, tzinfo=LOCAL)

    def now(self) -> datetime.datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def boot_id(self) -> str:
        return "boot"

    def forward(self, **span: float) -> None:
        self.moment += datetime.timedelta(**span)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


class Centre:
    """One centre: its folder, its intake on a port, its desk when asked."""

    def __init__(self, path: Path, clock: MovingClock) -> None:
        self.home = Home(path)
        self.clock = clock
        self.url = ""
        initialise(path, clock)

    def start(self) -> None:
        self.intake = Intake.open(self.home, self.clock)
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(create_app(self.intake), log_config=None, access_log=False, lifespan="off")
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]})
        self._thread.start()
        assert self._server.ready.wait(10)
        self._listener = listener

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()
        self.intake.close()

    def restart(self) -> None:
        self.stop()
        self.start()

    def desk(self) -> Desk:
        return Desk.open(self.home, self.clock)

    def desk_once(self) -> Round:
        desk = self.desk()
        try:
            return desk.once()
        finally:
            desk.close()

    def enrol_code(self, ttl_s: int = 3600) -> EnrolCode:
        desk = self.desk()
        try:
            return desk.enrolling.new_code("bàn 1", ttl_s)[0]
        finally:
            desk.close()


@dataclass(frozen=True)
class SealedDossier:
    """A dossier as it stands in a kiosk's outbox; ``secret`` is what the citizen took along."""

    dossier_id: str
    receipt: str
    secret: str
    sealed: bytes
    envelope: Signed
    manifest: Manifest


class _Resolver(HTTPSignatureKeyResolver):
    def __init__(self, key: SigningKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Any:
        return self._key.private


@dataclass(repr=False)
class WireKiosk:
    """The smallest kiosk that can talk to a centre. Fields may be bent to make it lie."""

    centre: Centre
    key: SigningKey = field(default_factory=SigningKey.generate)
    certificate: KioskCertificate | None = None
    keys: KeyList | None = None
    epoch: int = 1
    sequence: int = 0
    created: datetime.datetime | None = None  # what its clock says when it signs requests

    @property
    def code(self) -> str:
        assert self.certificate
        return self.certificate.kiosk

    # ---- enrolment

    def ask(self, code: EnrolCode) -> EnrolAnswer:
        hello = CentreHello.from_bytes(self._get(protocol.CENTRE).content)
        self.keys = read_key_list(hello.root, hello.key_list)
        nonce = os.urandom(16)
        message = protocol.enrol_message(self.key.public, code.fingerprint, nonce)
        mac = hmac.digest(code.secret.encode(), message, "sha256")
        request = EnrolRequest(self.key.public, nonce, mac)
        response = requests.post(self.centre.url + protocol.ENROLMENTS, data=request.to_bytes(), timeout=10)
        assert response.status_code == 200
        return EnrolAnswer.from_bytes(response.content)

    def look(self, enrolment_id: str) -> EnrolAnswer:
        return EnrolAnswer.from_bytes(self._get(f"{protocol.ENROLMENTS}/{enrolment_id}").content)

    def enrol(self) -> WireKiosk:
        asked = self.ask(self.centre.enrol_code())
        assert asked.state is EnrolState.WAITING
        self.centre.desk_once()
        granted = self.look(asked.id)
        assert granted.state is EnrolState.GRANTED and granted.certificate and self.keys
        self.certificate = KioskCertificate.from_bytes(granted.certificate)
        self.certificate.check(self.keys)
        return self

    # ---- dossiers

    def dossier(self, attached: dict[str, bytes] | None = None, **changes: Any) -> SealedDossier:
        """A new dossier, sealed and signed; ``changes`` bend manifest fields."""
        attached = {"to-khai": PDF} if attached is None else attached
        self.sequence += 1
        receipt = str(ReceiptNumber(self.code, self.epoch, self.sequence))
        manifest = _manifest(receipt, attached, changes)
        assert self.keys
        desk = self.keys.newest(Role.DESK_SEAL)
        sealed = seal(manifest, attached, self.code, desk.public)
        envelope = self.envelope(manifest.dossier_id, receipt, sealed, desk.id)
        return SealedDossier(manifest.dossier_id, receipt, manifest.secret, sealed, envelope, manifest)

    def envelope(self, dossier_id: str, receipt: str, sealed: bytes, desk_key_id: str) -> Signed:
        return Envelope(
            dossier_id=dossier_id,
            receipt=receipt,
            kiosk=self.code,
            size=len(sealed),
            sha256=hashlib.sha256(sealed).hexdigest(),
            desk_key_id=desk_key_id,
            created_at="2026-11-22T10:42:00+07:00",
        ).sign(self.key)

    # ---- the wire

    def announce(self, *dossiers: SealedDossier, **changes: Any) -> Answer:
        """Announce and check the answer's signature and nonce."""
        fields: dict[str, Any] = {
            "nonce": os.urandom(16),
            "kiosk": self.code,
            "key_list_number": 1,
            "envelopes": tuple(dossier.envelope for dossier in dossiers),
            "lookups": (),
            "notice_cursor": 0,
        }
        message = Announce(**(fields | changes))
        response = self.post_announce(message.to_bytes())
        assert response.status_code == 200, response.text
        signed = Signed.from_wire(response.json())
        assert self.keys
        answer = Answer.from_json(
            signed.open(self.keys.find(Role.INTAKE_SIGN, signed.key_id), Context.ANSWER)
        )
        assert answer.nonce == message.nonce
        return answer

    def post_announce(self, body: bytes) -> requests.Response:
        request = requests.Request("POST", self.centre.url + protocol.ANNOUNCE, data=body)
        return self.send_signed(request, ("@method", "@path"), body)

    def head(self, dossier: SealedDossier) -> requests.Response:
        request = requests.Request("HEAD", self._upload(dossier), headers={"Tus-Resumable": "1.0.0"})
        return self.send_signed(request, protocol.SIGNED_HEAD)

    def patch(self, dossier: SealedDossier, offset: int, data: bytes) -> requests.Response:
        request = requests.Request("PATCH", self._upload(dossier), data=data)
        request.headers |= {
            "Tus-Resumable": protocol.TUS_VERSION,
            "Content-Type": protocol.TUS_CONTENT,
            "Upload-Offset": str(offset),
        }
        return self.send_signed(request, protocol.SIGNED_PATCH)

    def upload(self, dossier: SealedDossier, offset: int = 0, step: int = 65_536) -> None:
        while offset < len(dossier.sealed):
            response = self.patch(dossier, offset, dossier.sealed[offset : offset + step])
            assert response.status_code == 204, response.text
            offset = int(response.headers["Upload-Offset"])

    def send(self, *dossiers: SealedDossier) -> Answer:
        """Announce, upload what is missing, announce again."""
        for verdict, dossier in zip(self.announce(*dossiers).verdicts, dossiers, strict=True):
            if verdict.verdict is protocol.Verdict.RESUME:
                self.upload(dossier, verdict.offset)
        return self.announce(*dossiers)

    def prepared(
        self, request: requests.Request, components: tuple[str, ...], body: bytes | None = None
    ) -> requests.PreparedRequest:
        prepared = request.prepare()
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_Resolver(self.key))
        signer.sign(
            prepared,
            key_id=self.key.id,
            created=self.created,
            covered_component_ids=components,
            body=body,
        )
        return prepared

    def send_signed(
        self, request: requests.Request, components: tuple[str, ...], body: bytes | None = None
    ) -> requests.Response:
        return send(self.prepared(request, components, body))

    def _upload(self, dossier: SealedDossier) -> str:
        return f"{self.centre.url}{protocol.UPLOADS}/{dossier.dossier_id}"

    def _get(self, path: str) -> requests.Response:
        return requests.get(self.centre.url + path, timeout=10)


def send(prepared: requests.PreparedRequest) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.send(prepared, timeout=10)


def _manifest(receipt: str, papers: dict[str, bytes], changes: dict[str, Any]) -> Manifest:
    fields: dict[str, Any] = {
        "dossier_id": new_dossier_id(),
        "receipt": receipt,
        "procedure": "1.001193",
        "procedure_version": "2026-11",
        "form_version": "1",
        "unit": "00901",
        "unit_on": "2026-11-22",
        "applicant": Party(
            ApplicantKind.PERSON, "Giàng Thị Mỷ", "002199000001", None, "1999-01-02", None, "Lùng Tám"
        ),
        "submitter": None,
        "case": None,
        "answers": {"child_name": "Giàng Mí Sò"},
        "helper": Helper("Lù Văn Páo", None),
        "notice_version": "2026-11-1",
        "consents": ("sms",),
        "assurance": Assurance.NONE,
        "time_evidence": TimeEvidence("2026-11-22T10:42:00+07:00", "boot", 1.5, None, None, True),
        "created_at": "2026-11-22T10:42:00+07:00",
        "secret": new_secret(),
        "papers": tuple(
            Paper(name, f"{name}.pdf", "application/pdf", len(data), hashlib.sha256(data).hexdigest())
            for name, data in papers.items()
        ),
    }
    return Manifest(**(fields | changes))


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def centre(tmp_path: Path, clock: MovingClock) -> Iterator[Centre]:
    made = Centre(tmp_path / "central", clock)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def wire_kiosk(centre: Centre) -> WireKiosk:
    """An enrolled kiosk."""
    return WireKiosk(centre).enrol()
