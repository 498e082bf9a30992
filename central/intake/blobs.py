"""Where sealed bytes lie. A port and its first shape, a directory; an object store can take its place.

partial/ID            bytes still coming; only those up to the committed offset count
NN/ID.packet          complete and checked; NN = last two digits of the dossier id
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Final, Protocol

_SPARE: Final = 200_000_000  # bytes kept free for the databases


class BlobLost(Exception):
    """Fewer bytes lie here than were committed: the disk or a restored copy lost some."""


class BlobStore(Protocol):
    """Sealed bytes by dossier id. What a method has returned from survives a power cut."""

    def append(self, dossier_id: str, offset: int, data: bytes) -> None:
        """Put ``data`` at ``offset`` and drop whatever lay behind. BlobLost if bytes before it are gone."""

    def sha256(self, dossier_id: str) -> str | None:
        """Hash of what lies here, partial or complete; None if nothing does."""

    def complete(self, dossier_id: str) -> None:
        """The partial bytes are the packet. Repeating it changes nothing."""

    def discard(self, dossier_id: str) -> None:
        """Forget the bytes."""

    def read(self, dossier_id: str) -> bytes | None:
        """A complete packet; None if it is not here."""

    def stamp(self, dossier_id: str) -> str | None:
        """Changes whenever the complete packet was put here anew; None if it is not here. Cheap."""

    def has_room(self, size: int) -> bool:
        """Whether ``size`` more bytes can be taken without endangering what is here."""


class DirectoryBlobs:
    """A BlobStore in one directory of a local file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _partial(self, dossier_id: str) -> Path:
        return self._folder / "partial" / dossier_id

    def _packet(self, dossier_id: str) -> Path:
        return self._folder / dossier_id[-2:] / f"{dossier_id}.packet"

    def append(self, dossier_id: str, offset: int, data: bytes) -> None:
        file = self._partial(dossier_id)
        fresh = not file.exists()
        if fresh:
            _make_folder(file.parent)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if os.fstat(descriptor).st_size < offset:
                raise BlobLost(dossier_id)
            os.ftruncate(descriptor, offset)
            _write_all(descriptor, data, offset)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if fresh:
            _sync_folder(file.parent)

    def sha256(self, dossier_id: str) -> str | None:
        for file in (self._packet(dossier_id), self._partial(dossier_id)):
            if file.exists():
                with file.open("rb") as stream:
                    return hashlib.file_digest(stream, "sha256").hexdigest()
        return None

    def complete(self, dossier_id: str) -> None:
        partial, packet = self._partial(dossier_id), self._packet(dossier_id)
        _make_folder(packet.parent)
        if partial.exists():
            partial.rename(packet)
        _sync_folder(packet.parent)

    def discard(self, dossier_id: str) -> None:
        self._partial(dossier_id).unlink(missing_ok=True)
        self._packet(dossier_id).unlink(missing_ok=True)

    def read(self, dossier_id: str) -> bytes | None:
        file = self._packet(dossier_id)
        return file.read_bytes() if file.exists() else None

    def stamp(self, dossier_id: str) -> str | None:
        file = self._packet(dossier_id)
        if not file.exists():
            return None
        facts = file.stat()
        return f"{facts.st_size}-{facts.st_mtime_ns}"

    def has_room(self, size: int) -> bool:
        return shutil.disk_usage(self._folder).free > size + _SPARE


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _write_all(descriptor: int, data: bytes, offset: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
