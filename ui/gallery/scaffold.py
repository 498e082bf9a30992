"""The frame a sample page stands in: cloth, hem, scrolled paper, dock or keyboard, bottom bar."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.widgets.bar import BottomBar
from ui.widgets.cloth import Header, Hem, Hero, NetState, SidePanel
from ui.widgets.layout import column, row
from ui.widgets.ribbon import Ribbon
from ui.widgets.scroll import ScrollArea


class Scaffold(QWidget):
    """Add content to ``body``: it has the page's margins and scrolls when it must.

    ``head`` is a ``Header`` or a ``Hero`` (portrait) or a ``SidePanel`` (laptop). ``dock`` and
    ``keyboard`` go below the paper. Portrait: one under the other. Laptop: cloth at the left,
    hem upright.
    """

    def __init__(
        self,
        look: Look,
        head: Header | Hero | SidePanel,
        bar: BottomBar,
        *,
        dock: QWidget | None = None,
        keyboard: QWidget | None = None,
        ribbon: Ribbon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, Skin.PAGE)
        self.head = head
        self.bar = bar
        self.dock = dock
        self.keyboard = keyboard
        paper = QWidget()
        theme = look.theme
        top = theme.px(32 if not theme.laptop else 20)
        self.body: QVBoxLayout = column(
            paper,
            gap=theme.px(16 if not theme.laptop else 12),
            margins=(theme.margin, top, theme.margin, top),
        )
        self.paper = ScrollArea(paper)
        self.paper.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        outer = column(self)
        if isinstance(head, SidePanel):
            across = row()
            across.addWidget(head)
            across.addWidget(Hem(look, upright=True))
            across.addLayout(self._below(ribbon), 1)
            outer.addLayout(across, 1)
        else:
            outer.addWidget(head)
            outer.addWidget(Hem(look))
            outer.addLayout(self._below(ribbon), 1)
        outer.addWidget(bar)

    def _below(self, ribbon: Ribbon | None) -> QVBoxLayout:
        box = column()
        if ribbon is not None:
            box.addWidget(ribbon)
        box.addWidget(self.paper, 1)
        for part in (self.dock, self.keyboard):
            if part is not None:
                box.addWidget(part)
        return box

    def show_state(self, clock: str, net: NetState) -> None:
        """Clock and network, wherever this arrangement shows them."""
        head = self.head.header if isinstance(self.head, Hero) else self.head
        head.show_state(clock, net)
