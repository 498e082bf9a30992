"""What every command shares: how arguments are read, how answers and errors are written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError, OperationalError

from central.home import Home, default_data_dir
from central.trouble import reference
from kiosk.clock import Clock
from kiosk.commandline import FAILED, INTERRUPTED, USAGE, Parser, UsageError, complain, language_of
from kiosk.errors import KnownError
from kiosk.words import LANGUAGES


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
    lang = language_of(sys.argv if arguments is None else arguments)
    os.umask(0o077)
    try:
        options = parser.parse_args(arguments)
        home = Home((options.data_dir or default_data_dir()).absolute())
        command: Command = options.command
        code = command(Context(home, options.lang, clock), options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return complain(KnownError("interrupted"), lang, INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output went away; Python must not complain of it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except UsageError as error:
        return complain(KnownError("usage", reason=error.harmless()), lang, USAGE)
    except Exception as error:  # noqa: BLE001 - a bug is told without its text, which could quote a dossier
        return complain(_known(error), lang, FAILED)
    return code


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
