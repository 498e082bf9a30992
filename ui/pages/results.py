"""What was found for the words typed, or what belongs to a life event."""

from __future__ import annotations

from kiosk.catalogue.model import AnswerKind
from kiosk.dossier.session_state import ProcedureChosen, QueryTyped, StaffCalled, State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.base import PageView
from ui.pages.paper import LONGEST_QUERY, lay_sheet
from ui.pages.result_list import MOST, Found, ResultList
from ui.widgets.button import GoButton, SecondButton
from ui.widgets.dock import Dock
from ui.widgets.field import SearchField
from ui.widgets.keyboard import Keyboard


class ResultsPage(PageView):
    """Follows every key: the list is built anew, the field and its caret stay as they are."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        self._sheet = lay_sheet(look, self, gap=20, top=24)
        self._asked = _asked(state)
        # Whoever has typed one letter goes on typing; whoever comes back reads.
        self._typing = len(state.visit.query.strip()) == 1
        self.list = self._answer(state)
        self._sheet.body.addWidget(self.list)
        self._sheet.body.addStretch(1)
        self.field = SearchField(look, hint=look.words("results.hint"), docked=True)
        self.field.set_limit(LONGEST_QUERY)
        self.field.set_text(state.visit.query)
        self.more_button = SecondButton(look, "", Icon.CHEVRON_DOWN, icon_after=True)
        self.search_button = GoButton(look, look.words("search.go"), None)
        dock = [self.field, self.more_button, self.search_button]
        self._sheet.foot.addWidget(Dock(look, dock, shares=(5, 4, 2)))
        self.keyboard = Keyboard(look)
        self.keyboard.set_target(self.field)
        self._sheet.foot.addWidget(self.keyboard)
        self._connect()
        self._show_more_button()
        self.keyboard.setVisible(self._typing)
        if self._typing:
            self.field.setFocus()

    def _connect(self) -> None:
        self.field.changed.connect(self._typed)
        self.field.focused.connect(self._type)
        self.field.searched.connect(self._stop_typing)
        self.keyboard.hide_wanted.connect(self._stop_typing)
        self.more_button.clicked.connect(self._more)
        self.search_button.clicked.connect(self._stop_typing)

    def show_state(self, state: State) -> None:
        """Other words, other results."""
        super().show_state(state)
        if _asked(state) == self._asked:
            return
        self._asked = _asked(state)
        self._write_anew()

    def _write_anew(self) -> None:
        old, self.list = self.list, self._answer(self.state)
        self._sheet.body.replaceWidget(old, self.list)
        old.hide()
        old.deleteLater()
        self._show_more_button()
        self._sheet.area.verticalScrollBar().setValue(0)

    # -- the list

    def _answer(self, state: State) -> ResultList:
        words, life_event = _asked(state)
        if life_event is not None:
            made = self._event_list(life_event)
        elif words:
            made = self._search_list(words)
        else:
            made = ResultList(self.look, self.library.catalogue, self.look.words("results.nothing_typed"))
        made.chosen.connect(self._chosen)
        made.asked.connect(self.field_asked)
        made.grown.connect(self._show_more_button)
        self.setAccessibleName(made.title.text())
        return made

    def _event_list(self, life_event: str) -> ResultList:
        catalogue = self.library.catalogue
        title = next(event.title for event in catalogue.life_events() if event.id == life_event)
        found = [Found(procedure.code, procedure.name) for procedure in catalogue.by_life_event(life_event)]
        made = ResultList(self.look, self.library.catalogue, title, self.look.words("results.of_event"))
        made.add_found(found, best=False)
        if not found:
            self._add_way_out(made)
        return made

    def _search_list(self, typed: str) -> ResultList:
        words, catalogue = self.look.words, self.library.catalogue
        answer = catalogue.search(typed, MOST)
        if answer.kind is AnswerKind.NONE:
            sentence = "results.none_desk" if answer.signpost else "results.none_why"
            made = ResultList(
                self.look, self.library.catalogue, words("results.none"), words(sentence, typed=_short(typed))
            )
            if answer.signpost:
                made.add_signpost(answer.signpost)
            self._add_way_out(made)
            return made
        found = [Found(hit.code, hit.name, hit.marks) for hit in answer.hits]
        if answer.kind is AnswerKind.CLARIFY:
            made = ResultList(
                self.look,
                self.library.catalogue,
                words("results.which"),
                words("results.typed", typed=_short(typed)),
            )
            made.add_choices(answer.choices)
            made.add_found(found, best=False)
            return made
        key = "results.found" if len(found) < MOST else "results.found_many"
        title = words(key, count=len(found))
        made = ResultList(
            self.look, self.library.catalogue, title, words("results.typed", typed=_short(typed))
        )
        made.add_found(found, best=not self._typing)  # beside the keyboard there is no room for it
        return made

    def _add_way_out(self, made: ResultList) -> None:
        made.add_tips(("results.tip_other", "results.tip_picture"))
        button = SecondButton(self.look, self.look.words("bar.staff"), Icon.BELL_RINGING)
        button.clicked.connect(self._call)
        made.add_button(button)

    def _show_more_button(self) -> None:
        left = self.list.left
        self.more_button.setVisible(left > 0 and not self._typing)
        self.search_button.setVisible(self._typing)
        if left:
            self.more_button.say(self.look.words("results.more", count=left))

    # -- what people do

    def field_asked(self, words: str) -> None:
        """Other words were chosen instead of typed."""
        self._stop_typing()
        self.field.set_text(words)

    def _typed(self, words: str) -> None:
        self.act(QueryTyped(words))

    def _type(self) -> None:
        self._show_keyboard(True)

    def _stop_typing(self) -> None:
        self._show_keyboard(False)
        self.field.edit.clearFocus()

    def _show_keyboard(self, typing: bool) -> None:
        self.keyboard.setVisible(typing)
        if typing is not self._typing:
            self._typing = typing
            self._write_anew()

    def _more(self) -> None:
        self.list.show_more()

    def _chosen(self, code: str) -> None:
        self.act(ProcedureChosen(code))

    def _call(self) -> None:
        self.act(StaffCalled())


def _asked(state: State) -> tuple[str, str | None]:
    return state.visit.query.strip(), state.visit.life_event


def _short(typed: str) -> str:
    """What stands in a sentence; a whole paragraph typed would push the results away."""
    return typed if len(typed) <= 40 else typed[:39].rstrip() + "…"
