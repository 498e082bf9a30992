"""The frame of a sample page: whose kiosk it is, the steps, head and bar."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.gallery.scaffold import Scaffold
from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.widgets.bar import BarPlace, BottomBar
from ui.widgets.cloth import Header, Hero, NetState, Place, SidePanel
from ui.widgets.layout import column
from ui.widgets.scroll import ScrollArea

PLACE = Place("Trung tâm Phục vụ hành chính công", "xã Lùng Tám, tỉnh Tuyên Quang")
STEPS = ("Người khai", "Đứa trẻ", "Cha mẹ", "Giấy tờ", "Kiểm tra")


def head(
    look: Look, title: str = "", sentence: str = "", *, poster: bool = False
) -> Header | Hero | SidePanel:
    """The cloth for this screen; on portrait a title makes it the tall one."""
    if look.theme.laptop:
        side = SidePanel(look, PLACE)
        side.show_title(title)
        side.show_facts([(Icon.LOCK, "5 hồ sơ chờ gửi, còn nguyên")])
        return side
    header = Header(look, PLACE)
    return Hero(look, header, title, sentence, poster=poster) if title else header


def sample(
    look: Look,
    cloth: Header | Hero | SidePanel | None = None,
    *,
    dock: QWidget | None = None,
    keyboard: QWidget | None = None,
    attract: bool = False,
    current: BarPlace | None = None,
) -> Scaffold:
    """An empty sample page."""
    bar = BottomBar(look, attract=attract, current=current)
    page = Scaffold(look, cloth or head(look), bar, dock=dock, keyboard=keyboard)
    page.show_state("09:32", NetState.ONLINE)
    return page


def sheet(look: Look) -> tuple[QWidget, QVBoxLayout]:
    """A bare scrolled sheet of paper for widgets in their states."""
    page, paper = QWidget(), QWidget()
    dress(page, Skin.PAGE)
    edge, gap = look.theme.margin, look.theme.px(20)
    column(page).addWidget(ScrollArea(paper))
    return page, column(paper, gap=gap, margins=(edge, gap, edge, gap))
