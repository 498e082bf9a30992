"""Widgets in their states, a sheet for each family."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.gallery.frame import sheet
from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin
from ui.textflow import Run
from ui.theme import Role
from ui.widgets.badge import Badge, BadgeKind
from ui.widgets.button import Button, GoButton, SecondButton, SolidButton, Stature
from ui.widgets.choice import Choice, ChoiceList
from ui.widgets.code import PrivateCode
from ui.widgets.field import Field, SearchField
from ui.widgets.keyboard import Keyboard, Pad
from ui.widgets.layout import CardGrid, row
from ui.widgets.panel import FactRow, FlatPanel, FramedPanel, SectionHead
from ui.widgets.paper import PaperKind, PaperState, PaperView
from ui.widgets.ribbon import Ribbon
from ui.widgets.ring import FocusRing
from ui.widgets.rows import SummaryRow
from ui.widgets.text import text
from ui.widgets.thread import Step, StepState, Thread
from ui.widgets.tile import EventCard, IconTile

Sheet = Callable[[Look], QWidget]


def texts(look: Look) -> QWidget:
    """Type roles, bold runs, marked words, badges, ribbon."""
    page, box = sheet(look)
    box.addWidget(Ribbon(look, "Dữ liệu chưa xác minh. Hỏi cán bộ trước khi dùng."))
    for role in (Role.DISPLAY, Role.TITLE1, Role.TITLE2, Role.TITLE3, Role.LEAD, Role.BODY, Role.CAPTION):
        box.addWidget(text(look, role, f"Ế Ỗ Ặ: nguyễn **{role.value}**"))
    marked = text(look, Role.TITLE3, "")
    marked.say("Đăng ký lại khai sinh cho trẻ sinh ra ở trong và ngoài nước", [Run(0, 7), Run(12, 9)])
    box.addWidget(marked)
    badges = (
        Badge(look, BadgeKind.OK, "Đã có", Icon.CIRCLE_CHECK),
        Badge(look, BadgeKind.WARN, "Mờ – chụp lại", Icon.EYE_OFF),
        Badge(look, BadgeKind.BAD, "Còn thiếu", Icon.FILE_X),
        Badge(look, BadgeKind.QUIET, "Chỉ làm tại quầy", Icon.BUILDING_COMMUNITY),
        Badge(look, BadgeKind.BEST, "Phù hợp nhất"),
    )
    for badge in badges:
        box.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
    box.addStretch(1)
    return page


def buttons(look: Look) -> QWidget:
    """Go, second, solid at rest, pressed and busy; sizes; rows that lead on."""
    page, box = sheet(look)
    makers: tuple[Callable[[str], Button], ...] = (
        lambda words: GoButton(look, words),
        lambda words: SecondButton(look, words, Icon.PRINTER),
        lambda words: SolidButton(look, words, Icon.CAMERA),
    )
    for make in makers:
        box.addWidget(make("Chạm để đi tiếp"))
        pressed = make("Đang chạm")
        pressed.setDown(True)
        box.addWidget(pressed)
        busy = make("Lưu và gửi hồ sơ")
        busy.set_busy("Đang lưu…")
        box.addWidget(busy)
    box.addWidget(
        SecondButton(look, "Cha mẹ chưa đăng ký kết hôn", Icon.USERS, stature=Stature.ROW, left=True)
    )
    small = row(gap=look.theme.px(24))
    small.addWidget(SecondButton(look, "Thay đổi", Icon.PENCIL, stature=Stature.SMALL, role=Role.BODY))
    small.addStretch(1)
    box.addLayout(small)
    box.addStretch(1)
    return page


def cards(look: Look) -> QWidget:
    """Life events at rest and pressed, tiles, choices."""
    page, box = sheet(look)
    events = [
        EventCard(look, Icon.BABY_CARRIAGE, "Có con nhỏ"),
        EventCard(look, Icon.NHA_SAN, "Nhà đất,\nđiện lực"),
        EventCard(look, Icon.SCAN, "Máy quét", "đặt lên kính"),
    ]
    events[1].setDown(True)
    box.addWidget(CardGrid(look, events))
    tiles = row(gap=look.theme.px(24))
    tiles.addWidget(IconTile(look, Icon.SEARCH))
    tiles.addWidget(IconTile(look, Icon.MAY_KIOSK, 248))
    tiles.addStretch(1)
    box.addLayout(tiles)
    choices = [
        Choice("own", "Tôi khai cho tôi", icon=Icon.USER),
        Choice("child", "Tôi khai cho con", "Bạn là cha hoặc mẹ của trẻ", Icon.BABY_CARRIAGE),
        Choice("other", "Tôi khai cho người khác"),
    ]
    box.addWidget(ChoiceList(look, choices, chosen="child"))
    box.addStretch(1)
    return page


def fields(look: Look) -> QWidget:
    """Empty, filled with focus, wrong; search open and docked; the number pad."""
    page, box = sheet(look)
    box.addWidget(Field(look, "Nơi sinh", hint="Ví dụ: Trạm y tế xã"))
    filled = Field(look, "Họ và tên")
    filled.set_text("Giàng Thị Mỷ")
    box.addWidget(filled)
    wrong = Field(look, "Ngày sinh")
    wrong.set_text("31/02/2026")
    wrong.show_error("Tháng 2 không có ngày 31. Bạn xem lại ngày sinh.")
    box.addWidget(wrong)
    box.addWidget(SearchField(look, hint="Ví dụ: khai sinh"))
    box.addWidget(SearchField(look, hint="Tìm việc khác", docked=True))
    box.addStretch(1)
    box.addWidget(Keyboard(look, Pad.NUMBERS))
    FocusRing(look, page).hold(filled.box)
    return page


def panels(look: Look) -> QWidget:
    """Framed and flat panels, facts, summary rows, papers, threads, the private code."""
    page, box = sheet(look)
    framed = FramedPanel(look, "Cần mang gì")
    papers = row(gap=look.theme.px(16))
    for kind in PaperKind:
        papers.addWidget(PaperView(look, kind))
    papers.addWidget(PaperView(look, PaperKind.BIRTH, PaperState.BLURRED))
    papers.addWidget(PaperView(look, PaperKind.PLAIN, PaperState.MISSING))
    papers.addStretch(1)
    framed.body.addLayout(papers)
    box.addWidget(framed)
    flat = FlatPanel(look, "Vẫn làm được ngay")
    flat.body.addWidget(FactRow(look, Icon.CIRCLE_CHECK, "Tìm thủ tục, xem cần giấy tờ gì", role=Role.LEAD))
    flat.body.addWidget(FactRow(look, Icon.CLOCK, "Trả vào ngày làm việc kế tiếp", head="Xong trong ngày"))
    box.addWidget(flat)
    box.addWidget(SectionHead(look, "Đứa trẻ"))
    box.addWidget(SummaryRow(look, "Họ và tên", "Giàng Thị Mỷ"))
    box.addWidget(SummaryRow(look, "Nơi sinh", "Trạm y tế xã Lùng Tám, thôn Lùng Tám Thấp", editable=False))
    steps = [Step("Đã lưu\ntại máy", StepState.DONE), Step("Đã gửi", StepState.NOW)]
    steps += [Step("Trung tâm\nđã nhận", StepState.NEXT), Step("Trung tâm đã\nmở hồ sơ", StepState.NEXT)]
    box.addWidget(Thread(look, steps, strong_done=True))
    secret = FlatPanel(look, skin=Skin.TINTED)
    secret.body.addWidget(PrivateCode(look, "K7QM2XRTV9PLHN4C8WDS"))
    shown = PrivateCode(look, "K7QM2XRTV9PLHN4C8WDS")
    shown.reveal(True)
    secret.body.addWidget(shown)
    box.addWidget(secret)
    box.addStretch(1)
    return page


STATES: dict[str, Sheet] = {
    "texts": texts,
    "buttons": buttons,
    "cards": cards,
    "fields": fields,
    "panels": panels,
}
