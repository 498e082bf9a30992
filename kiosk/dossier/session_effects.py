"""What the session asks of the controller: data, carried out by others, each at most once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from kiosk.devices.source import Place
from kiosk.dossier.application import Application
from kiosk.dossier.session_state import Timer


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Start, or start anew."""

    timer: Timer
    seconds: float


@dataclass(frozen=True, slots=True)
class StopTimer:
    timer: Timer


@dataclass(frozen=True, slots=True)
class Wipe:
    """Clear every widget, the look chosen and anything cached: the person has gone."""


@dataclass(frozen=True, slots=True)
class RingStaff:
    pass


@dataclass(frozen=True, slots=True)
class FindSticks:
    ticket: int


@dataclass(frozen=True, slots=True)
class ListPlace:
    ticket: int
    place: Place


@dataclass(frozen=True, slots=True)
class ReadPaper:
    ticket: int
    component: str
    place: Place
    name: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submit:
    ticket: int
    application: Application = field(repr=False)


@dataclass(frozen=True, slots=True)
class MarkReceiptGiven:
    dossier_id: str


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    receipt: str
    secret: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask what is known of the dossier with this private code."""

    ticket: int
    code: str = field(repr=False)


Effect: TypeAlias = (
    StartTimer
    | StopTimer
    | Wipe
    | RingStaff
    | FindSticks
    | ListPlace
    | ReadPaper
    | Submit
    | MarkReceiptGiven
    | PrintReceipt
    | LookUp
)
