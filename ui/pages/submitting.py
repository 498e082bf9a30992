"""While the dossier is sealed and made durable: nothing to press, nothing to fear."""

from __future__ import annotations

from kiosk.dossier.session_state import State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.sheet_page import SheetPage
from ui.theme import Role
from ui.widgets.text import CENTRE, Text
from ui.widgets.tile import IconTile

_TILE = 248


class SubmittingPage(SheetPage):
    """A lock, one sentence on what the machine does, one on what comes next."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words = look.words
        self.setAccessibleName(words("submitting.title").replace("\n", " "))
        self.body.addStretch(2)
        side = _TILE if not look.theme.laptop else 140
        self.body.addWidget(IconTile(look, Icon.LOCK, side), 0, CENTRE)
        self.body.addSpacing(look.theme.px(24))
        self.body.addWidget(Text(look, Role.TITLE1, words("submitting.title"), align=CENTRE))
        self.body.addWidget(Text(look, Role.LEAD, words("submitting.wait"), align=CENTRE))
        self.body.addStretch(3)
