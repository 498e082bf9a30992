"""The wire, version 1: what kiosk and centre say to each other. Pure values, read strictly on both ends.

GET   /v1/centre             the centre's root key, key list and time; unsigned time, signed list
POST  /v1/enrolments         a kiosk asks for a certificate
GET   /v1/enrolments/<id>    … and waits for it
POST  /v1/announce           RFC 9421-signed; envelopes and look-ups up, verdicts, notices and time down
HEAD  /v1/uploads/<dossier>  how many bytes are there (tus 1.0)
PATCH /v1/uploads/<dossier>  more bytes from an offset (tus 1.0), RFC 9421-signed without a body digest
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.canonical import b64, decode_object, encode, unb64
from kiosk.dossier.signing import BadSignature, Signed

VERSION: Final = 1
CENTRE: Final = "/v1/centre"
ENROLMENTS: Final = "/v1/enrolments"
ANNOUNCE: Final = "/v1/announce"
UPLOADS: Final = "/v1/uploads"
TUS_VERSION: Final = "1.0.0"
TUS_CONTENT: Final = "application/offset+octet-stream"
MAX_ENVELOPES: Final = 50  # in one announce
MAX_LOOKUPS: Final = 200  # in one announce
MAX_REQUEST: Final = 1_000_000  # bytes of a JSON request
MAX_ANSWER: Final = 4_000_000  # bytes of a JSON answer
MAX_PATCH: Final = 1_048_576  # bytes of one PATCH
MAX_RETRY_AFTER_S: Final = 3600
SIGNED_ANNOUNCE: Final = ("@method", "@path", "content-digest")
SIGNED_PATCH: Final = ("@method", "@path", "upload-offset", "content-length")
SIGNED_HEAD: Final = ("@method", "@path")


class BadMessage(Exception):
    """The other end said something that is not of this protocol."""


class Verdict(enum.Enum):
    """What the intake says of one envelope. Content is never refused here."""

    RECEIVED = "received"
    RESUME = "resume"
    REFUSED = "refused"
    RETRY = "retry"


class Refusal(enum.Enum):
    """Why an envelope is refused: only for what the envelope itself is."""

    SIGNATURE = "signature"
    SIZE = "size"
    HASH = "hash"
    UNKNOWN_KEY = "unknown-key"


class EnrolState(enum.Enum):
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


def _of_type(body: Mapping[str, Any], name: str, kind: type) -> Any:
    value = body.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise BadMessage(name)
    return value


def _read(data: bytes) -> dict[str, Any]:
    try:
        body = decode_object(data)
    except ValueError as error:
        raise BadMessage("not a JSON object") from error
    return body


def _signed(value: object) -> Signed:
    try:
        return Signed.from_wire(value)
    except BadSignature as error:
        raise BadMessage("signed value") from error


@dataclass(frozen=True, slots=True)
class CentreHello:
    """Who the centre says it is. The key list is to be checked against the fingerprint typed by hand."""

    root: bytes
    key_list: Mapping[str, Any]
    time: str

    def to_bytes(self) -> bytes:
        return encode(
            {"version": VERSION, "root": b64(self.root), "key_list": dict(self.key_list), "time": self.time}
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> CentreHello:
        body = _read(data)
        if body.get("version") != VERSION:
            raise BadMessage("version")
        try:
            root = unb64(_of_type(body, "root", str))
        except ValueError as error:
            raise BadMessage("root") from error
        return cls(root, _of_type(body, "key_list", dict), _of_type(body, "time", str))


def enrol_message(kiosk_public: bytes, root_fingerprint: str, nonce: bytes) -> bytes:
    """What the one-time secret authenticates (HMAC-SHA-256) without being sent."""
    return b"mck/1/enrol\0" + kiosk_public + root_fingerprint.encode("ascii") + nonce


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A kiosk asks for a certificate; ``mac`` is the HMAC of ``enrol_message`` under the code's secret."""

    kiosk_public: bytes
    nonce: bytes
    mac: bytes

    def to_bytes(self) -> bytes:
        return encode(
            {"kiosk_public": b64(self.kiosk_public), "nonce": b64(self.nonce), "mac": b64(self.mac)}
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> EnrolRequest:
        body = _read(data)
        try:
            parts = [unb64(_of_type(body, name, str)) for name in ("kiosk_public", "nonce", "mac")]
        except ValueError as error:
            raise BadMessage("enrolment") from error
        if [len(part) for part in parts] != [32, 16, 32]:
            raise BadMessage("enrolment")
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class EnrolAnswer:
    """Where an enrolment stands. ``id`` names it; the certificate is there once it is granted."""

    id: str
    state: EnrolState
    certificate: bytes | None

    def to_bytes(self) -> bytes:
        certificate = b64(self.certificate) if self.certificate else None
        return encode({"id": self.id, "state": self.state.value, "certificate": certificate})

    @classmethod
    def from_bytes(cls, data: bytes) -> EnrolAnswer:
        body = _read(data)
        certificate = body.get("certificate")
        try:
            return cls(
                id=_of_type(body, "id", str),
                state=EnrolState(body.get("state")),
                certificate=unb64(certificate) if certificate is not None else None,
            )
        except (ValueError, AttributeError) as error:
            raise BadMessage("enrolment") from error


@dataclass(frozen=True, slots=True)
class Announce:
    """What a kiosk has: envelopes not yet opened, look-ups it wants, where it stands with notices."""

    nonce: bytes
    kiosk: str
    key_list_number: int
    envelopes: tuple[Signed, ...]
    lookups: tuple[str, ...]
    notice_cursor: int

    def to_bytes(self) -> bytes:
        return encode(
            {
                "version": VERSION,
                "nonce": b64(self.nonce),
                "kiosk": self.kiosk,
                "key_list_number": self.key_list_number,
                "envelopes": [envelope.to_wire() for envelope in self.envelopes],
                "lookups": list(self.lookups),
                "notice_cursor": self.notice_cursor,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Announce:
        body = _read(data)
        if body.get("version") != VERSION:
            raise BadMessage("version")
        envelopes, lookups = _of_type(body, "envelopes", list), _of_type(body, "lookups", list)
        if len(envelopes) > MAX_ENVELOPES or len(lookups) > MAX_LOOKUPS:
            raise BadMessage("too many")
        if any(not isinstance(lookup, str) or len(lookup) != 32 for lookup in lookups):
            raise BadMessage("lookups")
        try:
            nonce = unb64(_of_type(body, "nonce", str))
        except ValueError as error:
            raise BadMessage("nonce") from error
        return cls(
            nonce=nonce,
            kiosk=_of_type(body, "kiosk", str),
            key_list_number=_of_type(body, "key_list_number", int),
            envelopes=tuple(_signed(envelope) for envelope in envelopes),
            lookups=tuple(lookups),
            notice_cursor=_of_type(body, "notice_cursor", int),
        )


@dataclass(frozen=True, slots=True)
class EnvelopeVerdict:
    """What the intake says of one announced envelope, with the proofs it has."""

    dossier_id: str
    verdict: Verdict
    offset: int  # bytes already there, when RESUME
    retry_after_s: int  # when RETRY
    refusal: Refusal | None  # when REFUSED
    received: Signed | None  # when RECEIVED, signed by the intake
    opened: Signed | None  # when the desk has opened it, signed by the desk

    def to_json(self) -> dict[str, Any]:
        return {
            "dossier_id": self.dossier_id,
            "verdict": self.verdict.value,
            "offset": self.offset,
            "retry_after_s": self.retry_after_s,
            "refusal": self.refusal.value if self.refusal else None,
            "received": self.received.to_wire() if self.received else None,
            "opened": self.opened.to_wire() if self.opened else None,
        }

    @classmethod
    def from_json(cls, body: object) -> EnvelopeVerdict:
        if not isinstance(body, dict):
            raise BadMessage("verdict")
        try:
            verdict = Verdict(body.get("verdict"))
            refusal = Refusal(body["refusal"]) if body.get("refusal") else None
        except ValueError as error:
            raise BadMessage("verdict") from error
        offset, retry = _of_type(body, "offset", int), _of_type(body, "retry_after_s", int)
        if offset < 0 or (verdict is Verdict.REFUSED) != (refusal is not None):
            raise BadMessage("verdict")
        return cls(
            dossier_id=_of_type(body, "dossier_id", str),
            verdict=verdict,
            offset=offset,
            retry_after_s=max(0, min(retry, MAX_RETRY_AFTER_S)),
            refusal=refusal,
            received=_signed(body["received"]) if body.get("received") else None,
            opened=_signed(body["opened"]) if body.get("opened") else None,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The centre's answer to one announce; travels as a Signed of the intake, bound to the nonce."""

    nonce: bytes
    time: str
    verdicts: tuple[EnvelopeVerdict, ...]
    notices: tuple[Signed, ...]
    notice_cursor: int
    key_list: Mapping[str, Any] | None  # when the centre has a newer one
    enrol_again: bool  # this kiosk's numbers were seen from another copy of it

    def to_bytes(self) -> bytes:
        return encode(
            {
                "version": VERSION,
                "nonce": b64(self.nonce),
                "time": self.time,
                "verdicts": [verdict.to_json() for verdict in self.verdicts],
                "notices": [notice.to_wire() for notice in self.notices],
                "notice_cursor": self.notice_cursor,
                "key_list": dict(self.key_list) if self.key_list is not None else None,
                "enrol_again": self.enrol_again,
            }
        )

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Answer:
        if body.get("version") != VERSION:
            raise BadMessage("version")
        try:
            nonce = unb64(_of_type(body, "nonce", str))
        except ValueError as error:
            raise BadMessage("nonce") from error
        key_list = body.get("key_list")
        return cls(
            nonce=nonce,
            time=_of_type(body, "time", str),
            verdicts=tuple(EnvelopeVerdict.from_json(entry) for entry in _of_type(body, "verdicts", list)),
            notices=tuple(_signed(entry) for entry in _of_type(body, "notices", list)),
            notice_cursor=_of_type(body, "notice_cursor", int),
            key_list=key_list if isinstance(key_list, dict) else None,
            enrol_again=_of_type(body, "enrol_again", bool),
        )
