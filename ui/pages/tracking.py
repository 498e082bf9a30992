"""Where is my dossier: the private code typed, and what this machine knows, with how old that is."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QShowEvent

from kiosk.catalogue.model import Json
from kiosk.dossier.session_state import EndPressed, State, TrackAsked
from kiosk.ports import Connectivity, Tracked
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.answers import day_words, moment_words
from ui.pages.code_field import CodeField
from ui.pages.code_pad import CodePad
from ui.pages.sheet_page import Notice, SheetPage, clear, failure_words, note_row
from ui.pages.way import Reached, Way
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role
from ui.widgets.button import GoButton, SecondButton
from ui.widgets.dock import Dock
from ui.widgets.layout import column
from ui.widgets.panel import FactRow, FramedPanel
from ui.widgets.text import Text

_PARKED = "parked"
_REACHED = {  # by ``Tracked.state``; whatever else it says is no more than saved
    "received": Reached.RECEIVED,
    "opened": Reached.OPENED,
}
_ASKS_SOMETHING = frozenset({5, 6})  # national statuses where the citizen has to act
_STATUSES = range(1, 11)


class TrackingPage(SheetPage):
    """The code's field and pad; once something is known, that instead. The code is wiped on leaving."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words = look.words
        self.setAccessibleName(words("tracking.title"))
        self._dismissed: Tracked | None = None
        self._put = state.visit.tracking.typed
        self.field: CodeField | None = None
        self.pad: CodePad | None = None
        self.way: Way | None = None
        heads = column(gap=look.theme.px(6))
        self._title = Text(look, Role.TITLE1, words("tracking.title"))
        self._lead = Text(look, Role.LEAD, words("tracking.lead"))
        heads.addWidget(self._title)
        heads.addWidget(self._lead)
        self.body.addLayout(heads)
        self._fill = column(gap=look.theme.px(20 if not look.theme.laptop else 10))
        self.body.addLayout(self._fill)
        self.body.addStretch(1)
        self.go_button = GoButton(look, words("tracking.go"), Icon.SEARCH)
        self.go_button.clicked.connect(self._go_on)
        self._dock = Dock(look, [self.go_button])
        self.below(self._dock)
        self.another_button = SecondButton(look, words("tracking.another"))
        self.another_button.clicked.connect(self._ask_another)
        self.done_button = GoButton(look, words("receipt.done"), Icon.CHECK)
        self.done_button.clicked.connect(self._end)
        self._end_dock = Dock(look, [self.another_button, self.done_button], shares=(2, 3))
        self.below(self._end_dock)
        dress(self._dock, Skin.PAGE)
        self._keys = column()
        self._foot.addLayout(self._keys)
        self._show()

    # -- what is shown

    @property
    def found(self) -> Tracked | None:
        """What is known, unless another code is being typed."""
        found = self.state.visit.tracking.found
        return None if found is self._dismissed else found

    def show_state(self, state: State) -> None:
        """An answer came, or the code was wrong: the code typed stays."""
        before = self.state.visit
        super().show_state(state)
        now = state.visit
        if before.tracking.found is not now.tracking.found or self.found is not None:
            self._show()
        elif before.failure is not now.failure or before.waiting is not now.waiting:
            self._follow()

    def _show(self) -> None:
        if self.field is not None:
            self._put = self.field.text()
        for place in (self._fill, self._keys):
            clear(place)
        self.field = self.pad = self.way = None
        found = self.found
        asking = found is None
        words = self.look.words
        self._lead.setVisible(asking)
        self._title.say(words("tracking.title" if asking else "tracking.found_title"))
        self._dock.setVisible(asking)
        self._end_dock.setVisible(not asking)
        if found is None:
            self._ask()
        else:
            self._tell(found)

    def _ask(self) -> None:
        words = self.look.words
        self._notices = column()
        self._fill.addLayout(self._notices)
        self.field = CodeField(self.look, words("tracking.field"))
        self.field.set_text(self._put)
        self.field.entered.connect(self._go_on)
        self._fill.addWidget(self.field)
        self._fill.addWidget(Text(self.look, Role.CAPTION, words("tracking.type"), colour=Colour.INK_SOFT))
        self.pad = CodePad(self.look, self.field)
        self._keys.addWidget(self.pad)
        self._follow()
        self.field.setFocus()

    def _follow(self) -> None:
        visit, words = self.state.visit, self.look.words
        clear(self._notices)
        self.go_button.set_busy(words("tracking.looking") if visit.waiting else None)
        if self.field is None:
            return
        wrong = visit.failure is not None
        if visit.failure is not None:
            self._notices.addWidget(Notice(self.look, failure_words(words, visit.failure, "tracking")))
        dress(self.field.box, Skin.BOX_BAD if wrong else Skin.BOX_STRONG)

    # -- what is known

    def _tell(self, found: Tracked) -> None:
        if found.state is None and found.status is None:
            self._tell_nothing(found)
            return
        self._tell_state(found)
        if found.status in _STATUSES:
            self._tell_news(found)
        self._fill.addWidget(note_row(self.look, self._age(found), Icon.CLOCK))

    def _tell_nothing(self, found: Tracked) -> None:
        words = self.look.words
        self._title.say(words("tracking.nothing_title"))
        self._fill.addWidget(Text(self.look, Role.TITLE3, self._age(found)))
        self._fill.addWidget(Text(self.look, Role.LEAD, words("tracking.nothing")))
        self._add_phone()

    def _tell_state(self, found: Tracked) -> None:
        look, words = self.look, self.look.words
        panel = FramedPanel(look, words("receipt.number"), Role.TITLE3)
        panel.body.addWidget(Text(look, Role.TITLE2, found.receipt or words("tracking.no_number")))
        if found.official_code is not None:
            panel.body.addWidget(FactRow(look, Icon.FILE_TEXT, words("tracking.code")))
            self.code = Text(look, Role.TITLE2, found.official_code)
            panel.body.addWidget(self.code)
        self._fill.addWidget(panel)
        self.way = Way(look, _REACHED.get(found.state or "", Reached.SAVED))
        self._fill.addWidget(self.way)
        if found.state == _PARKED:
            self._fill.addWidget(Notice(look, words("tracking.parked")))

    def _tell_news(self, found: Tracked) -> None:
        look, words = self.look, self.look.words
        acts = found.status in _ASKS_SOMETHING
        icon = Icon.ALERT_TRIANGLE if acts else Icon.INFO_CIRCLE
        head = words(f"status.{found.status}")
        row = FactRow(
            look, icon, found.text or words(f"status.{found.status}_why"), head=head, role=Role.LEAD
        )
        self._fill.addWidget(row)
        due = words("tracking.due", day=_day(look, found.due)) if found.due else words("tracking.no_due")
        self._fill.addWidget(FactRow(look, Icon.CALENDAR, due))

    def _age(self, found: Tracked) -> str:
        words = self.look.words
        offline = self.library.sync_status().connectivity is not Connectivity.ONLINE
        if found.as_of is None:
            return words("tracking.no_news_ever")
        when = moment_words(words, found.as_of)
        nothing = found.state is None and found.status is None
        key = "tracking.no_news" if nothing else "tracking.as_of_offline" if offline else "tracking.as_of"
        return words(key, when=when)

    def _add_phone(self) -> None:
        phone = self.library.tuning.centre_phone
        if phone:
            words = self.look.words("receipt.call", phone=phone)
            self._fill.addWidget(FactRow(self.look, Icon.DEVICE_MOBILE, words))

    # -- acting

    def typed(self) -> Json:
        """The code as typed, for when the look is changed."""
        return self.field.text() if self.field is not None else None

    def put_back(self, typed: Json) -> None:
        """The code again."""
        if self.field is not None and isinstance(typed, str):
            self.field.set_text(typed)

    def showEvent(self, event: QShowEvent) -> None:
        """Typing begins at once."""
        super().showEvent(event)
        if self.field is not None:
            self.field.setFocus()

    def _go_on(self) -> None:
        if self.field is not None and not self.go_button.busy:
            self.act(TrackAsked(self.field.text()))

    def _end(self) -> None:
        self.act(EndPressed())

    def _ask_another(self) -> None:
        self._dismissed = self.state.visit.tracking.found
        self._put = ""
        self._show()


def _day(look: Look, due: str) -> str:
    """A due date, with or without a time."""
    return day_words(look.words, date.fromisoformat(due[:10]))
