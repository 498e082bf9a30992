"""Work off the UI thread: one lane, one thread, results back on the UI thread in order."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.errors import KnownError

log = logging.getLogger("kiosk.ui")
T = TypeVar("T")
Bug = Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[KnownError], None]


@dataclass(frozen=True, slots=True)
class _Outcome:
    job: _Job
    value: Any = None
    error: BaseException | None = None


class _Bridge(QObject):
    """Carries outcomes across: emitted in the lane, received where this object lives."""

    arrived = Signal(object)

    def __init__(self, on_bug: Bug, name: str) -> None:
        super().__init__()
        self._on_bug = on_bug
        self._name = name
        self._open = True
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Nothing is delivered any more."""
        self._open = False

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if not self._open:
            return
        if outcome.error is None:
            outcome.job.done(outcome.value)
        elif isinstance(outcome.error, KnownError):
            outcome.job.failed(outcome.error)
        else:
            self._on_bug(outcome.error)


class Lane:
    """One worker thread with a queue. Make it, and call it, on the UI thread only.

    ``KnownError`` goes to the job's ``failed``; anything else is a bug: logged by kind and
    handed to ``on_bug`` on the UI thread, never lost.
    """

    def __init__(self, name: str, on_bug: Bug) -> None:
        self._name = name
        self._bridge = _Bridge(on_bug, name)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"{name}-lane", daemon=True)
        self._thread.start()

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[KnownError], None]
    ) -> None:
        """Queues ``work``; ``done`` or ``failed`` follows on the UI thread, in the order queued.

        ``work`` must not touch any Qt object.
        """
        if self._closed:
            raise RuntimeError(f"{self._name} lane is shut down")
        self._jobs.put(_Job(work, done, failed))

    def shutdown(self, wait_s: float = 10.0) -> bool:
        """Finishes what is queued, delivers nothing more; False if it still runs after ``wait_s``."""
        if not self._closed:
            self._closed = True
            self._bridge.close()
            self._jobs.put(None)
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._bridge.arrived.emit(self._outcome(job))

    def _outcome(self, job: _Job) -> _Outcome:
        try:
            return _Outcome(job, value=job.work())
        except KnownError as error:
            return _Outcome(job, error=error)
        except BaseException as error:  # noqa: BLE001 - a lane must outlive any bug; it is handed on
            # The text may hold an answer, so only the kind is logged.
            log.error("%s lane: unexpected %s", self._name, type(error).__name__)
            return _Outcome(job, error=error)
