"""National records as a file of lines, plain or gzip: read as a stream, bounded whatever it holds."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, cast

from kiosk.catalogue.model import ImportReport, Procedure
from kiosk.catalogue.national import Converted, convert
from kiosk.errors import KnownError
from kiosk.files import open_regular

LONGEST_LINE: Final = 2 * 1024 * 1024  # the longest real record has 150 KB
MOST_BYTES: Final = 256 * 1024 * 1024  # unpacked; the real file has 23 MB
MOST_LINES: Final = 100_000
_GZIP: Final = b"\x1f\x8b"
_CHUNK: Final = 256 * 1024


def lines(path: Path) -> Iterator[bytes | None]:
    """Each line that is not blank, without its end; None in place of one that is too long.

    KnownError ``import-unreadable`` for a file that can't be read or is cut off, ``import-too-big`` for one
    that unpacks to more than ``MOST_BYTES`` or has more than ``MOST_LINES``: both may come after many lines.
    """
    try:
        with _opened(path) as file:
            yield from _lines(file, path.name)
    except (OSError, EOFError, zlib.error) as error:
        raise KnownError("import-unreadable", file=path.name, reason=_reason(error)) from error


def _lines(file: BinaryIO, name: str) -> Iterator[bytes | None]:
    rest, too_long, total, count = b"", False, 0, 0
    while chunk := file.read(_CHUNK):
        total += len(chunk)
        if total > MOST_BYTES or count > MOST_LINES:
            raise KnownError("import-too-big", file=name, limit_mb=MOST_BYTES // 1024 // 1024)
        *whole, tail = (rest + chunk).split(b"\n")
        for line in whole:
            if too_long or line.strip():
                count += 1
                yield None if too_long or len(line) > LONGEST_LINE else line.strip()
            too_long = False
        too_long = too_long or len(tail) > LONGEST_LINE
        rest = b"" if too_long else tail
    if too_long or rest.strip():
        yield None if too_long else rest.strip()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with open_regular(path) as raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        if not packed:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield cast(BinaryIO, unpacked)


def _reason(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return str(strerror) if strerror else type(error).__name__


@dataclass(slots=True)
class Tally:
    """What one import did so far."""

    codes: set[str] = field(default_factory=set)
    rejected: int = 0
    untrusted: Counter[str] = field(default_factory=Counter)

    def report(self) -> ImportReport:
        return ImportReport(len(self.codes), self.rejected, dict(sorted((+self.untrusted).items())))


def take_in(path: Path, kept: Path, keep: BinaryIO, tally: Tally) -> Iterator[Procedure]:
    """Records of ``path``, then those of ``kept`` with other codes; the line of each goes to ``keep``."""
    for line in lines(path):
        converted = None if line is None else _converted(line)
        if line is None or converted is None:
            tally.rejected += 1
        elif converted.procedure.code in tally.codes:
            tally.rejected += 1
            tally.untrusted["duplicate_code"] += 1
        else:
            tally.codes.add(converted.procedure.code)
            tally.untrusted += converted.untrusted
            keep.write(line + b"\n")
            yield converted.procedure
    for line, procedure in _earlier(kept, frozenset(tally.codes)):
        keep.write(line + b"\n")
        yield procedure


def kept_records(kept: Path) -> Iterator[Procedure]:
    """Records of earlier imports; what can't be read of a damaged file is left out."""
    return (procedure for _, procedure in _earlier(kept, frozenset()))


def _earlier(kept: Path, replaced: frozenset[str]) -> Iterator[tuple[bytes, Procedure]]:
    seen = set(replaced)
    with suppress(KnownError):
        for line in lines(kept) if kept.exists() else ():
            converted = _converted(line, skip=seen) if line else None
            if line and converted:
                seen.add(converted.procedure.code)
                yield line, converted.procedure


def _converted(line: bytes, skip: Set[str] = frozenset()) -> Converted | None:
    """The record of one line; None if it is none, or its code is in ``skip`` (known without converting)."""
    try:
        record = json.loads(line)
        if skip and isinstance(record, dict) and str(record.get("code"))[:8] in skip:
            return None
        return convert(record)
    except (ValueError, RecursionError):
        return None


@contextmanager
def keeping(path: Path) -> Iterator[BinaryIO]:
    """A gzip file to write lines to; equal lines give equal bytes. On disk when the block ends."""
    with path.open("wb") as raw:
        with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=1, mtime=0) as packed:
            yield cast(BinaryIO, packed)
        raw.flush()
