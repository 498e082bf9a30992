"""Commands of the contract whose time has not come: they say so, and exit 1."""

from __future__ import annotations

from typing import Any, NoReturn

from kiosk.cli.frame import Call, add_json
from kiosk.cli.room import Room
from kiosk.errors import KnownError


def add(commands: Any) -> None:
    bundle = commands.add_parser("bundle", help="dossiers on a stick").add_subparsers(
        dest="what", required=True
    )
    for name in ("export", "import"):
        _later(bundle.add_parser(name), f"bundle {name}", "file")
    _later(commands.add_parser("salvage", help="save what a damaged database holds"), "salvage", "file")
    _later(commands.add_parser("read-id", help="read an ID card's QR"), "read-id", "text")
    languages = commands.add_parser("languages", help="language packs").add_subparsers(
        dest="what", required=True
    )
    _later(languages.add_parser("check"), "languages check", "pack")


def _later(parser: Any, what: str, argument: str) -> None:
    parser.add_argument(argument)
    add_json(parser)

    def refuse(call: Call, room: Room) -> NoReturn:  # noqa: ARG001 - every command takes both
        raise KnownError("not-in-this-version", what=what)

    parser.set_defaults(run=refuse)
