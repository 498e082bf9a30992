"""Signatures: Ed25519 over a context and a body, so that no signature of one kind passes for another."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.canonical import b64, decode_object, unb64


class Context(enum.Enum):
    """What a signature is for; a part of what is signed."""

    KEY_LIST = b"mck/1/key-list"
    CERTIFICATE = b"mck/1/kiosk-certificate"
    ENVELOPE = b"mck/1/envelope"
    RECEIPT = b"mck/1/receipt"
    RECEIVED = b"mck/1/received"
    OPENED = b"mck/1/opened"
    NOTICE = b"mck/1/notice"
    ANSWER = b"mck/1/answer"


class BadSignature(Exception):
    """A signature, or the form of what is signed, does not hold. Callers turn it into words."""


def key_id(public_key: bytes) -> str:
    """Names a public key: the first 8 bytes of its SHA-256, in hex."""
    return hashlib.sha256(public_key).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 private key (32 raw bytes) that signs for named purposes. Never printed."""

    private: Ed25519PrivateKey

    @classmethod
    def generate(cls) -> SigningKey:
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: bytes) -> SigningKey:
        return cls(Ed25519PrivateKey.from_private_bytes(raw))

    def to_bytes(self) -> bytes:
        return self.private.private_bytes_raw()

    @property
    def public(self) -> bytes:
        """The 32 raw bytes of the public key."""
        return self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        return key_id(self.public)

    def sign(self, context: Context, body: bytes) -> bytes:
        return self.private.sign(context.value + b"\0" + body)


def check(public_key: bytes, context: Context, body: bytes, signature: bytes) -> None:
    """Raise BadSignature unless ``signature`` is the key's over this body in this context."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, context.value + b"\0" + body)
    except (InvalidSignature, ValueError) as error:
        raise BadSignature(context.name.lower()) from error


@dataclass(frozen=True, slots=True)
class Signed:
    """A JSON body exactly as it was signed, with who signed it."""

    body: bytes
    key_id: str
    signature: bytes

    @classmethod
    def make(cls, key: SigningKey, context: Context, body: bytes) -> Signed:
        return cls(body, key.id, key.sign(context, body))

    def open(self, public_key: bytes, context: Context) -> dict[str, Any]:
        """The body, once the signature holds; BadSignature otherwise."""
        if self.key_id != key_id(public_key):
            raise BadSignature("key id")
        check(public_key, context, self.body, self.signature)
        try:
            return decode_object(self.body)
        except ValueError as error:
            raise BadSignature("body") from error

    def to_wire(self) -> dict[str, str]:
        return {"body": b64(self.body), "key_id": self.key_id, "signature": b64(self.signature)}

    @classmethod
    def from_wire(cls, value: object) -> Signed:
        """Read the JSON form; BadSignature for anything else."""
        try:
            if not isinstance(value, dict):
                raise TypeError("not an object")
            return cls(unb64(value["body"]), str(value["key_id"]), unb64(value["signature"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadSignature("form") from error
