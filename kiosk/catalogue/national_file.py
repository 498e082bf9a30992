"""National records as a file of lines, plain or gzip: read as a stream, bounded whatever it holds."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from kiosk.errors import KnownError

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


def _lines(file: IO[bytes], name: str) -> Iterator[bytes | None]:
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
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        if not packed:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield unpacked


def _reason(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return str(strerror) if strerror else type(error).__name__


@contextmanager
def keeping(path: Path) -> Iterator[IO[bytes]]:
    """A gzip file to write lines to; equal lines give equal bytes. On disk when the block ends."""
    with path.open("wb") as raw:
        with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=1, mtime=0) as packed:
            yield packed
        raw.flush()
