"""What people are told before they give anything of themselves, and the few extras that need their yes."""

from __future__ import annotations

from kiosk.dossier.session_state import NoticeRead, State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.base import PageView
from ui.pages.paper import lay_sheet
from ui.theme import Colour, Role
from ui.widgets.button import GoButton
from ui.widgets.dock import Dock
from ui.widgets.panel import FactRow
from ui.widgets.text import Text
from ui.widgets.tick import TickCard

# One sign a paragraph, in the order of the notice; more paragraphs than signs take the last.
_SIGNS = (
    Icon.BUILDING_COMMUNITY,
    Icon.SCALE,
    Icon.FILE_TEXT,
    Icon.LOCK,
    Icon.TRASH,
    Icon.USER,
    Icon.FILE_X,
    Icon.BELL_RINGING,
    Icon.INFO_CIRCLE,
)


class NoticePage(PageView):
    """Reading is enough to go on: consents are for extras only and are never ticked beforehand."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        notice = library.catalogue.notice()
        self.setAccessibleName(notice.title)
        sheet = lay_sheet(look, self, gap=18)
        sheet.body.addWidget(Text(look, Role.TITLE1, notice.title))
        for number, paragraph in enumerate(notice.paragraphs):
            sign = _SIGNS[min(number, len(_SIGNS) - 1)]
            sheet.body.addWidget(FactRow(look, sign, paragraph))
        self.ticks = {
            consent.purpose: TickCard(look, consent.label, consent.text) for consent in notice.consents
        }
        if self.ticks:
            sheet.body.addWidget(Text(look, Role.BODY, look.words("notice.extras"), colour=Colour.INK_SOFT))
        given = state.visit.draft.consents if state.visit.draft else ()
        for purpose, tick in self.ticks.items():
            tick.setChecked(purpose in given)
            sheet.body.addWidget(tick)
        sheet.body.addStretch(1)
        self.go_button = GoButton(look, look.words("notice.go"))
        self.go_button.clicked.connect(self._go)
        sheet.foot.addWidget(Dock(look, [self.go_button]))

    def _go(self) -> None:
        self.act(NoticeRead(tuple(purpose for purpose, tick in self.ticks.items() if tick.ticked)))
