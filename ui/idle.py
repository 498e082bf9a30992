"""The session's timers: deadlines on the monotonic clock, so a set wall clock or a suspend fools nobody."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.clock import Clock
from kiosk.dossier.session_state import Timer

TICK_MS = 250  # a warning comes at most this late; four wake-ups a second cost nothing


class Deadlines(QObject):
    """``fired(object)`` carries the ``Timer`` that ran out; ``ticked`` comes at every look at the clock.

    The event loop only drives ``look``: tests set their clock on and call it.
    """

    fired = Signal(object)
    ticked = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._due: dict[Timer, float] = {}
        self._pulse = QTimer(self)
        self._pulse.setInterval(TICK_MS)
        self._pulse.timeout.connect(self.look)
        self._pulse.start()

    def start(self, timer: Timer, seconds: float) -> None:
        """Starts, or starts anew."""
        self._due[timer] = self._clock.monotonic() + seconds

    def stop(self, timer: Timer) -> None:
        """Ends without firing; one that is not running is left alone."""
        self._due.pop(timer, None)

    def left_s(self, timer: Timer) -> float | None:
        """Seconds until it fires; None if it is not running."""
        due = self._due.get(timer)
        return None if due is None else max(0.0, due - self._clock.monotonic())

    def shutdown(self) -> None:
        """Nothing fires any more."""
        self._pulse.stop()
        self._due.clear()

    @Slot()
    def look(self) -> None:
        """Fires what is due, each once, the earliest first."""
        now = self._clock.monotonic()
        for timer in sorted((one for one, due in self._due.items() if due <= now), key=self._due.__getitem__):
            if self._due.pop(timer, None) is not None:
                self.fired.emit(timer)
        self.ticked.emit()
