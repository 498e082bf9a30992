"""Draws a session's state on the window: which page, which panel, in which look. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from kiosk.catalogue.units import Units
from kiosk.dossier.pages import DRAFT_PAGES, Page, Stop
from kiosk.dossier.session import TABLE
from kiosk.dossier.session_state import (
    BackPressed,
    HomePressed,
    LanguageOpened,
    Overlay,
    PersonEvent,
    StaffCalled,
    State,
)
from ui import overlays
from ui.library import Library
from ui.look import Look
from ui.messages import Language
from ui.outside import outside
from ui.pages.base import PageView
from ui.theme import Mode, TextSize
from ui.widgets.bar import BarPlace
from ui.widgets.cloth import Place
from ui.widgets.idle import IdlePanel
from ui.window import Bar, Touches, Window

_CURRENT = {Page.HOME: BarPlace.HOME, Page.LANGUAGE: BarPlace.LANGUAGE}
Act = Callable[[PersonEvent], None]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What makes a page another one, to be built anew."""

    page: Page
    at: Stop | None
    procedure: str | None
    look: Look


class Stage(QObject):
    """Shows states on ``window``; what people do goes to ``act``."""

    def __init__(
        self,
        window: Window,
        touches: Touches,
        look: Look,
        library: Library,
        pages: Mapping[Page, type[PageView]],
        act: Act,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._touches = touches
        self._first_look = look
        self._look = look
        self._library = library
        self._pages = pages
        self._act = act
        self._state: State | None = None
        self._shown: _Shown | None = None
        self._overlay: Overlay | None = None
        self._left_s: int | None = None  # as the idle panel shows it: one repaint a second
        window.chosen.connect(self._bar_chosen)

    @property
    def look(self) -> Look:
        """The look in use."""
        return self._look

    def _ribbons(self) -> list[str]:
        """What must be said on every page of what the catalogue holds: one band, the graver one."""
        words, catalogue = self._look.words, self._library.catalogue
        if catalogue.has_unsigned:
            return [words("ribbon.unsigned")]
        return [words("ribbon.trial")] if catalogue.info().version == 0 else []

    # -- showing

    def show(self, state: State) -> None:
        """Follow the session: the same page goes on, another one is built anew."""
        self._state = state
        self._speak(state)
        shown = _shown(state, self._look)
        page = self._window.page
        if page is not None and shown == self._shown:
            page.show_state(state)
        else:
            self._put(state, shown)
        if state.overlay is not self._overlay:
            self._show_overlay(state)

    def _speak(self, state: State) -> None:
        language = Language(state.visit.language.value)
        if language is not self._look.words.language:
            self._look = self._look.with_language(language)
            self._window.relook(self._look)

    def _put(self, state: State, shown: _Shown) -> None:
        page = self._pages[state.page](self._look, self._library, state)
        page.acted.connect(self._page_acted)
        self._window.show_page(page, _bar(state.page), self._ribbons())
        self._shown = shown
        self._touches.settle()

    def _show_overlay(self, state: State) -> None:
        self._overlay = state.overlay
        self._touches.settle()
        if state.overlay is None:
            self._window.show_panel(None)
            return
        laid = overlays.build(self._look, state.overlay, state, self._library.tuning, self._panel_acted)
        self._window.show_panel(laid.panel, laid.focus)

    def show_time(self, answer_left_s: float | None) -> None:
        """The clock, the network, and the seconds of the idle warning."""
        self._window.show_outside(outside(self._library, self._look.words))
        panel = self._window.panel
        left_s = round(answer_left_s) if answer_left_s is not None else None
        if isinstance(panel, IdlePanel) and left_s is not None and left_s != self._left_s:
            panel.show_left(left_s)
        self._left_s = left_s

    def show_news(self) -> None:
        """The network changed: cloth and page follow."""
        self._window.show_outside(outside(self._library, self._look.words))
        page = self._window.page
        if page is not None and self._state is not None:
            page.show_state(self._state)

    def wipe(self) -> None:
        """The person has gone: no widget, no chosen look, nothing on the clipboard."""
        self._window.show_panel(None)
        self._overlay = None
        self._window.drop_page()
        self._shown = None
        self._state = None
        self._use(self._first_look)
        clipboard = QGuiApplication.clipboard()
        clipboard.clear(QClipboard.Mode.Clipboard)
        if clipboard.supportsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    # -- what people do

    @Slot(object)
    def _page_acted(self, event: PersonEvent) -> None:
        """A page that has gone says nothing more, however often its button was hit."""
        if self.sender() is self._window.page and self._overlay is None:
            self._act(event)

    def _panel_acted(self, event: PersonEvent) -> None:
        if self._overlay is not None:
            self._act(event)

    @Slot(object)
    def _bar_chosen(self, place: BarPlace) -> None:
        page = self._window.page
        if page is None:
            return
        match place:
            case BarPlace.BACK:
                self._act(BackPressed(page.typed()))
            case BarPlace.HOME:
                self._act(HomePressed(page.typed()))
            case BarPlace.LANGUAGE:
                self._act(LanguageOpened(page.typed()))
            case BarPlace.STAFF:
                self._act(StaffCalled())
            case BarPlace.LOOKS:
                self._open_looks()

    def _open_looks(self) -> None:
        panel = overlays.LooksPanel(self._look)
        panel.size_picked.connect(self._pick_size)
        panel.mode_picked.connect(self._pick_mode)
        panel.done.connect(self._close_looks)
        self._touches.settle()
        self._window.show_panel(panel, panel.close_button)

    @Slot()
    def _close_looks(self) -> None:
        self._touches.settle()
        self._window.show_panel(None)

    @Slot(object)
    def _pick_size(self, size: TextSize) -> None:
        self.try_look(self._look.with_text_size(size))

    @Slot(object)
    def _pick_mode(self, mode: Mode) -> None:
        self.try_look(self._look.with_mode(mode))

    def try_look(self, look: Look) -> None:
        """At once, behind the panel, so that one sees what one chooses. What was typed stays."""
        page, state = self._window.page, self._state
        if page is None or state is None:
            return
        typed = page.typed()
        self._window.show_panel(None)
        self._use(look)
        self.show(state)
        now = self._window.page
        if now is not None and typed is not None:
            now.put_back(typed)
        self._open_looks()

    def _use(self, look: Look) -> None:
        if look != self._look:
            self._look = look
            self._window.relook(look)


def _shown(state: State, look: Look) -> _Shown:
    visit = state.visit
    return _Shown(
        state.page,
        visit.at if state.page in DRAFT_PAGES else None,
        visit.procedure if state.page is Page.PROCEDURE else None,
        look,
    )


def _bar(page: Page) -> Bar:
    """Only places that the session has an answer for on this page."""
    return Bar(
        back=(page, BackPressed) in TABLE,
        home=(page, HomePressed) in TABLE,
        language=(page, LanguageOpened) in TABLE,
        current=_CURRENT.get(page),
    )


def place_of(units: Units, centre_name: str, unit_code: str) -> Place:
    """Whose kiosk this is: "xã Lùng Tám, tỉnh Tuyên Quang" below the centre's name."""
    unit = units.get(unit_code)
    if unit is None:
        return Place(centre_name, "")
    province = units.get(unit.province)
    names = [unit.full_name] if province is None or province is unit else [unit.full_name, province.full_name]
    return Place(centre_name, ", ".join(name[:1].lower() + name[1:] for name in names))
