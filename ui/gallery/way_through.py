"""Sample pages of one dossier: question, papers, check, receipt, the idle warning."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.typing_vi import Caps
from ui.gallery.frame import STEPS, sample
from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin
from ui.theme import Role
from ui.widgets.badge import Badge, BadgeKind
from ui.widgets.button import GoButton, SecondButton, SolidButton, Stature
from ui.widgets.code import PrivateCode
from ui.widgets.dock import Dock
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.idle import IdlePanel
from ui.widgets.keyboard import Keyboard
from ui.widgets.layout import CardGrid, column, row
from ui.widgets.overlay import Dim
from ui.widgets.panel import FactRow, FlatPanel, FramedPanel, Hairline, SectionHead
from ui.widgets.paper import PaperKind, PaperState
from ui.widgets.qr import QrView
from ui.widgets.rows import PaperRow, SummaryRow
from ui.widgets.text import text
from ui.widgets.thread import Step, StepState, Thread, steps_at
from ui.widgets.tile import DoneTile, EventCard

_WAYS = (
    (Icon.SCAN, "Máy quét", "đặt lên kính"),
    (Icon.CAMERA, "Camera", "chụp từ trên"),
    (Icon.DEVICE_MOBILE, "Điện thoại", "quét mã QR"),
    (Icon.USB, "USB", "ảnh hay PDF"),
)
_GROUPS = (
    ("Đứa trẻ", (("Họ và tên", "Giàng Thị Mỷ"), ("Ngày sinh", "Thứ Năm, 12/11/2026"), ("Giới tính", "Nữ"))),
    ("Cha và mẹ", (("Mẹ", "Vàng Thị Dợ, sinh 1999"), ("Cha", "Giàng Mí Pó, sinh 1996"))),
)
_SAVED_STEPS = (
    Step("Đã lưu\ntại máy", StepState.DONE),
    Step("Đã gửi", StepState.NEXT),
    Step("Trung tâm\nđã nhận", StepState.NEXT),
    Step("Trung tâm đã\nmở hồ sơ", StepState.NEXT),
)
_SAVED_WORDS = """**Đăng ký khai sinh**
Lưu lúc 09:58,
thứ Hai 23/11/2026

Đây là số của máy này, **chưa phải mã hồ sơ** của trung tâm."""


def question(look: Look) -> QWidget:
    """One thing at a time, with the keyboard; with large text the button is docked above the keys."""
    keyboard = Keyboard(look)
    field = Field(look, "Họ và tên của trẻ", caps=Caps.NAMES)
    field.set_text("Giàng Thị Mỷ")
    keyboard.set_target(field)
    go_on = GoButton(look, "Tiếp tục")
    docked = look.theme.card_columns == 2 or look.theme.laptop
    # A laptop has keys of its own; the screen is too low for both.
    shown = None if look.theme.laptop else keyboard
    page = sample(look, dock=Dock(look, [go_on]) if docked else None, keyboard=shown)
    page.body.addWidget(Thread(look, steps_at(STEPS, 1)))
    how = "Ghi đúng như muốn có trong giấy khai sinh.\nVí dụ: Lù Văn Páo"
    over = "Câu 1 trong 6 về đứa trẻ"
    page.body.addWidget(Heading(look, "Họ và tên của trẻ là gì?", how, over=over, quiet=True))
    page.body.addStretch(1)
    page.body.addWidget(field)
    if not docked:
        page.body.addWidget(go_on)
    page.body.addStretch(1)
    return page


def papers(look: Look) -> QWidget:
    """Papers: had, blurred, missing."""
    sentence = "Thiếu giấy vẫn xem tiếp được. Máy nhắc lại trước khi gửi."
    page = sample(look, dock=Dock(look, [GoButton(look, "Tiếp tục")], sentence=sentence))
    page.body.addWidget(Thread(look, steps_at(STEPS, 3)))
    page.body.addWidget(Heading(look, "Giấy tờ gửi kèm", "Đã có 1 trong 3 giấy. Còn 2 giấy cần làm tiếp."))
    panel = FlatPanel(look, pad=0)
    panel.body.setSpacing(0)
    have = Badge(look, BadgeKind.OK, "Đã có", Icon.CIRCLE_CHECK)
    done = "Máy đã điền từ câu trả lời của bạn."
    panel.body.addWidget(PaperRow(look, PaperKind.FORM, "Tờ khai đăng ký khai sinh", done, badge=have))
    panel.body.addWidget(Hairline(look))
    panel.body.addWidget(_blurred(look))
    panel.body.addWidget(_missing(look))
    page.body.addWidget(panel)
    limit = "Mỗi giấy không quá 10 MB, cả hồ sơ không quá 40 MB."
    page.body.addWidget(FactRow(look, Icon.INFO_CIRCLE, limit))
    page.body.addStretch(1)
    return page


def _blurred(look: Look) -> PaperRow:
    badge = Badge(look, BadgeKind.WARN, "Mờ – chụp lại", Icon.EYE_OFF)
    fault = "Góc dưới bên trái không đọc được."
    line = PaperRow(look, PaperKind.BIRTH, "Giấy chứng sinh", fault, state=PaperState.BLURRED, badge=badge)
    line.add_action(SolidButton(look, "Chụp lại", Icon.CAMERA, stature=Stature.SMALL, role=Role.BODY))
    line.add_action(SecondButton(look, "Vẫn dùng", stature=Stature.SMALL, role=Role.BODY))
    return line


def _missing(look: Look) -> PaperRow:
    badge = Badge(look, BadgeKind.BAD, "Còn thiếu", Icon.FILE_X)
    why = "Vì chưa tra được nơi ở của bạn trên dữ liệu dân cư."
    name = "Giấy tờ về nơi cư trú"
    line = PaperRow(look, PaperKind.PLAIN, name, why, state=PaperState.MISSING, badge=badge, chosen=True)
    line.body.addWidget(text(look, Role.TITLE3, "Thêm giấy này bằng cách nào?"))
    columns = 4 if look.theme.card_columns > 2 else 2
    cards = [EventCard(look, *way, role=Role.CAPTION) for way in _WAYS]
    line.body.addWidget(CardGrid(look, cards, columns=columns))
    return line


def check(look: Look) -> QWidget:
    """Everything once more, before it is kept."""
    send = GoButton(look, "Lưu và gửi hồ sơ", Icon.SEND)
    sentence = "Hồ sơ được lưu tại máy rồi tự gửi về trung tâm."
    page = sample(look, dock=Dock(look, [send], sentence=sentence))
    page.body.addWidget(Thread(look, steps_at(STEPS, 4)))
    page.body.addWidget(Heading(look, "Kiểm tra trước khi gửi", "Chỗ nào chưa đúng, chạm **Thay đổi**."))
    for title, rows in _GROUPS:
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
    steps = [SecondButton(look, "In phiếu", Icon.PRINTER), GoButton(look, "Xong, xóa màn hình", Icon.CHECK)]
    page = sample(look, dock=Dock(look, steps, shares=(34, 66)))
    top = row(gap=look.theme.px(32))
    top.addWidget(DoneTile(look), 0, Qt.AlignmentFlag.AlignVCenter)
    top.addWidget(text(look, Role.TITLE1, "Hồ sơ của bạn\nđã được lưu tại máy"), 1)
    page.body.addLayout(top)
    page.body.addWidget(_number(look))
    page.body.addWidget(_secret(look))
    page.body.addWidget(text(look, Role.TITLE3, "Tiếp theo, máy tự làm. Bạn không phải chờ."))
    page.body.addWidget(Thread(look, _SAVED_STEPS, strong_done=True))
    clock = "Thời hạn giải quyết tính từ khi trung tâm tiếp nhận."
    page.body.addWidget(FactRow(look, Icon.HOURGLASS, clock))
    page.body.addStretch(1)
    return page


def _number(look: Look) -> FramedPanel:
    panel = FramedPanel(look, "Số phiếu lưu", Role.TITLE3)
    panel.body.addWidget(text(look, Role.RECEIPT_NUMBER, "TQ27-01-000142-K9"))
    modules = [[(x * y + x // 3 + y // 2) % 3 == 0 for x in range(45)] for y in range(45)]
    beside = row(gap=look.theme.px(32))
    side = 350 if not look.theme.laptop else 200
    beside.addWidget(QrView(look, modules, side, "Mã QR của phiếu"), 0, Qt.AlignmentFlag.AlignTop)
    beside.addWidget(text(look, Role.BODY, _SAVED_WORDS), 1)
    panel.body.addLayout(beside)
    return panel


def _secret(look: Look) -> FlatPanel:
    panel = FlatPanel(look, skin=Skin.TINTED, pad=24)
    words = column(gap=look.theme.px(4))
    words.addWidget(text(look, Role.TITLE3, "Mã riêng của bạn"))
    words.addWidget(PrivateCode(look, "K7QM2XRTV9PLHN4C8WDSB3FZ"))
    words.addWidget(text(look, Role.CAPTION, "Giữ kín. Cần để xem hồ sơ."))
    panel.body.addLayout(words)
    panel.body.addWidget(SecondButton(look, "Chạm để hiện", Icon.EYE, stature=Stature.ROW))
    return panel


def idle(look: Look) -> QWidget:
    """Is anybody still here?"""
    page = question(look)
    page.resize(look.theme.metrics.width, look.theme.metrics.height)
    Dim(look, IdlePanel(look, 22), page)
    return page
