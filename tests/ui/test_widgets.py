"""Widgets under a finger: they act inside only, say who they are, and never lose the ring."""

from __future__ import annotations

from io import BytesIO

import pytest
import qrcode
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LookMaker, PageMaker
from ui.icons import Icon
from ui.look import Look
from ui.textflow import Run, TextFlow, split_bold
from ui.theme import Mode, Role
from ui.widgets.bar import BarPlace, BottomBar
from ui.widgets.button import GoButton, SecondButton
from ui.widgets.choice import Choice, ChoiceList
from ui.widgets.code import PrivateCode, in_groups
from ui.widgets.field import Field, SearchField
from ui.widgets.idle import IdlePanel
from ui.widgets.overlay import Dim
from ui.widgets.qr import QrView
from ui.widgets.result import ResultCard, ResultFacts
from ui.widgets.ring import FocusRing
from ui.widgets.text import Text, text
from ui.widgets.tile import EventCard


def test_a_touch_that_slips_off_does_nothing(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    button = GoButton(look, "Tiếp tục")
    show_page(button)
    away = QPoint(-50, -50)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mousePress(button, Qt.MouseButton.LeftButton)
        qtbot.mouseMove(button, away)
        qtbot.mouseRelease(button, Qt.MouseButton.LeftButton, pos=away)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mousePress(button, Qt.MouseButton.LeftButton, pos=away)
        qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_finger_on_glass_presses_a_button(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    button = GoButton(look, "Tiếp tục")
    page = show_page(button)
    glass = QTest.createTouchDevice()
    with qtbot.waitSignal(button.clicked):
        at = button.rect().center()
        QTest.touchEvent(page, glass).press(0, at, button)
        QTest.touchEvent(page, glass).release(0, at, button)


def test_a_second_tap_while_busy_does_nothing_and_the_width_stays(
    show_page: PageMaker, qtbot: QtBot, look: Look
) -> None:
    button = GoButton(look, "Lưu và gửi hồ sơ")
    show_page(button)
    width = button.width()
    button.set_busy("Đang lưu…")
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.width() == width
    assert button.isEnabled()
    button.set_busy(None)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_touch_leaves_the_typing_where_it_is(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    field, button = Field(look, "Họ và tên"), SecondButton(look, "In phiếu")
    page = show_page(field, button)
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert field.edit.hasFocus()


def test_the_ring_goes_around_the_whole_field_and_on_to_the_next(
    show_page: PageMaker, qtbot: QtBot, look: Look
) -> None:
    field, button = Field(look, "Họ và tên"), GoButton(look, "Tiếp tục")
    page = show_page(field, button)
    ring = FocusRing(look, page)
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    reach = look.theme.focus_width + look.theme.stroke("focus_gap")
    line = ring.line
    assert line is not None
    assert line.isVisible()
    assert line.parentWidget() is page
    box = field.box.geometry().translated(field.pos())
    assert line.geometry() == box.adjusted(-reach, -reach, reach, reach)
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert ring.line is not None
    assert ring.line.held is button


def test_the_ring_outlives_a_page_that_goes_away(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ring = FocusRing(look, window)
    old = GoButton(look, "Cũ", parent=window)
    ring.hold(old)
    old.setParent(None)
    old.deleteLater()
    new = GoButton(look, "Mới", parent=window)
    ring.hold(new)
    assert ring.line is not None
    assert ring.line.held is new


def test_a_screen_reader_hears_what_a_button_says_and_can_press_it(
    show_page: PageMaker, qtbot: QtBot, look: Look
) -> None:
    button = SecondButton(look, "Tra cứu hồ sơ\nđã gửi", Icon.FILE_SEARCH)
    show_page(button)
    QAccessible.setActive(True)
    spoken = QAccessible.queryAccessibleInterface(button)
    assert spoken.text(QAccessible.Text.Name) == "Tra cứu hồ sơ đã gửi"
    assert spoken.role() is QAccessible.Role.Button
    with qtbot.waitSignal(button.clicked):
        spoken.actionInterface().doAction("Press")


def test_a_card_is_pressed_anywhere_and_spoken_by_its_title(
    show_page: PageMaker, qtbot: QtBot, look: Look
) -> None:
    facts = ResultFacts("Đăng ký lại khai sinh", (Run(0, 7),), fee="Miễn phí", channel="Tại quầy")
    card = ResultCard(look, facts)
    show_page(card)
    assert card.accessibleName() == "Đăng ký lại khai sinh"
    title = card.findChildren(Text)[0]
    at = title.mapTo(card, title.rect().center())
    assert card.childAt(at) is None or card.childAt(at).testAttribute(
        Qt.WidgetAttribute.WA_TransparentForMouseEvents
    )
    with qtbot.waitSignal(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=at)


def test_an_error_keeps_what_was_typed(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    field = Field(look, "Ngày sinh")
    show_page(field)
    field.set_text("31/02/2026")
    field.show_error("Tháng 2 không có ngày 31.")
    assert field.text() == "31/02/2026"
    assert field.edit.accessibleDescription() == "Tháng 2 không có ngày 31."
    field.show_error(None)
    assert field.edit.accessibleDescription() == ""


def test_clear_empties_the_field_and_stays_in_it(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    field = Field(look, "Họ và tên")
    page = show_page(field)
    page.activateWindow()
    assert not field.clear_button.isVisible()
    field.set_text("Lù Văn Páo")
    qtbot.waitUntil(field.clear_button.isVisible)
    qtbot.mouseClick(field.clear_button, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    qtbot.waitUntil(field.edit.hasFocus)


def test_search_goes_by_button_and_by_enter(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    search = SearchField(look, hint="Ví dụ: khai sinh")
    show_page(search)
    search.set_text("khai sinh")
    with qtbot.waitSignal(search.searched) as by_button:
        qtbot.mouseClick(search.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(search.searched) as by_enter:
        qtbot.keyClick(search.edit, Qt.Key.Key_Return)
    assert by_button.args == by_enter.args == ["khai sinh"]


def test_one_choice_takes_the_place_of_another(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    picks: list[Choice] = []
    choices = ChoiceList(look, [Choice("a", "Cho tôi"), Choice("b", "Cho con")], chosen="a")
    choices.picked.connect(picks.append)
    show_page(choices)
    qtbot.mouseClick(choices.cards[1], Qt.MouseButton.LeftButton)
    assert choices.value == "b"
    assert [card.isChecked() for card in choices.cards] == [False, True]
    assert [choice.value for choice in picks] == ["b"]


@pytest.mark.parametrize("place", list(BarPlace))
def test_each_place_of_the_bar_says_its_own_name(
    show_page: PageMaker, qtbot: QtBot, look: Look, place: BarPlace
) -> None:
    bar = BottomBar(look)
    show_page(bar)
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.mouseClick(bar.buttons[place], Qt.MouseButton.LeftButton)
    assert chosen.args == [place]


def test_where_there_is_no_way_back_the_star_stands(qtbot: QtBot, look: Look) -> None:
    assert BarPlace.BACK not in BottomBar(look, back=False).buttons
    assert {BarPlace.BACK, BarPlace.HOME}.isdisjoint(BottomBar(look, attract=True).buttons)


def test_the_idle_panel_covers_the_page_and_counts(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    page = show_page(GoButton(look, "Tiếp tục"))
    panel = IdlePanel(look)
    dim = Dim(look, panel, page)
    assert dim.geometry() == page.rect()
    assert page.rect().contains(panel.geometry())
    before = panel.grab().toImage()
    panel.show_left(11)
    assert panel.grab().toImage() != before
    with qtbot.waitSignal(panel.stayed):
        qtbot.mouseClick(panel.stay_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.ended):
        qtbot.mouseClick(panel.end_button, Qt.MouseButton.LeftButton)
    page.resize(1366, 768)
    assert dim.geometry() == page.rect()


def test_a_private_code_is_hidden_until_asked_for(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    code = PrivateCode(look, "K7QM-2XRT-V9PL")
    show_page(code)
    label = code.findChildren(Text)[0]
    assert not label.isVisible()
    code.reveal(True)
    assert label.isVisible()
    assert label.text() == in_groups("K7QM2XRTV9PL") == "K7QM 2XRT V9PL"
    code.reveal(False)
    assert not label.isVisible()


@pytest.mark.parametrize("mode", list(Mode))
def test_a_phone_reads_the_code_off_the_screen(qtbot: QtBot, make_look: LookMaker, mode: Mode) -> None:
    look = make_look(mode=mode)
    code = qrcode.QRCode(border=0)
    code.add_data("TQ27-01-000142-K9 " + "A7" * 100)
    code.make()
    view = QrView(look, code.get_matrix(), 350, "Mã QR")
    qtbot.addWidget(view)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.ReadWrite)
    view.grab().save(buffer, "PNG")
    buffer.seek(0)

    found = zxingcpp.read_barcodes(Image.open(BytesIO(bytes(buffer.data().data()))))
    assert [barcode.text for barcode in found] == ["TQ27-01-000142-K9 " + "A7" * 100]


def test_bold_signs_become_runs_of_the_plain_text() -> None:
    assert split_bold("chạm **Thay đổi**.") == ("chạm Thay đổi.", (Run(5, 8),))
    assert split_bold("không có") == ("không có", ())


def test_wrapped_text_is_as_tall_as_its_lines(look: Look) -> None:
    label = text(look, Role.BODY, "Máy hỏi từng câu và điền giúp bạn, bạn chỉ cần trả lời.")
    line = look.theme.line_px(Role.BODY)
    assert label.heightForWidth(10_000) == line
    assert label.heightForWidth(300) >= 3 * line
    assert label.heightForWidth(300) % line == 0


def test_words_without_spaces_still_fit(look: Look) -> None:
    flow = TextFlow("x" * 400, look.theme.font(Role.BODY), 44)
    assert flow.height_for(500) > 44


def test_event_cards_speak_label_and_note(look: Look) -> None:
    assert EventCard(look, Icon.SCAN, "Máy\nquét", "đặt lên kính").accessibleName() == "Máy quét đặt lên kính"
