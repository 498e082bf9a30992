"""What stands on the screen while nobody is there: what this kiosk does, and one great button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.dossier.session_state import Begun, State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.base import PageView
from ui.pages.paper import NotGivenNote, lay_sheet, roomy
from ui.theme import Colour, Role
from ui.widgets.button import GoButton, Stature
from ui.widgets.cloth import Header, Hero
from ui.widgets.layout import column, row
from ui.widgets.panel import FactRow, Hairline
from ui.widgets.text import Text
from ui.widgets.tile import IconTile

_OFFERS = (
    ("attract.find", Icon.SEARCH),
    ("attract.make", Icon.FILE_PENCIL),
    ("attract.track", Icon.FILE_SEARCH),
)


class AttractPage(PageView):
    """A touch anywhere begins."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words = look.words
        self.setAccessibleName(words("attract.title").replace("\n", " "))
        sheet = lay_sheet(look, self, gap=16, top=24)
        if not roomy(look) and not look.theme.laptop:
            sheet.body.addWidget(Text(look, Role.DISPLAY, words("attract.title")))
        for key, icon in _OFFERS:
            sheet.body.addWidget(_offer(look, key, icon))
        sheet.body.addStretch(1)
        sheet.body.addWidget(Hairline(look))
        hours = words("attract.hours", hours=library.tuning.opening_hours)
        self._hours = FactRow(look, Icon.CLOCK, hours)
        self._note = NotGivenNote(look, state.machine.not_given)
        sheet.body.addWidget(self._hours)
        self._hours.setHidden(bool(state.machine.not_given))
        sheet.body.addWidget(self._note)
        sheet.body.addWidget(Hairline(look))
        self.go_button = GoButton(
            look,
            words("attract.begin"),
            Icon.HAND_FINGER,
            icon_after=False,
            stature=Stature.POSTER,
            role=Role.TITLE1 if not look.theme.laptop else Role.BUTTON,
        )
        self.go_button.clicked.connect(self._begin)
        theme = look.theme
        foot = column(margins=(theme.margin, 0, theme.margin, theme.px(32 if not theme.laptop else 16)))
        foot.addWidget(self.go_button)
        sheet.foot.addLayout(foot)

    def show_state(self, state: State) -> None:
        """What was saved before a crash takes the place of the opening hours."""
        super().show_state(state)
        self._note.show_saved(state.machine.not_given)
        self._hours.setHidden(bool(state.machine.not_given))

    def hero(self, header: Header) -> QWidget | None:
        """Star and terraces over more than a third of the screen."""
        if not roomy(self.look):
            return None
        hero = Hero(self.look, header, self.look.words("attract.title"), poster=True)
        hero.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return hero

    def side_title(self) -> str:
        return self.look.words("attract.side_title")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The whole page is the button."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._begin()

    def _begin(self) -> None:
        self.act(Begun())


def _offer(look: Look, key: str, icon: Icon) -> QWidget:
    line = QWidget()
    beside = row(line, gap=look.theme.px(36 if not look.theme.laptop else 20))
    beside.addWidget(IconTile(look, icon, 104 if not look.theme.laptop else 72))
    both = column()
    both.addStretch(1)
    both.addWidget(Text(look, Role.TITLE3, look.words(f"{key}_title")))
    both.addWidget(Text(look, Role.BODY, look.words(f"{key}_why"), colour=Colour.INK_SOFT))
    both.addStretch(1)
    beside.addLayout(both, 1)
    return line
