"""``kiosk run``: the touchscreen, composed from the room's parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kiosk.cli.frame import Call, Result
from kiosk.cli.room import Room


def add(commands: Any) -> None:
    run = commands.add_parser("run", help="the touchscreen")
    run.add_argument("--windowed", action="store_true", help="in a window, not full-screen")
    run.add_argument("--tour", type=Path, metavar="DIR", help="do the main job by itself, leave pictures in DIR")
    run.add_argument("--gallery", action="store_true", help="every widget in every state")
    run.set_defaults(run=_run)


def _run(call: Call, room: Room) -> Result:
    raise NotImplementedError
