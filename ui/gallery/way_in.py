"""Sample pages up to the decision: attract, home, results, procedure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.gallery.frame import head, sample
from ui.icons import Icon
from ui.look import Look
from ui.textflow import Run
from ui.theme import Colour, Role
from ui.widgets.bar import BarPlace
from ui.widgets.button import GoButton, SecondButton, SolidButton, Stature
from ui.widgets.dock import Dock
from ui.widgets.field import SearchField
from ui.widgets.heading import Heading
from ui.widgets.layout import CardGrid, column, row
from ui.widgets.panel import FactRow, FramedPanel, Hairline
from ui.widgets.paper import PaperKind, PaperView
from ui.widgets.result import BestResultCard, ResultCard, ResultFacts
from ui.widgets.text import text
from ui.widgets.tile import EventCard, IconTile

_OFFERS = (
    (Icon.SEARCH, "Tìm thủ tục", "Cần giấy tờ gì, mất bao lâu, hết bao nhiêu tiền"),
    (Icon.FILE_PENCIL, "Làm và gửi hồ sơ", "Có mạng hay mất mạng đều làm được"),
    (Icon.FILE_SEARCH, "Xem hồ sơ đã gửi", "Hồ sơ của bạn đang ở bước nào"),
)
_EVENTS = (
    (Icon.BABY_CARRIAGE, "Có con nhỏ"),
    (Icon.ID, "Cư trú,\ngiấy tờ tùy thân"),
    (Icon.HEART_HANDSHAKE, "Hôn nhân,\ngia đình"),
    (Icon.NHA_SAN, "Nhà đất,\nđiện lực"),
    (Icon.NEN_HUONG, "Người thân\nqua đời"),
    (Icon.STETHOSCOPE, "Sức khỏe,\ny tế"),
    (Icon.SCHOOL, "Học tập"),
    (Icon.MOTORBIKE, "Xe cộ,\nbằng lái"),
    (Icon.LAYOUT_GRID, "Tất cả\nviệc khác"),
)
_BEST = ResultFacts(
    "Đăng ký khai sinh",
    (Run(0, 17),),
    summary="Làm giấy khai sinh lần đầu cho trẻ.",
    kind="Hộ tịch · Cấp xã",
    duration="Trong ngày *",
    fee="Miễn phí nếu đúng hạn",
    papers="Mang 2 giấy tờ",
    channel="Gửi được tại máy này",
    sends_here=True,
    footnote="* Nhận sau 15 giờ thì trả vào ngày làm việc kế tiếp.",
)
_OTHERS = (
    ResultFacts(
        "Cấp bản sao Giấy khai sinh, trích lục hộ tịch",
        (Run(17, 9),),
        duration="Chưa rõ – hỏi cán bộ",
        fee="8.000 đ/bản, hỏi miễn giảm",
        papers="Mang 1 giấy tờ",
        channel="Gửi được tại máy này",
        sends_here=True,
    ),
    ResultFacts(
        "Khai sinh, thường trú, thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi, làm một lần",
        (Run(0, 9),),
        duration="20 ngày làm việc",
        fee="Miễn phí",
        papers="Mang 4 giấy tờ",
        channel="Chỉ làm tại quầy",
    ),
)
_PAPERS = (
    (PaperKind.BIRTH, "Giấy chứng sinh", "Bản chính, do trạm y tế hoặc bệnh viện cấp."),
    (PaperKind.CARD, "Căn cước của người đi khai", "Chỉ để cán bộ xem. Dùng VNeID cũng được."),
    (PaperKind.FORM, "Tờ khai: không cần mang", "Máy hỏi từng câu và điền giúp bạn."),
)
_FACTS = (
    (Icon.CLOCK, "Xong trong ngày", "Nhận sau 15 giờ: trả vào ngày làm việc kế tiếp"),
    (Icon.CASH_BANKNOTE, "Miễn phí nếu đúng hạn", "Quá hạn: tỉnh quy định, hộ nghèo được miễn"),
    (Icon.MAP_PIN, "Ủy ban nhân dân xã", "Nơi cha hoặc mẹ cư trú"),
    (Icon.CERTIFICATE, "Bạn nhận được", "1 bản chính Giấy khai sinh"),
)
_CASES = ((Icon.NHA_SAN, "Sinh ở nhà, không có giấy chứng sinh"), (Icon.USERS, "Cha mẹ chưa đăng ký kết hôn"))


def attract(look: Look) -> QWidget:
    """Nobody is here."""
    start = GoButton(
        look,
        "Chạm để bắt đầu",
        Icon.HAND_FINGER,
        icon_after=False,
        stature=Stature.POSTER,
        role=Role.TITLE1,
    )
    large = look.theme.card_columns == 2
    cloth = head(look, "Việc giấy tờ,\nlàm ngay tại xã.", poster=True)
    page = sample(look, cloth, attract=True, dock=Dock(look, [start]) if large else None)
    for icon, title, sentence in _OFFERS:
        page.body.addLayout(_offer(look, icon, title, sentence))
    page.body.addWidget(Hairline(look))
    page.body.addWidget(FactRow(look, Icon.CLOCK, "**Mở cửa:** sáng 7:30–11:30, chiều 13:30–17:00"))
    page.body.addWidget(FactRow(look, Icon.SPEAKERPHONE, "**Thứ Năm 26/11:** cán bộ về thôn từ 8 giờ"))
    page.body.addWidget(Hairline(look))
    if not large:
        page.body.addWidget(start)
    page.body.addStretch(1)
    return page


def _offer(look: Look, icon: Icon, title: str, sentence: str) -> QHBoxLayout:
    line = row(gap=look.theme.px(36))
    line.addWidget(IconTile(look, icon))
    words = column()
    words.addStretch(1)
    words.addWidget(text(look, Role.TITLE3, title))
    words.addWidget(text(look, Role.BODY, sentence, colour=Colour.INK_SOFT))
    words.addStretch(1)
    line.addLayout(words, 1)
    return line


def home(look: Look) -> QWidget:
    """What do you need?"""
    cloth = head(look, "Hôm nay bạn\ncần làm gì?", "Gõ vài chữ, không cần dấu.\nHoặc chạm vào hình.")
    page = sample(look, cloth, current=BarPlace.HOME)
    hint = "Ví dụ: khai sinh" if look.theme.card_columns == 2 else "Ví dụ: khai sinh, xe máy, đất…"
    page.body.addWidget(SearchField(look, hint=hint))
    if not look.theme.laptop:
        page.body.addWidget(text(look, Role.TITLE3, "Chọn việc của bạn"))
    page.body.addWidget(CardGrid(look, [EventCard(look, icon, label) for icon, label in _EVENTS]))
    page.body.addSpacing(look.theme.px(8))
    ways = row(gap=look.theme.px(24))
    ways.addWidget(SolidButton(look, "Tra cứu hồ sơ\nđã gửi", Icon.FILE_SEARCH, left=True))
    ways.addWidget(SolidButton(look, "Tiếp tục\nhồ sơ làm dở", Icon.FILE_ARROW_RIGHT, left=True))
    page.body.addLayout(ways)
    page.body.addStretch(1)
    return page


def results(look: Look) -> QWidget:
    """What was found."""
    again = SearchField(look, hint="Tìm việc khác", docked=True)
    more = SecondButton(look, "Xem thêm 5", Icon.CHEVRON_DOWN, icon_after=True, stature=Stature.ROW)
    page = sample(look, dock=Dock(look, [again, more], shares=(63, 34)))
    again.set_text("dang ky khai sinh")
    typed = "Bạn gõ “dang ky khai sinh”. Chữ trùng được tô nổi."
    page.body.addWidget(Heading(look, "Tìm thấy 9 thủ tục", typed))
    page.body.addWidget(BestResultCard(look, _BEST, "Phù hợp nhất", "Xem thủ tục này"))
    for facts in _OTHERS:
        page.body.addWidget(ResultCard(look, facts))
    page.body.addStretch(1)
    return page


def procedure(look: Look) -> QWidget:
    """What is needed."""
    steps = [SecondButton(look, "In danh sách", Icon.PRINTER), GoButton(look, "Bắt đầu làm hồ sơ")]
    page = sample(look, dock=Dock(look, steps, shares=(37, 63)))
    why = "Làm giấy khai sinh lần đầu cho trẻ.\nĐúng hạn là trong 60 ngày sau khi sinh."
    page.body.addWidget(Heading(look, "Đăng ký khai sinh", why))
    page.body.addWidget(_bring(look))
    facts = [FactRow(look, icon, words, head=first) for icon, first, words in _FACTS]
    page.body.addWidget(CardGrid(look, facts, columns=1 if look.theme.card_columns == 2 else 2))
    for icon, words in _CASES:
        page.body.addWidget(SecondButton(look, words, icon, stature=Stature.ROW, left=True, leads_on=True))
    page.body.addStretch(1)
    return page


def _bring(look: Look) -> FramedPanel:
    panel = FramedPanel(look, "Cần mang gì")
    for index, (kind, name, sentence) in enumerate(_PAPERS):
        if index:
            panel.body.addWidget(Hairline(look))
        line = row(gap=look.theme.px(32))
        line.addWidget(PaperView(look, kind), 0, Qt.AlignmentFlag.AlignVCenter)
        words = column()
        words.addStretch(1)
        words.addWidget(text(look, Role.TITLE3, name))
        words.addWidget(text(look, Role.BODY, sentence))
        words.addStretch(1)
        line.addLayout(words, 1)
        panel.body.addLayout(line)
    return panel
