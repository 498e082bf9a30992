"""What the centre says of a dossier, each signed: *received*, *opened*, and numbered sealed notices."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kiosk import canonical
from kiosk.dossier.keys import KeyList, Role
from kiosk.dossier.receipt import notice_key
from kiosk.dossier.signing import BadSignature, Context, Signed, SigningKey

_NONCE_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Received:
    """Signed by the intake: the bytes of this very envelope are durable there."""

    dossier_id: str
    envelope_sha256: str
    at: str

    def sign(self, intake: SigningKey) -> Signed:
        body = {"dossier_id": self.dossier_id, "envelope_sha256": self.envelope_sha256, "at": self.at}
        return Signed.make(intake, Context.RECEIVED, canonical.encode(body))


@dataclass(frozen=True, slots=True)
class Opened:
    """Signed by the desk: it could open the packet and the hashes hold. Only this lets a kiosk purge."""

    dossier_id: str
    envelope_sha256: str
    official_code: str
    at: str

    def sign(self, desk: SigningKey) -> Signed:
        body = {
            "dossier_id": self.dossier_id,
            "envelope_sha256": self.envelope_sha256,
            "official_code": self.official_code,
            "at": self.at,
        }
        return Signed.make(desk, Context.OPENED, canonical.encode(body))


def _strings(body: dict[str, Any], *names: str) -> list[str]:
    values = [body.get(name) for name in names]
    if any(not isinstance(value, str) for value in values):
        raise BadSignature("statement")
    return [str(value) for value in values]


def read_received(keys: KeyList, signed: Signed) -> Received:
    """A *received* once an intake key of the list signed it; BadSignature otherwise."""
    body = signed.open(keys.find(Role.INTAKE_SIGN, signed.key_id), Context.RECEIVED)
    return Received(*_strings(body, "dossier_id", "envelope_sha256", "at"))


def read_opened(keys: KeyList, signed: Signed) -> Opened:
    """An *opened* once a desk key of the list signed it; BadSignature otherwise."""
    body = signed.open(keys.find(Role.DESK_SIGN, signed.key_id), Context.OPENED)
    return Opened(*_strings(body, "dossier_id", "envelope_sha256", "official_code", "at"))


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What a notice tells the citizen. ``status`` is a national status 1–10; ``due`` a date or None."""

    receipt: str
    official_code: str
    status: int
    text: str | None
    due: str | None
    at: str


@dataclass(frozen=True, slots=True)
class SealedNotice:
    """A notice as it travels: anyone can check who made it, only the private code can read it."""

    lookup_id: str
    number: int
    ciphertext: bytes
    signed: Signed

    @classmethod
    def make(cls, desk: SigningKey, secret: str, lookup: str, number: int, text: NoticeText) -> SealedNotice:
        plain = canonical.encode(
            {
                "receipt": text.receipt,
                "official_code": text.official_code,
                "status": text.status,
                "text": text.text,
                "due": text.due,
                "at": text.at,
            }
        )
        nonce = os.urandom(_NONCE_LENGTH)
        aad = f"{lookup}/{number}".encode("ascii")
        ciphertext = nonce + ChaCha20Poly1305(notice_key(secret)).encrypt(nonce, plain, aad)
        body = {"lookup_id": lookup, "number": number, "sealed": canonical.b64(ciphertext)}
        signed = Signed.make(desk, Context.NOTICE, canonical.encode(body))
        return cls(lookup, number, ciphertext, signed)

    @classmethod
    def read(cls, keys: KeyList, signed: Signed) -> SealedNotice:
        """A notice once a desk key of the list signed it; BadSignature otherwise."""
        body = signed.open(keys.find(Role.DESK_SIGN, signed.key_id), Context.NOTICE)
        lookup, sealed = _strings(body, "lookup_id", "sealed")
        number = body.get("number")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise BadSignature("notice number")
        try:
            return cls(lookup, number, canonical.unb64(sealed), signed)
        except ValueError as error:
            raise BadSignature("notice") from error

    def open(self, secret: str) -> NoticeText:
        """The words inside, for who holds the private code; BadSignature if it is another's."""
        nonce, sealed = self.ciphertext[:_NONCE_LENGTH], self.ciphertext[_NONCE_LENGTH:]
        aad = f"{self.lookup_id}/{self.number}".encode("ascii")
        try:
            plain = ChaCha20Poly1305(notice_key(secret)).decrypt(nonce, sealed, aad)
            return NoticeText(**canonical.decode_object(plain))
        except (InvalidTag, ValueError, TypeError) as error:
            raise BadSignature("notice") from error
