"""What the session machine works with: pages, state, events, effects, delays. Values only.

Whatever says anything of a person stands in ``Visit``, so that a wipe is one new, empty ``Visit``.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TypeAlias

from kiosk.catalogue.model import Json
from kiosk.devices.source import Listing, Place, Stick
from kiosk.dossier.application import Attachment
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.route import Problem
from kiosk.errors import KnownError
from kiosk.ports import NotGiven, SavedDossier, Tracked


class Overlay(enum.Enum):
    """A panel over a page; the page below does nothing while it stands."""

    CALL_STAFF = "call-staff"
    IDLE_WARNING = "idle-warning"
    LEAVE = "leave"  # "xóa những gì đã điền?"


class Language(enum.Enum):
    """What the screens speak; the values are those of ``errors.LANGUAGES``."""

    VI = "vi"
    EN = "en"


class Timer(enum.Enum):
    """Monotonic timers that the session asks for, at most one of each kind."""

    IDLE = "idle"
    ANSWER = "answer"
    SECRET = "secret"


@dataclass(frozen=True, slots=True)
class Delays:
    """Every delay of the screens, in seconds of the monotonic clock."""

    idle_warning_s: float = 180  # VVSG 2.0: 2–5 min; people read slowly and look for papers in a bag
    answer_s: float = 30  # VVSG: 20–45 s, WCAG 2.2.1: at least 20 s, one simple action
    receipt_idle_s: float = 300  # copying 24 letters by hand takes a careful writer four minutes
    secret_shown_s: float = 60  # long enough to take a photo, short enough for who comes next in the queue
    second_tap_s: float = 0.35  # a trembling finger's second tap must not press the next page's button


@dataclass(frozen=True, slots=True)
class Machine:
    """What stands apart from who is in front of the kiosk; a wipe does not touch it."""

    out_of_service: str | None = None  # code of a KnownError: nothing at all can be offered
    no_dossiers: str | None = None  # code of a KnownError: looking up goes on, dossiers do not (I9)
    not_given: tuple[NotGiven, ...] = ()  # saved just before a crash, receipt not seen; no name


@dataclass(frozen=True, slots=True)
class Failure:
    """A KnownError as a value: ``KnownError(code, **dict(facts))`` gives the sentence back."""

    code: str
    facts: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, error: KnownError) -> Failure:
        return cls(error.code, tuple(sorted(error.facts.items())))

    def sentence(self, lang: str) -> str:
        return KnownError(self.code, **dict(self.facts)).sentence(lang)


@dataclass(frozen=True, slots=True)
class Picker:
    """Choosing a file for one component. ``listing`` None: the sticks themselves are shown."""

    component: str
    sticks: tuple[Stick, ...] = ()
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Tracking:
    """Looking up a dossier by its private code. ``typed`` is kept when it was wrong."""

    typed: str = field(default="", repr=False)
    found: Tracked | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything of the person in front of the kiosk. ``Visit()`` is nobody."""

    language: Language = Language.VI
    query: str = field(default="", repr=False)
    life_event: str | None = None
    procedure: str | None = None  # code of the one that is read
    draft: Draft | None = field(default=None, repr=False)
    at: Stop | None = None  # where in the draft; set on the draft's pages only
    changing: bool = False  # came from the check page and goes back there
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    failure: Failure | None = None
    picker: Picker | None = field(default=None, repr=False)
    saved: SavedDossier | None = field(default=None, repr=False)
    secret_shown: bool = False
    tracking: Tracking = Tracking()
    back_to: Page | None = None  # where a side page returns to
    waiting: bool = False  # an answer to ``ticket`` is under way


@dataclass(frozen=True, slots=True)
class State:
    """One moment of the screen. An answer that carries another ``ticket`` is late and is dropped."""

    page: Page
    machine: Machine = Machine()
    overlay: Overlay | None = None
    visit: Visit = field(default=Visit(), repr=False)
    ticket: int = 0

    @property
    def dossier_id(self) -> str | None:
        return self.visit.draft.dossier_id if self.visit.draft else None


# Events: what people do ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begun:
    """The attract page was touched."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Any touch or key that is no other event: somebody is there."""


@dataclass(frozen=True, slots=True)
class HomePressed:
    """What is in the draft is kept until the wipe. ``typed`` as in ``BackPressed``."""

    typed: Json = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BackPressed:
    """``typed``: what stands in the field of the page that is left, so that it is kept."""

    typed: Json = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LanguageOpened:
    typed: Json = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: Language


@dataclass(frozen=True, slots=True)
class OfflineOpened:
    """The network sign was touched: what works without a network, and what waits."""

    typed: Json = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class StaffCalled:
    pass


@dataclass(frozen=True, slots=True)
class OverlayClosed:
    pass


@dataclass(frozen=True, slots=True)
class StillHere:
    """The one simple action that answers the idle warning."""


@dataclass(frozen=True, slots=True)
class EndPressed:
    """*Xong, xóa màn hình*; asks first where a dossier would be lost."""


@dataclass(frozen=True, slots=True)
class LeaveConfirmed:
    pass


@dataclass(frozen=True, slots=True)
class QueryTyped:
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LifeEventChosen:
    life_event: str


@dataclass(frozen=True, slots=True)
class ProcedureChosen:
    code: str


@dataclass(frozen=True, slots=True)
class TrackingOpened:
    pass


@dataclass(frozen=True, slots=True)
class TrackAsked:
    typed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DossierStarted:
    """``draft`` is new, its id just minted; one of the same procedure already begun goes on instead."""

    draft: Draft = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """The legal notice was read; ``consents`` are the purposes that were ticked."""

    consents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """*Tiếp tục* on a question page. ``typed`` is as typed, or an option's value, or a bool, or None."""

    stop: Stop
    typed: Json = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A file is to be chosen for this component."""

    component: str


@dataclass(frozen=True, slots=True)
class PaperRemoved:
    component: str


@dataclass(frozen=True, slots=True)
class PlaceOpened:
    """A folder in the picker; None: the list of sticks, read again."""

    place: Place | None


@dataclass(frozen=True, slots=True)
class FileChosen:
    place: Place
    name: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PapersDone:
    pass


@dataclass(frozen=True, slots=True)
class ChangePressed:
    stop: Stop


@dataclass(frozen=True, slots=True)
class SubmitPressed:
    pass


@dataclass(frozen=True, slots=True)
class SecretToggled:
    pass


@dataclass(frozen=True, slots=True)
class PrintPressed:
    pass


# Events: what the world says ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimerFired:
    timer: Timer


@dataclass(frozen=True, slots=True)
class MachineChanged:
    machine: Machine


@dataclass(frozen=True, slots=True)
class SticksFound:
    ticket: int
    sticks: tuple[Stick, ...]


@dataclass(frozen=True, slots=True)
class PlaceListed:
    ticket: int
    listing: Listing


@dataclass(frozen=True, slots=True)
class PaperRead:
    ticket: int
    attachment: Attachment = field(repr=False)


@dataclass(frozen=True, slots=True)
class DossierSaved:
    ticket: int
    saved: SavedDossier = field(repr=False)


@dataclass(frozen=True, slots=True)
class TrackingFound:
    ticket: int
    found: Tracked = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failed:
    """Whatever was asked under ``ticket`` failed."""

    ticket: int
    failure: Failure


WorldEvent: TypeAlias = (
    TimerFired
    | MachineChanged
    | SticksFound
    | PlaceListed
    | PaperRead
    | DossierSaved
    | TrackingFound
    | Failed
)
PersonEvent: TypeAlias = (
    Begun
    | Touched
    | HomePressed
    | BackPressed
    | LanguageOpened
    | LanguageChosen
    | OfflineOpened
    | StaffCalled
    | OverlayClosed
    | StillHere
    | EndPressed
    | LeaveConfirmed
    | QueryTyped
    | LifeEventChosen
    | ProcedureChosen
    | TrackingOpened
    | TrackAsked
    | DossierStarted
    | NoticeRead
    | Answered
    | PaperAsked
    | PaperRemoved
    | PlaceOpened
    | FileChosen
    | PapersDone
    | ChangePressed
    | SubmitPressed
    | SecretToggled
    | PrintPressed
)
Event: TypeAlias = PersonEvent | WorldEvent
