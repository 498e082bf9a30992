"""The session: which page is shown and what comes next. Pure; the controller does the effects.

    attract → (language) → home → results → procedure → notice → helper? → applicant → submitter?
            → questions → papers (→ usb) → check → submitting → receipt → wipe → attract

``TABLE`` names every pair of page and event there is. Any other pair is a bug of a page and says so loudly,
but for two cases that are nobody's fault: an answer that comes late, and what is pressed while *submitting*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from kiosk.dossier import session_dossier as dossier
from kiosk.dossier import session_lookup as lookup
from kiosk.dossier.pages import Page
from kiosk.dossier.session_effects import (
    Effect,
    RingStaff,
    StartTimer,
    StopTimer,
)
from kiosk.dossier.session_moves import Moved, go, keep_typed, stay, wiped
from kiosk.dossier.session_state import (
    Answered,
    BackPressed,
    Begun,
    ChangePressed,
    Delays,
    DossierSaved,
    DossierStarted,
    EndPressed,
    Event,
    Failed,
    FileChosen,
    HomePressed,
    LanguageChosen,
    LanguageOpened,
    LeaveConfirmed,
    LifeEventChosen,
    Machine,
    MachineChanged,
    NoticeRead,
    OfflineOpened,
    Overlay,
    OverlayClosed,
    PaperAsked,
    PaperRead,
    PaperRemoved,
    PapersDone,
    PlaceListed,
    PlaceOpened,
    PrintPressed,
    ProcedureChosen,
    QueryTyped,
    SecretToggled,
    StaffCalled,
    State,
    SticksFound,
    StillHere,
    SubmitPressed,
    Timer,
    TimerFired,
    Touched,
    TrackAsked,
    TrackingFound,
    TrackingOpened,
    WorldEvent,
)

Handler: TypeAlias = Callable[[State, Any], Moved]
NO_IDLE: Final = frozenset({Page.ATTRACT, Page.OUT_OF_SERVICE, Page.SUBMITTING})


class UndefinedStep(RuntimeError):
    """A page sent an event that it can't send: a bug."""

    def __init__(self, state: State, event: Event) -> None:
        place = state.overlay.value if state.overlay else state.page.value
        super().__init__(f"{type(event).__name__} on {place}")


def initial(machine: Machine) -> State:
    """The first moment after start."""
    return State(Page.OUT_OF_SERVICE if machine.out_of_service else Page.ATTRACT, machine)


def step(state: State, event: Event, delays: Delays) -> tuple[State, tuple[Effect, ...]]:
    """What comes of ``event``. UndefinedStep for a pair that can't be."""
    after, effects = _moved(state, event)
    return after, (*effects, *_timers(state, event, after, delays))


def _moved(state: State, event: Event) -> Moved:
    match event:
        case MachineChanged():
            return _machine_changed(state, event.machine)
        case TimerFired():
            return _timer_fired(state, event.timer)
        case SticksFound() | PlaceListed() | PaperRead() | DossierSaved() | TrackingFound() | Failed():
            if event.ticket != state.ticket or not state.visit.waiting:
                return stay(state)
        case Touched():
            return stay(state)
        case _ if state.overlay is not None:
            return _on_overlay(state, event)
        case _ if state.page is Page.SUBMITTING and not isinstance(event, StaffCalled):
            return stay(state)  # a second tap, or the bottom bar: it must neither stop nor repeat the submit
    handler = TABLE.get((state.page, type(event)))
    if handler is None:
        raise UndefinedStep(state, event)
    return handler(state, event)


def _machine_changed(state: State, machine: Machine) -> Moved:
    """Nobody is thrown out in the middle: out of service begins when the kiosk is free."""
    after = replace(state, machine=machine)
    if state.page is Page.ATTRACT and machine.out_of_service:
        return replace(after, page=Page.OUT_OF_SERVICE), ()
    if state.page is Page.OUT_OF_SERVICE and not machine.out_of_service:
        return replace(after, page=Page.ATTRACT, overlay=None), ()
    return after, ()


def _timer_fired(state: State, timer: Timer) -> Moved:
    match timer:
        case Timer.IDLE if state.page not in NO_IDLE:
            return replace(state, overlay=Overlay.IDLE_WARNING), ()
        case Timer.ANSWER if state.overlay is Overlay.IDLE_WARNING:
            return wiped(state)
        case Timer.SECRET:
            return replace(state, visit=replace(state.visit, secret_shown=False)), ()
    return stay(state)


def _on_overlay(state: State, event: Event) -> Moved:
    closed = replace(state, overlay=None)
    match state.overlay, event:
        case Overlay.IDLE_WARNING, StillHere():
            return closed, ()
        case Overlay.IDLE_WARNING, EndPressed():
            return wiped(state)
        case Overlay.LEAVE, LeaveConfirmed():
            return wiped(state)
        case ((Overlay.LEAVE | Overlay.CALL_STAFF), OverlayClosed()):
            return closed, ()
    raise UndefinedStep(state, event)


def _timers(before: State, event: Event, after: State, delays: Delays) -> tuple[Effect, ...]:
    return (
        *_idle_timer(before, event, after, delays),
        *_switched(Timer.ANSWER, _warned(before), _warned(after), delays.answer_s),
        *_switched(Timer.SECRET, before.visit.secret_shown, after.visit.secret_shown, delays.secret_shown_s),
    )


def _warned(state: State) -> bool:
    return state.overlay is Overlay.IDLE_WARNING


def _idle_timer(before: State, event: Event, after: State, delays: Delays) -> tuple[Effect, ...]:
    """Runs from the last sign of a person, or from when the page came, wherever there is somebody to miss."""
    running = before.page not in NO_IDLE and not _warned(before)
    wanted = after.page not in NO_IDLE and not _warned(after)
    somebody = not isinstance(event, WorldEvent)
    if wanted and (somebody or not running or before.page is not after.page):
        on_receipt = after.page is Page.RECEIPT
        return (StartTimer(Timer.IDLE, delays.receipt_idle_s if on_receipt else delays.idle_warning_s),)
    return (StopTimer(Timer.IDLE),) if running and not wanted else ()


def _switched(timer: Timer, was: bool, is_now: bool, seconds: float) -> tuple[Effect, ...]:
    if was == is_now:
        return ()
    return (StartTimer(timer, seconds),) if is_now else (StopTimer(timer),)


# What every page can do ----------------------------------------------------------------------------


def _call_staff(state: State, _: StaffCalled) -> Moved:
    return replace(state, overlay=Overlay.CALL_STAFF), (RingStaff(),)


def _home(state: State, event: HomePressed) -> Moved:
    return go(keep_typed(state, event.typed), Page.HOME)


def _end(state: State, _: EndPressed) -> Moved:
    if state.visit.draft is not None and state.visit.saved is None:
        return replace(state, overlay=Overlay.LEAVE), ()
    return wiped(state)


def _open_side(page: Page) -> Handler:
    """A side page remembers where it was opened; opened from another side page, that one's place."""

    def handler(state: State, event: LanguageOpened | OfflineOpened) -> Moved:
        kept = keep_typed(state, event.typed)
        origin = kept.visit.back_to if state.page in _SIDE_PAGES else state.page
        return go(kept, page, back_to=origin)

    return handler


def _close_side(state: State, _: BackPressed) -> Moved:
    page = state.visit.back_to
    assert page is not None
    return wiped(state) if page is Page.ATTRACT else go(state, page)


def _choose_language(state: State, event: LanguageChosen) -> Moved:
    page = state.visit.back_to
    assert page is not None
    target = Page.HOME if page is Page.ATTRACT else page
    return go(state, target, language=event.language)


def _begin(state: State, _: Begun) -> Moved:
    return go(state, Page.HOME)


def _back_home(state: State, _: BackPressed) -> Moved:
    return go(state, Page.HOME)


# The table ----------------------------------------------------------------------------------------

_SIDE_PAGES: Final = frozenset({Page.LANGUAGE, Page.OFFLINE})
_COMMON: Final[Mapping[type, Handler]] = {
    HomePressed: _home,
    LanguageOpened: _open_side(Page.LANGUAGE),
    OfflineOpened: _open_side(Page.OFFLINE),
    StaffCalled: _call_staff,
    EndPressed: _end,
}
_QUESTION: Final[Mapping[type, Handler]] = {Answered: dossier.answer, BackPressed: dossier.back}
_OWN: Final[Mapping[Page, Mapping[type, Handler]]] = {
    Page.LANGUAGE: {LanguageChosen: _choose_language, BackPressed: _close_side},
    Page.OFFLINE: {BackPressed: _close_side},
    Page.HOME: {
        QueryTyped: lookup.type_query,
        LifeEventChosen: lookup.choose_life_event,
        ProcedureChosen: lookup.choose_procedure,
        TrackingOpened: lookup.open_tracking,
    },
    Page.RESULTS: {
        QueryTyped: lookup.type_query,
        ProcedureChosen: lookup.choose_procedure,
        BackPressed: _back_home,
    },
    Page.PROCEDURE: {DossierStarted: dossier.start, BackPressed: lookup.back_from_procedure},
    Page.TRACKING: {
        TrackAsked: lookup.ask_tracking,
        TrackingFound: lookup.show_tracking,
        Failed: lookup.fail,
        BackPressed: lookup.close_tracking,
        HomePressed: lookup.close_tracking,
    },
    Page.NOTICE: {NoticeRead: dossier.read_notice, BackPressed: dossier.back},
    Page.HELPER: _QUESTION,
    Page.APPLICANT: _QUESTION,
    Page.SUBMITTER: _QUESTION,
    Page.CASE: _QUESTION,
    Page.QUESTION: _QUESTION,
    Page.PAPERS: {
        PaperAsked: dossier.ask_paper,
        PaperRemoved: dossier.remove_paper,
        PapersDone: dossier.papers_done,
        BackPressed: dossier.back,
    },
    Page.USB: {
        SticksFound: dossier.show_sticks,
        PlaceOpened: dossier.open_place,
        PlaceListed: dossier.show_place,
        FileChosen: dossier.choose_file,
        PaperRead: dossier.take_paper,
        Failed: dossier.source_failed,
        BackPressed: dossier.back_from_usb,
    },
    Page.CHECK: {
        ChangePressed: dossier.change,
        SubmitPressed: dossier.submit,
        BackPressed: dossier.back,
    },
    Page.RECEIPT: {
        SecretToggled: dossier.toggle_secret,
        PrintPressed: dossier.print_receipt,
        HomePressed: dossier.leave_receipt,
    },
}
TABLE: Final[Mapping[tuple[Page, type], Handler]] = {
    (Page.ATTRACT, Begun): _begin,
    (Page.ATTRACT, LanguageOpened): _open_side(Page.LANGUAGE),
    (Page.ATTRACT, StaffCalled): _call_staff,
    (Page.OUT_OF_SERVICE, StaffCalled): _call_staff,
    (Page.SUBMITTING, StaffCalled): _call_staff,
    (Page.SUBMITTING, DossierSaved): dossier.give_receipt,
    (Page.SUBMITTING, Failed): dossier.submit_failed,
    **{(page, event): handler for page, own in _OWN.items() for event, handler in {**_COMMON, **own}.items()},
}
