"""What both programs' command lines share: how a line is read, how answers and errors are written.

0 done · 1 refused or failed · 2 wrong usage · 130 interrupted. A failure's last line on standard error is
``error[CODE]: sentence``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
from collections.abc import Iterable
from typing import Final, NoReturn, TextIO

from kiosk.errors import KnownError
from kiosk.words import LANGUAGES

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130


class UsageError(Exception):
    """The command line itself is wrong; the text says what."""

    def harmless(self) -> str:
        """The part of the text that repeats nothing of what was typed."""
        return re.split(r"[:'\"]", str(self))[0]


class Parser(argparse.ArgumentParser):
    """Raises UsageError where argparse would print and leave."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def language_of(arguments: list[str]) -> str:
    """The language asked for, even where the rest of the line is wrong."""
    parts = [part for argument in arguments for part in argument.split("=", 1)]
    asked = dict(itertools.pairwise(parts)).get("--lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def complain(error: KnownError, lang: str, exit_code: int) -> int:
    """The last line on standard error, and the exit code to leave with."""
    _write(sys.stderr, f"error[{error.code}]: {' '.join(error.sentence(lang).split())}")
    return exit_code


def print_json(value: object) -> None:
    """One JSON document and a newline on standard output, not ASCII-escaped."""
    print_lines([json.dumps(value, ensure_ascii=False)])


def print_lines(lines: Iterable[str]) -> None:
    """Lines on standard output."""
    for line in lines:
        _write(sys.stdout, line)


def _write(stream: TextIO, line: str) -> None:
    """A line in UTF-8, whatever the terminal's own encoding.

    Half characters, which only a hostile file or argument holds, come out as question marks.
    """
    data = f"{line}\n".encode("utf-8", "replace")
    buffer = getattr(stream, "buffer", None)
    if buffer is None:  # a test's own stream
        stream.write(data.decode())
    else:
        buffer.write(data)
    stream.flush()
