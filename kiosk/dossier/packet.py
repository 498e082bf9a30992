"""A dossier as sealed bytes: what leaves the citizen's hands and what only the desk can open.

    payload   u64 length | zlib( u32 length | manifest | paper | paper … ) | zeros up to a size bucket
    sealed    "MCKPKT1\\n" | u32 length | header | 64 KB chunks, each ChaCha20-Poly1305 under the content key
    header    format, dossier, kiosk, receipt, desk key, content key wrapped by HPKE (ML-KEM-768 + X25519)

A chunk's nonce is its number and whether it is the last; its associated data is the header's hash. So no
chunk can be dropped, swapped, cut off or moved to another packet. The header says no procedure and no name.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kiosk import canonical
from kiosk.dossier.manifest import Manifest
from kiosk.dossier.seal_key import SealKey, wrap
from kiosk.dossier.signing import BadSignature, Context, Signed, SigningKey, key_id

MAGIC: Final = b"MCKPKT1\n"
CHUNK: Final = 64 * 1024
TAG: Final = 16
MB: Final = 1024 * 1024  # bytes, as phones and file managers count them
MAX_PAPER: Final = 10 * MB
MAX_DOSSIER: Final = 40 * MB  # all papers
MAX_SEALED: Final = 50 * MB
_MAX_HEADER: Final = 16_384
_SMALLEST_BUCKET: Final = 4096
_KEY_LENGTH: Final = 32
_FORMAT: Final = 1


class BadPacket(Exception):
    """A sealed packet that can't be opened, or whose insides do not hold."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a packet is bound to: it can't be passed off as another's."""

    dossier_id: str
    kiosk: str
    receipt: str

    def info(self) -> bytes:
        return canonical.encode([f"mck/1/{self.dossier_id}", self.kiosk, self.receipt])


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of a packet outside: ids, size, hash, keys. Nothing of its content."""

    dossier_id: str
    receipt: str
    kiosk: str
    size: int  # sealed bytes
    sha256: str  # of the sealed bytes, hex
    desk_key_id: str
    created_at: str

    def sign(self, key: SigningKey) -> Signed:
        body = {
            "format": 1,
            "dossier_id": self.dossier_id,
            "receipt": self.receipt,
            "kiosk": self.kiosk,
            "size": self.size,
            "sha256": self.sha256,
            "desk_key_id": self.desk_key_id,
            "created_at": self.created_at,
        }
        return Signed.make(key, Context.ENVELOPE, canonical.encode(body))

    @classmethod
    def read(cls, signed: Signed, kiosk_public: bytes) -> Envelope:
        """The envelope, once the kiosk's signature holds; BadSignature otherwise."""
        body = signed.open(kiosk_public, Context.ENVELOPE)
        names = ("dossier_id", "receipt", "kiosk", "sha256", "desk_key_id", "created_at")
        size = body.get("size")
        if body.get("format") != 1 or not isinstance(size, int) or isinstance(size, bool) or size < 1:
            raise BadSignature("envelope")
        if any(not isinstance(body.get(name), str) for name in names):
            raise BadSignature("envelope")
        return cls(size=size, **{name: body[name] for name in names})


def bucket(size: int) -> int:
    """``size`` rounded up so that it tells little (Padmé: at most 12 % more), 4 KB at least."""
    if size <= _SMALLEST_BUCKET:
        return _SMALLEST_BUCKET
    exponent = size.bit_length() - 1
    step = 1 << (exponent - (exponent.bit_length()))
    return -(-size // step) * step


def _payload(manifest: Manifest, papers: Mapping[str, bytes]) -> bytes:
    """Manifest and papers compressed and padded. The papers must be just those the manifest lists."""
    head = manifest.to_bytes()
    squeeze = zlib.compressobj(6)
    body = squeeze.compress(len(head).to_bytes(4, "big") + head)
    for paper in manifest.papers:
        body += squeeze.compress(papers[paper.component])
    body += squeeze.flush()
    framed = len(body).to_bytes(8, "big") + body
    return framed + bytes(bucket(len(framed)) - len(framed))


def _nonce(number: int, last: bool) -> bytes:
    return bytes(7) + number.to_bytes(4, "big") + bytes([last])


def seal(manifest: Manifest, papers: Mapping[str, bytes], kiosk: str, desk_public: bytes) -> bytes:
    """The packet of ``manifest`` and its papers (by component id), sealed to the desk's key."""
    binding = Binding(manifest.dossier_id, kiosk, manifest.receipt)
    content_key = os.urandom(_KEY_LENGTH)
    header = canonical.encode(
        {
            "format": _FORMAT,
            "dossier_id": binding.dossier_id,
            "kiosk": binding.kiosk,
            "receipt": binding.receipt,
            "desk_key_id": key_id(desk_public),
            "wrapped_key": canonical.b64(wrap(desk_public, content_key, binding.info())),
        }
    )
    head = MAGIC + len(header).to_bytes(4, "big") + header
    return head + b"".join(_chunks(_payload(manifest, papers), content_key, hashlib.sha256(head).digest()))


def _chunks(payload: bytes, content_key: bytes, aad: bytes) -> Iterator[bytes]:
    cipher = ChaCha20Poly1305(content_key)
    count = -(-len(payload) // CHUNK)
    for number in range(count):
        piece = payload[number * CHUNK : (number + 1) * CHUNK]
        yield cipher.encrypt(_nonce(number, number == count - 1), piece, aad)


def _header(sealed: bytes) -> tuple[dict[str, object], int]:
    """The packet's header and where the chunks begin; BadPacket if there is none."""
    start = len(MAGIC) + 4
    length = int.from_bytes(sealed[len(MAGIC) : start], "big")
    if not sealed.startswith(MAGIC) or not 0 < length <= _MAX_HEADER or len(sealed) < start + length:
        raise BadPacket("header")
    try:
        header = canonical.decode_object(sealed[start : start + length])
    except ValueError as error:
        raise BadPacket("header") from error
    if header.get("format") != _FORMAT:
        raise BadPacket("format")
    return header, start + length


def unseal(sealed: bytes, key: SealKey, binding: Binding) -> tuple[Manifest, dict[str, bytes]]:
    """Manifest and papers of a packet, all hashes checked; BadPacket if anything does not hold."""
    header, start = _header(sealed)
    found = Binding(str(header.get("dossier_id")), str(header.get("kiosk")), str(header.get("receipt")))
    if found != binding:
        raise BadPacket("binding")
    try:
        wrapped = canonical.unb64(str(header.get("wrapped_key")))
        content_key = key.unwrap(wrapped, binding.info())
        payload = _decrypt(sealed, start, content_key)
    except (InvalidTag, ValueError) as error:
        raise BadPacket("seal") from error
    manifest, papers = _unpack(payload)
    if (manifest.dossier_id, manifest.receipt) != (binding.dossier_id, binding.receipt):
        raise BadPacket("manifest binding")
    return manifest, papers


def _decrypt(sealed: bytes, start: int, content_key: bytes) -> bytes:
    cipher = ChaCha20Poly1305(content_key)
    aad = hashlib.sha256(sealed[:start]).digest()
    step = CHUNK + TAG
    count = -(-(len(sealed) - start) // step)
    pieces = []
    for number in range(count):
        piece = sealed[start + number * step : start + (number + 1) * step]
        pieces.append(cipher.decrypt(_nonce(number, number == count - 1), piece, aad))
    return b"".join(pieces)


def _unpack(payload: bytes) -> tuple[Manifest, dict[str, bytes]]:
    length = int.from_bytes(payload[:8], "big")
    squeeze = zlib.decompressobj()
    try:
        body = squeeze.decompress(payload[8 : 8 + length], MAX_SEALED * 2)
        if not squeeze.eof:
            raise BadPacket("payload")
        at = 4 + int.from_bytes(body[:4], "big")
        manifest = Manifest.from_bytes(body[4:at])
    except (zlib.error, ValueError) as error:
        raise BadPacket("payload") from error
    papers = {}
    for paper in manifest.papers:
        data = body[at : at + paper.size]
        at += paper.size
        if hashlib.sha256(data).hexdigest() != paper.sha256:
            raise BadPacket("paper hash")
        papers[paper.component] = data
    if at != len(body) or len(papers) != len(manifest.papers):
        raise BadPacket("papers")
    return manifest, papers


def envelope_hash(signed: Signed) -> str:
    """SHA-256 of an envelope's body as signed, hex: what receipts and the centre's statements name."""
    return canonical.sha256_hex(signed.body)
