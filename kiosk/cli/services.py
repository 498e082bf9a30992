"""What the screens may ask for, made from the room's parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kiosk.cli.centre import look_up
from kiosk.cli.room import Room
from kiosk.dossier.application import Application
from kiosk.ports import NotGiven, SavedDossier, SyncStatus, Tracked
from sync.worker import SyncWorker

_LOOK_UP_S: Final = 25.0  # a person stands and waits; then the machine says what it knows itself


class RoomServices:
    """``kiosk.ports.Services`` over one room and its sync worker."""

    def __init__(self, room: Room, worker: SyncWorker) -> None:
        self._room = room
        self._worker = worker

    def submit(self, application: Application) -> SavedDossier:
        saved = self._room.submission.submit(application, receipt_given=False)
        self._worker.wake()
        return saved

    def receipt_given(self, dossier_id: str) -> None:
        self._room.store.give_receipt(dossier_id, self._room.clock.now())

    def receipt_pdf(self, receipt: str, secret: str | None) -> bytes:
        return self._room.receipts.pdf(receipt, secret)

    def track(self, code: str) -> Tracked:
        return look_up(self._room, lambda lookup: self._worker.look_up(lookup, _LOOK_UP_S), code)

    def not_given(self) -> tuple[NotGiven, ...]:
        return tuple(
            NotGiven(item.dossier_id, item.receipt, item.created_at)
            for item in self._room.store.receipts_not_given()
        )

    def may_take_dossiers(self) -> str | None:
        obstacle = self._room.submission.obstacle()
        return obstacle.code if obstacle else None

    def wake(self) -> None:
        self._worker.wake()

    def watch(self, listener: Callable[[SyncStatus], None]) -> None:
        self._worker.watch(listener)
