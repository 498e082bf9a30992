"""``kiosk run``: the touchscreen, composed from the room's parts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.cli.frame import Call, Result
from kiosk.cli.room import Room
from kiosk.cli.services import RoomServices
from kiosk.errors import KnownError
from kiosk.locks import screen_lock
from kiosk.ports import SyncStatus

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from sync.switch import SwitchedAdapter
    from sync.worker import SyncWorker
    from ui.app import Screen, ScreenParts


def add(commands: Any) -> None:
    run = commands.add_parser("run", help="the touchscreen")
    run.add_argument("--windowed", action="store_true", help="in a window, not full-screen")
    run.add_argument(
        "--tour", type=Path, metavar="DIR", help="do the main job by itself, leave pictures in DIR"
    )
    run.add_argument("--gallery", action="store_true", help="every widget in every state")
    run.set_defaults(run=_run)


def _run(call: Call, room: Room) -> Result:
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with screen_lock(room.settings.locks):
        if call.options.gallery:
            return _gallery()
        if call.options.tour:
            return _tour(call, room, call.options.tour)
        with _running(room) as running:
            app = _app()
            screen = _open(running, app, windowed=call.options.windowed)
            app.exec()
            screen.close()
    return Result({})


@dataclass(frozen=True, slots=True)
class _Running:
    """A room with its sync worker at work."""

    room: Room
    services: RoomServices
    worker: SyncWorker
    network: SwitchedAdapter


@contextmanager
def _running(room: Room) -> Iterator[_Running]:
    from sync.client import CentreClient
    from sync.engine import SyncEngine
    from sync.switch import SwitchedAdapter
    from sync.worker import SyncWorker

    network = SwitchedAdapter()
    engine = SyncEngine(
        room.store, room.keyring, room.clock, lambda url, key: CentreClient(url, key, network)
    )
    worker = SyncWorker(engine, room.store, room.clock, room.settings.locks)
    services = RoomServices(room, engine, worker)
    services.may_take_dossiers()  # opens what the screens need, so that no first touch waits for it
    worker.start()
    try:
        yield _Running(room, services, worker, network)
    finally:
        worker.stop()


def _app() -> QApplication:
    from ui.app import make_app

    return make_app(["kiosk"])


def _parts(running: _Running, app: QApplication, windowed: bool) -> ScreenParts:
    from kiosk.devices.usb import UsbSticks
    from kiosk.dossier.session_state import Delays
    from ui.app import ScreenParts
    from ui.library import Library

    room, tuning = running.room, running.room.settings.tuning
    latest: list[SyncStatus] = []
    running.worker.watch(lambda status: latest.__setitem__(slice(None), [status]))
    return ScreenParts(
        services=running.services,
        library=Library(room.catalogue, tuning, room.clock.now, lambda: latest[0]),
        source=UsbSticks(tuple(Path(each) for each in tuning.usb_roots)),
        clock=room.clock,
        on_quit=app.quit,
        delays=replace(Delays(), idle_warning_s=tuning.idle_warning_s, answer_s=tuning.idle_answer_s),
        windowed=windowed,
    )


def _open(running: _Running, app: QApplication, windowed: bool) -> Screen:
    from ui.app import open_screen

    return open_screen(_parts(running, app, windowed))


def _gallery() -> Result:
    from ui.gallery import show_gallery

    app = _app()
    show_gallery(app)
    app.exec()
    return Result({})


def _tour(call: Call, room: Room, folder: Path) -> Result:
    from kiosk.cli.tour import walk

    room.keyring.require_enrolment()
    with _running(room) as running:
        failed = walk(call, running, _parts(running, _app(), windowed=True), folder)
    return Result({}, [call.say("toured", folder=folder)], KnownError("tour-failed") if failed else None)
