"""Sample pages for the gallery: the widgets together, as a visitor meets them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.typing_vi import Caps
from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin
from ui.textflow import Run
from ui.theme import Colour, Role
from ui.widgets.badge import Badge, BadgeKind
from ui.widgets.bar import BarPlace, BottomBar
from ui.widgets.button import GoButton, SecondButton, SolidButton, Stature
from ui.widgets.cloth import Header, Hero, NetState, Place, SidePanel
from ui.widgets.code import PrivateCode
from ui.widgets.dock import Dock
from ui.widgets.field import Field, SearchField
from ui.widgets.heading import Heading
from ui.widgets.idle import IdlePanel
from ui.widgets.keyboard import Keyboard
from ui.widgets.layout import CardGrid, column, row
from ui.widgets.overlay import Dim
from ui.widgets.panel import FactRow, FlatPanel, FramedPanel, Hairline, SectionHead
from ui.widgets.paper import PaperKind, PaperState, PaperView
from ui.widgets.qr import QrView
from ui.widgets.result import BestResultCard, ResultCard, ResultFacts
from ui.widgets.rows import PaperRow, SummaryRow
from ui.widgets.scaffold import Scaffold
from ui.widgets.text import text
from ui.widgets.thread import Step, StepState, Thread, steps_at
from ui.widgets.tile import EventCard, IconTile

_PLACE = Place("Trung tâm Phục vụ hành chính công", "xã Lùng Tám, tỉnh Tuyên Quang")
_STEPS = ("Người khai", "Đứa trẻ", "Cha mẹ", "Giấy tờ", "Kiểm tra")
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


def _head(
    look: Look, title: str = "", sentence: str = "", *, poster: bool = False
) -> Header | Hero | SidePanel:
    if look.theme.laptop:
        side = SidePanel(look, _PLACE)
        side.show_title(title)
        side.show_facts([(Icon.LOCK, "5 hồ sơ chờ gửi, còn nguyên")])
        return side
    header = Header(look, _PLACE)
    return Hero(look, header, title, sentence, poster=poster) if title else header


def _page(look: Look, head: Header | Hero | SidePanel, **parts: QWidget) -> Scaffold:
    page = Scaffold(look, head, BottomBar(look), dock=parts.get("dock"), keyboard=parts.get("keyboard"))
    page.show_state("09:32", NetState.ONLINE)
    return page


def attract(look: Look) -> QWidget:
    """Nobody is here."""
    head = _head(look, "Việc giấy tờ,\nlàm ngay tại xã.", poster=True)
    page = Scaffold(look, head, BottomBar(look, attract=True))
    page.show_state("07:48", NetState.ONLINE)
    offers = (
        (Icon.SEARCH, "Tìm thủ tục", "Cần giấy tờ gì, mất bao lâu, hết bao nhiêu tiền"),
        (Icon.FILE_PENCIL, "Làm và gửi hồ sơ", "Có mạng hay mất mạng đều làm được"),
        (Icon.FILE_SEARCH, "Xem hồ sơ đã gửi", "Hồ sơ của bạn đang ở bước nào"),
    )
    for icon, title, sentence in offers:
        line = row(gap=look.theme.px(36))
        line.addWidget(IconTile(look, icon))
        words = column()
        words.addWidget(text(look, Role.TITLE3, title))
        words.addWidget(text(look, Role.BODY, sentence, colour=Colour.INK_SOFT))
        line.addLayout(words, 1)
        page.body.addLayout(line)
    page.body.addWidget(Hairline(look))
    page.body.addWidget(FactRow(look, Icon.CLOCK, "**Mở cửa:** sáng 7:30–11:30, chiều 13:30–17:00"))
    page.body.addWidget(Hairline(look))
    start = GoButton(
        look, "Chạm để bắt đầu", Icon.HAND_FINGER, icon_after=False, stature=Stature.POSTER, role=Role.TITLE1
    )
    page.body.addWidget(start)
    page.body.addStretch(1)
    return page


def home(look: Look) -> QWidget:
    """What do you need?"""
    head = _head(look, "Hôm nay bạn\ncần làm gì?", "Gõ vài chữ, không cần dấu.\nHoặc chạm vào hình.")
    page = Scaffold(look, head, BottomBar(look, current=BarPlace.HOME))
    page.show_state("09:32", NetState.ONLINE)
    page.body.addWidget(
        SearchField(look, hint="Ví dụ: khai sinh" if look.theme.largest else "Ví dụ: khai sinh, đất…")
    )
    if not look.theme.laptop:
        page.body.addWidget(text(look, Role.TITLE3, "Chọn việc của bạn"))
    page.body.addWidget(CardGrid(look, [EventCard(look, icon, label) for icon, label in _EVENTS]))
    ways = row(gap=look.theme.px(24))
    ways.addWidget(SolidButton(look, "Tra cứu hồ sơ\nđã gửi", Icon.FILE_SEARCH, left=True))
    ways.addWidget(SolidButton(look, "Tiếp tục\nhồ sơ làm dở", Icon.FILE_ARROW_RIGHT, left=True))
    page.body.addLayout(ways)
    page.body.addStretch(1)
    return page


def results(look: Look) -> QWidget:
    """What was found."""
    dock = Dock(
        look,
        [
            SearchField(look, hint="", docked=True),
            SecondButton(look, "Xem thêm 5", Icon.CHEVRON_DOWN, icon_after=True, stature=Stature.ROW),
        ],
        shares=(63, 34),
    )
    page = _page(look, _head(look), dock=dock)
    typed = "Bạn gõ “dang ky khai sinh”. Chữ trùng được tô nổi."
    page.body.addWidget(Heading(look, "Tìm thấy 9 thủ tục", typed))
    best = ResultFacts(
        "Đăng ký khai sinh",
        (Run(0, 17),),
        "Làm giấy khai sinh lần đầu cho trẻ.",
        "Hộ tịch · Cấp xã",
        "Trong ngày *",
        "Miễn phí nếu đúng hạn",
        "Mang 2 giấy tờ",
        "Gửi được tại máy này",
        True,
        "* Nhận sau 15 giờ thì trả vào ngày làm việc kế tiếp.",
    )
    page.body.addWidget(BestResultCard(look, best, "Phù hợp nhất", "Xem thủ tục này"))
    more = ResultFacts(
        "Cấp bản sao Giấy khai sinh, trích lục hộ tịch",
        (Run(17, 9),),
        duration="Chưa rõ – hỏi cán bộ",
        fee="8.000 đ/bản, hỏi miễn giảm",
        papers="Mang 1 giấy tờ",
        channel="Gửi được tại máy này",
        sends_here=True,
    )
    desk = ResultFacts(
        "Khai sinh, thường trú, thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi, làm một lần",
        (Run(0, 9),),
        duration="20 ngày làm việc",
        fee="Miễn phí",
        papers="Mang 4 giấy tờ",
        channel="Chỉ làm tại quầy",
    )
    page.body.addWidget(ResultCard(look, more))
    page.body.addWidget(ResultCard(look, desk))
    page.body.addStretch(1)
    return page


def procedure(look: Look) -> QWidget:
    """What is needed."""
    dock = Dock(
        look,
        [SecondButton(look, "In danh sách", Icon.PRINTER), GoButton(look, "Bắt đầu làm hồ sơ")],
        shares=(37, 63),
    )
    page = _page(look, _head(look), dock=dock)
    page.body.addWidget(text(look, Role.TITLE1, "Đăng ký khai sinh"))
    page.body.addWidget(
        text(look, Role.LEAD, "Làm giấy khai sinh lần đầu cho trẻ.\nĐúng hạn là trong 60 ngày sau khi sinh.")
    )
    bring = FramedPanel(look, "Cần mang gì")
    papers = (
        (PaperKind.BIRTH, "Giấy chứng sinh", "Bản chính, do trạm y tế hoặc bệnh viện cấp."),
        (PaperKind.CARD, "Căn cước của người đi khai", "Chỉ để cán bộ xem. Dùng VNeID cũng được."),
        (PaperKind.FORM, "Tờ khai: không cần mang", "Máy hỏi từng câu và điền giúp bạn."),
    )
    for index, (kind, name, sentence) in enumerate(papers):
        if index:
            bring.body.addWidget(Hairline(look))
        line = row(gap=look.theme.px(32))
        line.addWidget(PaperView(look, kind), 0, Qt.AlignmentFlag.AlignVCenter)
        words = column()
        words.addStretch(1)
        words.addWidget(text(look, Role.TITLE3, name))
        words.addWidget(text(look, Role.BODY, sentence))
        words.addStretch(1)
        line.addLayout(words, 1)
        bring.body.addLayout(line)
    page.body.addWidget(bring)
    facts = [
        FactRow(look, Icon.CLOCK, "Nhận sau 15 giờ: trả vào ngày làm việc kế tiếp", head="Xong trong ngày"),
        FactRow(
            look,
            Icon.CASH_BANKNOTE,
            "Quá hạn: tỉnh quy định, hộ nghèo được miễn",
            head="Miễn phí nếu đúng hạn",
        ),
        FactRow(look, Icon.MAP_PIN, "Nơi cha hoặc mẹ cư trú", head="Ủy ban nhân dân xã"),
        FactRow(look, Icon.CERTIFICATE, "1 bản chính Giấy khai sinh", head="Bạn nhận được"),
    ]
    page.body.addWidget(CardGrid(look, facts, columns=1 if look.theme.card_columns == 2 else 2))
    for icon, words_ in (
        (Icon.NHA_SAN, "Sinh ở nhà, không có giấy chứng sinh"),
        (Icon.USERS, "Cha mẹ chưa đăng ký kết hôn"),
    ):
        page.body.addWidget(SecondButton(look, words_, icon, stature=Stature.ROW, left=True, leads_on=True))
    page.body.addStretch(1)
    return page


def question(look: Look) -> QWidget:
    """One thing at a time, with the keyboard."""
    keyboard = Keyboard(look)
    field = Field(look, "Họ và tên của trẻ", caps=Caps.NAMES)
    field.set_text("Giàng Thị Mỷ")
    keyboard.set_target(field)
    page = _page(look, _head(look), keyboard=keyboard)
    page.body.addWidget(Thread(look, steps_at(_STEPS, 1)))
    page.body.addWidget(text(look, Role.CAPTION, "Câu 1 trong 6 về đứa trẻ", colour=Colour.INK_SOFT))
    page.body.addWidget(text(look, Role.TITLE1, "Họ và tên của trẻ là gì?"))
    page.body.addWidget(
        text(look, Role.LEAD, "Ghi đúng như muốn có trong giấy khai sinh.", colour=Colour.INK_SOFT)
    )
    page.body.addStretch(1)
    page.body.addWidget(field)
    page.body.addWidget(GoButton(look, "Tiếp tục"))
    page.body.addStretch(1)
    return page


def papers(look: Look) -> QWidget:
    """Papers: had, blurred, missing."""
    dock = Dock(
        look,
        [GoButton(look, "Tiếp tục")],
        sentence="Thiếu giấy vẫn xem tiếp được. Máy nhắc lại trước khi gửi.",
    )
    page = _page(look, _head(look), dock=dock)
    page.body.addWidget(Thread(look, steps_at(_STEPS, 3)))
    page.body.addWidget(Heading(look, "Giấy tờ gửi kèm", "Đã có 1 trong 3 giấy. Còn 2 giấy cần làm tiếp."))
    panel = FlatPanel(look, pad=0)
    panel.body.setSpacing(0)
    have = Badge(look, BadgeKind.OK, "Đã có", Icon.CIRCLE_CHECK)
    panel.body.addWidget(
        PaperRow(
            look,
            PaperKind.FORM,
            "Tờ khai đăng ký khai sinh",
            "Máy đã điền từ câu trả lời của bạn.",
            badge=have,
        )
    )
    panel.body.addWidget(Hairline(look))
    blurred = PaperRow(
        look,
        PaperKind.BIRTH,
        "Giấy chứng sinh",
        "Góc dưới bên trái không đọc được.",
        state=PaperState.BLURRED,
        badge=Badge(look, BadgeKind.WARN, "Mờ – chụp lại", Icon.EYE_OFF),
    )
    blurred.add_action(SolidButton(look, "Chụp lại", Icon.CAMERA, stature=Stature.SMALL, role=Role.BODY))
    blurred.add_action(SecondButton(look, "Vẫn dùng", stature=Stature.SMALL, role=Role.BODY))
    panel.body.addWidget(blurred)
    missing = PaperRow(
        look,
        PaperKind.PLAIN,
        "Giấy tờ về nơi cư trú",
        "Vì chưa tra được nơi ở của bạn trên dữ liệu dân cư.",
        state=PaperState.MISSING,
        badge=Badge(look, BadgeKind.BAD, "Còn thiếu", Icon.FILE_X),
        chosen=True,
    )
    ways = (
        (Icon.SCAN, "Máy quét", "đặt lên kính"),
        (Icon.CAMERA, "Camera", "chụp từ trên"),
        (Icon.DEVICE_MOBILE, "Điện thoại", "quét mã QR"),
        (Icon.USB, "USB", "ảnh hay PDF"),
    )
    missing.body.addWidget(text(look, Role.TITLE3, "Thêm giấy này bằng cách nào?"))
    columns = 4 if look.theme.card_columns > 2 else 2
    missing.body.addWidget(
        CardGrid(look, [EventCard(look, *way, role=Role.CAPTION) for way in ways], columns=columns)
    )
    panel.body.addWidget(missing)
    page.body.addWidget(panel)
    page.body.addWidget(
        FactRow(look, Icon.INFO_CIRCLE, "Mỗi giấy không quá 10 MB, cả hồ sơ không quá 40 MB.")
    )
    page.body.addStretch(1)
    return page


def check(look: Look) -> QWidget:
    """Everything once more, before it is kept."""
    dock = Dock(
        look,
        [GoButton(look, "Lưu và gửi hồ sơ", Icon.SEND)],
        sentence="Hồ sơ được lưu tại máy rồi tự gửi về trung tâm.",
    )
    page = _page(look, _head(look), dock=dock)
    page.body.addWidget(Thread(look, steps_at(_STEPS, 4)))
    page.body.addWidget(Heading(look, "Kiểm tra trước khi gửi", "Chỗ nào chưa đúng, chạm **Thay đổi**."))
    groups = (
        (
            "Đứa trẻ",
            (("Họ và tên", "Giàng Thị Mỷ"), ("Ngày sinh", "Thứ Năm, 12/11/2026"), ("Giới tính", "Nữ")),
        ),
        ("Cha và mẹ", (("Mẹ", "Vàng Thị Dợ, sinh 1999"), ("Cha", "Giàng Mí Pó, sinh 1996"))),
    )
    for title, rows in groups:
        page.body.addSpacing(look.theme.px(12))
        block = column()
        block.addWidget(SectionHead(look, title))
        for number, (label, value) in enumerate(rows):
            block.addWidget(SummaryRow(look, label, value, line=number < len(rows) - 1))
        page.body.addLayout(block)
    page.body.addStretch(1)
    return page


def receipt(look: Look) -> QWidget:
    """Saved: the number large, the code hidden."""
    dock = Dock(
        look,
        [SecondButton(look, "In phiếu", Icon.PRINTER), GoButton(look, "Xong, xóa màn hình", Icon.CHECK)],
        shares=(34, 66),
    )
    page = _page(look, _head(look), dock=dock)
    top = row(gap=look.theme.px(32))
    top.addWidget(DoneTile(look), 0, Qt.AlignmentFlag.AlignVCenter)
    top.addWidget(text(look, Role.TITLE1, "Hồ sơ của bạn\nđã được lưu tại máy"), 1)
    page.body.addLayout(top)
    number = FramedPanel(look, "Số phiếu lưu", Role.TITLE3)
    number.body.addWidget(text(look, Role.RECEIPT_NUMBER, "TQ27-01-000142-K9"))
    modules = [[(x * y + x // 3 + y // 2) % 3 == 0 for x in range(45)] for y in range(45)]
    beside = row(gap=look.theme.px(32))
    beside.addWidget(
        QrView(look, modules, 350 if not look.theme.laptop else 200, "Mã QR của phiếu"),
        0,
        Qt.AlignmentFlag.AlignTop,
    )
    beside.addWidget(
        text(
            look,
            Role.BODY,
            "**Đăng ký khai sinh**\nLưu lúc 09:58,\nthứ Hai 23/11/2026\n\nĐây là số của máy này, **chưa phải mã hồ sơ** của trung tâm.",
        ),
        1,
    )
    number.body.addLayout(beside)
    page.body.addWidget(number)
    secret = FlatPanel(look, skin=Skin.TINTED, pad=24)
    words = column(gap=look.theme.px(4))
    words.addWidget(text(look, Role.TITLE3, "Mã riêng của bạn"))
    words.addWidget(PrivateCode(look, "K7QM2XRTV9PLHN4C8WDSB3FZ"))
    words.addWidget(text(look, Role.CAPTION, "Giữ kín. Cần để xem hồ sơ."))
    secret.body.addLayout(words)
    secret.body.addWidget(SecondButton(look, "Chạm để hiện", Icon.EYE, stature=Stature.ROW))
    page.body.addWidget(secret)
    page.body.addWidget(text(look, Role.TITLE3, "Tiếp theo, máy tự làm. Bạn không phải chờ."))
    steps = [Step("Đã lưu\ntại máy", StepState.DONE), Step("Đã gửi", StepState.NEXT)]
    steps += [Step("Trung tâm\nđã nhận", StepState.NEXT), Step("Trung tâm đã\nmở hồ sơ", StepState.NEXT)]
    page.body.addWidget(Thread(look, steps, strong_done=True))
    page.body.addWidget(FactRow(look, Icon.HOURGLASS, "Thời hạn giải quyết tính từ khi trung tâm tiếp nhận."))
    page.body.addStretch(1)
    return page


def idle(look: Look) -> QWidget:
    """Is anybody still here?"""
    page = question(look)
    page.resize(look.theme.metrics.width, look.theme.metrics.height)
    Dim(look, IdlePanel(look, 22), page)
    return page


PAGES: dict[str, Callable[[Look], QWidget]] = {
    "attract": attract,
    "home": home,
    "results": results,
    "procedure": procedure,
    "question": question,
    "papers": papers,
    "check": check,
    "receipt": receipt,
    "idle": idle,
}
