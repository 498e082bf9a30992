"""Check, submit, receipt, tracking, and the pages of trouble: nothing is claimed that is not true."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from kiosk.catalogue.store import open_catalogue
from kiosk.clock import rfc3339
from kiosk.dossier import route
from kiosk.dossier.application import attachment
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.session_state import (
    BackPressed,
    ChangePressed,
    EndPressed,
    Failed,
    Failure,
    HomePressed,
    Machine,
    SecretToggled,
    State,
    SubmitPressed,
    TrackAsked,
    TrackingFound,
    Visit,
)
from kiosk.ports import Connectivity, SyncStatus, Tracked, TrackSource
from tests.ui.dossier import BIRTH_CERTIFICATE, PDF, Person, at, new_draft, question, saved_state
from tests.ui.fakes import OFFLINE, ONLINE, SECRET, FakeClock, FakeServices, make_library
from ui.library import Library
from ui.look import Look
from ui.pages.code_pad import CodePad
from ui.pages.receipt import ReceiptPage
from ui.pages.tracking import TrackingPage
from ui.pages.way import Reached, Way
from ui.widgets.code import in_groups
from ui.widgets.qr import QrView

NOTHING = Tracked(None, None, None, None, None, None, "2026-11-20T08:00:00+07:00", TrackSource.CACHE)
OPENED = Tracked(
    "TQ27-01-000142-K9",
    "opened",
    4,
    None,
    "H60.12.01-261122-0007",
    "2026-11-26",
    "2026-11-22T09:31:00+07:00",
    TrackSource.ONLINE,
)


@pytest.fixture(scope="module")
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="module")
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, clock: FakeClock, services: FakeServices) -> Library:
    data: Path = tmp_path_factory.mktemp("catalogue")
    return make_library(open_catalogue(data, clock), services, clock)


@pytest.fixture
def library(shelf: Library, services: FakeServices) -> Library:
    services.status = ONLINE
    return shelf


@pytest.fixture
def draft(library: Library) -> Draft:
    filled = new_draft(library.catalogue, filled=True)
    return filled.with_attachment(attachment(BIRTH_CERTIFICATE, "giay.pdf", PDF))


# -- check


def test_every_answer_can_be_changed_from_the_check_page(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = Person(qtbot, look, library, at(draft, route.CHECK))
    words = person.reads()
    for said in ("Đứa trẻ", "Giàng Thị Mỷ", "Thứ Năm, 12/11/2026", "giay.pdf (640\u00a0KB)", "Gửi tới"):
        assert said in words
    assert "Còn" not in words.split("Đứa trẻ")[0]
    person.press("Thay đổi: Họ và tên")
    person.tells(ChangePressed(question("child_name")))
    assert person.state.visit.changing


def test_what_is_missing_stands_on_top_and_leads_there(qtbot: QtBot, look: Look, library: Library) -> None:
    draft = new_draft(library.catalogue, filled=True)
    person = Person(qtbot, look, library, at(draft, route.CHECK))
    assert "Còn 1 chỗ cần làm trước khi gửi" in person.reads()
    person.press("Giấy chứng sinh. Còn thiếu giấy này")
    person.tells(ChangePressed(route.PAPERS))


def test_an_incomplete_dossier_is_not_sent(qtbot: QtBot, look: Look, library: Library) -> None:
    person = Person(qtbot, look, library, at(new_draft(library.catalogue), route.CHECK))
    person.press("Lưu và gửi hồ sơ")
    person.tells(SubmitPressed())
    assert person.state.page is Page.CHECK
    person.finds("chỗ cần làm trước khi gửi")


def test_a_failed_submit_comes_back_with_the_reason_and_can_be_tried_again(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = Person(qtbot, look, library, at(draft, route.CHECK))
    person.press("Lưu và gửi hồ sơ")
    qtbot.waitUntil(lambda: person.state.page is Page.SUBMITTING)
    assert "Máy đang niêm phong" in person.reads()
    assert person.shown(QAbstractButton) == []
    person.happens(Failed(person.state.ticket, Failure("storage-full")))
    assert "Ổ đĩa đã đầy" in person.reads()
    person.press("Lưu và gửi hồ sơ")
    qtbot.waitUntil(lambda: person.state.page is Page.SUBMITTING)


def test_an_odd_answer_is_remarked_on_without_stopping_anybody(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    odd = draft.with_answer(Stop(Page.APPLICANT, "person_citizen_number"), "999190001234")
    person = Person(qtbot, look, library, at(odd, route.CHECK))
    _, finding = route.judge(odd, Stop(Page.APPLICANT, "person_citizen_number"), "999190001234")
    assert finding is not None and finding.warning
    assert finding.sentence("vi") in person.reads()
    assert "chỗ cần làm" not in person.reads()


# -- receipt


def receipt_of(person: Person) -> ReceiptPage:
    assert isinstance(person.page, ReceiptPage)
    return person.page


def test_the_receipt_claims_no_more_than_saved(
    qtbot: QtBot, look: Look, library: Library, services: FakeServices
) -> None:
    services.status = OFFLINE
    person = Person(qtbot, look, library, saved_state())
    words = person.reads()
    for said in ("đã được lưu tại máy", "TQ27-01-000142-K9", "Đăng ký khai sinh", "chưa phải mã hồ sơ"):
        assert said in words
    assert "Hết thứ Tư 25/11" in words
    assert "Đã nộp" not in words and "Thành công" not in words
    assert receipt_of(person).way.reached is Reached.SAVED


def test_the_private_code_shows_on_a_tap_and_hides_on_the_next(
    qtbot: QtBot, look: Look, library: Library
) -> None:
    person = Person(qtbot, look, library, saved_state())
    page = receipt_of(person)
    assert page.code is not None and not page.code.revealed
    assert in_groups(SECRET) not in person.reads()
    person.press("Chạm để hiện")
    person.tells(SecretToggled())
    assert page.code.revealed
    person.finds(in_groups(SECRET))
    person.press("Chạm để ẩn")
    qtbot.waitUntil(lambda: page.code is not None and not page.code.revealed)


def test_leaving_is_asked_about_until_the_private_code_was_seen(
    qtbot: QtBot, look: Look, library: Library
) -> None:
    person = Person(qtbot, look, library, saved_state())
    person.press("Xong, xóa màn hình")
    person.tells(HomePressed())
    assert person.state.overlay is not None
    seen = saved_state()
    person = Person(qtbot, look, library, replace(seen, visit=replace(seen.visit, secret_shown=True)))
    person.press("Xong, xóa màn hình")
    person.tells(EndPressed())
    assert person.state.visit == Visit()


def test_a_repeated_submit_has_no_private_code_to_show(qtbot: QtBot, look: Look, library: Library) -> None:
    person = Person(qtbot, look, library, saved_state(secret=None))
    assert person.button("Chạm để hiện") is None
    assert "Mất mã thì tới quầy" in person.reads()


def test_received_is_said_only_when_the_centre_answered_after_the_commit(
    qtbot: QtBot, look: Look, library: Library, services: FakeServices
) -> None:
    person = Person(qtbot, look, library, saved_state())
    page = receipt_of(person)
    assert page.way.reached is Reached.SAVED, "an answer from before the dossier says nothing of it"
    answer = rfc3339(library.now() + timedelta(seconds=5))
    services.status = SyncStatus(Connectivity.ONLINE, 1, 0, answer, answer, None)
    person.sees(person.state)
    assert page.way.reached is Reached.SAVED
    services.status = SyncStatus(Connectivity.ONLINE, 0, 1, answer, answer, None)
    person.sees(person.state)
    assert page.way.reached is Reached.SAVED, "it may be the one that is held back"
    services.status = SyncStatus(Connectivity.ONLINE, 0, 0, answer, answer, None)
    person.sees(person.state)
    assert page.way.reached is Reached.RECEIVED


def test_the_receipts_qr_is_drawn_after_the_page_stands(qtbot: QtBot, look: Look, library: Library) -> None:
    person = Person(qtbot, look, library, saved_state())

    def dark() -> bool:
        views = person.shown(QrView)
        middle = views[0].grab().toImage() if views else QImage()
        return any(
            middle.pixelColor(x, middle.height() // 2) == QColor("black") for x in range(middle.width())
        )

    qtbot.waitUntil(dark)


# -- tracking


def tracking(qtbot: QtBot, look: Look, library: Library) -> Person:
    return Person(qtbot, look, library, State(Page.TRACKING))


def tracker(person: Person) -> TrackingPage:
    assert isinstance(person.page, TrackingPage)
    return person.page


def code_keys(person: Person, letters: str) -> None:
    pad = person.shown(CodePad)[0]
    for letter in letters:
        person.touch(next(button for button in pad.keys if button.key.letters == letter))


def test_a_code_typed_with_the_pad_stands_in_groups_of_four(
    qtbot: QtBot, look: Look, library: Library
) -> None:
    person = tracking(qtbot, look, library)
    code_keys(person, SECRET)
    field = tracker(person).field
    assert field is not None
    assert field.text() == in_groups(SECRET)
    pad = person.shown(CodePad)[0]
    person.touch(pad.keys[-1])
    assert field.text() == in_groups(SECRET[:-1])
    field.press_letter(SECRET[-1])
    assert field.code() == SECRET


def test_a_code_typed_small_on_a_real_keyboard_is_the_same_code(
    qtbot: QtBot, look: Look, library: Library
) -> None:
    person = tracking(qtbot, look, library)
    field = tracker(person).field
    assert field is not None
    qtbot.keyClicks(field.editor, SECRET.lower())
    assert field.text() == in_groups(SECRET)


def test_a_typo_is_explained_and_the_code_kept(qtbot: QtBot, look: Look, library: Library) -> None:
    person = tracking(qtbot, look, library)
    code_keys(person, "A7KD9M")
    person.press("Xem hồ sơ")
    person.tells(TrackAsked("A7KD 9M"))
    person.finds("Mã chưa đúng: thiếu chữ hoặc nhầm chữ")
    field = tracker(person).field
    assert field is not None and field.code() == "A7KD9M"


def found(qtbot: QtBot, look: Look, library: Library, tracked: Tracked) -> Person:
    """The code was right; this is what came of it."""
    person = tracking(qtbot, look, library)
    visit = replace(person.state.visit, waiting=True)
    person.state = replace(person.state, visit=visit)
    person.happens(TrackingFound(person.state.ticket, tracked))
    return person


def test_an_opened_dossier_shows_the_official_code_and_what_happens_now(
    qtbot: QtBot, look: Look, library: Library
) -> None:
    person = found(qtbot, look, library, OPENED)
    for said in ("H60.12.01-261122-0007", "Đang xử lý", "thứ Năm, 26/11/2026", "Tin tính đến 09:31"):
        person.finds(said)
    assert person.shown(Way)[0].reached is Reached.OPENED


@pytest.mark.parametrize("status", range(1, 11))
def test_every_national_status_has_plain_words(
    qtbot: QtBot, look: Look, library: Library, status: int
) -> None:
    person = found(qtbot, look, library, replace(OPENED, status=status))
    person.finds(look.words(f"status.{status}_why"))


@pytest.mark.parametrize(
    ("state", "reached"),
    [
        ("queued", Reached.SAVED),
        ("sending", Reached.SAVED),
        ("received", Reached.RECEIVED),
        ("parked", Reached.SAVED),
    ],
)
def test_the_way_is_only_as_long_as_it_is_true(
    qtbot: QtBot, look: Look, library: Library, state: str, reached: Reached
) -> None:
    own = replace(OPENED, state=state, status=None, official_code=None, due=None)
    person = found(qtbot, look, library, own)
    qtbot.waitUntil(lambda: bool(person.shown(Way)))
    assert person.shown(Way)[0].reached is reached


def test_no_news_is_never_no_such_dossier(
    qtbot: QtBot, look: Look, library: Library, services: FakeServices
) -> None:
    services.status = OFFLINE
    person = found(qtbot, look, library, NOTHING)
    person.finds("Máy này chưa có tin về hồ sơ này, tính đến 08:00, thứ Sáu 20/11/2026")
    assert "không có hồ sơ" not in person.reads().lower()


def test_another_code_begins_empty(qtbot: QtBot, look: Look, library: Library) -> None:
    person = found(qtbot, look, library, OPENED)
    person.press("Gõ mã khác")
    qtbot.waitUntil(lambda: tracker(person).field is not None)
    field = tracker(person).field
    assert field is not None and field.text() == ""


# -- trouble


def test_offline_tells_true_numbers_and_leads_back(
    qtbot: QtBot, look: Look, library: Library, services: FakeServices, draft: Draft
) -> None:
    services.status = OFFLINE
    state = State(Page.OFFLINE, visit=Visit(draft=draft, at=route.CHECK, back_to=Page.CHECK))
    person = Person(qtbot, look, library, state)
    assert "Đang mất mạng" in person.reads()
    assert "3 hồ sơ đang chờ gửi, còn nguyên tại máy" in person.reads()
    services.status = replace(ONLINE, waiting=0)
    person.sees(person.state)
    person.finds("Không có hồ sơ nào đang chờ gửi")
    person.press("Làm tiếp hồ sơ")
    person.tells(BackPressed())
    assert person.state.page is Page.CHECK


@pytest.mark.parametrize("link", list(Connectivity))
def test_every_kind_of_link_has_words_of_its_own(
    qtbot: QtBot, look: Look, library: Library, services: FakeServices, link: Connectivity
) -> None:
    services.status = replace(OFFLINE, connectivity=link)
    person = Person(qtbot, look, library, State(Page.OFFLINE, visit=Visit(back_to=Page.HOME)))
    assert look.words(f"offline.lead.{link.value}") in person.reads()


def test_out_of_service_says_where_to_go_and_what_to_report(
    qtbot: QtBot, look: Look, library: Library
) -> None:
    state = State(Page.OUT_OF_SERVICE, machine=Machine(out_of_service="database-damaged"))
    person = Person(qtbot, look, library, state)
    for said in ("Mời bạn tới quầy", "0219 555 0123", "database-damaged", "Giờ mở cửa"):
        assert said in person.reads()
    assert person.shown(QAbstractButton) == []
