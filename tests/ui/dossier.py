"""A person at the dossier's pages: real pages on the real session machine, no controller between."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.catalogue.store import Catalogue
from kiosk.devices.source import Entry, EntryKind, Listing, Place
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.session import step
from kiosk.dossier.session_effects import Effect
from kiosk.dossier.session_state import Delays, Event, Picker, State, Visit
from kiosk.ports import SavedDossier
from tests.ui.fakes import NOON, SECRET
from ui.library import Library
from ui.look import Look
from ui.pages import PAGES
from ui.pages.base import PageView
from ui.widgets.keyboard import Keyboard, KeyButton, KeyKind, Pad

BIRTH = "1.001193"
BIRTH_CERTIFICATE = "giay-chung-sinh"
PDF = b"%PDF-1.7\n" + b"x" * 640_000
_ON_SCREEN = QPoint(400, 400)
_Widget = TypeVar("_Widget", bound=QWidget)


def new_draft(catalogue: Catalogue, *, filled: bool = False) -> Draft:
    """A birth registration: who applies is answered; ``filled``: the form's example too."""
    procedure = catalogue.procedure(BIRTH)
    assert procedure is not None
    form = catalogue.form(procedure)
    assert form is not None
    return Draft(
        dossier_id="01997f0e-0000-7000-8000-000000000001",
        procedure=procedure,
        form=form,
        people=catalogue.people(),
        unit="00901",
        notice_version=catalogue.notice().version,
        today=date(NOON.year, NOON.month, NOON.day),
        units=catalogue.units,
        case=BIRTH_CERTIFICATE_CASE,
        people_answers=catalogue.people().example,
        answers=form.example if filled else {},
    )


BIRTH_CERTIFICATE_CASE = "co-giay-chung-sinh"


def at(draft: Draft, stop: Stop) -> State:
    """The person stands at a stop of the way."""
    return State(stop.page, visit=Visit(draft=draft, at=stop, procedure=BIRTH))


def question(name: str) -> Stop:
    """A stop of the form."""
    return Stop(Page.QUESTION, name)


def choosing(draft: Draft, picker: Picker) -> State:
    """The person looks for a file."""
    return State(Page.USB, visit=Visit(draft=draft, at=Stop(Page.PAPERS), picker=picker))


def saved_state(secret: str | None = SECRET) -> State:
    """The receipt has just come."""
    saved = SavedDossier(
        "01997f0e-0000-7000-8000-000000000001",
        "TQ27-01-000142-K9",
        "2026-11-22T09:30:00+07:00",
        "0" * 32,
        secret,
        "MCK1:EXAMPLE",
        (),
        (),
    )
    return State(Page.RECEIPT, visit=Visit(saved=saved, procedure=BIRTH))


def folder_of(*entries: Entry, above: bool = False, hidden: int = 0) -> Listing:
    """A stick's top, or a folder on it."""
    place = Place("stick", (b"anh",) if above else ())
    return Listing(place, "anh", entries, hidden, cut=False)


def paper(name: str, size: int = 640_000, *, too_large: bool = False) -> Entry:
    return Entry(EntryKind.PAPER, name.encode(), name, size, "application/pdf", too_large)


def folder(name: str) -> Entry:
    return Entry(EntryKind.FOLDER, name.encode(), name, 0, None, too_large=False)


class Person:
    """Sees one page at a time and works it with fingers and keys; ``told`` is what the pages said."""

    def __init__(self, qtbot: QtBot, look: Look, library: Library, state: State) -> None:
        self.qtbot = qtbot
        self.look = look
        self.library = library
        self.state = state
        self.told: list[Event] = []
        self.effects: list[Effect] = []
        self._gone: list[PageView] = []
        self.page = self._open()

    def _open(self) -> PageView:
        page = PAGES[self.state.page](self.look, self.library, self.state)
        page.resize(*_room(self.look))
        page.acted.connect(self._acted)
        self.qtbot.addWidget(page)
        page.show()
        self.qtbot.waitExposed(page)
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        return page

    def _acted(self, event: Event) -> None:
        self.told.append(event)
        self.happens(event)

    def happens(self, event: Event) -> None:
        """The machine takes an event; the page follows, or another one comes."""
        before = self.state
        self.state, effects = step(before, event, Delays())
        self.effects += effects
        if (before.page, before.visit.at) == (self.state.page, self.state.visit.at):
            self.page.show_state(self.state)
        else:
            self.page.hide()
            self._gone.append(self.page)  # it may be in the middle of the very touch that ended it
            self.page = self._open()

    def sees(self, state: State) -> None:
        """The same page in another state."""
        self.state = state
        self.page.show_state(state)

    def touch(self, widget: QWidget) -> None:
        """A finger on the middle of something, brought where Qt's small offscreen screen has any pixels."""
        place = widget.mapTo(self.page, widget.rect().center())
        self.page.move(_ON_SCREEN - place)
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, name: str) -> None:
        """Touch the button that is called so."""
        self.qtbot.waitUntil(lambda: self.button(name) is not None)
        button = self.button(name)
        assert button is not None
        self.touch(button)

    def button(self, name: str) -> QAbstractButton | None:
        named = [one for one in self.shown(QAbstractButton) if one.accessibleName().startswith(name)]
        return named[0] if named else None

    def tells(self, event: Event) -> None:
        """The last thing the pages said; a touch on what scrolls counts only once it is no drag."""
        self.qtbot.waitUntil(lambda: self.told[-1:] == [event])

    def finds(self, words: str, times: int = 1) -> None:
        """The words come to stand on the page: what is new is laid out with the next event."""
        self.qtbot.waitUntil(lambda: self.reads().count(words) == times)

    def shown(self, kind: type[_Widget]) -> list[_Widget]:
        """What can be seen of a kind."""
        return [widget for widget in self.page.findChildren(kind) if widget.isVisible()]

    def reads(self) -> str:
        """Every word on the page."""
        return "\n".join(label.text() for label in self.shown(QLabel) if label.text())

    def keyboard(self) -> Keyboard:
        return self.shown(Keyboard)[0]

    def types(self, letters: str) -> None:
        """On the screen's own keys; a tone's key shows it on an a."""
        for letter in letters:
            self.touch(self.key(letter))

    def key(self, letter: str) -> KeyButton:
        wanted = letter.lower()
        kinds = (KeyKind.LETTER, KeyKind.TONE)
        return next(
            button
            for button in self.keyboard().keys
            if button.key.kind in kinds and button.key.letters == wanted
        )

    def erases(self) -> None:
        keys = self.keyboard().keys
        self.touch(next(button for button in keys if button.key.kind is KeyKind.BACKSPACE))

    @property
    def pad(self) -> Pad | None:
        """Which keys are up; None without any."""
        boards = self.shown(Keyboard)
        return boards[0].pad if boards else None


def _room(look: Look) -> tuple[int, int]:
    """What cloth, hem and bar leave of the screen."""
    return (902, 680) if look.theme.laptop else (1080, 1608)
