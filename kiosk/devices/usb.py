"""Papers from a USB stick: read only, nothing but regular files, and never a step off the stick.

Every folder and file is opened relative to the one above it, without following links, and must lie on the
stick's own file system. Names are raw bytes to the kernel and made safe before anybody sees them.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.catalogue.text import clean
from kiosk.devices.source import Entry, EntryKind, Listing, Place, Stick
from kiosk.dossier.application import MAGIC_LENGTH, media_type_of
from kiosk.dossier.packet import MAX_PAPER, MB
from kiosk.errors import KnownError

MAX_SHOWN: Final = 300  # entries of one folder; more can't be found by touching anyway
MAX_LOOKED_AT: Final = 3000  # names of one folder: a folder of a million must not hold the lane
_LONGEST_NAME: Final = 60  # characters on the screen
_KEPT_END: Final = 14  # of them the last ones: the number or date before ".pdf"
_MOST_MARKS: Final = 2  # on one letter
_SYSTEM: Final = frozenset({b"System Volume Information", b"$RECYCLE.BIN", b"lost+found"})
_MOUNTS: Final = Path("/proc/self/mountinfo")
_DIR: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe must not hold us
_GONE: Final = frozenset({errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOMEDIUM})
_NO_FILE: Final = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL})


def mount_points() -> tuple[bytes, ...]:
    """Where file systems are mounted now, as the kernel says; () where it says nothing."""
    try:
        lines = _MOUNTS.read_bytes().splitlines()
    except OSError:
        return ()
    return tuple(_unescaped(line.split(b" ")[4]) for line in lines if line.count(b" ") > 4)


def _unescaped(path: bytes) -> bytes:
    """mountinfo writes blank, tab, newline and backslash as ``\\040`` …"""
    for code, letter in ((b"\\040", b" "), (b"\\011", b"\t"), (b"\\012", b"\n"), (b"\\134", b"\\")):
        path = path.replace(code, letter)
    return path


class UsbSticks:
    """A ``PaperSource`` over what is mounted below ``roots``. Holds nothing open between calls."""

    def __init__(
        self, roots: Sequence[str | Path], mounts: Callable[[], tuple[bytes, ...]] = mount_points
    ) -> None:
        self._roots = tuple(os.fsencode(root) for root in roots)
        self._mounts = mounts

    def sticks(self) -> tuple[Stick, ...]:
        """Mount points below the roots, and plain folders right below them that hold something."""
        mounts = self._mounts()
        tops: list[bytes] = []
        for root in self._roots:
            below = [path for path in mounts if path == root or path.startswith(root + b"/")]
            tops += below
            if root not in below:
                tops += [path for path in _folders(root) if not any(_holds(path, top) for top in below)]
        unique = sorted(set(tops))
        return tuple(Stick(Place(os.fsdecode(top)), shown(_last(top))) for top in unique)

    def browse(self, place: Place) -> Listing:
        """Folders, then papers, each by name. Links, pipes, devices and other kinds of file are left out."""
        with _errors(), self._folder(place) as folder:
            names, cut = _names(folder)
            found = [_entry(folder, name) for name in names]
        entries = sorted((entry for entry in found if entry), key=_order)
        title = place.folders[-1] if place.folders else _last(os.fsencode(place.stick))
        return Listing(
            place=place,
            shown=shown(title),
            entries=tuple(entries[:MAX_SHOWN]),
            hidden=len(found) - len(entries),
            cut=cut or len(entries) > MAX_SHOWN,
        )

    def read(self, place: Place, name: bytes) -> bytes:
        """The file's bytes. KnownError ``usb-gone`` if there are fewer than there should be."""
        with _errors(), self._folder(place) as folder, _opened(folder, name) as file:
            facts = os.fstat(file)
            if not stat.S_ISREG(facts.st_mode) or facts.st_dev != os.fstat(folder).st_dev:
                raise KnownError("usb-not-a-file")
            if facts.st_size > MAX_PAPER:
                raise KnownError("usb-too-large", limit_mb=MAX_PAPER // MB)
            data = _bytes(file, facts.st_size)
        if len(data) < facts.st_size:
            raise KnownError("usb-gone")
        return data

    @contextmanager
    def _folder(self, place: Place) -> Iterator[int]:
        """The open folder of a place; only of a stick that is plugged in now."""
        if all(stick.top.stick != place.stick for stick in self.sticks()):
            raise KnownError("usb-gone")
        folder = os.open(os.fsencode(place.stick), _DIR)
        try:
            device = os.fstat(folder).st_dev
            for name in place.folders:
                inner = os.open(_plain(name), _DIR, dir_fd=folder)
                os.close(folder)
                folder = inner
                if os.fstat(folder).st_dev != device:
                    raise KnownError("usb-not-a-file")
            yield folder
        finally:
            os.close(folder)


def shown(name: bytes) -> str:
    """A raw name as it may be painted: one line, no hidden letters, no towers of marks, not too long."""
    text = clean(name.decode("utf-8", errors="replace").replace("\ufffd", "_"))
    text = _without_towers(text) or "…"
    if len(text) <= _LONGEST_NAME:
        return text
    return f"{text[: _LONGEST_NAME - _KEPT_END - 1]}…{text[-_KEPT_END:]}"


def _last(path: bytes) -> bytes:
    return path.rpartition(b"/")[2]


def _without_towers(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _folders(root: bytes) -> list[bytes]:
    """Folders right below ``root`` that are no links and not empty."""
    try:
        with os.scandir(root) as entries:
            inside = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [path for path in inside if _has_something(path)]


def _has_something(path: bytes) -> bool:
    try:
        with os.scandir(path) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _holds(path: bytes, top: bytes) -> bool:
    return top == path or top.startswith(path + b"/")


def _names(folder: int) -> tuple[list[bytes], bool]:
    """Names worth a look, and whether there were too many to look at."""
    names: list[bytes] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if len(names) == MAX_LOOKED_AT:
                return names, True
            name = os.fsencode(entry.name)
            if not name.startswith(b".") and name not in _SYSTEM:
                names.append(name)
    return names, False


def _entry(folder: int, name: bytes) -> Entry | None:
    """What a name stands for, if it can be chosen. One bad file keeps nobody from the others."""
    try:
        facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if facts.st_dev != os.fstat(folder).st_dev:
            return None
        if stat.S_ISDIR(facts.st_mode):
            return Entry(EntryKind.FOLDER, name, shown(name), 0, None, False)
        return _paper(folder, name) if stat.S_ISREG(facts.st_mode) else None
    except OSError as error:
        if error.errno in _GONE - {errno.ENOENT}:
            raise
        return None


def _paper(folder: int, name: bytes) -> Entry | None:
    with _opened(folder, name) as file:
        facts = os.fstat(file)
        media_type = media_type_of(os.read(file, MAGIC_LENGTH)) if stat.S_ISREG(facts.st_mode) else None
    if media_type is None:
        return None
    return Entry(EntryKind.PAPER, name, shown(name), facts.st_size, media_type, facts.st_size > MAX_PAPER)


def _order(entry: Entry) -> tuple[bool, str, bytes]:
    return entry.kind is EntryKind.PAPER, entry.shown.casefold(), entry.name


@contextmanager
def _opened(folder: int, name: bytes) -> Iterator[int]:
    """A file for reading; its time of reading is left alone where that is allowed."""
    try:
        file = os.open(_plain(name), _FILE | os.O_NOATIME, dir_fd=folder)
    except PermissionError:
        file = os.open(_plain(name), _FILE, dir_fd=folder)
    try:
        yield file
    finally:
        os.close(file)


def _plain(name: bytes) -> bytes:
    """A single name, that leads nowhere else; KnownError ``usb-not-a-file`` otherwise."""
    if name in {b"", b".", b".."} or b"/" in name or b"\0" in name:
        raise KnownError("usb-not-a-file")
    return name


def _bytes(file: int, size: int) -> bytes:
    """At most ``size`` bytes: a file that grows meanwhile is cut where it ended when it was chosen."""
    pieces: list[bytes] = []
    left = size
    while left and (piece := os.read(file, left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


@contextmanager
def _errors() -> Iterator[None]:
    """The stick's failures as sentences; what the name was is not said."""
    try:
        yield
    except OSError as error:
        if error.errno in _GONE:
            raise KnownError("usb-gone") from error
        raise KnownError("usb-not-a-file" if error.errno in _NO_FILE else "usb-unreadable") from error
