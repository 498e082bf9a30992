"""The tour: does the main job through the real screens by itself, with a picture of each.

Presses are mouse events at a widget's middle, letters are the on-screen keys or a keyboard's events: what
the tour can do, a person can. Written as a script that yields what it waits for; a timer drives it.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from kiosk.catalogue.model import Json
from kiosk.dossier.pages import Page
from ui.app import Screen
from ui.widgets.keyboard import KeyButton, KeyKind
from ui.widgets.scroll import ScrollArea

log = logging.getLogger("kiosk.ui")
_Found = TypeVar("_Found", bound=QWidget)
Script: TypeAlias = Iterator[Callable[[], bool]]
_PULSE_MS: Final = 20
_STEP_S: Final = 40.0  # the slowest step is the centre's opening; a frozen build on a cheap machine is slow
_SETTLE_S: Final = 0.45  # the screens swallow presses this soon after a page has come


class TourStuck(Exception):
    """A step did not come about; the text names it."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the tour, as ``tour.json`` lists it."""

    n: int
    page: str
    png: str
    ok: bool


class Guide(QObject):
    """Eyes and hands of a tour. ``finished(bool)``: whether the script came to its end."""

    finished = Signal(bool)

    def __init__(self, screen: Screen, folder: Path, script: Callable[[Guide], Script]) -> None:
        super().__init__()
        self.screen = screen
        self.shots: list[Shot] = []
        self._folder = folder
        self._steps = script(self)
        self._waits: Callable[[], bool] = lambda: True
        self._since = time.monotonic()
        self._pulse = QTimer(self)
        self._pulse.setInterval(_PULSE_MS)
        self._pulse.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin; needs the application's event loop."""
        self.screen.window.activateWindow()  # offscreen nobody else does, and there would be no focus
        self._pulse.start()

    @Slot()
    def _go_on(self) -> None:
        try:
            if self._waits():
                self._waits = next(self._steps)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > _STEP_S:
                raise TourStuck("waited too long")
        except StopIteration:
            self._end(True)
        except TourStuck as stuck:
            log.warning("tour stuck after picture %d: %s", len(self.shots), stuck)
            self.shoot("stuck", ok=False)
            self._end(False)
        except Exception:
            self._end(False)
            raise

    def _end(self, well: bool) -> None:
        self._pulse.stop()
        rows = [asdict(shot) for shot in self.shots]
        (self._folder / "tour.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        self.finished.emit(well)

    # -- eyes

    @property
    def page(self) -> Page:
        """The page the session is on."""
        return self.screen.controller.state.page

    def find(self, kind: type[_Found], fits: Callable[[_Found], bool] = lambda _: True) -> _Found:
        """The first widget of a kind that can be seen; TourStuck if there is none."""
        for widget in self.screen.window.findChildren(kind):
            if widget.isVisible() and fits(widget):
                return widget
        raise TourStuck(f"no {kind.__name__}")

    def named(self, name: str) -> QAbstractButton:
        """The button whose words begin so."""
        return self.find(QAbstractButton, lambda each: each.accessibleName().startswith(name))

    def words(self, key: str) -> str:
        """Words of the screens, as a button is named by them."""
        return self.screen.stage.look.words(key).replace("\n", " ")

    def shoot(self, name: str, ok: bool = True) -> None:
        """Keep a picture of the window as it is."""
        n = len(self.shots) + 1
        png = f"{n:02d}-{name}.png"
        saved = self.screen.window.grab().save(str(self._folder / png))
        self.shots.append(Shot(n, name, png, ok and saved))

    # -- hands

    def press(self, widget: QWidget) -> None:
        """A finger down and up in the widget's middle, given to the window: whatever lies there is hit."""
        self._bring_up(widget)
        window = self.screen.window
        middle = widget.rect().center()
        spot, place = QPointF(widget.mapTo(window, middle)), QPointF(widget.mapToGlobal(middle))
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        for kind, buttons in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
            event = QMouseEvent(kind, spot, spot, place, left, buttons, Qt.KeyboardModifier.NoModifier)
            event.setTimestamp(int(time.monotonic() * 1000))
            QApplication.sendEvent(window.windowHandle(), event)

    def _bring_up(self, widget: QWidget) -> None:
        """Scroll to it, as a person would."""
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, ScrollArea):
                above.reveal(widget)
            above = above.parentWidget()

    def tap_letters(self, text: str) -> None:
        """Letters and spaces on the keyboard on the screen, and codes on its pad."""
        for letter in text:

            def is_it(key: KeyButton, letter: str = letter) -> bool:
                return key.key.kind is KeyKind.LETTER and key.key.letters == letter

            self.press(self.find(KeyButton, is_it))

    def type_keys(self, target: QWidget, text: str) -> None:
        """A real keyboard's letters into a field, over whatever stands there."""
        if isinstance(target, QLineEdit | QPlainTextEdit):
            target.selectAll()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, event)

    # -- waiting

    def until(self, page: Page) -> Script:
        """The session is on ``page``, drawn, and listens to presses."""
        yield lambda: self.page is page
        yield from self.pause(_SETTLE_S)

    def pause(self, seconds: float) -> Script:
        """Give the screen that time."""
        end = time.monotonic() + seconds
        yield lambda: time.monotonic() >= end


Answers: TypeAlias = Mapping[str, Json]
