"""Nothing can be offered here for now: where to go instead, and what to tell the technician."""

from __future__ import annotations

from kiosk.dossier.session_state import State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.sheet_page import SheetPage, note_row
from ui.theme import Colour, Role
from ui.widgets.panel import FactRow, FlatPanel
from ui.widgets.text import Text
from ui.widgets.tile import IconTile

_TILE = 200
_TILE_LAPTOP = 104


class OutOfServicePage(SheetPage):
    """No button: the machine comes back by itself. The bar still calls staff."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words, tuning = look.words, library.tuning
        self.setAccessibleName(words("out.title").replace("\n", " "))
        side = _TILE if not look.theme.laptop else _TILE_LAPTOP
        self.body.addWidget(IconTile(look, Icon.HAND_STOP, side))
        self.body.addSpacing(look.theme.px(16))
        self.body.addWidget(Text(look, Role.DISPLAY, words("out.title")))
        self.body.addWidget(Text(look, Role.LEAD, words("out.lead")))
        self.body.addSpacing(look.theme.px(16))
        panel = FlatPanel(look, words("out.instead"))
        panel.body.addWidget(self._fact(Icon.BUILDING_COMMUNITY, words("out.desk")))
        panel.body.addWidget(self._fact(Icon.CLOCK, words("out.hours", hours=tuning.opening_hours)))
        if tuning.centre_phone:
            panel.body.addWidget(
                self._fact(Icon.DEVICE_MOBILE, words("out.phone", phone=tuning.centre_phone))
            )
        panel.body.addWidget(self._fact(Icon.LOCK, words("out.kept")))
        self.body.addWidget(panel)
        self.body.addStretch(1)
        code = state.machine.out_of_service or ""
        self.body.addWidget(note_row(look, words("out.reference", code=code)))

    def _fact(self, icon: Icon, words: str) -> FactRow:
        return FactRow(self.look, icon, words, role=Role.LEAD, icon_colour=Colour.INK)
