"""The one window: cloth, hem, ribbon, page and bottom bar; panels over them. Knows nothing of sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from kiosk.clock import Clock
from ui.icons import Icon
from ui.look import Look
from ui.pages.base import PageView
from ui.stylesheet import Skin, dress, style_sheet
from ui.widgets.bar import BarPlace, BottomBar
from ui.widgets.cloth import Header, Hem, NetState, Place, SidePanel
from ui.widgets.layout import column, row
from ui.widgets.overlay import Dim
from ui.widgets.ribbon import Ribbon
from ui.widgets.ring import FocusRing

_PRESSES = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchBegin,
    }
)
_SIGNS_OF_LIFE = _PRESSES | {QEvent.Type.KeyPress, QEvent.Type.Wheel}
_QUIET_S = 1.0  # a dragged finger is one sign of life a second, not sixty


@dataclass(frozen=True, slots=True)
class Bar:
    """Which of the bar's places do something on a page."""

    back: bool = True
    home: bool = True
    language: bool = True
    current: BarPlace | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """What the cloth tells of the world: ``clock`` as 09:32, and on a laptop a few facts more."""

    clock: str = ""
    net: NetState = NetState.UNKNOWN
    facts: tuple[tuple[Icon, str], ...] = ()


class Frame(QWidget):
    """One page in its chrome. Thrown away with the page."""

    def __init__(self, look: Look, place: Place, page: PageView, bar: Bar, ribbons: Sequence[str]) -> None:
        super().__init__()
        dress(self, Skin.PAGE)
        self.page = page
        self.bar = _bottom_bar(look, bar)
        outer = column(self)
        if look.theme.laptop:
            self._head: Header | SidePanel = SidePanel(look, place)
            self._head.show_title(page.side_title())
            across = row()
            across.addWidget(self._head)
            across.addWidget(Hem(look, upright=True))
            across.addLayout(_paper(look, page, ribbons), 1)
            outer.addLayout(across, 1)
        else:
            self._head = Header(look, place)
            outer.addWidget(page.hero(self._head) or self._head)
            outer.addWidget(Hem(look))
            outer.addLayout(_paper(look, page, ribbons), 1)
        outer.addWidget(self.bar)

    def show_outside(self, outside: Outside) -> None:
        """Clock, network, facts, wherever this arrangement shows them."""
        self._head.show_state(outside.clock, outside.net)
        if isinstance(self._head, SidePanel):
            self._head.show_facts(outside.facts)


def _paper(look: Look, page: PageView, ribbons: Sequence[str]) -> QVBoxLayout:
    box = column()
    for words in ribbons:
        box.addWidget(Ribbon(look, words))
    box.addWidget(page, 1)
    return box


def _bottom_bar(look: Look, bar: Bar) -> BottomBar:
    """The place of reading aloud stays empty: this version has no voice, and a dead button lies."""
    missing = {BarPlace.SPEAK}
    if not bar.language:
        missing.add(BarPlace.LANGUAGE)
    return BottomBar(look, back=bar.back, current=bar.current, attract=not bar.home, missing=missing)


class Window(QWidget):
    """Signals: ``chosen(object)`` a ``BarPlace``; ``closed``: the window was closed from outside."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, look: Look, place: Place, size: QSize) -> None:
        super().__init__()
        self._look = look
        self._place = place
        self._frame: Frame | None = None
        self._dim: Dim | None = None
        self._held: QWidget | None = None
        self._outside = Outside()
        dress(self, Skin.PAGE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.resize(size)
        self._box = column(self)
        self._box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the panel decides, not a page
        self._ring = FocusRing(look, self)
        self.relook(look)

    @property
    def page(self) -> PageView | None:
        """The page in view; None before the first."""
        return self._frame.page if self._frame is not None else None

    @property
    def bar(self) -> BottomBar | None:
        """The bottom bar of the page in view."""
        return self._frame.bar if self._frame is not None else None

    @property
    def panel(self) -> QWidget | None:
        """The panel over the page; None where there is none."""
        return self._dim.panel if self._dim is not None else None

    def relook(self, look: Look) -> None:
        """Draw with another look. The page goes: the owner shows it anew."""
        self.drop_page()
        self._look = look
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet(style_sheet(look.theme))
        self._ring.relook(look)

    def show_page(self, page: PageView, bar: Bar, ribbons: Sequence[str] = ()) -> None:
        """Put ``page`` in its chrome; the page before is emptied and thrown away."""
        old, wanted = self._frame, _focused(page)
        self._frame = Frame(self._look, self._place, page, bar, ribbons)
        self._frame.bar.chosen.connect(self.chosen)
        self._frame.show_outside(self._outside)
        self._throw_away(old)
        self._box.addWidget(self._frame)
        self._frame.setEnabled(self._dim is None)
        self._frame.show()
        self.setAccessibleName(page.announce())
        if self._dim is not None:
            self._dim.raise_()
            self._held = wanted
        elif wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._focus_in_page() is None:
            self.setFocus()  # else Qt would put the focus, and its ring, on the first button

    def drop_page(self) -> None:
        """No page at all, and nothing left of the one before."""
        frame, self._frame = self._frame, None
        self._throw_away(frame)

    def _throw_away(self, frame: Frame | None) -> None:
        if frame is None:
            return
        if _focus_in(frame) is not None:
            self.setFocus()  # else Qt would hand it to the next button as the frame goes
        frame.bar.chosen.disconnect(self.chosen)
        self._ring.hold(None)
        self._box.removeWidget(frame)
        frame.hide()
        frame.setParent(None)
        frame.deleteLater()

    def show_panel(self, panel: QWidget | None, focus: QWidget | None = None) -> None:
        """A panel over the dimmed page, which sleeps meanwhile; None takes it away and wakes the page."""
        if self._dim is not None:
            self._dim.close_panel()
            self._dim = None
        elif panel is not None:
            self._held = self._focus_in_page()
        if self._frame is not None:
            self._frame.setEnabled(panel is None)
        if panel is not None:
            self._dim = Dim(self._look, panel, self)
            (focus or panel).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._give_back_focus()

    def _focus_in_page(self) -> QWidget | None:
        return _focus_in(self._frame) if self._frame is not None else None

    def _give_back_focus(self) -> None:
        """Back to where it was; what was built anew meanwhile has gone."""
        held, self._held = self._held, None
        alive = held is not None and isValid(held) and held.window() is self
        (held if held is not None and alive else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_outside(self, outside: Outside) -> None:
        """Clock and network; repaints only when they changed."""
        if outside != self._outside:
            self._outside = outside
            if self._frame is not None:
                self._frame.show_outside(outside)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only a technician's keyboard can close it; the owner decides what then."""
        event.accept()
        self.closed.emit()


def _focused(widget: QWidget) -> QWidget | None:
    """What setFocus was last called on inside ``widget``, whether it is shown yet or not."""
    return widget.focusWidget()


def _focus_in(frame: Frame) -> QWidget | None:
    held = _focused(frame.window())
    return held if held is not None and frame.isAncestorOf(held) else None


class Touches(QObject):
    """Watches every press in the application. ``touched``: somebody is there.

    For ``second_tap_s`` after ``settle`` presses are swallowed: a trembling finger's second tap was meant for
    the button that has gone.
    """

    touched = Signal()

    def __init__(self, window: QWidget, clock: Clock, second_tap_s: float) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._second_tap_s = second_tap_s
        self._deaf_until = clock.monotonic()
        self._last = clock.monotonic() - _QUIET_S
        self._app = QApplication.instance()
        if self._app is not None:
            self._app.installEventFilter(self)

    def end(self) -> None:
        """Watches no longer."""
        if self._app is not None:
            self._app.removeEventFilter(self)

    def settle(self) -> None:
        """Another page has come."""
        self._deaf_until = self._clock.monotonic() + self._second_tap_s

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only looks at presses and keys; everything else goes by."""
        kind = event.type()
        if kind not in _SIGNS_OF_LIFE:
            return False
        now = self._clock.monotonic()
        if now - self._last >= _QUIET_S:
            self._last = now
            self.touched.emit()
        return kind in _PRESSES and now < self._deaf_until and watched.isWidgetType()
