"""Looking up: from the first letter to the papers one must bring, at both sizes of screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.catalogue.loader import load_procedures
from kiosk.catalogue.model import Fee, Procedure
from kiosk.dossier.pages import Page
from kiosk.dossier.session_state import (
    Begun,
    EndPressed,
    HomePressed,
    LanguageOpened,
    LifeEventChosen,
    OfflineOpened,
    ProcedureChosen,
    QueryTyped,
    StaffCalled,
    State,
)
from kiosk.resources import asset
from tests.ui.screens import BIRTH, LAPTOP, PORTRAIT, Somebody, opened
from ui.messages import Language, Words
from ui.pages import PAGES
from ui.pages.facts import long_fee, papers_fact, result_facts, short_fee, to_bring
from ui.pages.home import HomePage, in_two
from ui.pages.notice import NoticePage
from ui.pages.procedure import ProcedurePage
from ui.pages.results import ResultsPage
from ui.theme import Mode, TextSize
from ui.widgets.button import GoButton, Pressable
from ui.widgets.keyboard import KeyButton
from ui.widgets.result import BestResultCard

DESK_ONLY = "2.000815"
WORDS = Words.load(Language.VI)


def procedure(code: str) -> Procedure:
    return next(one for one in load_procedures(asset("catalogue", "procedures")) if one.code == code)


def results(somebody: Somebody) -> ResultsPage:
    page = somebody.page
    assert isinstance(page, ResultsPage)
    return page


def test_a_grandmother_types_without_marks_on_the_screens_keys(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun())
        home = somebody.page
        assert isinstance(home, HomePage)
        assert home.keyboard.isHidden()
        somebody.tap(home.field.edit)
        assert home.keyboard.isVisible()
        for letter in "khai sinh":
            keyboard = somebody.page.findChild(type(home.keyboard))
            assert keyboard is not None
            key = next(one for one in keyboard.findChildren(KeyButton) if one.key.letters == letter)
            somebody.tap(key)
        page = results(somebody)
        assert page.field.text() == "khai sinh" == somebody.state.visit.query
        assert page.keyboard.isVisible()
        assert BIRTH in page.list.buttons
        somebody.tap(page.search_button)
        assert page.keyboard.isHidden()
        assert page.findChild(BestResultCard) is not None
        somebody.tap(page.list.buttons[BIRTH])
        assert somebody.state.page is Page.PROCEDURE


def test_every_letter_changes_what_is_found_and_the_caret_stays(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun(), QueryTyped("k"))
        page = results(somebody)
        qtbot.keyClicks(page.field.edit, "et hon")
        assert results(somebody) is page
        assert page.field.caret() == len("ket hon")
        assert "1.000894" in page.list.buttons
        page.field.set_text("")
        assert page.list.buttons == {}
        assert somebody.state.page is Page.RESULTS


def test_words_that_match_are_marked_whatever_the_marks(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        answer = somebody.page.library.catalogue.search("khai sinh", 5)
        hit = next(one for one in answer.hits if one.code == BIRTH)
        facts = result_facts(WORDS, procedure(BIRTH), hit.name, hit.marks)
        marked = " ".join(facts.title[run.start : run.start + run.length] for run in facts.marks)
        assert "khai sinh" in marked


def test_two_meanings_become_two_buttons(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun(), QueryTyped("mất"))
        somebody.until(lambda: "Bạn muốn việc nào?" in somebody.words_on_screen())
        somebody.tap(somebody.button("Có người mất"))
        assert somebody.state.visit.query == "đăng ký khai tử"
        assert results(somebody).field.text() == "đăng ký khai tử"


def test_what_is_not_there_is_said_to_be_not_there(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun(), QueryTyped("xyzzy qwrt"))
        page = results(somebody)
        assert page.accessibleName() == "Máy chưa có thủ tục này"
        assert page.findChildren(GoButton) == [page.search_button]
        somebody.until(lambda: "Gọi cán bộ" in [one.accessibleName() for one in page.findChildren(Pressable)])
        somebody.act(QueryTyped("ly dị"))
        somebody.until(lambda: "Tòa án nhân dân" in somebody.words_on_screen())


def test_everything_else_brings_the_cards_that_had_no_room(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun())
        home = somebody.page
        assert isinstance(home, HomePage)
        assert len(home.cards) == 9
        somebody.tap(home.cards[-1])
        assert somebody.state.page is Page.HOME
        events = home.library.catalogue.life_events()
        assert len(home.cards) == len(events)
        somebody.until(lambda: home.cards[-1].isVisible())
        home.cards[-1].click()
        assert somebody.state.visit.life_event == events[-1].id


def test_a_life_event_lists_what_belongs_to_it_in_order(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun(), LifeEventChosen("co-con-nho"))
        shown = [one.code for one in somebody.page.library.catalogue.by_life_event("co-con-nho")]
        assert list(results(somebody).list.buttons) == shown[:4]
        assert somebody.page.findChild(BestResultCard) is None


def test_another_case_wants_other_papers(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun(), ProcedureChosen(BIRTH))
        page = somebody.page
        assert isinstance(page, ProcedurePage)
        somebody.until(lambda: "Giấy chứng sinh" in somebody.words_on_screen())
        assert "Giấy của người làm chứng" not in somebody.words_on_screen()
        page.cases.cards[1].click()
        somebody.until(lambda: "Giấy của người làm chứng" in somebody.words_on_screen())
        assert "Không cần mang" in somebody.words_on_screen()
        assert "Chỉ để cán bộ xem" in somebody.words_on_screen()


def test_a_procedure_of_the_desk_only_ends_with_the_desk_and_no_yellow_button(
    qtbot: QtBot, folder: Path
) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun(), ProcedureChosen(DESK_ONLY))
        assert somebody.page.findChildren(GoButton) == []
        said = somebody.words_on_screen()
        assert "Việc này làm tại quầy" in said


def test_nothing_is_consented_to_beforehand(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.start()
        page = somebody.page
        assert isinstance(page, NoticePage)
        assert [tick.ticked for tick in page.ticks.values()] == [False]
        page.ticks["sms"].click()
        page.go_button.click()
        draft = somebody.state.visit.draft
        assert draft is not None and draft.consents == ("sms",)
        assert somebody.state.page is Page.HELPER


def test_going_on_needs_no_consent(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.start()
        somebody.button("Tôi đã đọc").click()
        draft = somebody.state.visit.draft
        assert draft is not None and draft.consents == ()


def test_a_dossier_begun_goes_on_under_the_same_id(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.start()
        first = somebody.state.dossier_id
        somebody.act(HomePressed(), ProcedureChosen(BIRTH))
        somebody.button("Làm tiếp hồ sơ này").click()
        assert somebody.state.dossier_id == first is not None


# -- words


def test_what_is_unknown_is_said_to_be_unknown() -> None:
    bare = _bare(procedure(BIRTH))
    facts = result_facts(WORDS, bare, bare.name)
    assert facts.duration == facts.fee == "Chưa rõ – hỏi cán bộ"
    assert facts.papers == "Giấy tờ: chưa rõ – hỏi cán bộ"


def test_a_fee_is_never_told_without_its_exemption() -> None:
    fee = Fee("8.000 đồng một bản. Thu tại quầy.", 8000, "Miễn cho hộ nghèo.")
    assert short_fee(WORDS, fee) == "8.000 đồng một bản, có miễn giảm"
    assert long_fee(WORDS, fee) == ("8.000 đồng một bản", "Thu tại quầy. Miễn cho hộ nghèo.")
    silent = Fee("8.000 đồng", 8000, None)
    assert "chưa rõ" in long_fee(WORDS, silent)[1]
    assert short_fee(WORDS, Fee("Miễn phí", 0, None)) == "Miễn phí"


def test_the_declaration_is_nothing_to_bring() -> None:
    birth = procedure(BIRTH)
    assert [one.id for one in to_bring(birth, "co-giay-chung-sinh")] == ["giay-chung-sinh", "can-cuoc"]
    assert papers_fact(WORDS, birth) == "Thường 2 giấy tờ"


def test_where_every_paper_depends_nobody_is_told_to_bring_nothing() -> None:
    birth = procedure(BIRTH)
    optional = tuple(replace(one, required=False, attach=True, when=None) for one in birth.components[:3])
    assert papers_fact(WORDS, replace(birth, cases=(), components=optional)) == "Giấy tờ tùy trường hợp"


def test_a_title_is_broken_near_its_middle() -> None:
    assert in_two("Nhà đất, điện lực") == "Nhà đất,\nđiện lực"
    assert in_two("Người thân qua đời") == "Người thân\nqua đời"
    assert in_two("Học tập") == "Học tập"


def _bare(one: Procedure) -> Procedure:
    return replace(one, time=None, fee=None, components=(), cases=(), updated=date(2026, 1, 1))


# -- every page of looking up, at every size


def _walk(somebody: Somebody) -> list[State]:
    """The pages of this file one after the other; the look stays what it is."""
    way = [
        (),
        (Begun(),),
        (QueryTyped("dang ky khai sinh"),),
        (ProcedureChosen(BIRTH),),
        (HomePressed(), ProcedureChosen(DESK_ONLY)),
        (LanguageOpened(),),
        (OfflineOpened(),),
    ]
    seen = []
    for events in way:
        somebody.act(*events)
        _check_room(somebody)
        seen.append(somebody.state)
    return seen


def _check_room(somebody: Somebody) -> None:
    """Nothing is wider than the screen has room for, nothing to press is smaller than a finger."""
    window, theme = somebody.screen.window, somebody.screen.stage.look.theme
    layout = window.layout()
    assert layout is not None
    layout.activate()
    place = f"{somebody.state.page} {theme.text_size} {theme.mode}"
    assert window.minimumSizeHint().width() <= window.width(), place
    assert window.minimumSizeHint().height() <= window.height(), place
    somebody.screen.window.grab()
    for one in somebody.page.findChildren(Pressable):
        if one.isVisible() and not isinstance(one, KeyButton):
            assert one.height() >= theme.min_target, (place, one.accessibleName(), one.height())
            assert one.width() >= one.minimumSizeHint().width(), (place, one.accessibleName(), one.width())
            assert one.accessibleName(), place


@pytest.mark.parametrize("size", [PORTRAIT, LAPTOP])
@pytest.mark.parametrize(
    ("text", "mode"),
    [
        (TextSize.MEDIUM, Mode.NORMAL),
        (TextSize.LARGEST, Mode.HIGH_DARK),
        (TextSize.LARGE, Mode.LOW_GLARE),
        (TextSize.SMALL, Mode.HIGH_LIGHT),
    ],
)
def test_every_page_fits(
    qtbot: QtBot, folder: Path, size: tuple[int, int], text: TextSize, mode: Mode
) -> None:
    with opened(qtbot, folder, size) as somebody:
        stage = somebody.screen.stage
        stage.try_look(stage.look.with_text_size(text).with_mode(mode))
        somebody.panel.close_button.click()
        _walk(somebody)
        for event, words in ((StaffCalled(), "Đóng"), (EndPressed(), "")):
            somebody.act(event)
            _check_room(somebody)
            if words:
                somebody.button(words).click()


def test_every_page_of_the_session_has_a_view() -> None:
    assert set(PAGES) == set(Page)


def test_a_page_says_its_title_to_a_screen_reader(qtbot: QtBot, folder: Path) -> None:
    with opened(qtbot, folder) as somebody:
        somebody.act(Begun(), ProcedureChosen(BIRTH))
        assert somebody.screen.window.accessibleName() == "Đăng ký khai sinh"
        somebody.act(HomePressed())
        assert somebody.screen.window.accessibleName() == "Hôm nay bạn cần làm gì?"
