"""The tour's script: search without marks, form, papers, check, submit offline, receipt, tracking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from kiosk.catalogue.model import Component, FieldKind, Json
from kiosk.dossier.pages import Page
from kiosk.dossier.session_state import Timer, TimerFired
from kiosk.ports import SavedDossier
from ui.pages.code_pad import CodePad
from ui.pages.inputs.date import DateBox
from ui.pages.list_row import ListRow
from ui.pages.question import QuestionPage
from ui.tour import Guide, Script, TourStuck
from ui.widgets.bar import BarPlace
from ui.widgets.button import GoButton
from ui.widgets.choice import RadioCard
from ui.widgets.field import SearchField
from ui.widgets.result import BestResultCard

_QUESTIONS = frozenset({Page.HELPER, Page.APPLICANT, Page.SUBMITTER, Page.CASE, Page.QUESTION})


@dataclass(frozen=True, slots=True)
class TourPlan:
    """What the tour is to do. ``network`` cuts the link or gives it back; ``opened`` asks the queue."""

    query: str
    case: str | None
    people: Mapping[str, Json] = field(repr=False)
    answers: Mapping[str, Json] = field(repr=False)
    network: Callable[[bool], None]
    online: Callable[[], bool]
    opened: Callable[[], bool]
    keep: Callable[[SavedDossier], None]


def main_job(guide: Guide, plan: TourPlan) -> Script:
    """Everything from the first touch to the official code."""
    yield from _look_up(guide, plan)
    plan.network(False)
    yield lambda: not plan.online()
    yield from _offline(guide)
    yield from _fill_in(guide, plan)
    yield from _papers(guide)
    yield from _submit(guide, plan)
    plan.network(True)
    secret = guide.screen.controller.state.visit.saved
    assert secret is not None and secret.secret is not None
    yield from _leave(guide)
    yield plan.opened
    yield from _track(guide, secret.secret)


def _look_up(guide: Guide, plan: TourPlan) -> Script:
    yield from guide.until(Page.ATTRACT)
    guide.shoot("attract")
    guide.press(guide.find(GoButton))
    yield from guide.until(Page.HOME)
    guide.shoot("home")
    bar = guide.screen.window.bar
    assert bar is not None
    guide.press(bar.buttons[BarPlace.LANGUAGE])
    yield from guide.until(Page.LANGUAGE)
    guide.shoot("language")
    guide.press(guide.find(RadioCard))
    yield from guide.until(Page.HOME)
    guide.press(guide.find(SearchField).edit)
    yield from guide.pause(0.1)
    guide.shoot("home-keyboard")
    guide.tap_letters(plan.query[:1])
    yield from guide.until(Page.RESULTS)
    guide.tap_letters(plan.query[1:])
    yield from guide.pause(0.4)
    guide.shoot("results-typing")
    guide.press(guide.named(guide.words("search.go")))
    yield from guide.pause(0.5)
    guide.shoot("results")
    guide.press(guide.find(BestResultCard).button)
    yield from guide.until(Page.PROCEDURE)
    guide.shoot("procedure")


def _offline(guide: Guide) -> Script:
    """The sign of the network leads to what still works."""
    bar = guide.screen.window.bar
    assert bar is not None
    guide.press(bar.buttons[BarPlace.HOME])
    yield from guide.until(Page.HOME)
    guide.press(guide.named(guide.words("home.offline")))
    yield from guide.until(Page.OFFLINE)
    guide.shoot("offline")
    bar = guide.screen.window.bar
    assert bar is not None
    guide.press(bar.buttons[BarPlace.BACK])
    yield from guide.until(Page.HOME)
    guide.press(guide.find(SearchField).edit)
    yield from guide.pause(0.1)
    guide.tap_letters("khai")
    yield from guide.until(Page.RESULTS)
    guide.press(guide.named(guide.words("search.go")))
    yield from guide.pause(0.5)
    guide.press(guide.find(BestResultCard).button)
    yield from guide.until(Page.PROCEDURE)


def _fill_in(guide: Guide, plan: TourPlan) -> Script:
    guide.press(guide.find(GoButton))
    yield from guide.until(Page.NOTICE)
    guide.shoot("notice")
    guide.press(guide.find(GoButton))
    seen: set[str] = set()
    warned = False
    yield lambda: guide.page in _QUESTIONS
    while guide.page in _QUESTIONS:
        yield from guide.pause(0.45)
        page = guide.screen.window.page
        if not isinstance(page, QuestionPage):
            raise TourStuck("question page")
        value = _value(plan, page)
        yield from _answer(guide, page, value)
        kind = page.question.kind.value
        name = f"{page.stop.page.value}-{kind}"
        if name not in seen:
            seen.add(name)
            guide.shoot(name)
        if page.stop.page is Page.QUESTION and not warned:
            warned = True
            yield from _idle(guide)
        stop = page.stop
        button = page.skip_button if value is None and page.skip_button else page.go_button
        guide.press(button)
        yield lambda stop=stop: guide.screen.controller.state.visit.at != stop  # type: ignore[misc]


def _value(plan: TourPlan, page: QuestionPage) -> Json:
    if page.stop.page is Page.CASE:
        return plan.case
    answers = plan.answers if page.stop.page is Page.QUESTION else plan.people
    return answers.get(page.question.name)


def _idle(guide: Guide) -> Script:
    """As if nobody had touched the screen for minutes: the warning, and its one simple answer."""
    guide.screen.controller.act(TimerFired(Timer.IDLE))
    yield from guide.pause(0.5)
    guide.shoot("idle")
    panel = guide.screen.window.panel
    assert panel is not None
    guide.press(next(each for each in panel.findChildren(GoButton) if each.isVisible()))
    yield lambda: guide.screen.controller.state.overlay is None
    yield from guide.pause(0.45)


def _answer(guide: Guide, page: QuestionPage, value: Json) -> Script:
    if value is None:
        return
    match page.question.kind:
        case FieldKind.CHOICE:
            guide.press(guide.find(RadioCard, lambda card: card.choice.value == value))
        case FieldKind.YES_NO:
            wanted = "yes" if value is True else "no"
            guide.press(guide.find(RadioCard, lambda card: card.choice.value == wanted))
        case FieldKind.UNIT:
            yield from _unit(guide, page, str(value))
        case FieldKind.DATE:
            year, month, day = str(value).split("-")
            for box, part in zip(_boxes(page), (day, month, year), strict=True):
                guide.type_keys(box.edit, part)
        case FieldKind.COUNT | FieldKind.CITIZEN_NUMBER | FieldKind.PHONE | FieldKind.TAX_CODE:
            guide.type_keys(_typed_into(page), str(value))
        case _:
            guide.type_keys(_typed_into(page), str(value))
    yield from guide.pause(0.1)


def _boxes(page: QuestionPage) -> list[DateBox]:
    return page.input.findChildren(DateBox)


def _typed_into(page: QuestionPage) -> QWidget:
    for kind in (QLineEdit, QPlainTextEdit):
        found = page.input.findChildren(kind)
        if found:
            return found[0]
    raise TourStuck("no field")


def _unit(guide: Guide, page: QuestionPage, code: str) -> Script:
    """The kiosk's own commune stands ready; another one is searched by its name."""
    if page.input.value() == code:
        return
    guide.press(guide.find(RadioCard, lambda card: card.choice.value == "other"))
    yield from guide.pause(0.1)
    unit = page.library.catalogue.units.get(code)
    assert unit is not None
    guide.type_keys(_typed_into(page), unit.name)
    yield from guide.pause(0.1)
    guide.press(guide.find(RadioCard, lambda card: card.choice.value == code))


def _papers(guide: Guide) -> Script:
    yield from guide.until(Page.PAPERS)
    guide.shoot("papers")
    first = True
    while missing := _missing(guide):
        guide.press(guide.named(guide.screen.stage.look.words("papers.add_name", paper=missing[0].name)))
        yield from guide.until(Page.USB)
        yield from _choose_file(guide, first)
        first = False
        yield from guide.until(Page.PAPERS)
    guide.shoot("papers-complete")
    guide.press(guide.find(GoButton))


def _missing(guide: Guide) -> tuple[Component, ...]:
    draft = guide.screen.controller.state.visit.draft
    assert draft is not None
    return draft.missing()


def _choose_file(guide: Guide, show: bool) -> Script:
    """Down through stick and folders to the first paper."""
    while True:
        yield lambda: not guide.screen.controller.state.visit.waiting
        yield from guide.pause(0.45)
        picker = guide.screen.controller.state.visit.picker
        if picker is None:
            return
        if show and picker.listing is not None:
            guide.shoot("usb")
            show = False
        guide.press(guide.find(ListRow))
        yield lambda before=picker: guide.screen.controller.state.visit.picker != before  # type: ignore[misc]


def _submit(guide: Guide, plan: TourPlan) -> Script:
    yield from guide.until(Page.CHECK)
    guide.shoot("check")
    guide.press(guide.find(GoButton))
    yield lambda: guide.page in (Page.SUBMITTING, Page.RECEIPT)
    if guide.page is Page.SUBMITTING:
        guide.shoot("submitting")
    yield from guide.until(Page.RECEIPT)
    yield from guide.pause(0.3)
    guide.shoot("receipt")
    saved = guide.screen.controller.state.visit.saved
    assert saved is not None
    plan.keep(saved)
    guide.press(guide.named(guide.words("receipt.show_secret")))
    yield from guide.pause(0.2)
    guide.shoot("receipt-code")


def _leave(guide: Guide) -> Script:
    guide.press(guide.find(GoButton))
    yield from guide.until(Page.ATTRACT)
    guide.shoot("wiped")


def _track(guide: Guide, secret: str) -> Script:
    guide.press(guide.find(GoButton))
    yield from guide.until(Page.HOME)
    guide.press(guide.named(guide.words("home.track")))
    yield from guide.until(Page.TRACKING)
    guide.find(CodePad)
    guide.tap_letters(secret)
    guide.shoot("tracking-code")
    guide.press(guide.find(GoButton))
    yield lambda: guide.screen.controller.state.visit.tracking.found is not None
    yield from guide.pause(0.3)
    found = guide.screen.controller.state.visit.tracking.found
    guide.shoot("tracking", ok=found is not None and found.state == "opened" and bool(found.official_code))
    if not guide.shots[-1].ok:
        raise TourStuck("not opened")
    bar = guide.screen.window.bar
    assert bar is not None
    guide.press(bar.buttons[BarPlace.STAFF])
    yield from guide.pause(0.3)
    guide.shoot("call-staff")
