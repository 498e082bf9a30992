"""The command line of the centre: one contract for officers, technicians, tests and outside checks."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import Final

from central.cli import centre, officer
from central.cli.frame import Context, base_parser, run
from central.desk.cases import Status
from kiosk.clock import SystemClock
from kiosk.commandline import Parser

_DEFAULT_TTL_S: Final = 24 * 3600
_LONGEST_TTL_S: Final = 366 * 24 * 3600
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    return run(_parser(), arguments, SystemClock())


def _parser() -> Parser:
    parser = base_parser("central")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_centre(commands)
    _add_officer(commands)
    _add_later(commands)
    return parser


def _serve(context: Context, options: argparse.Namespace) -> int:
    # Here, because no other command needs the half second that the web server takes to import.
    from central.cli.serve import serve

    return serve(context, options)


def _add_centre(commands: argparse._SubParsersAction[Parser]) -> None:
    command = commands.add_parser("init", help="tạo một trung tâm mới / make a new centre")
    command.set_defaults(command=centre.init)

    command = commands.add_parser("serve", help="nhận hồ sơ từ kiosk / take dossiers in")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_port, default=0)
    command.add_argument("--with-desk", action="store_true")
    command.add_argument("--tls-cert", metavar="FILE")
    command.add_argument("--tls-key", metavar="FILE")
    command.set_defaults(command=_serve)

    command = commands.add_parser("desk", help="mở hồ sơ đã nhận / open what has come")
    command.add_argument("--once", action="store_true")
    command.add_argument("--tied", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(command=centre.desk)

    command = commands.add_parser("enrol-code", help="mã ghép một kiosk / a code for one kiosk")
    command.add_argument("--name", type=_name)
    command.add_argument("--ttl", type=_ttl, default=_DEFAULT_TTL_S, metavar="SECONDS")
    command.add_argument("--json", action="store_true")
    command.set_defaults(command=centre.enrol_code)


def _add_officer(commands: argparse._SubParsersAction[Parser]) -> None:
    command = commands.add_parser("dossiers", help="các hồ sơ đã nhận / dossiers received")
    command.add_argument("--json", action="store_true")
    command.set_defaults(command=officer.dossiers)

    command = commands.add_parser("show", help="mở xem một hồ sơ, có ghi sổ / look inside, logged")
    command.add_argument("id", metavar="ID")
    command.add_argument("--as", dest="officer", type=_name, required=True, metavar="NAME")
    command.add_argument("--json", action="store_true")
    command.add_argument("--files", metavar="DIR")
    command.set_defaults(command=officer.show)

    command = commands.add_parser("status", help="đổi trạng thái / set the national status")
    command.add_argument("id", metavar="ID")
    command.add_argument("status", metavar="N", type=_status)
    command.add_argument("--as", dest="officer", type=_name, required=True, metavar="NAME")
    command.add_argument("--text", metavar="TEXT|-")
    command.add_argument("--due", type=_due, metavar="YYYY-MM-DD")
    command.set_defaults(command=officer.status)


def _add_later(commands: argparse._SubParsersAction[Parser]) -> None:
    bundle = commands.add_parser("bundle", help="túi hồ sơ trên USB / dossiers by USB")
    take = bundle.add_subparsers(metavar="COMMAND", required=True).add_parser("take")
    take.add_argument("file", metavar="FILE")
    take.add_argument("--return", dest="back", metavar="FILE")
    take.add_argument("--json", action="store_true")
    take.set_defaults(command=centre.later, what="bundle take")

    command = commands.add_parser("reconcile", help="đối chiếu / receipts given = dossiers here")
    command.add_argument("--json", action="store_true")
    command.set_defaults(command=centre.later, what="reconcile")

    command = commands.add_parser("publish", help="phát hành danh mục / publish a catalogue")
    command.add_argument("folder", metavar="FOLDER")
    command.add_argument("--pilot", action="store_true")
    command.add_argument("--json", action="store_true")
    command.set_defaults(command=centre.later, what="publish")


def _port(text: str) -> int:
    return _whole(text, 0, 65_535)


def _ttl(text: str) -> int:
    return _whole(text, 0, _LONGEST_TTL_S)


def _status(text: str) -> Status:
    return Status(_whole(text, min(Status), max(Status)))


def _whole(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= most):
        raise argparse.ArgumentTypeError(f"{least}–{most}")
    return int(text)


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > 200 or not name.isprintable():
        raise argparse.ArgumentTypeError("tên không được để trống / a name is needed")
    return name


def _due(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if _DATE.fullmatch(text) else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> str:
    raise argparse.ArgumentTypeError("YYYY-MM-DD")
