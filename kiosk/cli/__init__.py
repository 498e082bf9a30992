"""The command line: the same code as the screens, one contract for technicians, tests and outside checks."""

from __future__ import annotations

import contextlib
import logging
import sys
from pathlib import Path

from kiosk.cli import centre, dossiers, health, later, lookup, screen
from kiosk.cli.frame import Call, Result, emit, guarded
from kiosk.cli.room import open_room
from kiosk.clock import SystemClock
from kiosk.commandline import USAGE, Parser, UsageError, complain, language_of
from kiosk.errors import KnownError
from kiosk.settings import default_data_dir
from kiosk.words import LANGUAGES


def build_parser() -> Parser:
    """All commands of the contract."""
    parser = Parser(prog="kiosk", description="Một Cửa Kiosk")
    parser.add_argument("--data-dir", type=Path, metavar="DIR")
    parser.add_argument("--lang", choices=LANGUAGES, default="vi")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)
    for room in (screen, centre, lookup, dossiers, health, later):
        room.add(commands)
    return parser


def main(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    logging.getLogger("kiosk").addHandler(logging.NullHandler())
    lang = language_of(arguments)
    try:
        options = build_parser().parse_args(arguments)
    except UsageError as error:
        return complain(KnownError("usage", reason=error.harmless()), lang, USAGE)
    data_dir = options.data_dir or default_data_dir()
    clock = SystemClock()
    call = Call(options, data_dir, options.lang, clock, sys.stdin)

    def run() -> Result:
        with contextlib.ExitStack() as stack:
            try:
                room = stack.enter_context(open_room(data_dir, clock))
            except KnownError as error:
                if not hasattr(options, "closed"):
                    raise
                result: Result = options.closed(call, error)
            else:
                result = options.run(call, room)
            emit(result, getattr(options, "json", False))
            if result.after:
                result.after()
            return result

    return guarded(run, options.lang)
