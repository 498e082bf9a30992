"""Every page of the dossier in every arrangement worth looking at: whole words, large targets, names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.catalogue.store import open_catalogue
from kiosk.dossier import route
from kiosk.dossier.application import attachment
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.session import step
from kiosk.dossier.session_state import Answered, Delays, Machine, Picker, State, Tracking, Visit
from kiosk.ports import Tracked, TrackSource
from tests.ui.conftest import LookMaker
from tests.ui.dossier import (
    BIRTH_CERTIFICATE,
    PDF,
    Person,
    at,
    choosing,
    folder,
    folder_of,
    new_draft,
    paper,
    question,
    saved_state,
)
from tests.ui.fakes import OFFLINE, SECRET, FakeClock, FakeServices, make_library
from ui.library import Library
from ui.metrics import LAPTOP_SIZE, PORTRAIT_SIZE
from ui.theme import Mode, TextSize
from ui.widgets.button import Button, Pressable
from ui.widgets.keyboard import KeyButton
from ui.widgets.text import Text

ARRANGEMENTS = (
    (PORTRAIT_SIZE, Mode.NORMAL, TextSize.MEDIUM),
    (PORTRAIT_SIZE, Mode.HIGH_DARK, TextSize.LARGEST),
    (LAPTOP_SIZE, Mode.NORMAL, TextSize.SMALL),
    (LAPTOP_SIZE, Mode.NORMAL, TextSize.LARGEST),
)
NAMES = [f"{size[0]}-{mode.value}-{text.value}" for size, mode, text in ARRANGEMENTS]
TRACKED = Tracked(
    "TQ27-01-000142-K9",
    "opened",
    5,
    None,
    "H60.12.01-261122-0007",
    "2026-11-26",
    "2026-11-22T09:31:00+07:00",
    TrackSource.ONLINE,
)
StateMaker = Callable[[Draft], State]


def wrong(stop: Stop, typed: str) -> StateMaker:
    """The moment after *Tiếp tục* on a wrong answer."""
    return lambda draft: step(at(draft, stop), Answered(stop, typed), Delays())[0]


def asks(stop: Stop) -> StateMaker:
    return lambda draft: at(draft, stop)


def with_paper(draft: Draft) -> Draft:
    return draft.with_attachment(attachment(BIRTH_CERTIFICATE, "anh_giay_chung_sinh_ban_chinh.pdf", PDF))


def of_tracking(found: Tracked | None) -> StateMaker:
    return lambda _draft: State(Page.TRACKING, visit=Visit(tracking=Tracking(SECRET, found)))


def revealed(_draft: Draft) -> State:
    state = saved_state()
    return replace(state, visit=replace(state.visit, secret_shown=True))


FILES = folder_of(folder("Giấy tờ"), paper("giay.pdf"), paper("to.pdf", 23_000_000, too_large=True), hidden=3)
STATES: dict[str, StateMaker] = {
    "name": asks(question("child_name")),
    "wrong name": wrong(question("child_name"), "Giàng Thị M9"),
    "wrong date": wrong(question("child_birth_date"), "31/2/2026"),
    "choice": asks(question("relation")),
    "yes or no": asks(question("parents_married")),
    "unit": asks(question("birth_unit")),
    "wrong unit": wrong(question("birth_unit"), "lung"),
    "optional": asks(question("birth_cert_number")),
    "address": asks(Stop(Page.APPLICANT, "person_address")),
    "case": asks(route.CASE),
    "papers missing": asks(route.PAPERS),
    "papers": lambda draft: at(with_paper(draft), route.PAPERS),
    "no stick": lambda draft: choosing(draft, Picker(BIRTH_CERTIFICATE)),
    "files": lambda draft: choosing(draft, Picker(BIRTH_CERTIFICATE, (), FILES)),
    "check": lambda draft: at(with_paper(draft), route.CHECK),
    "check with problems": asks(route.CHECK),
    "submitting": lambda draft: State(Page.SUBMITTING, visit=Visit(draft=draft)),
    "receipt": lambda _draft: saved_state(),
    "private code": revealed,
    "tracking": of_tracking(None),
    "tracked": of_tracking(TRACKED),
    "offline": lambda draft: State(Page.OFFLINE, visit=Visit(draft=draft, back_to=Page.CHECK)),
    "out of service": lambda _draft: State(Page.OUT_OF_SERVICE, Machine(out_of_service="storage-fault")),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    clock, services = FakeClock(), FakeServices()
    services.status = OFFLINE
    data: Path = tmp_path_factory.mktemp("catalogue")
    return make_library(open_catalogue(data, clock), services, clock)


@pytest.mark.parametrize("arrangement", range(len(ARRANGEMENTS)), ids=NAMES)
@pytest.mark.parametrize("name", list(STATES))
def test_every_page_is_whole_and_can_be_touched(
    qtbot: QtBot, make_look: LookMaker, library: Library, name: str, arrangement: int
) -> None:
    size, mode, text_size = ARRANGEMENTS[arrangement]
    look = make_look(size, mode, text_size)
    state = STATES[name](new_draft(library.catalogue, filled=True))
    person = Person(qtbot, look, library, state)
    assert person.page.announce()
    for label in person.shown(Text):
        wanted = label.heightForWidth(label.width()) if label.hasHeightForWidth() else 0
        assert label.height() >= max(wanted, label.sizeHint().height() if not wanted else 0), label.text()
        assert label.width() >= label.minimumSizeHint().width(), label.text()
    for button in person.shown(Pressable):
        assert button.accessibleName()
        if isinstance(button, KeyButton):
            continue
        assert min(button.width(), button.height()) >= look.theme.min_target, button.accessibleName()
        if isinstance(button, Button):
            assert button.height() >= button.heightForWidth(button.width()), button.accessibleName()
    image = person.page.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 900, 30) for y in range(0, 660, 30)}
    assert len(colours) > 1
