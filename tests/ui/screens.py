"""The real screens with fakes around them, and somebody in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.catalogue.model import Json
from kiosk.dossier.pages import QUESTION_PAGES, Page
from kiosk.dossier.session_state import (
    Answered,
    Begun,
    Event,
    NoticeRead,
    PaperAsked,
    PapersDone,
    ProcedureChosen,
    State,
)
from tests.dossier.desk import example
from tests.ui.fakes import FakeClock, FakeServices, FakeStick, make_parts
from ui.app import Screen, open_screen
from ui.pages.base import PageView
from ui.pages.procedure import ProcedurePage

PORTRAIT = (1080, 1920)
LAPTOP = (1366, 768)
BIRTH = "1.001193"
_W = TypeVar("_W", bound=QWidget)


class Somebody:
    """Presses, types, waits. ``clock`` goes on only by ``wait_s``."""

    def __init__(self, qtbot: QtBot, screen: Screen, services: FakeServices, clock: FakeClock) -> None:
        self.qtbot = qtbot
        self.screen = screen
        self.services = services
        self.clock = clock

    @property
    def state(self) -> State:
        return self.screen.controller.state

    @property
    def page(self) -> PageView:
        page = self.screen.window.page
        assert page is not None
        return page

    @property
    def panel(self) -> Any:
        return self.screen.window.panel

    def act(self, *events: Event) -> Somebody:
        for event in events:
            self.screen.controller.act(event)
        return self

    def until(self, holds: Callable[[], bool]) -> Somebody:
        self.qtbot.waitUntil(holds, timeout=5000)
        return self

    def until_page(self, page: Page) -> Somebody:
        return self.until(lambda: self.state.page is page)

    def wait_s(self, seconds: float) -> Somebody:
        """Time passes, and the kiosk looks at its clock."""
        self.clock.advance(seconds)
        self.screen.controller.deadlines.look()
        return self

    def tap(self, widget: QWidget) -> Somebody:
        """A finger, after the page has settled."""
        self.clock.advance(0.5)
        return self.tap_at_once(widget)

    def tap_at_once(self, widget: QWidget) -> Somebody:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.rect().center()))
        return self

    def find(self, kind: type[_W], words: str = "") -> _W:
        """The one visible widget of a kind whose accessible name holds ``words``."""
        window = self.screen.window
        found = [
            one for one in window.findChildren(kind) if one.isVisible() and words in one.accessibleName()
        ]
        assert len(found) == 1, [one.accessibleName() for one in found]
        return found[0]

    def button(self, words: str) -> QPushButton:
        return self.find(QPushButton, words)

    def words_on_screen(self) -> str:
        """Everything that is written on the window."""
        from PySide6.QtWidgets import QLabel

        labels = [label.text() for label in self.screen.window.findChildren(QLabel) if label.isVisible()]
        return "\n".join(labels)

    # -- longer ways

    def start(self, code: str = BIRTH) -> Somebody:
        self.act(Begun(), ProcedureChosen(code))
        page = self.page
        assert isinstance(page, ProcedurePage)
        page.go_button.click()
        return self

    def start_again(self, code: str = BIRTH) -> Somebody:
        """From the home page."""
        self.act(ProcedureChosen(code))
        self.button("làm hồ sơ").click()
        return self

    def fill_until_name(self) -> Somebody:
        """Up to the question for the applicant's name, with nothing in its field yet."""
        self.act(NoticeRead())
        while (stop := self.state.visit.at) is not None and stop.name != "person_name":
            draft = self.state.visit.draft
            assert draft is not None
            self.act(Answered(stop, example(draft, stop)))
        return self

    def fill(self, **own: Json) -> Somebody:
        """Answer everything with the shipped examples; ``own`` before them."""
        if self.state.page is Page.NOTICE:
            self.act(NoticeRead())
        while self.state.page in QUESTION_PAGES:
            draft, stop = self.state.visit.draft, self.state.visit.at
            assert draft is not None and stop is not None
            self.act(Answered(stop, own.get(stop.name or "", example(draft, stop))))
            assert not self.state.visit.problems, self.state.visit.problems
        return self

    def to_check(self, code: str = BIRTH) -> Somebody:
        self.start(code).fill()
        draft = self.state.visit.draft
        assert draft is not None
        for component in draft.missing():
            self.act(PaperAsked(component.id))
            self.until(lambda: not self.state.visit.waiting and self.state.visit.picker is not None)
            self.choose_first_file()
            self.until_page(Page.PAPERS)
        return self.act(PapersDone()) if self.state.page is Page.PAPERS else self

    def choose_first_file(self) -> None:
        from kiosk.dossier.session_state import FileChosen

        picker = self.state.visit.picker
        assert picker is not None and picker.listing is not None
        self.act(FileChosen(picker.listing.place, picker.listing.entries[0].name))


def typed_texts(window: QWidget) -> list[str]:
    """What stands in every field that a window holds, shown or not."""
    edits = [edit.text() for edit in window.findChildren(QLineEdit)]
    edits += [edit.toPlainText() for edit in window.findChildren(QTextEdit)]
    edits += [edit.toPlainText() for edit in window.findChildren(QPlainTextEdit)]
    return [text for text in edits if text]


@contextmanager
def opened(qtbot: QtBot, folder: Path, size: tuple[int, int] = PORTRAIT, **given: Any) -> Iterator[Somebody]:
    """A screen with somebody in front of it; ``given`` replaces parts."""
    services, clock = given.pop("services", None) or FakeServices(), FakeClock()
    parts = replace(make_parts(folder, services, clock, size), source=FakeStick(), **given)
    screen = open_screen(parts)
    qtbot.waitUntil(screen.window.isActiveWindow)
    try:
        yield Somebody(qtbot, screen, services, clock)
    finally:
        assert screen.close()
        parts.library.catalogue.close()
