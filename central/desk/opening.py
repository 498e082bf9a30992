"""A sealed packet, proven and opened. Used when it comes in and each time an officer wants to see it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from central.database import Database
from central.desk import store
from central.home import DeskKeys
from central.intake.blobs import BlobStore
from central.intake.store import StoredDossier
from kiosk import canonical
from kiosk.dossier import packet
from kiosk.dossier.manifest import Manifest
from kiosk.dossier.packet import BadPacket, Binding, Envelope
from kiosk.dossier.seal_key import SealKey
from kiosk.dossier.signing import BadSignature
from kiosk.errors import KnownError
from kiosk.identifiers import parse_secret

PROGRAM: Final = 1  # grows when a change here could open what could not be opened before


class CannotOpen(Exception):
    """A packet that stays shut; ``reason`` is a short slug without content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class OpenedPacket:
    """What was inside, in memory only."""

    envelope: Envelope
    manifest: Manifest
    papers: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens packets. Trusts nothing the intake says: HPKE authenticates nobody, so envelope, certificate and
    hash are checked here, with the desk's own list of keys and its own certificates."""

    desk: Database
    blobs: BlobStore
    keys: DeskKeys

    def open(self, dossier: StoredDossier) -> OpenedPacket:
        """The packet's content; CannotOpen if anything does not hold."""
        envelope = self._proven_envelope(dossier)
        seal = self.keys.seals.get(envelope.desk_key_id)
        if seal is None:
            raise CannotOpen("seal-key")
        sealed = self.blobs.read(dossier.dossier_id)
        if sealed is None:
            raise CannotOpen("bytes-missing")
        if len(sealed) != envelope.size or hashlib.sha256(sealed).hexdigest() != envelope.sha256:
            raise CannotOpen("hash")
        binding = Binding(envelope.dossier_id, envelope.kiosk, envelope.receipt)
        manifest, papers = _unsealed(sealed, seal, binding)
        return OpenedPacket(envelope, manifest, papers)

    def _proven_envelope(self, dossier: StoredDossier) -> Envelope:
        with self.desk.read() as connection:
            certificate = store.newest_certificate(connection, dossier.envelope.key_id)
        if certificate is None:
            raise CannotOpen("certificate")
        try:
            certificate.check(self.keys.key_list)
            envelope = Envelope.read(dossier.envelope, certificate.public)
        except BadSignature as error:
            raise CannotOpen("signature") from error
        if (envelope.dossier_id, envelope.kiosk) != (dossier.dossier_id, certificate.kiosk):
            raise CannotOpen("binding")
        return envelope

    def circumstances(self, dossier: StoredDossier) -> str:
        """Hash of everything outside the packet that decides whether it opens; the same: don't try again."""
        with self.desk.read() as connection:
            certificate = store.newest_certificate(connection, dossier.envelope.key_id)
        facts = [
            PROGRAM,
            self.keys.key_list.number,
            sorted(self.keys.seals),
            certificate.to_bytes().hex() if certificate else None,
            self.blobs.stamp(dossier.dossier_id),
        ]
        return canonical.sha256_hex(canonical.encode(facts))


def _unsealed(sealed: bytes, seal: SealKey, binding: Binding) -> tuple[Manifest, dict[str, bytes]]:
    """As ``packet.unseal``; whatever a certified but hostile kiosk put inside ends as CannotOpen."""
    try:
        manifest, papers = packet.unseal(sealed, seal, binding)
        if not _sound(manifest) or parse_secret(manifest.secret) != manifest.secret:
            raise CannotOpen("manifest")
    except BadPacket as error:
        raise CannotOpen(str(error).replace(" ", "-")) from error
    except (KnownError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
        # Its text could quote the dossier: only the kind goes on.
        raise CannotOpen("manifest") from error
    return manifest, papers


def _sound(manifest: Manifest) -> bool:
    """Whether what the desk works with is text of a sensible length; the rest is only shown. ValueError for
    half characters: JSON can name them, but no database can store them."""
    words = [manifest.procedure, manifest.procedure_version, manifest.secret]
    for paper in manifest.papers:
        words += [paper.component, paper.media_type]
    return all(isinstance(word, str) and 0 < len(word) < 200 and word.encode() for word in words)
