"""A room at work: its services and its sync worker, as the touchscreen and the tour need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kiosk.cli.room import Room
from kiosk.cli.services import RoomServices
from kiosk.ports import SyncStatus
from sync.client import CentreClient
from sync.engine import SyncEngine
from sync.switch import SwitchedAdapter
from sync.worker import SyncWorker


@dataclass(frozen=True, slots=True)
class Running:
    """A room with its sync worker at work."""

    room: Room
    services: RoomServices
    worker: SyncWorker
    network: SwitchedAdapter
    status: Callable[[], SyncStatus]


@contextmanager
def at_work(room: Room) -> Iterator[Running]:
    """Start the worker; stop it at the end."""
    network = SwitchedAdapter()
    engine = SyncEngine(
        room.store, room.keyring, room.clock, lambda url, key: CentreClient(url, key, network)
    )
    worker = SyncWorker(engine, room.store, room.clock, room.settings.locks)
    services = RoomServices(room, worker)
    services.may_take_dossiers()  # opens what the screens need, so that no first touch waits for it
    worker.start()
    try:
        yield Running(room, services, worker, network, worker.status)
    finally:
        worker.stop()
