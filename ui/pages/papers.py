"""The papers that go with a dossier: what is there, what is missing, how to add it."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from kiosk.catalogue.forms import holds
from kiosk.catalogue.model import Component
from kiosk.dossier import route
from kiosk.dossier.application import Attachment
from kiosk.dossier.draft import Draft
from kiosk.dossier.packet import MAX_DOSSIER, MAX_PAPER, MB
from kiosk.dossier.session_state import (
    PaperAsked,
    PaperRemoved,
    PapersDone,
    State,
)
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.answers import size_words
from ui.pages.sheet_page import Notice, SheetPage, clear, failure_words, note_row, thread_of
from ui.theme import Role
from ui.widgets.badge import Badge, BadgeKind
from ui.widgets.button import Button, GoButton, SecondButton, SolidButton, Stature
from ui.widgets.dock import Dock
from ui.widgets.layout import column
from ui.widgets.panel import FlatPanel, Hairline
from ui.widgets.paper import PaperKind, PaperState
from ui.widgets.rows import PaperRow
from ui.widgets.text import Text

_DRAWINGS = {kind.value: kind for kind in PaperKind} | {"paper": PaperKind.PLAIN}
_MADE_HERE = "form"  # the machine makes it from the answers


def drawing_of(component: Component) -> PaperKind:
    """The drawing that stands beside a paper; a plain sheet where the record names none we have."""
    return _DRAWINGS.get(component.drawing, PaperKind.PLAIN)


class PapersPage(SheetPage):
    """One row a paper. The first required one that is missing is tinted and has the great button."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words = look.words
        self.setAccessibleName(words("papers.title"))
        draft = self._draft()
        self.body.addWidget(thread_of(look, draft, route.PAPERS))
        heads = column()
        heads.addWidget(Text(look, Role.TITLE1, words("papers.title")))
        self._count = Text(look, Role.LEAD, "")
        heads.addWidget(self._count)
        self.body.addLayout(heads)
        self._fill = column(gap=look.theme.px(16))
        self.body.addLayout(self._fill)
        limits = words("papers.limits", paper=MAX_PAPER // MB, dossier=MAX_DOSSIER // MB)
        self.body.addWidget(note_row(look, limits))
        self.body.addStretch(1)
        self.go_button = GoButton(look, words("papers.go"))
        self.go_button.clicked.connect(self._done)
        self.below(Dock(look, [self.go_button], sentence=words("papers.dock")))
        self._show_papers()

    def _draft(self) -> Draft:
        draft = self.state.visit.draft
        assert draft is not None
        return draft

    def show_state(self, state: State) -> None:
        """A paper was taken out, or could not be taken in."""
        before = self.state.visit
        super().show_state(state)
        if before.draft is not state.visit.draft or before.failure is not state.visit.failure:
            self._show_papers()

    def _show_papers(self) -> None:
        clear(self._fill)
        draft = self._draft()
        if (failure := self.state.visit.failure) is not None:
            self._fill.addWidget(Notice(self.look, failure_words(self.look.words, failure, "papers")))
        self._count.say(self._count_words(draft))
        missing = draft.missing()
        first = missing[0].id if missing else None
        panel = FlatPanel(self.look, pad=0)
        panel.body.setSpacing(0)
        self.add_buttons: dict[str, Button] = {}
        self.remove_buttons: dict[str, Button] = {}
        for index, component in enumerate(shown_components(draft)):
            if index:
                panel.body.addWidget(Hairline(self.look))
            panel.body.addWidget(self._row(draft, component, chosen=component.id == first))
        self._fill.addWidget(panel)

    def _count_words(self, draft: Draft) -> str:
        needed = [component for component in draft.components() if component.required]
        missing = len(draft.missing())
        if not needed:
            return self.look.words("papers.none_needed")
        if not missing:
            return self.look.words("papers.all", total=len(needed))
        have = len(needed) - missing
        return self.look.words("papers.count", have=have, total=len(needed), missing=missing)

    def _row(self, draft: Draft, component: Component, *, chosen: bool) -> PaperRow:
        if not component.attach:
            return self._fixed_row(component)
        paper = draft.attachment(component.id)
        if paper is not None:
            return self._held_row(component, paper)
        return self._missing_row(component, chosen=chosen)

    def _fixed_row(self, component: Component) -> PaperRow:
        words = self.look.words
        made = component.drawing == _MADE_HERE
        sentence = words("papers.made_here") if made else component.look or words("papers.desk_only_why")
        badge = (
            Badge(self.look, BadgeKind.OK, words("papers.have"), Icon.CIRCLE_CHECK)
            if made
            else Badge(self.look, BadgeKind.QUIET, words("papers.desk_only"), Icon.BUILDING_COMMUNITY)
        )
        return PaperRow(self.look, drawing_of(component), component.name, sentence, badge=badge)

    def _held_row(self, component: Component, paper: Attachment) -> PaperRow:
        words = self.look.words
        badge = Badge(self.look, BadgeKind.OK, words("papers.have"), Icon.CIRCLE_CHECK)
        sentence = words("papers.file", name=paper.name, size=size_words(len(paper.data)))
        row = PaperRow(self.look, drawing_of(component), component.name, sentence, badge=badge)
        change = SecondButton(
            self.look, words("papers.replace"), Icon.REFRESH, stature=Stature.SMALL, role=Role.BODY
        )
        change.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._ask_with(change, component)
        remove = SecondButton(
            self.look, words("papers.remove"), Icon.TRASH, stature=Stature.SMALL, role=Role.BODY
        )
        remove.setAccessibleName(words("papers.remove_name", paper=component.name))
        remove.clicked.connect(self._remove)
        remove.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.remove_buttons[component.id] = remove
        row.add_action(change)
        row.add_action(remove)
        return row

    def _missing_row(self, component: Component, *, chosen: bool) -> PaperRow:
        words = self.look.words
        kind, key, icon = (
            (BadgeKind.BAD, "papers.missing", Icon.FILE_X)
            if component.required
            else (BadgeKind.QUIET, "papers.if_any", Icon.INFO_CIRCLE)
        )
        sentence = component.obtain if not component.required else component.look
        row = PaperRow(
            self.look,
            drawing_of(component),
            component.name,
            sentence or component.look or "",
            state=PaperState.MISSING if component.required else PaperState.WHOLE,
            badge=Badge(self.look, kind, words(key), icon),
            chosen=chosen,
        )
        if chosen:
            row.body.addWidget(Text(self.look, Role.TITLE3, words("papers.how")))
            great: Button = SolidButton(self.look, words("papers.add_great"), Icon.USB, stature=Stature.GREAT)
            self._ask_with(great, component)
            row.body.addWidget(great)
        else:
            small = SecondButton(
                self.look, words("papers.add"), Icon.USB, stature=Stature.SMALL, role=Role.BODY
            )
            small.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self._ask_with(small, component)
            row.add_action(small)
        return row

    def _ask_with(self, button: Button, component: Component) -> None:
        name = self.look.words("papers.add_name", paper=component.name)
        button.setAccessibleName(name)
        button.clicked.connect(self._add)
        self.add_buttons[component.id] = button

    def _add(self) -> None:
        for component, button in self.add_buttons.items():
            if button is self.sender():
                self.act(PaperAsked(component))
                return

    def _remove(self) -> None:
        for component, button in self.remove_buttons.items():
            if button is self.sender():
                self.act(PaperRemoved(component))
                return

    def _done(self) -> None:
        self.act(PapersDone())


def shown_components(draft: Draft) -> list[Component]:
    """The papers that apply: what the machine makes, what must come, what may, what only the desk sees."""
    applying = [
        component
        for component in draft.procedure.components
        if holds(component.when, draft.case, draft.answers)
    ]
    return sorted(applying, key=_rank)


def _rank(component: Component) -> int:
    if not component.attach:
        return 0 if component.drawing == _MADE_HERE else 3
    return 1 if component.required else 2
