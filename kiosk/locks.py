"""Locks between processes on one data folder. They die with their process, so none is ever left behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import KnownError


@contextmanager
def screen_lock(folder: Path) -> Iterator[None]:
    """Held by the one touchscreen of a data folder; KnownError ``screen-taken`` for a second one."""
    with _locked(folder / "screen", wait=lambda: False, error="screen-taken"):
        yield


@contextmanager
def worker_lease(folder: Path, wait: Callable[[], bool]) -> Iterator[None]:
    """Held while syncing. ``wait`` is asked after each failed try whether to try once more (it may pause);
    KnownError ``sync-busy`` when it says no."""
    with _locked(folder / "worker", wait, error="sync-busy"):
        yield


@contextmanager
def _locked(path: Path, wait: Callable[[], bool], error: str) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not wait():
                    raise KnownError(error) from None
        yield
    finally:
        os.close(handle)
