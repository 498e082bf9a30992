"""What stands around the screens in tests: services, sticks and clock that do what they are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.catalogue.store import Catalogue, open_catalogue
from kiosk.clock import LOCAL
from kiosk.devices.source import Entry, EntryKind, Listing, Place, Stick
from kiosk.dossier.application import Application
from kiosk.dossier.session_state import Delays
from kiosk.errors import KnownError
from kiosk.ports import (
    Connectivity,
    NotGiven,
    SavedDossier,
    SavedPaper,
    SyncStatus,
    Tracked,
    TrackSource,
)
from kiosk.settings import Tuning
from ui.app import ScreenParts
from ui.library import Library

NOON = datetime(2026, 11, 22, 9, 32, tzinfo=LOCAL)
ONLINE = SyncStatus(Connectivity.ONLINE, 0, 0, None, "2026-11-22T09:31:00+07:00", None)
OFFLINE = SyncStatus(Connectivity.OFFLINE, 3, 0, None, None, "2026-11-20T08:00:00+07:00")
SECRET = "0123456789ABCDEFGHJKMNE4"
PDF = b"%PDF-1.4\n%%EOF\n"


class FakeClock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds - 1000.0)

    def monotonic(self) -> float:
        return self.seconds

    def boot_id(self) -> str:
        return "test-boot"

    def advance(self, seconds: float) -> None:
        self.seconds += seconds


class FakeServices:
    """Keeps every application it is given; fails with ``trouble`` where there is any."""

    def __init__(self) -> None:
        self.applications: list[Application] = []
        self.given: list[str] = []
        self.woken = 0
        self.trouble: KnownError | None = None
        self.obstacle: str | None = None
        self.waiting_receipts: tuple[NotGiven, ...] = ()
        self.status = ONLINE
        self.tracked = Tracked(None, None, None, None, None, None, None, TrackSource.CACHE)
        self._listener: Callable[[SyncStatus], None] | None = None

    def submit(self, application: Application) -> SavedDossier:
        if self.trouble is not None:
            raise self.trouble
        self.applications.append(application)
        return SavedDossier(
            dossier_id=application.dossier_id or "",
            receipt="BH47-01-000123-K",
            created_at="2026-11-22T09:41:00+07:00",
            lookup_id="0" * 32,
            secret=SECRET,
            public_qr="MCK1:EXAMPLE",
            papers=tuple(
                SavedPaper(paper.component, "0" * 64, len(paper.data)) for paper in application.attachments
            ),
            warnings=(),
        )

    def receipt_given(self, dossier_id: str) -> None:
        self.given.append(dossier_id)

    def receipt_pdf(self, receipt: str, secret: str | None) -> bytes:
        return b"%PDF-1.7"

    def track(self, code: str) -> Tracked:
        if self.trouble is not None:
            raise self.trouble
        return self.tracked

    def not_given(self) -> tuple[NotGiven, ...]:
        return self.waiting_receipts

    def may_take_dossiers(self) -> str | None:
        return self.obstacle

    def wake(self) -> None:
        self.woken += 1

    def watch(self, listener: Callable[[SyncStatus], None]) -> None:
        self._listener = listener

    def tell(self, status: SyncStatus) -> None:
        """The worker has news."""
        self.status = status
        if self._listener is not None:
            self._listener(status)


class FakeStick:
    """One stick with one paper on it; ``gone`` pulls it out."""

    def __init__(self) -> None:
        self.gone = False
        self._top = Place("stick")

    def sticks(self) -> tuple[Stick, ...]:
        return () if self.gone else (Stick(self._top, "USB"),)

    def browse(self, place: Place) -> Listing:
        self._check()
        entry = Entry(EntryKind.PAPER, b"scan.pdf", "scan.pdf", len(PDF), "application/pdf", False)
        return Listing(place, "USB", (entry,), hidden=0, cut=False)

    def read(self, place: Place, name: bytes) -> bytes:
        self._check()
        return PDF

    def _check(self) -> None:
        if self.gone:
            raise KnownError("usb-gone")


def make_library(catalogue: Catalogue, services: FakeServices, clock: FakeClock) -> Library:
    tuning = Tuning(centre_phone="0219 555 0123")
    return Library(catalogue, tuning, clock.now, lambda: services.status)


def make_parts(
    folder: Path, services: FakeServices, clock: FakeClock, size: tuple[int, int] = (1080, 1920)
) -> ScreenParts:
    """Parts of a windowed screen on the shipped catalogue."""
    catalogue = open_catalogue(folder, clock)
    return ScreenParts(
        services=services,
        library=make_library(catalogue, services, clock),
        source=FakeStick(),
        clock=clock,
        on_quit=lambda: None,
        delays=Delays(),
        windowed=True,
        size=size,
    )
