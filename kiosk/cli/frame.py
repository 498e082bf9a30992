"""The frame of every command: arguments in, one result out, errors as the contract wants them."""

from __future__ import annotations

import argparse
import errno
import itertools
import json
import logging
import sys
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TextIO

from kiosk.clock import Clock
from kiosk.errors import KnownError
from kiosk.logs import log_bug
from kiosk.words import LANGUAGES, words

log = logging.getLogger("kiosk.cli")


class UsageError(Exception):
    """The command line itself is wrong: exit 2."""


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
        return self.stdin.readline().strip() if value == "-" else value

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


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of printing and leaving."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def emit(result: Result, as_json: bool, out: TextIO) -> None:
    """Print a result; JSON exactly as the contract says."""
    if result.stream is not None:
        for value in result.stream:
            out.write(to_json(value) + "\n")
    elif as_json:
        out.write(to_json(result.value) + "\n")
    else:
        out.writelines(f"{line}\n" for line in result.lines)
    out.flush()


def language_of(arguments: list[str]) -> str:
    """The language asked for, even where the rest of the line is wrong."""
    for before, after in itertools.pairwise(arguments):
        if before == "--lang" and after in LANGUAGES:
            return after
    return "vi"


def guarded(run: Callable[[], Result], lang: str) -> int:
    """Run a command that prints its own result; its exit code. A failure ends in one line on stderr."""
    try:
        result = run()
    except KnownError as error:
        return complain(error.code, error.sentence(lang), 1)
    except KeyboardInterrupt:
        return complain("interrupted", words("errors", lang, "interrupted"), 130)
    except BrokenPipeError:
        return 1
    except OSError as error:
        known = KnownError("storage-full") if error.errno == errno.ENOSPC else _unwritable(error)
        return complain(known.code, known.sentence(lang), 1)
    except Exception as error:  # noqa: BLE001 - a bug ends in one line with a reference, not in a traceback
        reference = uuid.uuid4().hex[:8]
        log_bug(log, reference, error)
        return complain("bug", words("errors", lang, "bug", reference=reference), 1)
    if result.failed:
        return complain(result.failed.code, result.failed.sentence(lang), 1)
    return 0


def _unwritable(error: OSError) -> KnownError:
    return KnownError("data-unwritable", reason=error.strerror or type(error).__name__)


def complain(code: str, sentence: str, exit_code: int) -> int:
    """The last line on standard error, and the exit code to leave with."""
    sys.stderr.write(f"error[{code}]: {' '.join(sentence.split())}\n")
    return exit_code
