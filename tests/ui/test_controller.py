"""Stories at the real screens: the machine's decisions, carried out and shown."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.dossier.pages import Page
from kiosk.dossier.session_state import (
    BackPressed,
    Begun,
    EndPressed,
    HomePressed,
    Language,
    LanguageChosen,
    LanguageOpened,
    Overlay,
    QueryTyped,
    StaffCalled,
    SubmitPressed,
    TrackAsked,
    TrackingOpened,
)
from kiosk.errors import KnownError
from kiosk.ports import NotGiven
from tests.ui.fakes import OFFLINE, ONLINE, SECRET, FakeServices
from tests.ui.screens import opened, typed_texts
from ui.idle import Deadlines
from ui.overlays import LooksPanel
from ui.pages.base import PageView
from ui.pages.home import HomePage
from ui.pages.question import QuestionPage
from ui.theme import Mode, TextSize
from ui.widgets.bar import BarPlace
from ui.widgets.idle import IdlePanel

NAME = "Giàng Thị Mỷ"


def test_one_touch_begins_and_the_same_touch_chooses_nothing(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.tap(somebody.button("Chạm để bắt đầu"))
        assert somebody.state.page is Page.HOME
        home = somebody.page
        assert isinstance(home, HomePage)
        somebody.tap_at_once(home.track_button)
        assert somebody.state.page is Page.HOME
        somebody.tap(home.track_button)
        assert somebody.state.page is Page.TRACKING


def test_a_button_hit_twice_does_its_work_once(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        button = somebody.button("Chạm để bắt đầu")
        button.click()
        button.click()
        assert somebody.state.page is Page.HOME
        staff = somebody.screen.window.bar
        assert staff is not None
        staff.buttons[BarPlace.STAFF].click()
        close = somebody.button("Đóng")
        close.click()
        close.click()
        assert somebody.state.overlay is None


def test_all_by_keyboard(qtbot: QtBot, folder: Path) -> None:
    from PySide6.QtCore import Qt

    with opened(qtbot, folder) as somebody:
        window = somebody.screen.window
        qtbot.keyClick(window, Qt.Key.Key_Tab)
        focus = window.focusWidget()
        assert focus is not None and focus.accessibleName() == "Chạm để bắt đầu"
        qtbot.keyClick(focus, Qt.Key.Key_Return)
        assert somebody.state.page is Page.HOME


def test_idle_in_the_middle_of_a_form_leaves_nothing_of_the_person(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.start().fill_until_name()
        page = somebody.page
        assert isinstance(page, QuestionPage)
        page.put_back(NAME)
        assert NAME in typed_texts(somebody.screen.window)
        QGuiApplication.clipboard().setText(NAME)
        del page
        somebody.wait_s(180)
        assert isinstance(somebody.panel, IdlePanel)
        somebody.wait_s(30)
        assert somebody.state.page is Page.ATTRACT
        assert somebody.state.visit.draft is None
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert typed_texts(somebody.screen.window) == []
        assert QGuiApplication.clipboard().text() == ""
        gc.collect()
        left = [type(one).__name__ for one in gc.get_objects() if isinstance(one, PageView)]
        assert left == ["AttractPage"]


def test_the_warning_counts_thirty_stitches_and_one_tap_answers_it(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun()).wait_s(179)
        assert somebody.panel is None
        somebody.wait_s(1).wait_s(8)
        assert isinstance(somebody.panel, IdlePanel)
        assert "22" in somebody.words_on_screen()
        somebody.tap(somebody.panel.stay_button)
        assert somebody.panel is None
        assert somebody.state.page is Page.HOME
        somebody.wait_s(179)
        assert somebody.panel is None


def test_any_touch_keeps_the_warning_away(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun()).wait_s(170)
        somebody.tap(somebody.page)
        somebody.wait_s(170)
        assert somebody.state.overlay is None
        somebody.wait_s(10)
        assert somebody.state.overlay is Overlay.IDLE_WARNING


def test_a_dossier_is_sent_once_and_its_receipt_noted_as_given(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.to_check()
        assert somebody.state.page is Page.CHECK
        draft = somebody.state.visit.draft
        assert draft is not None
        somebody.act(SubmitPressed(), SubmitPressed()).until_page(Page.RECEIPT)
        assert [one.dossier_id for one in somebody.services.applications] == [draft.dossier_id]
        assert somebody.services.given == []
        somebody.act(EndPressed())
        assert somebody.state.page is Page.ATTRACT
        somebody.until(lambda: somebody.services.given == [draft.dossier_id])


def test_a_submit_that_fails_leads_back_to_check_and_the_retry_is_the_same_dossier(
    qtbot: QtBot, folder: Path
) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.to_check()
        somebody.services.trouble = KnownError("storage-low", free_mb=12, needed_mb=500)
        somebody.act(SubmitPressed()).until_page(Page.CHECK)
        failure = somebody.state.visit.failure
        assert failure is not None and failure.code == "storage-low"
        before = somebody.state.dossier_id
        somebody.services.trouble = None
        somebody.act(SubmitPressed()).until_page(Page.RECEIPT)
        assert [one.dossier_id for one in somebody.services.applications] == [before]


def test_an_answer_that_comes_after_leaving_is_dropped(qtbot: QtBot, folder: Path) -> None:
    gate, asked = threading.Event(), threading.Event()

    class Slow(FakeServices):
        def track(self, code: str):  # type: ignore[no-untyped-def]
            asked.set()
            assert gate.wait(5)
            return super().track(code)

    with opened(qtbot, folder, services=Slow()) as somebody:
        somebody.act(Begun(), TrackingOpened(), TrackAsked(SECRET))
        assert asked.wait(5)
        somebody.act(BackPressed(), TrackingOpened())
        gate.set()
        somebody.act(TrackAsked(SECRET)).until(lambda: somebody.state.visit.tracking.found is not None)
        assert somebody.state.ticket == 6


def test_back_keeps_a_half_typed_name(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.start().fill_until_name()
        stop = somebody.state.visit.at
        somebody.page.put_back(NAME)
        bar = somebody.screen.window.bar
        assert bar is not None
        bar.buttons[BarPlace.BACK].click()
        assert somebody.state.visit.at != stop
        draft = somebody.state.visit.draft
        assert draft is not None and stop is not None and draft.shown(stop) == NAME


def test_other_letters_and_colours_at_once_and_nothing_typed_is_lost(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.start().fill_until_name()
        somebody.page.put_back(NAME)
        bar = somebody.screen.window.bar
        assert bar is not None
        bar.buttons[BarPlace.LOOKS].click()
        assert isinstance(somebody.panel, LooksPanel)
        somebody.panel.sizes.cards[3].click()
        somebody.panel.modes.cards[2].click()
        theme = somebody.screen.stage.look.theme
        assert (theme.text_size, theme.mode) == (TextSize.LARGEST, Mode.HIGH_DARK)
        somebody.panel.close_button.click()
        assert somebody.panel is None
        assert somebody.page.typed() == NAME
        somebody.act(EndPressed())
        somebody.button("Xong, xóa màn hình").click()
        assert somebody.state.page is Page.ATTRACT
        assert somebody.screen.stage.look.theme.mode is Mode.NORMAL


def test_the_next_person_gets_vietnamese_again(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(LanguageOpened(), LanguageChosen(Language.EN))
        assert "What do you" in somebody.words_on_screen()
        somebody.act(EndPressed())
        assert "Việc giấy tờ" in somebody.words_on_screen()


def test_the_network_goes_and_comes_back_from_the_workers_thread(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        assert "Có mạng" in somebody.words_on_screen()
        for status, words in ((OFFLINE, "Mất mạng"), (ONLINE, "Có mạng")):
            worker = threading.Thread(target=somebody.services.tell, args=(status,))
            worker.start()
            worker.join()
            somebody.until(lambda words=words: words in somebody.words_on_screen())  # type: ignore[misc]


def test_a_dossier_saved_before_a_crash_is_told_of_without_a_name(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        assert "10:42" not in somebody.words_on_screen()
        lost = NotGiven("0190-id", "BH47-01-000123-K", "2026-11-22T10:42:00+07:00")
        somebody.services.waiting_receipts = (lost,)
        somebody.wait_s(10)
        said = somebody.words_on_screen()
        assert "10:42" in said and "quầy" in said
        assert lost.receipt not in said and lost.dossier_id not in said
        somebody.services.waiting_receipts = ()
        somebody.act(Begun())
        assert "10:42" not in somebody.words_on_screen()


def test_when_storage_is_low_looking_up_goes_on_and_the_button_explains(qtbot: QtBot, folder: Path) -> None:
    services = FakeServices()
    services.obstacle = "storage-low"
    with opened(qtbot, folder, services=services) as somebody:
        somebody.act(Begun(), QueryTyped("khai sinh"))
        assert "Đăng ký khai sinh" in somebody.words_on_screen()
        somebody.act(HomePressed()).start_again()
        assert somebody.state.page is Page.PROCEDURE
        somebody.until(lambda: "Bộ nhớ của máy sắp đầy" in somebody.words_on_screen())


def test_services_that_cannot_be_asked_are_out_of_service_until_they_can(qtbot: QtBot, folder: Path) -> None:
    class Shut(FakeServices):
        shut = True

        def not_given(self) -> tuple[NotGiven, ...]:
            if self.shut:
                raise KnownError("data-unwritable", reason="EIO")
            return ()

    services = Shut()
    with opened(qtbot, folder, services=services) as somebody:
        assert somebody.state.page is Page.OUT_OF_SERVICE
        somebody.act(StaffCalled())
        somebody.button("Đóng").click()
        services.shut = False
        somebody.wait_s(10)
        assert somebody.state.page is Page.ATTRACT


@pytest.mark.logs("kiosk.ui: bug [0-9a-f]{8}: UndefinedStep")
def test_a_bug_is_logged_without_what_was_typed_and_the_screen_comes_back(
    qtbot: QtBot, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.start().fill_until_name()
        somebody.act(TrackAsked(NAME))
        assert somebody.state.page is Page.OUT_OF_SERVICE
        assert somebody.state.visit.draft is None
        assert NAME not in caplog.text
        reference = caplog.text.partition("bug ")[2][:8]
        assert reference in somebody.words_on_screen()
        somebody.wait_s(59)
        assert somebody.state.page is Page.OUT_OF_SERVICE
        somebody.wait_s(1)
        assert somebody.state.page is Page.ATTRACT


@pytest.mark.logs("kiosk.ui: bug", "store lane: unexpected")
def test_a_bug_while_sealing_is_no_lost_screen(qtbot: QtBot, folder: Path) -> None:
    class Broken(FakeServices):
        def submit(self, application):  # type: ignore[no-untyped-def]
            raise ZeroDivisionError(NAME)

    with opened(qtbot, folder, services=Broken()) as somebody:
        somebody.to_check().act(SubmitPressed()).until_page(Page.OUT_OF_SERVICE)
        somebody.wait_s(60)
        assert somebody.state.page is Page.ATTRACT


def test_deadlines_fire_once_the_earliest_first_and_stop(qtbot: QtBot) -> None:
    from kiosk.dossier.session_state import Timer
    from tests.ui.fakes import FakeClock

    clock, fired = FakeClock(), []
    deadlines = Deadlines(clock)
    deadlines.fired.connect(fired.append)
    deadlines.start(Timer.SECRET, 5)
    deadlines.start(Timer.IDLE, 3)
    deadlines.start(Timer.ANSWER, 4)
    deadlines.stop(Timer.ANSWER)
    assert deadlines.left_s(Timer.IDLE) == 3
    clock.advance(9)
    deadlines.look()
    deadlines.look()
    assert fired == [Timer.IDLE, Timer.SECRET]
    assert deadlines.left_s(Timer.IDLE) is None
    deadlines.shutdown()
