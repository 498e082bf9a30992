"""Small files that must never be half-written nor fought over: keys, epoch, enrolment."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` (0600) in one step that survives a power cut; OSError if that can't be."""
    beside = _written_beside(path, data)
    try:
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def create_once(path: Path, data: bytes) -> bytes:
    """Make ``path`` with ``data`` unless it is there already; what it holds now, whoever made it."""
    beside = _written_beside(path, data)
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        return path.read_bytes()
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return data


def _written_beside(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading that is one: a pipe or a device would hang or never end. OSError else."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "not a file")
    return os.fdopen(handle, "rb")


def sync_folder(folder: Path) -> None:
    """Make renames and new files in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Only one thread of one process at a time passes with this lock file; it dies with its holder."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
