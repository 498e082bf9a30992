"""One question on one page, answered by fingers on the screen's keys and by a real keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.catalogue.store import open_catalogue
from kiosk.dossier import route
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.session_state import Answered, BackPressed
from tests.ui.dossier import Person, at, new_draft, question
from tests.ui.fakes import FakeClock, FakeServices, make_library
from ui.library import Library
from ui.look import Look
from ui.pages.inputs.date import DateInput
from ui.pages.inputs.text import TextInput
from ui.pages.inputs.unit import UnitInput
from ui.pages.question import QuestionPage
from ui.stylesheet import SKIN, Skin
from ui.widgets.keyboard import Pad


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    clock = FakeClock()
    folder: Path = tmp_path_factory.mktemp("catalogue")
    return make_library(open_catalogue(folder, clock), FakeServices(), clock)


@pytest.fixture
def draft(library: Library) -> Draft:
    return new_draft(library.catalogue)


def asked(qtbot: QtBot, look: Look, library: Library, draft: Draft, stop: Stop) -> Person:
    return Person(qtbot, look, library, at(draft, stop))


def page_of(person: Person) -> QuestionPage:
    assert isinstance(person.page, QuestionPage)
    return person.page


def test_a_name_typed_with_mark_keys_gets_its_capitals(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("child_name"))
    person.types("giangà thiạ myả")
    person.press("Tiếp tục")
    person.tells(Answered(question("child_name"), "Giàng Thị Mỷ"))
    assert person.state.visit.at == question("child_birth_date")


def test_the_page_says_where_one_stands(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> None:
    person = asked(qtbot, look, library, draft, question("child_name"))
    words = person.reads()
    assert "Câu 1 trong 9 về đứa trẻ" in words
    assert "Ví dụ: Lù Văn Páo" in words
    assert "Tờ khai đăng ký khai sinh" in words


def test_a_wrong_name_stays_and_the_same_words_stand_above_and_at_the_field(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("child_name"))
    field = page_of(person).input
    assert isinstance(field, TextInput)
    field.field.set_text("Giàng Thị M9")
    person.press("Tiếp tục")
    sentence = person.state.visit.problems[0].finding
    assert sentence is not None
    person.finds(sentence.sentence("vi"), times=2)
    assert field.field.text() == "Giàng Thị M9"
    assert field.field.box.property(SKIN) == Skin.BOX_BAD.value
    field.field.set_text("Giàng Thị Mỷ")
    person.press("Tiếp tục")
    assert person.state.visit.at == question("child_birth_date")


def test_nothing_typed_is_explained_by_the_button_that_was_pressed(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("child_name"))
    person.press("Tiếp tục")
    assert person.state.visit.at == question("child_name")
    qtbot.waitUntil(lambda: bool(person.state.visit.problems))


def test_the_boxes_of_a_date_hand_on_to_each_other(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("child_birth_date"))
    assert person.pad is Pad.NUMBERS
    person.types("12112026")
    person.press("Tiếp tục")
    person.tells(Answered(question("child_birth_date"), "12/11/2026"))
    draft_now = person.state.visit.draft
    assert draft_now is not None
    assert draft_now.answer(question("child_birth_date")) == "2026-11-12"


def test_a_slash_ends_a_short_day_and_a_backspace_goes_back(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("child_birth_date"))
    field = page_of(person).input
    assert isinstance(field, DateInput)
    person.types("2/9/")
    assert field.boxes[2].edit.hasFocus()
    person.erases()
    assert field.boxes[1].edit.hasFocus()
    person.erases()
    person.types("10")
    person.types("2026")
    assert field.value() == "2/10/2026"


def test_a_date_typed_on_a_real_keyboard(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> None:
    person = asked(qtbot, look, library, draft, question("child_birth_date"))
    for letter in "2/11/2026":
        focused = person.page.focusWidget()
        assert focused is not None
        qtbot.keyClicks(focused, letter)
    qtbot.keyClick(person.page.focusWidget(), Qt.Key.Key_Return)
    person.tells(Answered(question("child_birth_date"), "2/11/2026"))


def test_a_date_that_is_none_stays_as_typed_in_its_three_boxes(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("child_birth_date"))
    person.types("3102")
    person.types("2026")
    person.press("Tiếp tục")
    qtbot.waitUntil(lambda: bool(person.state.visit.problems))
    again = asked(qtbot, look, library, draft, question("child_birth_date"))
    assert person.state.visit.draft is not None
    again.sees(person.state)
    field = page_of(person).input
    assert isinstance(field, DateInput)
    assert [box.text() for box in field.boxes] == ["31", "02", "2026"]


def test_yes_or_no_is_chosen_before_it_counts(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    stop = Stop(Page.HELPER, "helper_present")
    person = asked(qtbot, look, library, draft, stop)
    assert person.pad is None
    person.press("Không")
    person.press("Tiếp tục")
    person.tells(Answered(stop, False))


def test_a_case_is_one_of_several_cards(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> None:
    person = asked(qtbot, look, library, draft, route.CASE)
    person.press("Sinh ở nhà, không có giấy chứng sinh")
    person.press("Tiếp tục")
    person.tells(Answered(route.CASE, "sinh-o-nha"))


def test_the_kiosks_own_commune_is_at_hand(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> None:
    person = asked(qtbot, look, library, draft, question("birth_unit"))
    person.press("Tiếp tục")
    person.tells(Answered(question("birth_unit"), library.tuning.unit))


def test_a_commune_is_found_by_its_old_name_typed_without_marks(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("birth_unit"))
    person.press("Xã, phường khác")
    assert person.pad is Pad.LETTERS
    person.types("dong ha")
    person.press("Xã Lùng Tám")
    assert person.pad is None
    person.press("Tiếp tục")
    unit = next(unit for unit in library.catalogue.units.communes if "Đông Hà" in unit.old_names)
    person.tells(Answered(question("birth_unit"), unit.code))


def test_a_commune_that_is_none_is_explained_and_kept(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("birth_unit"))
    person.press("Xã, phường khác")
    person.types("zzz")
    person.finds("Không tìm thấy tên đó")
    person.press("Tiếp tục")
    qtbot.waitUntil(lambda: bool(person.state.visit.problems))
    field = page_of(person).input
    assert isinstance(field, UnitInput)
    assert field.value() == "Zzz"


def test_an_optional_question_can_be_skipped(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("birth_cert_number"))
    person.press("Bỏ qua")
    person.tells(Answered(question("birth_cert_number"), None))


def test_an_address_wraps_and_enter_goes_on(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> None:
    stop = Stop(Page.APPLICANT, "person_address")
    person = asked(qtbot, look, library, draft, stop)
    field = page_of(person).input
    assert isinstance(field, TextInput)
    field.field.set_text("Thôn Lùng Hẩu, xã Lùng Tám, tỉnh Tuyên Quang")
    qtbot.keyClick(person.page.focusWidget(), Qt.Key.Key_Return)
    person.tells(Answered(stop, "Thôn Lùng Hẩu, xã Lùng Tám, tỉnh Tuyên Quang"))


def test_hidden_keys_come_back_with_a_touch_of_the_field(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("child_name"))
    person.press("Ẩn phím")
    assert person.pad is None
    field = page_of(person).input
    assert isinstance(field, TextInput)
    field.field.edit.clearFocus()
    person.touch(field.field.edit)
    assert person.pad is Pad.LETTERS


def test_what_was_typed_is_kept_when_going_back(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("child_ethnicity"))
    person.types("mong")
    person.happens(BackPressed(person.page.typed()))
    assert person.state.visit.at == question("child_sex")
    assert person.state.visit.draft is not None
    assert person.state.visit.draft.shown(question("child_ethnicity")) == "Mong"


def test_an_untouched_page_says_it_typed_nothing(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = asked(qtbot, look, library, draft, question("birth_unit"))
    assert person.page.typed() is None
    person.press("Xã, phường khác")
    person.types("lung")
    typed = person.page.typed()
    assert typed == "Lung"
    again = asked(qtbot, look, library, draft, question("birth_unit"))
    again.page.put_back(typed)
    assert again.page.typed() == "Lung"
