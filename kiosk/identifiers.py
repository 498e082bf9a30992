"""Every number and code of the kiosk: how it is made, written for people, read back and checked.

Codes use Crockford's 32 letters (no I, L, O, U). Two check characters follow: the pure recursive method of
ISO 7064 with modulus 1021 and radix 32, which finds any one wrong letter and any two swapped neighbours.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
import uuid
from dataclasses import dataclass
from typing import Final

from kiosk.errors import KnownError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MODULUS: Final = 1021
_RADIX: Final = 32
_LOOK_ALIKES: Final = str.maketrans("OIL", "011")
RECEIPT: Final = re.compile(r"^([0-9A-HJKMNP-TV-Z]{4})-([0-9]{2})-([0-9]{6})-([0-9A-Z]{2})$")
PRIVATE_PREFIX: Final = "MCKP1:"  # of the private code's QR
SECRET_LENGTH: Final = 22  # 110 bits
FINGERPRINT_LENGTH: Final = 17  # 85 bits
ENROL_SECRET_LENGTH: Final = 17  # 85 bits
KIOSK_LENGTH: Final = 4


def new_dossier_id() -> str:
    """A lower-case UUIDv7 (RFC 9562): sorts by the time it was made."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def is_dossier_id(text: str) -> bool:
    """Whether ``text`` is a dossier id exactly as ``new_dossier_id`` writes it."""
    try:
        parsed = uuid.UUID(text)
    except ValueError:
        return False
    return parsed.version == 7 and str(parsed) == text


def check_characters(body: str) -> str:
    """The two characters that complete ``body`` (letters of ALPHABET only)."""
    product = 0
    for letter in body:
        product = (product + ALPHABET.index(letter)) * _RADIX % _MODULUS
    value = (_MODULUS + 1 - product * _RADIX % _MODULUS) % _MODULUS
    return ALPHABET[value // _RADIX] + ALPHABET[value % _RADIX]


def random_letters(length: int) -> str:
    """``length`` random letters of ALPHABET, 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def letters_of(data: bytes, length: int) -> str:
    """The first ``length`` letters of ``data`` in base 32; ``data`` must hold enough bits."""
    number = int.from_bytes(data, "big")
    total = len(data) * 8 // 5
    number >>= len(data) * 8 - total * 5
    return "".join(ALPHABET[number >> 5 * (total - 1 - i) & 31] for i in range(length))


def grouped(code: str) -> str:
    """Letters in groups of four, as printed: ``ABCD-EFGH-…``."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _plain(text: str) -> str:
    """What was typed, with case, gaps and look-alike letters evened out."""
    return re.sub(r"[\s\-–—.·]", "", text[:200]).upper().translate(_LOOK_ALIKES)


def _checked(text: str, length: int, error: str) -> str:
    """The body of a typed code of ``length`` letters plus check; KnownError ``error`` if it is none."""
    plain = _plain(text)
    body, check = plain[:length], plain[length:]
    if len(plain) != length + 2 or any(letter not in ALPHABET for letter in plain):
        raise KnownError(error)
    if check_characters(body) != check:
        raise KnownError(error)
    return body


@dataclass(frozen=True, slots=True)
class ReceiptNumber:
    """``KIOSK–epoch–sequence–check``: the kiosk's own number, clearly not an official code."""

    kiosk: str
    epoch: int
    sequence: int

    def __str__(self) -> str:
        body = f"{self.kiosk}{self.epoch:02d}{self.sequence:06d}"
        return f"{self.kiosk}-{self.epoch:02d}-{self.sequence:06d}-{check_characters(body)}"

    @classmethod
    def parse(cls, text: str) -> ReceiptNumber:
        """Read a number as printed or typed; KnownError ``receipt-number`` if it is none."""
        plain = _plain(text)
        dashed = f"{plain[:4]}-{plain[4:6]}-{plain[6:12]}-{plain[12:]}"
        match = RECEIPT.match(dashed)
        number = cls(match[1], int(match[2]), int(match[3])) if match else None
        if number is None or str(number) != dashed:
            raise KnownError("receipt-number")
        return number


def new_secret() -> str:
    """The receipt's private code: 110 random bits and two check characters, 24 letters."""
    body = random_letters(SECRET_LENGTH)
    return body + check_characters(body)


def parse_secret(text: str) -> str:
    """A private code as typed or scanned, evened out; KnownError ``private-code`` if it can't be one."""
    body = _checked(text.strip().removeprefix(PRIVATE_PREFIX), SECRET_LENGTH, "private-code")
    return body + check_characters(body)


def fingerprint(public_key: bytes) -> str:
    """85 bits of a public key's SHA-256: enough that no second key can be made to fit."""
    return letters_of(hashlib.sha256(public_key).digest(), FINGERPRINT_LENGTH)


@dataclass(frozen=True, slots=True)
class EnrolCode:
    """What a technician types: the centre's fingerprint and a one-time secret that is never sent."""

    fingerprint: str
    secret: str

    def __str__(self) -> str:
        body = self.fingerprint + self.secret
        return grouped(body + check_characters(body))

    @classmethod
    def parse(cls, text: str) -> EnrolCode:
        """Read a code as typed or scanned; KnownError ``enrol-code`` if it can't be one."""
        body = _checked(text, FINGERPRINT_LENGTH + ENROL_SECRET_LENGTH, "enrol-code")
        return cls(body[:FINGERPRINT_LENGTH], body[FINGERPRINT_LENGTH:])

    @classmethod
    def new(cls, root_fingerprint: str) -> EnrolCode:
        return cls(root_fingerprint, random_letters(ENROL_SECRET_LENGTH))
