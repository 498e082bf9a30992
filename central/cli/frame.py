"""What every command shares: how arguments are read, how answers and errors are written."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from sqlalchemy.exc import DatabaseError, OperationalError

from central.home import Home, default_data_dir
from central.trouble import reference
from kiosk.clock import Clock
from kiosk.errors import KnownError
from kiosk.words import LANGUAGES

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130


class UsageError(Exception):
    """The command line itself is wrong; the text says what."""


class Parser(argparse.ArgumentParser):
    """Raises UsageError where argparse would print and leave."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


@dataclass(frozen=True, slots=True)
class Context:
    """What a command is given."""

    home: Home
    lang: str
    clock: Clock


Command = Callable[[Context, argparse.Namespace], int]


def base_parser(prog: str) -> Parser:
    """A parser with the options that stand before the command."""
    parser = Parser(prog=prog, description="Một Cửa: central")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="mặc định / default: $CENTRAL_DATA_DIR")
    parser.add_argument("--lang", choices=LANGUAGES, default="vi")
    return parser


def run(parser: Parser, arguments: list[str] | None, clock: Clock) -> int:
    """Read ``arguments``, run the command they name, and return the exit code."""
    lang = _language_of(sys.argv if arguments is None else arguments)
    os.umask(0o077)
    try:
        options = parser.parse_args(arguments)
        home = Home((options.data_dir or default_data_dir()).absolute())
        command: Command = options.command
        code = command(Context(home, options.lang, clock), options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _say(KnownError("interrupted"), lang, INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output went away; Python must not complain of it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except UsageError as error:
        return _say(KnownError("usage", reason=str(error)), lang, USAGE)
    except Exception as error:  # noqa: BLE001 - a bug is told without its text, which could quote a dossier
        return _say(_known(error), lang, FAILED)
    return code


def _language_of(arguments: list[str]) -> str:
    """The language asked for, even where the rest of the line is wrong."""
    asked = dict(itertools.pairwise(arguments)).get("--lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _known(error: Exception) -> KnownError:
    if isinstance(error, KnownError):
        return error
    if isinstance(error, OperationalError):
        return KnownError("database-busy")
    if isinstance(error, DatabaseError):
        return KnownError("data-damaged", file="*.db")
    if isinstance(error, OSError):
        return KnownError("data-unwritable", reason=error.strerror or type(error).__name__)
    return KnownError("bug", reference=reference(error))


def _say(error: KnownError, lang: str, code: int) -> int:
    sentence = " ".join(error.sentence(lang).split())
    print(f"error[{error.code}]: {sentence}", file=sys.stderr)  # noqa: T201
    return code


def print_json(value: object) -> None:
    """Exactly one JSON document and a newline on stdout."""
    sys.stdout.buffer.write(_utf8(json.dumps(value, ensure_ascii=False) + "\n"))
    sys.stdout.buffer.flush()


def print_text(*lines: str) -> None:
    """Lines for people on stdout."""
    sys.stdout.buffer.write(_utf8("".join(f"{line}\n" for line in lines)))
    sys.stdout.buffer.flush()


def _utf8(text: str) -> bytes:
    """Half characters, which only a hostile packet holds, come out as question marks."""
    return text.encode("utf-8", "replace")
