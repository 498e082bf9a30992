"""The composition root of one data folder: opens each part when a command first needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.catalogue.store import Catalogue, open_catalogue
from kiosk.clock import Clock
from kiosk.dossier.signing import SigningKey
from kiosk.keyring import Keyring
from kiosk.logs import start_logging
from kiosk.settings import Settings, open_data_dir
from kiosk.storage.store import Store, open_store

if TYPE_CHECKING:
    from kiosk.receipts import Receipts
    from kiosk.submission import Submission
    from sync.client import CentreClient
    from sync.engine import SyncEngine


def connect(url: str, key: SigningKey) -> CentreClient:
    """A client to one centre over the real network."""
    from sync.client import CentreClient

    return CentreClient(url, key)


class Room:
    """The parts of one kiosk, made once and closed together."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.keyring = Keyring(settings.keys)

    @cached_property
    def store(self) -> Store:
        return open_store(self.settings.database, self.keyring)

    @cached_property
    def catalogue(self) -> Catalogue:
        enrolled = self.keyring.has_enrolment()
        return open_catalogue(self.settings.catalogue, self.clock, enrolled=enrolled)

    @cached_property
    def submission(self) -> Submission:
        from kiosk.submission import Submission

        return Submission(self.settings, self.keyring, self.store, self.catalogue, self.clock)

    @cached_property
    def receipts(self) -> Receipts:
        from kiosk.receipts import Receipts

        return Receipts(self.settings, self.store, self.catalogue)

    @cached_property
    def engine(self) -> SyncEngine:
        from sync.engine import SyncEngine

        return SyncEngine(self.store, self.keyring, self.clock, connect)

    def close(self) -> None:
        for name in ("store", "catalogue"):
            if name in self.__dict__:
                self.__dict__[name].close()


@contextmanager
def open_room(data_dir: Path, clock: Clock) -> Iterator[Room]:
    """The room of ``data_dir``, made if missing; closed at the end."""
    settings = open_data_dir(data_dir)
    start_logging(settings.log)
    room = Room(settings, clock)
    try:
        yield room
    finally:
        room.close()
