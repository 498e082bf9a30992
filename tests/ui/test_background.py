"""The lanes: results come home to the UI thread, and no trouble is lost on the way."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from kiosk.errors import KnownError
from ui.background import Lane


class Home:
    """Where outcomes arrive, with the thread each arrived on."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self.failures: list[str] = []
        self.bugs: list[str] = []
        self.threads: set[int] = set()

    def done(self, value: object) -> None:
        self.values.append(value)
        self.threads.add(threading.get_ident())

    def failed(self, error: KnownError) -> None:
        self.failures.append(error.code)
        self.threads.add(threading.get_ident())

    def bug(self, error: BaseException) -> None:
        self.bugs.append(type(error).__name__)
        self.threads.add(threading.get_ident())


def broken() -> int:
    return [][0]


def full() -> int:
    raise KnownError("disk-full")


def test_results_come_home_in_order_on_the_ui_thread(qtbot: QtBot) -> None:
    home = Home()
    lane = Lane("store", home.bug)
    workers: list[int] = []

    def work(number: int) -> int:
        workers.append(threading.get_ident())
        return number

    for number in range(20):
        lane.run(lambda number=number: work(number), home.done, home.failed)
    qtbot.waitUntil(lambda: len(home.values) == 20)
    assert lane.shutdown()
    assert home.values == list(range(20))
    assert home.threads == {threading.get_ident()}
    assert set(workers).isdisjoint(home.threads)
    assert len(set(workers)) == 1


def test_a_full_disk_goes_to_the_one_who_asked(qtbot: QtBot) -> None:
    home = Home()
    lane = Lane("store", home.bug)
    lane.run(full, home.done, home.failed)
    qtbot.waitUntil(lambda: bool(home.failures))
    assert lane.shutdown()
    assert (home.failures, home.values, home.bugs) == (["disk-full"], [], [])


@pytest.mark.logs("unexpected IndexError")
def test_a_bug_is_told_and_the_lane_goes_on(qtbot: QtBot) -> None:
    home = Home()
    lane = Lane("media", home.bug)
    lane.run(broken, home.done, home.failed)
    lane.run(lambda: 7, home.done, home.failed)
    qtbot.waitUntil(lambda: home.values == [7])
    assert lane.shutdown()
    assert home.bugs == ["IndexError"]
    assert home.threads == {threading.get_ident()}


def test_shutting_down_finishes_the_work_and_tells_nobody(qtbot: QtBot) -> None:
    home = Home()
    lane = Lane("store", home.bug)
    finished = threading.Event()
    lane.run(finished.set, home.done, home.failed)
    assert lane.shutdown()
    assert finished.is_set()
    QCoreApplication.sendPostedEvents()
    assert home.values == []
    with pytest.raises(RuntimeError):
        lane.run(finished.set, home.done, home.failed)


def test_a_lane_that_hangs_is_told_of(qtbot: QtBot) -> None:
    home = Home()
    lane = Lane("media", home.bug)
    gate = threading.Event()
    lane.run(gate.wait, home.done, home.failed)
    assert not lane.shutdown(wait_s=0.01)
    gate.set()
    assert lane.shutdown()
