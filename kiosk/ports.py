"""What the screens see of the rest: plain values and callables given by the composition root."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.dossier.application import Application


class Connectivity(enum.Enum):
    """How the link to the centre stands."""

    OFFLINE = "offline"
    PROBING = "probing"
    ONLINE = "online"
    CAPTIVE = "captive"  # something answered that is not the centre
    UNAUTHORISED = "unauthorised"  # the centre does not know this kiosk


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The one projection of syncing that screens show. Times are RFC 3339 or None."""

    connectivity: Connectivity
    waiting: int  # dossiers not yet received by the centre
    parked: int
    last_try: str | None
    last_answer: str | None
    offline_since: str | None


@dataclass(frozen=True, slots=True)
class SavedPaper:
    component: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SavedDossier:
    """What a submit gives back. ``secret`` is there once, never again; None for a repeated submit."""

    dossier_id: str
    receipt: str
    created_at: str
    lookup_id: str
    secret: str | None
    public_qr: str
    papers: tuple[SavedPaper, ...]
    warnings: tuple[str, ...]


class TrackSource(enum.Enum):
    CACHE = "cache"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is known of a dossier by its private code; None is unknown, never "no such dossier".

    ``state`` is the outbox's word where the dossier is this kiosk's own; ``as_of`` says how old the news is.
    """

    receipt: str | None
    state: str | None
    status: int | None
    text: str | None
    official_code: str | None
    due: str | None
    as_of: str | None
    source: TrackSource


@dataclass(frozen=True, slots=True)
class NotGiven:
    """A dossier that was saved just before the power went, whose receipt nobody saw."""

    dossier_id: str
    receipt: str
    saved_at: str


class Services(Protocol):
    """Everything a screen may ask for that touches the disk or the network.

    Each call may block, so it runs on a lane, except those marked short.
    """

    def submit(self, application: Application) -> SavedDossier: ...

    def receipt_given(self, dossier_id: str) -> None: ...

    def receipt_pdf(self, receipt: str, secret: str | None) -> bytes: ...

    def track(self, code: str) -> Tracked: ...

    def not_given(self) -> tuple[NotGiven, ...]:
        """Short."""

    def may_take_dossiers(self) -> str | None:
        """Short. None, or the code of the KnownError that keeps this kiosk from taking a dossier now."""

    def wake(self) -> None:
        """Ask the worker to try now; returns at once."""

    def watch(self, listener: Callable[[SyncStatus], None]) -> None:
        """Call ``listener`` with every new status, from the worker's thread."""
