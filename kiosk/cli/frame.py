"""The frame of every command: arguments in, one result out, errors as the contract wants them."""

from __future__ import annotations

import argparse
import errno
import io
import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from kiosk.clock import Clock
from kiosk.commandline import DONE, FAILED, INTERRUPTED, complain, print_json, print_lines
from kiosk.errors import KnownError
from kiosk.logs import log_bug
from kiosk.words import words

log = logging.getLogger("kiosk.cli")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program: what was asked, and what it was given."""

    options: argparse.Namespace
    data_dir: Path
    lang: str
    clock: Clock
    stdin: TextIO

    def typed(self, value: str) -> str:
        """``value``, or the first line of standard input for ``-``: no secret stands on a command line."""
        if value != "-":
            return value
        if isinstance(self.stdin, io.TextIOWrapper):
            self.stdin.reconfigure(encoding="utf-8", errors="replace")
        return self.stdin.readline().strip()

    def say(self, key: str, **facts: object) -> str:
        return words("cli", self.lang, key, **facts)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command found. ``value`` is the JSON, ``lines`` the words; ``failed`` makes it exit 1."""

    value: Any
    lines: Iterable[str] = ()
    failed: KnownError | None = None
    stream: Iterable[Any] | None = None  # JSON Lines instead of one document
    after: Callable[[], None] | None = None  # once it was printed


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def emit(result: Result, as_json: bool) -> None:
    """Print a result; JSON exactly as the contract says."""
    if result.stream is not None:
        for value in result.stream:
            print_json(value)
    elif as_json:
        print_json(result.value)
    else:
        print_lines(result.lines)


def guarded(run: Callable[[], Result], lang: str) -> int:
    """Run a command that prints its own result; its exit code. A failure ends in one line on stderr."""
    try:
        result = run()
    except KnownError as error:
        return complain(error, lang, FAILED)
    except KeyboardInterrupt:
        return complain(KnownError("interrupted"), lang, INTERRUPTED)
    except BrokenPipeError:
        return FAILED
    except OSError as error:
        return complain(_known(error), lang, FAILED)
    except Exception as error:  # noqa: BLE001 - a bug ends in one line with a reference, not in a traceback
        reference = uuid.uuid4().hex[:8]
        log_bug(log, reference, error)
        return complain(KnownError("bug", reference=reference), lang, FAILED)
    return complain(result.failed, lang, FAILED) if result.failed else DONE


def _known(error: OSError) -> KnownError:
    if error.errno == errno.ENOSPC:
        return KnownError("storage-full")
    return KnownError("data-unwritable", reason=error.strerror or type(error).__name__)
