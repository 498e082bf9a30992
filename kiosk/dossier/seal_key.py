"""The desk's key pair that packets are sealed to: hybrid ML-KEM-768 + X25519, as raw bytes and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

_SUITE: Final = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_SEED: Final = 64  # ML-KEM seed; 32 bytes of X25519 follow
_KEM_PUBLIC: Final = 1184


def wrap(public: bytes, content_key: bytes, info: bytes) -> bytes:
    """``content_key`` so that only the private key of ``public`` can have it, bound to ``info``.

    ValueError if ``public`` is no such key.
    """
    kem, curve = public[:_KEM_PUBLIC], public[_KEM_PUBLIC:]
    key = hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(kem), X25519PublicKey.from_public_bytes(curve)
    )
    return _SUITE.encrypt(content_key, key, info=info)


@dataclass(frozen=True, slots=True)
class SealKey:
    """The private half. 96 raw bytes; never leaves the desk."""

    kem: MLKEM768PrivateKey
    curve: X25519PrivateKey

    @classmethod
    def generate(cls) -> SealKey:
        return cls(MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: bytes) -> SealKey:
        kem = MLKEM768PrivateKey.from_seed_bytes(raw[:_SEED])
        return cls(kem, X25519PrivateKey.from_private_bytes(raw[_SEED:]))

    def to_bytes(self) -> bytes:
        return self.kem.private_bytes_raw() + self.curve.private_bytes_raw()

    @property
    def public(self) -> bytes:
        """1,216 raw bytes: ML-KEM, then X25519."""
        return self.kem.public_key().public_bytes_raw() + self.curve.public_key().public_bytes_raw()

    def unwrap(self, wrapped: bytes, info: bytes) -> bytes:
        """The content key; ``cryptography.exceptions.InvalidTag`` or ValueError if it is not for us."""
        return _SUITE.decrypt(wrapped, hpke.MLKEM768X25519PrivateKey(self.kem, self.curve), info=info)
