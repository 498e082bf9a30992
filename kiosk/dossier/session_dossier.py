"""The part of the session that makes a dossier: from its start to its receipt."""

from __future__ import annotations

from dataclasses import replace

from kiosk.devices.source import Place
from kiosk.dossier import route
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.session_effects import (
    FindSticks,
    ListPlace,
    PrintReceipt,
    ReadPaper,
    Submit,
)
from kiosk.dossier.session_moves import Moved, ask, go, keep_typed, stay, with_visit
from kiosk.dossier.session_state import (
    Answered,
    BackPressed,
    ChangePressed,
    DossierSaved,
    DossierStarted,
    Failed,
    Failure,
    FileChosen,
    HomePressed,
    NoticeRead,
    Overlay,
    PaperAsked,
    PaperRead,
    PaperRemoved,
    PapersDone,
    Picker,
    PlaceListed,
    PlaceOpened,
    PrintPressed,
    SecretToggled,
    State,
    SticksFound,
    SubmitPressed,
)
from kiosk.errors import KnownError


def _draft(state: State) -> Draft:
    draft = state.visit.draft
    assert draft is not None
    return draft


def _at(state: State) -> Stop:
    at = state.visit.at
    assert at is not None
    return at


def _picker(state: State) -> Picker:
    picker = state.visit.picker
    assert picker is not None
    return picker


def _go_to(state: State, stop: Stop, draft: Draft, changing: bool = False) -> Moved:
    return go(state, stop.page, at=stop, draft=draft, changing=changing)


def _go_on(state: State, draft: Draft) -> Moved:
    """To the next stop; after *Change* to the first one that the change brought in, else back to check."""
    stops = route.stops(draft)
    if state.visit.changing:
        new = next((stop for stop in stops if stop not in draft.passed and stop != route.CHECK), None)
        return _go_to(state, new or route.CHECK, draft, changing=new is not None)
    return _go_to(state, stops[stops.index(_at(state)) + 1], draft)


def start(state: State, event: DossierStarted) -> Moved:
    """A dossier of the same procedure that was begun goes on where it was: it keeps its id."""
    if state.machine.no_dossiers:
        return with_visit(state, failure=Failure(state.machine.no_dossiers))
    begun = state.visit.draft
    if begun is None or begun.procedure.code != event.draft.procedure.code:
        return _go_to(state, route.NOTICE, event.draft)
    at = state.visit.at if state.visit.at in route.stops(begun) else None
    return _go_to(state, at or route.NOTICE, begun, state.visit.changing)


def read_notice(state: State, event: NoticeRead) -> Moved:
    return _go_on(state, _draft(state).with_consents(event.consents).with_passed(route.NOTICE))


def answer(state: State, event: Answered) -> Moved:
    """Checked only now, never while typing. A wrong input stays in its field, with what is wrong above it."""
    draft = _draft(state)
    if event.stop != _at(state):
        return stay(state)  # a second tap, on a page that has already gone
    value, finding = route.judge(draft, event.stop, event.typed)
    if finding is not None and not finding.warning:
        wrong = draft.with_typed(event.stop, event.typed)
        return with_visit(state, draft=wrong, problems=(route.Problem(event.stop, finding),))
    return _go_on(state, draft.with_answer(event.stop, value))


def back(state: State, event: BackPressed) -> Moved:
    """To the stop before, and from *Change* to the check page; what was typed is kept."""
    kept = keep_typed(state, event.typed)
    draft, at = _draft(kept), _at(kept)
    if kept.visit.changing:
        return _go_to(kept, route.CHECK, draft)
    stops = route.stops(draft)
    number = stops.index(at)
    return _go_to(kept, stops[number - 1], draft) if number else go(kept, Page.PROCEDURE)


# Papers -------------------------------------------------------------------------------------------


def ask_paper(state: State, event: PaperAsked) -> Moved:
    shown, _ = go(state, Page.USB, picker=Picker(event.component))
    return ask(shown, FindSticks)


def remove_paper(state: State, event: PaperRemoved) -> Moved:
    return with_visit(state, draft=_draft(state).without_attachment(event.component))


def papers_done(state: State, _: PapersDone) -> Moved:
    """Missing papers stop nobody from looking on; they do stop the submit."""
    return _go_on(state, _draft(state).with_passed(route.PAPERS))


def show_sticks(state: State, event: SticksFound) -> Moved:
    picker = replace(_picker(state), sticks=event.sticks, listing=None)
    if len(event.sticks) == 1:
        return _open(state, event.sticks[0].top, picker)
    return with_visit(state, picker=picker, waiting=False)


def _open(state: State, place: Place, picker: Picker) -> Moved:
    return ask(state, lambda ticket: ListPlace(ticket, place), picker=picker)


def open_place(state: State, event: PlaceOpened) -> Moved:
    picker = _picker(state)
    if event.place is None:
        return ask(state, FindSticks, picker=Picker(picker.component))
    return _open(state, event.place, picker)


def show_place(state: State, event: PlaceListed) -> Moved:
    return with_visit(state, picker=replace(_picker(state), listing=event.listing), waiting=False)


def choose_file(state: State, event: FileChosen) -> Moved:
    component = _picker(state).component
    return ask(state, lambda ticket: ReadPaper(ticket, component, event.place, event.name))


def take_paper(state: State, event: PaperRead) -> Moved:
    try:
        draft = _draft(state).with_attachment(event.attachment)
    except KnownError as error:
        return with_visit(state, failure=Failure.of(error), waiting=False)
    return go(state, Page.PAPERS, draft=draft, picker=None)


def source_failed(state: State, event: Failed) -> Moved:
    """A stick that is gone takes its listing with it."""
    picker = _picker(state)
    if event.failure.code == "usb-gone":
        picker = Picker(picker.component)
    return with_visit(state, picker=picker, failure=event.failure, waiting=False)


def back_from_usb(state: State, _: BackPressed) -> Moved:
    """Up one folder, then to the sticks where there are several, then to the papers."""
    picker = _picker(state)
    if picker.listing and (above := picker.listing.place.above):
        return _open(state, above, picker)
    if picker.listing and len(picker.sticks) > 1:
        return go(state, Page.USB, picker=replace(picker, listing=None))
    return go(state, Page.PAPERS, picker=None)


# Check, submit, receipt ---------------------------------------------------------------------------


def change(state: State, event: ChangePressed) -> Moved:
    return _go_to(state, event.stop, _draft(state), changing=True)


def submit(state: State, _: SubmitPressed) -> Moved:
    draft = _draft(state)
    if problems := route.problems(draft):
        return with_visit(state, problems=problems)
    shown, _nothing = go(state, Page.SUBMITTING)
    return ask(shown, lambda ticket: Submit(ticket, draft.to_application()))


def submit_failed(state: State, event: Failed) -> Moved:
    """Back to check, with the reason; trying again sends the same dossier id."""
    return go(state, Page.CHECK, failure=event.failure)


def give_receipt(state: State, event: DossierSaved) -> Moved:
    """The dossier is durable: only now is there a receipt, and what was filled in is let go at once."""
    return go(state, Page.RECEIPT, saved=event.saved, draft=None, at=None, changing=False)


def toggle_secret(state: State, _: SecretToggled) -> Moved:
    return with_visit(state, secret_shown=not state.visit.secret_shown)


def print_receipt(state: State, _: PrintPressed) -> Moved:
    saved = state.visit.saved
    assert saved is not None
    return state, (PrintReceipt(saved.receipt, saved.secret),)


def leave_receipt(state: State, _: HomePressed) -> Moved:
    """The private code is shown here and never again, so leaving by the side is asked about."""
    return replace(state, overlay=Overlay.LEAVE), ()
