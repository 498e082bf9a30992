"""Papers and the stick they come from: one row a paper, one clear sentence for whatever goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.catalogue.store import open_catalogue
from kiosk.devices.source import Place, Stick
from kiosk.dossier import route
from kiosk.dossier.application import attachment
from kiosk.dossier.draft import Draft
from kiosk.dossier.session_state import (
    Failed,
    Failure,
    FileChosen,
    PaperAsked,
    PaperRead,
    PaperRemoved,
    PapersDone,
    Picker,
    PlaceListed,
    PlaceOpened,
    SticksFound,
)
from tests.ui.dossier import (
    BIRTH_CERTIFICATE,
    PDF,
    Person,
    at,
    choosing,
    folder,
    folder_of,
    new_draft,
    paper,
)
from tests.ui.fakes import FakeClock, FakeServices, make_library
from ui.library import Library
from ui.look import Look
from ui.widgets.badge import Badge


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    clock = FakeClock()
    data: Path = tmp_path_factory.mktemp("catalogue")
    return make_library(open_catalogue(data, clock), FakeServices(), clock)


@pytest.fixture
def draft(library: Library) -> Draft:
    return new_draft(library.catalogue, filled=True)


def at_papers(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> Person:
    return Person(qtbot, look, library, at(draft, route.PAPERS))


def at_stick(qtbot: QtBot, look: Look, library: Library, draft: Draft, picker: Picker) -> Person:
    return Person(qtbot, look, library, choosing(draft, picker))


def test_each_paper_says_how_it_stands(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> None:
    person = at_papers(qtbot, look, library, draft)
    words = person.reads()
    assert "Đã có 0 trong 1 giấy bắt buộc" in words
    assert "Máy đã điền từ câu trả lời của bạn" in words
    assert "Mỗi giấy không quá 10 MB, cả hồ sơ không quá 40 MB" in words
    states = {badge.words for badge in person.shown(Badge)}
    assert {"Đã có", "Còn thiếu", "Nếu có", "Chỉ làm tại quầy"} <= states


def test_missing_papers_stop_nobody_from_looking_on(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = at_papers(qtbot, look, library, draft)
    person.press("Tiếp tục")
    person.tells(PapersDone())
    assert person.state.visit.at == route.CHECK


def test_a_paper_comes_from_the_stick_and_can_be_taken_out_again(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    person = at_papers(qtbot, look, library, draft)
    person.press("Thêm từ USB: Giấy chứng sinh")
    person.tells(PaperAsked(BIRTH_CERTIFICATE))
    person.finds("Máy đang tìm USB")
    person.happens(SticksFound(person.state.ticket, (Stick(Place("stick"), "USB"),)))
    listing = folder_of(folder("Ảnh"), paper("giấy chứng sinh.pdf"))
    person.happens(PlaceListed(person.state.ticket, listing))
    person.press("giấy chứng sinh.pdf")
    person.tells(FileChosen(listing.place, "giấy chứng sinh.pdf".encode()))
    taken = attachment(BIRTH_CERTIFICATE, "giấy chứng sinh.pdf", PDF)
    person.happens(PaperRead(person.state.ticket, taken))
    person.finds("giấy chứng sinh.pdf (640\u00a0KB)")
    assert "Đã đủ giấy bắt buộc (1)" in person.reads()
    person.press("Bỏ ra: Giấy chứng sinh")
    person.tells(PaperRemoved(BIRTH_CERTIFICATE))
    person.finds("Còn thiếu 1")


def test_no_stick_says_what_to_do(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> None:
    person = at_stick(qtbot, look, library, draft, Picker(BIRTH_CERTIFICATE))
    assert "Máy chưa thấy USB" in person.reads()
    person.press("Tìm lại USB")
    person.tells(PlaceOpened(None))
    person.finds("Máy đang tìm USB")


def test_one_of_several_sticks_is_chosen(qtbot: QtBot, look: Look, library: Library, draft: Draft) -> None:
    sticks = (Stick(Place("a"), "KINGSTON"), Stick(Place("b"), "USB của Páo"))
    person = at_stick(qtbot, look, library, draft, Picker(BIRTH_CERTIFICATE, sticks))
    person.press("USB của Páo")
    person.tells(PlaceOpened(Place("b")))


def test_a_folder_opens_and_an_empty_one_says_so(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    listing = folder_of(folder("Ảnh"), hidden=2)
    person = at_stick(qtbot, look, library, draft, Picker(BIRTH_CERTIFICATE, (), listing))
    assert "Có 2 tệp loại khác" in person.reads()
    person.press("Ảnh")
    person.tells(PlaceOpened(listing.place.inside("Ảnh".encode())))
    person.happens(PlaceListed(person.state.ticket, folder_of(above=True)))
    person.finds("Ở đây không có ảnh hay tệp PDF nào")


def test_a_file_that_is_too_large_is_explained_and_not_taken(
    qtbot: QtBot, look: Look, library: Library, draft: Draft
) -> None:
    listing = folder_of(paper("to.pdf", 23_000_000, too_large=True))
    person = at_stick(qtbot, look, library, draft, Picker(BIRTH_CERTIFICATE, (), listing))
    person.press("to.pdf")
    assert person.told == []
    person.finds("Tệp này lớn hơn 10 MB")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("usb-gone", "USB đã bị rút ra"),
        ("paper-empty", "Tệp này không có gì bên trong"),
        ("paper-type", "Tệp này không phải PDF, JPG hay PNG"),
        ("usb-not-a-file", "Mục này không phải tệp đọc được"),
        ("dossier-too-large", "Các giấy tờ cộng lại lớn hơn 40 MB"),
    ],
)
def test_every_trouble_with_a_file_has_one_sentence(
    qtbot: QtBot, look: Look, library: Library, draft: Draft, code: str, sentence: str
) -> None:
    listing = folder_of(paper("a.pdf"))
    person = at_stick(qtbot, look, library, draft, Picker(BIRTH_CERTIFICATE, (), listing))
    person.press("a.pdf")
    facts = (("limit_mb", 40),) if code == "dossier-too-large" else (("component", BIRTH_CERTIFICATE),)
    person.happens(Failed(person.state.ticket, Failure(code, facts)))
    person.finds(sentence)
    assert BIRTH_CERTIFICATE not in person.reads()
