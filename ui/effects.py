"""Carries out what the session asks of disk, stick and network, on the lanes; answers come as events."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kiosk.devices.source import PaperSource
from kiosk.dossier.application import Attachment, attachment
from kiosk.dossier.session_effects import (
    Effect,
    FindSticks,
    ListPlace,
    LookUp,
    MarkReceiptGiven,
    PrintReceipt,
    ReadPaper,
    RingStaff,
    Submit,
)
from kiosk.dossier.session_state import (
    DossierSaved,
    Event,
    Failed,
    Failure,
    PaperRead,
    PlaceListed,
    State,
    SticksFound,
    TrackingFound,
)
from kiosk.errors import KnownError
from kiosk.ports import Services
from ui.background import Lane

log = logging.getLogger("kiosk.ui")
T = TypeVar("T")
Printer = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The two threads for work: ``store`` writes and seals, ``media`` reads sticks, makes PDFs, looks up."""

    store: Lane
    media: Lane

    def shutdown(self, wait_s: float) -> bool:
        """Finishes what was begun, delivers nothing more; False if something still runs after ``wait_s``."""
        done = [lane.shutdown(wait_s) for lane in (self.store, self.media)]
        return all(done)


class Hands:
    """Does effects. ``say`` takes the answers, on the UI thread; ``marked``: a receipt was noted as given."""

    def __init__(
        self,
        services: Services,
        source: PaperSource,
        lanes: Lanes,
        printer: Printer | None,
        say: Callable[[Event], None],
        marked: Callable[[], None],
    ) -> None:
        self._services = services
        self._source = source
        self._lanes = lanes
        self._printer = printer
        self._say = say
        self._marked = marked

    def perform(self, effect: Effect, state: State) -> None:
        """Begin one effect. Returns at once; ``state`` is the one after the step that asked for it."""
        services, source, media = self._services, self._source, self._lanes.media
        match effect:
            case Submit(ticket, application):
                store = self._lanes.store
                self._ask(store, ticket, lambda: services.submit(application), DossierSaved)
            case MarkReceiptGiven(dossier_id):
                work = lambda: services.receipt_given(dossier_id)  # noqa: E731
                self._lanes.store.run(work, lambda _: self._marked(), _tell_log)
            case FindSticks(ticket):
                self._ask(media, ticket, source.sticks, SticksFound)
            case ListPlace(ticket, place):
                self._ask(media, ticket, lambda: source.browse(place), PlaceListed)
            case ReadPaper(ticket):
                self._ask(media, ticket, lambda: _read(source, effect, _shown_name(effect, state)), PaperRead)
            case LookUp(ticket, code):
                self._ask(media, ticket, lambda: services.track(code), TrackingFound)
            case PrintReceipt(receipt, secret):
                self._print(receipt, secret)
            case RingStaff():
                log.info("staff called on %s", state.page.value)

    def _ask(self, lane: Lane, ticket: int, work: Callable[[], T], answer: Callable[[int, T], Event]) -> None:
        def done(value: T) -> None:
            self._say(answer(ticket, value))

        def failed(error: KnownError) -> None:
            _tell_log(error)
            self._say(Failed(ticket, Failure.of(error)))

        lane.run(work, done, failed)

    def _print(self, receipt: str, secret: str | None) -> None:
        printer = self._printer
        if printer is None:
            log.info("no printer: receipt %s stays on the screen", receipt)
            return
        work = lambda: printer(self._services.receipt_pdf(receipt, secret))  # noqa: E731
        self._lanes.media.run(work, lambda _: None, _tell_log)


def _read(source: PaperSource, effect: ReadPaper, shown: str) -> Attachment:
    return attachment(effect.component, shown, source.read(effect.place, effect.name))


def _shown_name(effect: ReadPaper, state: State) -> str:
    """The name as the listing had it, safe to paint."""
    picker = state.visit.picker
    entries = picker.listing.entries if picker and picker.listing else ()
    return next((entry.shown for entry in entries if entry.name == effect.name), "")


def _tell_log(error: KnownError) -> None:
    log.info("known error %s", error.code)
