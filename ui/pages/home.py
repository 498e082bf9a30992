"""Where a visit starts: search, life events, and looking up a dossier that was sent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.catalogue.model import LifeEvent
from kiosk.dossier.session_state import (
    LifeEventChosen,
    OfflineOpened,
    QueryTyped,
    State,
    TrackingOpened,
)
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.base import PageView
from ui.pages.paper import LONGEST_QUERY, NotGivenNote, lay_sheet, roomy
from ui.theme import Role
from ui.widgets.button import SolidButton
from ui.widgets.cloth import Header, Hero
from ui.widgets.field import SearchField
from ui.widgets.keyboard import Keyboard
from ui.widgets.layout import CardGrid, row
from ui.widgets.text import Text
from ui.widgets.tile import EventCard

_EVENT = "life_event"  # property of a card: the event's id
_EVERYTHING_ELSE = "viec-khac"
_LONG_TITLE = 14  # letters that fit on one line of a card


def _shown_first(look: Look, events: Sequence[LifeEvent]) -> Sequence[LifeEvent]:
    """As many cards as have room without scrolling; *everything else* is the last of them."""
    room = {2: 6, 3: 9, 4: 12}[look.theme.card_columns]
    if len(events) <= room:
        return events
    named = [event for event in events if event.id != _EVERYTHING_ELSE]
    rest = [event for event in events if event.id == _EVERYTHING_ELSE]
    return [*named[: room - len(rest)], *rest]


def in_two(title: str) -> str:
    """A card's title on two lines of about the same length: after its comma, else near the middle."""
    if "," in title or len(title) < _LONG_TITLE:
        return title.replace(", ", ",\n")
    spaces = [at for at, letter in enumerate(title) if letter == " "]
    middle = min(spaces, key=lambda at: abs(at - len(title) / 2), default=None)
    return title if middle is None else f"{title[:middle]}\n{title[middle + 1 :]}"


class HomePage(PageView):
    """The first letter typed brings the results, so the field here is always empty."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words, laptop = look.words, look.theme.laptop
        self.setAccessibleName(words("home.title").replace("\n", " "))
        self._sheet = lay_sheet(look, self, gap=16, top=20 if not laptop else 12)
        body = self._sheet.body
        if not roomy(look) and not laptop:
            body.addWidget(Text(look, Role.DISPLAY, words("home.title")))
            body.addWidget(Text(look, Role.BODY, words("home.how")))
        self.field = SearchField(look, hint=words("home.hint" if not laptop else "home.hint_long"))
        self.field.set_limit(LONGEST_QUERY)
        body.addWidget(self.field)
        self._note = NotGivenNote(look, state.machine.not_given)
        body.addWidget(self._note)
        self._choose = Text(look, Role.TITLE3, words("home.choose"))
        body.addWidget(self._choose)
        self._choose.setVisible(roomy(look) and not state.machine.not_given)
        self._grid = CardGrid(look, self._cards(_shown_first(look, library.catalogue.life_events())))
        body.addWidget(self._grid, 1)
        body.addLayout(self._ways())
        self.keyboard = Keyboard(look)
        self.keyboard.hide()
        self.keyboard.set_target(self.field)
        self._sheet.foot.addWidget(self.keyboard)
        self.field.focused.connect(self._type)
        self.field.changed.connect(self._typed)
        self.field.searched.connect(self._searched)
        self.keyboard.hide_wanted.connect(self._stop_typing)

    def show_state(self, state: State) -> None:
        """Only what is known of saved dossiers may change here."""
        super().show_state(state)
        self._note.show_saved(state.machine.not_given)
        self._choose.setVisible(roomy(self.look) and not state.machine.not_given)

    def _cards(self, events: Sequence[LifeEvent]) -> list[EventCard]:
        cards = []
        for event in events:
            card = EventCard(self.look, Icon(event.icon), in_two(event.title))
            card.setProperty(_EVENT, event.id)
            card.clicked.connect(self._event_chosen)
            cards.append(card)
        self.cards = cards
        return cards

    def _ways(self) -> QHBoxLayout:
        """Two ways on that are not a search; one below the other would push the cards off the screen."""
        self.track_button = SolidButton(self.look, self._way("home.track"), Icon.FILE_SEARCH, left=True)
        self.offline_button = SolidButton(self.look, self._way("home.offline"), Icon.WIFI_OFF, left=True)
        self.track_button.clicked.connect(self._track)
        self.offline_button.clicked.connect(self._offline)
        line = row(gap=self.look.theme.space("gutter"))
        line.addWidget(self.track_button, 1)
        line.addWidget(self.offline_button, 1)
        return line

    def _way(self, key: str) -> str:
        """On one line where the screen is low."""
        words = self.look.words(key)
        return words.replace("\n", " ") if self.look.theme.laptop else words

    def hero(self, header: Header) -> QWidget | None:
        """The greeting over the terraces."""
        if not roomy(self.look):
            return None
        return Hero(self.look, header, self.look.words("home.title"), self.look.words("home.how_long"))

    def side_title(self) -> str:
        return self.look.words("home.title")

    def _event_chosen(self) -> None:
        """*Everything else* first brings the cards that had no room; after that it is an event like any."""
        events = self.library.catalogue.life_events()
        card = self.sender()
        if not isinstance(card, EventCard):
            return
        if card.property(_EVENT) == _EVERYTHING_ELSE and len(self.cards) < len(events):
            self._show_all(events)
        else:
            self.act(LifeEventChosen(str(card.property(_EVENT))))

    def _show_all(self, events: Sequence[LifeEvent]) -> None:
        old, self._grid = self._grid, CardGrid(self.look, self._cards(events))
        self._sheet.body.replaceWidget(old, self._grid)
        old.hide()
        old.deleteLater()
        self.cards[0].setFocus()

    def _typed(self, words: str) -> None:
        self.act(QueryTyped(words))

    def _searched(self, words: str) -> None:
        """With nothing typed, the button shows where to type."""
        if words.strip():
            self.act(QueryTyped(words))
        else:
            self.field.setFocus()

    def _type(self) -> None:
        self.keyboard.show()

    def _stop_typing(self) -> None:
        self.keyboard.hide()
        self.field.edit.clearFocus()

    def _track(self) -> None:
        self.act(TrackingOpened())

    def _offline(self) -> None:
        self.act(OfflineOpened())
