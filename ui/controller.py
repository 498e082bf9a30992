"""Runs the session machine: events in, effects out, late answers dropped. Every decision is the machine's."""

from __future__ import annotations

import logging
import traceback
import uuid
from collections import deque
from dataclasses import replace
from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.clock import Clock
from kiosk.dossier.pages import Page
from kiosk.dossier.session import initial, step
from kiosk.dossier.session_effects import (
    Effect,
    StartTimer,
    StopTimer,
    Wipe,
)
from kiosk.dossier.session_state import (
    Begun,
    Delays,
    Event,
    Machine,
    MachineChanged,
    State,
    Timer,
    TimerFired,
    Touched,
)
from kiosk.errors import KnownError
from kiosk.ports import Services, SyncStatus
from ui.idle import Deadlines

log = logging.getLogger("kiosk.ui")
SCREEN_BUG: Final = "screen-bug"
_RECOVER_S: Final = 60.0  # long enough to read and copy the reference, short enough for who waits
_ASK_MACHINE_S: Final = 10.0  # between two looks at the disk and the receipts while nobody is here
_FREE_PAGES: Final = frozenset({Page.ATTRACT, Page.OUT_OF_SERVICE})


class Shows(Protocol):
    """What draws a state; see ``ui.stage``."""

    def show(self, state: State) -> None: ...

    def show_time(self, answer_left_s: float | None) -> None: ...

    def show_news(self) -> None: ...

    def wipe(self) -> None: ...


class Does(Protocol):
    """What carries out the effects that touch disk, stick or network; see ``ui.effects``."""

    def perform(self, effect: Effect, state: State) -> None: ...


class Controller(QObject):
    """One session after the other. ``changed(object)`` carries every new ``State``.

    ``lost``: not even the safe page can be drawn; the process must be started anew.
    """

    changed = Signal(object)
    lost = Signal()
    _news = Signal(object)  # from the sync worker's thread

    def __init__(
        self, services: Services, clock: Clock, delays: Delays, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._clock = clock
        self._delays = delays
        self._stage: Shows | None = None
        self._hands: Does | None = None
        self._deadlines = Deadlines(clock, self)
        self._waiting: deque[Event] = deque()
        self._busy = False
        self._closed = False
        self._recover_at: float | None = None
        self._machine_asked = clock.monotonic()
        self._state = initial(self._machine())
        self._deadlines.fired.connect(self._timer_fired)
        self._deadlines.ticked.connect(self._ticked)
        self._news.connect(self._took_news, Qt.ConnectionType.QueuedConnection)

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    @property
    def deadlines(self) -> Deadlines:
        """The session's timers."""
        return self._deadlines

    def begin(self, stage: Shows, hands: Does) -> None:
        """Show the first page and listen to the sync worker from now on."""
        self._stage, self._hands = stage, hands
        stage.show(self._state)
        stage.show_time(None)
        self._services.watch(self.tell_news)

    def close(self) -> None:
        """Nothing happens any more; the answers still under way are dropped."""
        self._closed = True
        self._deadlines.shutdown()
        self._waiting.clear()

    # -- events

    def act(self, event: Event) -> None:
        """Take one event, from a page or from the world. One that comes while another is taken waits."""
        if self._closed:
            return
        self._waiting.append(event)
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                self._take(self._waiting.popleft())
        except Exception as error:  # noqa: BLE001 - the screen must outlive any bug; it is logged and shown
            self.on_bug(error)
        finally:
            self._busy = False

    def _take(self, event: Event) -> None:
        """A new person meets the kiosk as it is now, not as it was when the last one left."""
        news = self._machine_news() if isinstance(event, Begun) else None
        if news is not None:
            self._step(news)
        if news is None or self._state.page is Page.ATTRACT:
            self._step(event)

    def _step(self, event: Event) -> None:
        before = self._state
        self._state, effects = step(before, event, self._delays)
        _log_move(before, event, self._state)
        for effect in effects:
            self._perform(effect)
        if self._state is not before:
            self._shows().show(self._state)
            self.changed.emit(self._state)

    def _perform(self, effect: Effect) -> None:
        match effect:
            case StartTimer():
                self._deadlines.start(effect.timer, effect.seconds)
            case StopTimer():
                self._deadlines.stop(effect.timer)
            case Wipe():
                self._shows().wipe()
            case _:
                assert self._hands is not None
                self._hands.perform(effect, self._state)

    def _shows(self) -> Shows:
        assert self._stage is not None
        return self._stage

    @Slot(object)
    def _timer_fired(self, timer: Timer) -> None:
        self.act(TimerFired(timer))

    @Slot()
    def touched(self) -> None:
        """Somebody pressed something, whatever it was."""
        if self._state.page is not Page.ATTRACT:
            self.act(Touched())

    # -- the world

    def tell_news(self, status: SyncStatus) -> None:
        """From any thread."""
        self._news.emit(status)

    @Slot(object)
    def _took_news(self, _status: SyncStatus) -> None:
        if not self._closed and self._stage is not None:
            self._stage.show_news()

    @Slot()
    def _ticked(self) -> None:
        if self._closed or self._stage is None:
            return
        now = self._clock.monotonic()
        self._stage.show_time(self._deadlines.left_s(Timer.ANSWER))
        if self._recover_at is not None and now >= self._recover_at:
            self._recover_at = None
            self._shows().wipe()
            self.ask_machine()
        elif self._state.page in _FREE_PAGES and now - self._machine_asked >= _ASK_MACHINE_S:
            self.ask_machine()

    def ask_machine(self) -> None:
        """Look anew at what this kiosk can offer; nothing happens where nothing changed."""
        if (news := self._machine_news()) is not None:
            self.act(news)

    def _machine_news(self) -> MachineChanged | None:
        self._machine_asked = self._clock.monotonic()
        machine = self._machine()
        waits = self._recover_at is not None
        return None if waits or machine == self._state.machine else MachineChanged(machine)

    def _machine(self) -> Machine:
        """What cannot be told is out of service, with the reason; looking again may mend it."""
        try:
            return Machine(
                no_dossiers=self._services.may_take_dossiers(), not_given=self._services.not_given()
            )
        except KnownError as error:
            return Machine(out_of_service=error.code)

    # -- bugs

    def on_bug(self, error: BaseException) -> None:
        """Log it, forget the person, show the safe page with the log's reference; try again after a while."""
        reference = uuid.uuid4().hex[:8]
        _log_bug(reference, error)
        if self._closed or self._stage is None:
            return
        self._waiting.clear()
        for timer in Timer:
            self._deadlines.stop(timer)
        machine = replace(self._state.machine, out_of_service=f"{SCREEN_BUG}-{reference}")
        self._state = replace(initial(machine), ticket=self._state.ticket + 1)
        self._recover_at = self._clock.monotonic() + _RECOVER_S
        try:
            self._stage.wipe()
            self._stage.show(self._state)
        except Exception as worse:  # noqa: BLE001 - not even the safe page can be drawn: start anew
            _log_bug(reference, worse)
            self.lost.emit()
        self.changed.emit(self._state)


def _log_move(before: State, event: Event, after: State) -> None:
    """Kinds and ids only: what was typed is in the event, and never in the log."""
    if isinstance(event, Touched) or (before.page is after.page and before.overlay is after.overlay):
        return
    log.info(
        "%s: %s -> %s dossier=%s",
        type(event).__name__,
        _name(before),
        _name(after),
        after.dossier_id or before.dossier_id,
    )


def _name(state: State) -> str:
    return f"{state.page.value}+{state.overlay.value}" if state.overlay else state.page.value


def _log_bug(reference: str, error: BaseException) -> None:
    """Where it happened, not what it said: a message may hold an answer."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("bug %s: %s\n%s", reference, type(error).__name__, where)
