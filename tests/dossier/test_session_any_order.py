"""Whatever is pressed in whatever order: every step is defined, and a wipe leaves nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.source import Entry, EntryKind, Listing, Place, Stick
from kiosk.dossier import route
from kiosk.dossier.pages import DRAFT_PAGES, QUESTION_PAGES, Page, Stop
from kiosk.dossier.session import NO_IDLE, TABLE, initial, step
from kiosk.dossier.session_effects import Effect, MarkReceiptGiven, StartTimer, StopTimer, Submit, Wipe
from kiosk.dossier.session_state import (
    Answered,
    BackPressed,
    Begun,
    ChangePressed,
    DossierSaved,
    DossierStarted,
    EndPressed,
    Event,
    Failed,
    Failure,
    FileChosen,
    HomePressed,
    Language,
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
    State,
    SticksFound,
    StillHere,
    SubmitPressed,
    Timer,
    TimerFired,
    Touched,
    TrackAsked,
    TrackingFound,
    Visit,
)
from kiosk.identifiers import new_secret
from kiosk.ports import Tracked, TrackSource
from tests.dossier.desk import BIRTH, DELAYS, STAY, Kiosk, example, new_draft, paper, saved

TOP = Place("A")
FOLDER = TOP.inside(b"giay to")
TYPED = ["", "Vàng Thị Dợ", "12", "20/10/1990", True, False, "person", "organisation", None]
FOUND = Tracked("TQ27-01-000142-51", "queued", None, None, None, None, None, TrackSource.CACHE)
MACHINES = [Machine(), Machine(), Machine("data-damaged"), Machine(None, "storage-low")]
FAILURES = [Failure("usb-gone"), Failure("data-unwritable", (("reason", "full"),))]
ON_OVERLAY: dict[Overlay, list[type]] = {
    Overlay.IDLE_WARNING: [StillHere, StillHere, EndPressed],
    Overlay.LEAVE: [LeaveConfirmed, OverlayClosed, OverlayClosed],
    Overlay.CALL_STAFF: [OverlayClosed],
}
ALWAYS: list[type] = [Touched, TimerFired, MachineChanged]
ONWARD: dict[Page, list[type]] = {
    Page.ATTRACT: [Begun],
    Page.HOME: [QueryTyped, ProcedureChosen],
    Page.RESULTS: [ProcedureChosen],
    Page.PROCEDURE: [DossierStarted],
    Page.NOTICE: [NoticeRead],
    Page.PAPERS: [PaperAsked, PapersDone],
    Page.USB: [SticksFound, PlaceListed, FileChosen, PaperRead],
    Page.CHECK: [SubmitPressed],
    Page.SUBMITTING: [DossierSaved, DossierSaved, Failed],
    **{page: [Answered] for page in QUESTION_PAGES},
}
STARTS = ["nobody", "begun", "cooperative", "filled", "complete"]


def _listing(place: Place) -> Listing:
    entry = Entry(EntryKind.PAPER, b"a.pdf", "a.pdf", 10, "application/pdf", False)
    return Listing(place, "USB", (entry,), 1, False)


@dataclass
class Chance:
    """Makes events as a page in some state, or the world, could send them."""

    random: Random

    def event(self, state: State) -> Event:
        """Mostly what leads on, so that every page is reached; else anything that can come."""
        if state.overlay is not None:
            kinds = [*ON_OVERLAY[state.overlay], *ALWAYS]
        elif state.page in ONWARD and self.random.random() < 0.7:
            kinds = ONWARD[state.page]
        else:
            offered = {kind for page, kind in TABLE if page is state.page}
            kinds = [*sorted(offered, key=lambda kind: kind.__name__), *ALWAYS]
        kind = self.random.choice(kinds)
        return self._of_person(kind, state) or self._of_world(kind, state) or kind()

    def _of_person(self, kind: type, state: State) -> Event | None:
        pick = self.random.choice
        if kind in {HomePressed, BackPressed, LanguageOpened, OfflineOpened}:
            return kind(pick(TYPED))
        makers: dict[type, Callable[[], Event]] = {
            LanguageChosen: lambda: LanguageChosen(pick(list(Language))),
            QueryTyped: lambda: QueryTyped(pick(["", "khai", "khai sinh"])),
            LifeEventChosen: lambda: LifeEventChosen("co-con-nho"),
            ProcedureChosen: lambda: ProcedureChosen(pick([BIRTH, STAY])),
            TrackAsked: lambda: TrackAsked(pick(["", "ABCD", new_secret()])),
            DossierStarted: lambda: DossierStarted(new_draft(pick([BIRTH, STAY]))),
            NoticeRead: lambda: NoticeRead(pick([(), ("sms",)])),
            Answered: lambda: self._answer(state),
            PaperAsked: lambda: PaperAsked(pick(_components(state))),
            PaperRemoved: lambda: PaperRemoved(pick(_components(state))),
            PlaceOpened: lambda: PlaceOpened(pick([None, TOP, FOLDER])),
            FileChosen: lambda: FileChosen(TOP, b"a.pdf"),
            ChangePressed: lambda: ChangePressed(pick(_changeable(state))),
        }
        return makers[kind]() if kind in makers else None

    def _of_world(self, kind: type, state: State) -> Event | None:
        pick = self.random.choice
        ticket = state.ticket - pick([0, 0, 0, 1])  # now and then an answer is late
        draft = state.visit.draft
        sticks = tuple(Stick(Place(letter), letter) for letter in pick(["", "A", "AB"]))
        makers: dict[type, Callable[[], Event]] = {
            SticksFound: lambda: SticksFound(ticket, sticks),
            PlaceListed: lambda: PlaceListed(ticket, _listing(pick([TOP, FOLDER]))),
            PaperRead: lambda: PaperRead(ticket, paper(state.visit.picker.component)),
            DossierSaved: lambda: DossierSaved(ticket, saved(draft.dossier_id)),
            TrackingFound: lambda: TrackingFound(ticket, FOUND),
            Failed: lambda: Failed(ticket, pick(FAILURES)),
            TimerFired: lambda: TimerFired(pick(list(Timer))),
            MachineChanged: lambda: MachineChanged(pick(MACHINES)),
        }
        return makers[kind]() if kind in makers else None

    def _answer(self, state: State) -> Answered:
        """Sometimes nonsense, mostly what leads on."""
        draft, at = state.visit.draft, state.visit.at
        assert draft is not None
        assert at is not None
        nonsense = self.random.random() < 0.15
        return Answered(at, self.random.choice(TYPED) if nonsense else example(draft, at))


def _components(state: State) -> list[str]:
    draft = state.visit.draft
    assert draft is not None
    return [component.id for component in draft.missing() or draft.components()]


def _changeable(state: State) -> list[Stop]:
    draft = state.visit.draft
    assert draft is not None
    return [stop for stop in route.stops(draft) if stop not in {route.NOTICE, route.CHECK}]


Move: TypeAlias = tuple[State, Event, State, tuple[Effect, ...]]


def walk(start: str, seed: int, length: int = 80) -> list[Move]:
    """A person, or several after one another, doing anything they can."""
    kiosk, chance = Kiosk(), Chance(Random(seed))
    code = chance.random.choice([BIRTH, STAY])
    match start:
        case "begun":
            kiosk.start(code)
        case "cooperative":
            kiosk.start(code).fill(until=Page.SUBMITTER, applicant_kind="organisation")
        case "filled":
            kiosk.start(code).fill()
        case "complete":
            kiosk.to_check(code)
    state = kiosk.state
    moves = []
    for _ in range(length):
        event = chance.event(state)
        after, effects = step(state, event, DELAYS)
        moves.append((state, event, after, effects))
        state = after
    return moves


WALKS = given(st.sampled_from(STARTS), st.integers(0, 2**32))
SLOW = settings(max_examples=100, deadline=None)


@SLOW
@WALKS
def test_whatever_is_pressed_every_step_is_defined_and_holds(start: str, seed: int) -> None:
    moves = walk(start, seed)
    idle_runs = None
    for before, event, after, effects in moves:
        visit = after.visit
        if Wipe() in effects or after.page in {Page.ATTRACT, Page.OUT_OF_SERVICE}:
            assert visit == Visit()
            assert after.overlay in {None, Overlay.CALL_STAFF}
        if after.page in DRAFT_PAGES:
            assert visit.draft is not None
            assert visit.at is not None
            assert visit.at.page is after.page
            assert visit.at in route.stops(visit.draft)
        if after.page is Page.USB:
            assert visit.picker is not None
        if after.page is Page.RECEIPT:
            assert visit.saved is not None
            assert visit.draft is None
        if visit.saved is not None and before.visit.saved is None:
            assert isinstance(event, DossierSaved)
        if before.visit.saved is not None and visit.saved is None:
            assert MarkReceiptGiven(before.visit.saved.dossier_id) in effects
        if any(isinstance(effect, Submit) for effect in effects):
            assert not route.problems(visit.draft)
        if visit.secret_shown:
            assert after.page is Page.RECEIPT
        for effect in effects:
            if isinstance(effect, StartTimer | StopTimer) and effect.timer is Timer.IDLE:
                idle_runs = isinstance(effect, StartTimer)
        if idle_runs is not None:
            assert idle_runs == (after.page not in NO_IDLE and after.overlay is not Overlay.IDLE_WARNING)


@SLOW
@WALKS
def test_one_visit_sends_one_id_a_procedure(start: str, seed: int) -> None:
    moves = walk(start, seed)
    """However often it is left, resumed, refused and sent again."""
    sent: dict[tuple[int, str], str] = {}
    visit = 0
    for _, _, after, effects in moves:
        visit += Wipe() in effects
        draft = after.visit.draft
        for effect in effects:
            if isinstance(effect, Submit) and draft is not None:
                key = (visit, draft.dossier_id)
                assert sent.setdefault(key, draft.procedure.code) == draft.procedure.code
                assert effect.application.dossier_id == draft.dossier_id


@SLOW
@WALKS
def test_from_anywhere_two_silences_end_at_the_attract_page(start: str, seed: int) -> None:
    moves = walk(start, seed)
    state = moves[-1][2]
    if state.page in NO_IDLE:
        return
    state, _ = step(state, TimerFired(Timer.IDLE), DELAYS)
    assert state.overlay is Overlay.IDLE_WARNING
    state, _ = step(state, TimerFired(Timer.ANSWER), DELAYS)
    assert state.page in {Page.ATTRACT, Page.OUT_OF_SERVICE}
    assert state.visit == Visit()


def test_the_table_names_every_page() -> None:
    assert {page for page, _ in TABLE} == set(Page)
    assert initial(Machine()).visit == Visit()


def test_every_pair_of_the_table_can_be_reached() -> None:
    met = {
        (before.page, type(event))
        for seed in range(200)
        for before, event, _, _ in walk(STARTS[seed % len(STARTS)], seed)
    }
    assert [(page, kind) for page, kind in TABLE if (page, kind) not in met] == []


def test_a_state_says_nothing_of_a_person_when_printed() -> None:
    kiosk = Kiosk().to_check().do(SubmitPressed())
    kiosk.do(DossierSaved(kiosk.state.ticket, saved("x")), SecretToggled(), PrintPressed())
    told = repr((kiosk.state, kiosk.effects, Answered(Stop(Page.QUESTION, "child_name"), "Giàng Thị Mỷ")))
    for told_of in ("Giàng", "002190001234", "Lùng", saved("x").secret or ""):
        assert told_of not in told
