"""``kiosk run``: the touchscreen, composed from the room's parts."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.cli.frame import Call, Result
from kiosk.cli.room import Room
from kiosk.errors import KnownError
from kiosk.files import write_atomically
from kiosk.locks import screen_lock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kiosk.cli.running import Running
    from ui.app import Screen, ScreenParts

_OFFSCREEN: Final = "offscreen"


def add(commands: Any) -> None:
    run = commands.add_parser("run", help="the touchscreen")
    run.add_argument("--windowed", action="store_true", help="in a window, not full-screen")
    run.add_argument(
        "--tour", type=Path, metavar="DIR", help="do the main job by itself, leave pictures in DIR"
    )
    run.add_argument("--gallery", action="store_true", help="every widget in every state")
    run.set_defaults(run=_run)


def _run(call: Call, room: Room) -> Result:
    from kiosk.cli.running import at_work  # dear to load; only the screens need it

    _choose_platform(room.settings.locks / "offscreen.json")
    with screen_lock(room.settings.locks):
        if call.options.gallery:
            raise KnownError("not-in-this-version", what="run --gallery")
        if call.options.tour:
            return _tour(call, room, call.options.tour)
        with at_work(room) as running:
            app = _app()
            screen = _open(running, app, windowed=call.options.windowed)
            app.exec()
            screen.close()
    return Result({})


def _choose_platform(screen: Path) -> None:
    """Without a display, draw offscreen on a screen that holds the panel either way up.

    Qt's own is 800 × 800, and what lies outside a screen can't be touched.
    """
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if os.environ.get("QT_QPA_PLATFORM", "" if shown else _OFFSCREEN) != _OFFSCREEN:
        return
    panel = {"name": "panel", "x": 0, "y": 0, "width": 1920, "height": 1920, "logicalDpi": 96, "dpr": 1}
    write_atomically(screen, json.dumps({"screens": [{**panel, "logicalBaseDpi": 96}]}).encode())
    os.environ["QT_QPA_PLATFORM"] = f"{_OFFSCREEN}:configfile={screen.absolute()}"


def _app() -> QApplication:
    from ui.app import make_app

    return make_app(["kiosk"])


def _parts(running: Running, app: QApplication, windowed: bool) -> ScreenParts:
    from kiosk.devices.usb import UsbSticks
    from kiosk.dossier.session_state import Delays
    from ui.app import ScreenParts
    from ui.library import Library

    room, tuning = running.room, running.room.settings.tuning
    return ScreenParts(
        services=running.services,
        library=Library(room.catalogue, tuning, room.clock.now, running.status),
        source=UsbSticks(tuning.usb_roots),
        clock=room.clock,
        on_quit=app.quit,
        delays=replace(Delays(), idle_warning_s=tuning.idle_warning_s, answer_s=tuning.idle_answer_s),
        windowed=windowed,
    )


def _open(running: Running, app: QApplication, windowed: bool) -> Screen:
    from ui.app import open_screen

    return open_screen(_parts(running, app, windowed))


def _tour(call: Call, room: Room, folder: Path) -> Result:
    from kiosk.cli.running import at_work
    from kiosk.cli.tour import walk

    room.keyring.require_enrolment()
    with at_work(room) as running:
        if not walk(running, _parts(running, _app(), windowed=True), folder):
            raise KnownError("tour-failed")
    return Result({}, [call.say("toured", folder=folder)])
