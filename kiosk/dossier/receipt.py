"""Receipt, format 1, frozen from the first release: the public QR, and what follows from the private code."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.dossier.keys import CERTIFICATE_LENGTH, KeyList, KioskCertificate
from kiosk.dossier.signing import BadSignature, Context, SigningKey, check
from kiosk.errors import KnownError
from kiosk.identifiers import ReceiptNumber

PREFIX: Final = "MCK1:"
RECEIVE_WITHIN: Final = timedelta(days=3)  # an offline kiosk is visited or online again by then
_NUMBER_LENGTH: Final = 17  # "TQ01" "-" … is 4+2+6+2 letters and 3 dashes
_HASH_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class PublicReceipt:
    """What anyone may read and verify offline: number, hash of the envelope, who saved it."""

    number: ReceiptNumber
    envelope_sha256: bytes
    certificate: KioskCertificate
    signature: bytes

    def _body(self) -> bytes:
        return str(self.number).encode("ascii") + self.envelope_sha256 + self.certificate.to_bytes()

    def to_text(self) -> str:
        """The QR's text: upper-case letters and digits only, so that the QR stays small."""
        packed = base64.b32encode(self._body() + self.signature).decode("ascii").rstrip("=")
        return PREFIX + packed

    @classmethod
    def make(
        cls, key: SigningKey, certificate: KioskCertificate, number: ReceiptNumber, envelope_sha256: bytes
    ) -> PublicReceipt:
        blank = cls(number, envelope_sha256, certificate, b"")
        return cls(number, envelope_sha256, certificate, key.sign(Context.RECEIPT, blank._body()))

    @classmethod
    def parse(cls, text: str) -> PublicReceipt:
        """Read a QR's text; KnownError ``receipt-qr`` if it is not one of ours. Checks no signature."""
        packed = text.strip()
        if not packed.startswith(PREFIX) or len(packed) > 1000:
            raise KnownError("receipt-qr")
        packed = packed.removeprefix(PREFIX)
        try:
            data = base64.b32decode(packed + "=" * (-len(packed) % 8))
            number = ReceiptNumber.parse(data[:_NUMBER_LENGTH].decode("ascii"))
            at = _NUMBER_LENGTH + _HASH_LENGTH
            certificate = KioskCertificate.from_bytes(data[at : at + CERTIFICATE_LENGTH])
        except (binascii.Error, ValueError, KnownError, BadSignature) as error:
            raise KnownError("receipt-qr") from error
        signature = data[at + CERTIFICATE_LENGTH :]
        return cls(number, data[_NUMBER_LENGTH:at], certificate, signature)

    def verify(self, keys: KeyList) -> None:
        """BadSignature unless the centre certified the kiosk and that kiosk signed this receipt."""
        self.certificate.check(keys)
        if self.certificate.kiosk != self.number.kiosk:
            raise BadSignature("another kiosk's number")
        check(self.certificate.public, Context.RECEIPT, self._body(), self.signature)


def _derived(secret: str, purpose: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=purpose).derive(secret.encode("ascii"))


def lookup_id(secret: str) -> str:
    """Under which the centre files a dossier's notices; 32 hex digits that do not give the secret away."""
    return _derived(secret, b"mck/1/lookup", 16).hex()


def notice_key(secret: str) -> bytes:
    """The 32-byte key that a dossier's notices are encrypted under."""
    return _derived(secret, b"mck/1/notice", 32)
