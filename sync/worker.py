"""The sync worker: one thread that tries, waits and tells. Waiting runs on the monotonic clock only."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from kiosk import clock as times
from kiosk.clock import Clock
from kiosk.errors import KnownError
from kiosk.locks import worker_lease
from kiosk.logs import log_bug
from kiosk.ports import Connectivity, SyncStatus
from kiosk.storage.store import Store
from sync.client import LinkFault
from sync.engine import PassReport, SyncEngine

log = logging.getLogger("kiosk.sync")


@dataclass(frozen=True, slots=True)
class Delays:
    """How long the worker waits, and why. Seconds."""

    pass_s: float = 300.0  # one pass may take: a few big dossiers on a slow link
    unopened_s: float = 15.0  # between passes while the desk still has something of ours to open
    idle_s: float = 120.0  # between passes when all is opened: for time, notices and keys
    first_retry_s: float = 5.0  # after the first failure; doubles …
    last_retry_s: float = 3600.0  # … up to an hour, so that a kiosk is never silent for days
    jitter: float = 0.2  # so that kiosks of one valley do not all come back at once


class SyncWorker:
    """Runs ``SyncEngine`` passes in its own thread until ``stop``."""

    def __init__(
        self, engine: SyncEngine, store: Store, clock: Clock, locks: Path, delays: Delays | None = None
    ) -> None:
        self._engine = engine
        self._store = store
        self._clock = clock
        self._locks = locks
        self._delays = delays or Delays()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._listeners: list[Callable[[SyncStatus], None]] = []
        self._status = SyncStatus(Connectivity.PROBING, 0, 0, None, None, None)
        self._failures = 0
        self._asked: SimpleQueue[tuple[str, Future[bool]]] = SimpleQueue()
        self._thread = threading.Thread(target=self._loop, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End after the request under way; what was being sent is queued again at the next start."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(timeout_s)

    def wake(self) -> None:
        """Try now instead of later."""
        self._failures = 0
        self._wake.set()

    def look_up(self, lookup_id: str, wait_s: float) -> bool:
        """Fetch a dossier's notices in this worker's thread; False if the centre does not answer in time."""
        asked: Future[bool] = Future()
        self._asked.put((lookup_id, asked))
        self._wake.set()
        try:
            return asked.result(wait_s)
        except TimeoutError:
            asked.cancel()
            return False

    def _answer(self) -> None:
        """Do the look-ups that people wait for."""
        while not self._asked.empty():
            lookup_id, asked = self._asked.get()
            if asked.set_running_or_notify_cancel():
                asked.set_result(self._fetched(lookup_id))

    def _fetched(self, lookup_id: str) -> bool:
        try:
            self._engine.look_up(lookup_id)
        except (LinkFault, KnownError):
            return False
        return True

    def status(self) -> SyncStatus:
        """How things stood after the last pass."""
        return self._status

    def watch(self, listener: Callable[[SyncStatus], None]) -> None:
        """Tell ``listener`` each new status, from this thread; the present one at once."""
        self._listeners.append(listener)
        listener(self._status)

    def _loop(self) -> None:
        while not self._stopping.is_set():
            try:
                self._answer()
                delay_s = self._once()
            except KnownError as error:
                delay_s = self._failed(error)
            except Exception as error:  # noqa: BLE001 - the worker must outlive any bug; it is logged and retried
                log_bug(log, "sync worker", error)
                delay_s = self._retry_s()
            self._wake.wait(delay_s)
            self._wake.clear()

    def _once(self) -> float:
        with worker_lease(self._locks, wait=lambda: not self._stopping.wait(0.2)):
            report = self._engine.run(self._clock.monotonic() + self._delays.pass_s, between=self._answer)
        self._publish(report)
        if report.connectivity is not Connectivity.ONLINE:
            return self._retry_s()
        self._failures = 0
        return self._delays.unopened_s if self._store.unfinished() else self._delays.idle_s

    def _failed(self, error: KnownError) -> float:
        """Not enrolled is no failure: somebody may enrol this kiosk at any moment."""
        if error.code == "not-enrolled":
            return self._delays.unopened_s
        log.warning("sync pass: %s", error.code)
        return self._retry_s()

    def _retry_s(self) -> float:
        delay = min(self._delays.first_retry_s * 2.0**self._failures, self._delays.last_retry_s)
        self._failures = min(self._failures + 1, 20)
        return delay * random.uniform(1 - self._delays.jitter, 1)

    def _publish(self, report: PassReport) -> None:
        counts = self._store.counts()
        now = times.rfc3339(self._clock.now())
        online = report.connectivity is Connectivity.ONLINE
        self._status = SyncStatus(
            connectivity=report.connectivity,
            waiting=counts.queued + counts.sending,
            parked=counts.parked,
            last_try=now,
            last_answer=now if report.answered else self._status.last_answer,
            offline_since=None if online else self._status.offline_since or now,
        )
        for listener in self._listeners:
            listener(self._status)
