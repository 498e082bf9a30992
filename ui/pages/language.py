"""Which language the screens speak; each is named in its own words."""

from __future__ import annotations

from kiosk.dossier.session_state import Language, LanguageChosen, State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.base import PageView
from ui.pages.paper import lay_sheet
from ui.theme import Colour, Role
from ui.widgets.choice import Choice, ChoiceList
from ui.widgets.panel import FactRow
from ui.widgets.text import Text

_OWN_NAMES = {Language.VI: "Tiếng Việt", Language.EN: "English"}


class LanguagePage(PageView):
    """One touch chooses and goes back to where the person was."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words = look.words
        self.setAccessibleName(words("language.title"))
        sheet = lay_sheet(look, self, gap=24)
        sheet.body.addWidget(Text(look, Role.TITLE1, words("language.title")))
        sheet.body.addWidget(Text(look, Role.LEAD, words("language.kept"), colour=Colour.INK_SOFT))
        choices = [Choice(language.value, name, icon=Icon.WORLD) for language, name in _OWN_NAMES.items()]
        self.list = ChoiceList(look, choices, chosen=state.visit.language.value)
        self.list.picked.connect(self._picked)
        sheet.body.addWidget(self.list)
        sheet.body.addWidget(FactRow(look, Icon.INFO_CIRCLE, words("language.procedures")))
        sheet.body.addStretch(1)

    def _picked(self, choice: Choice) -> None:
        self.act(LanguageChosen(Language(choice.value)))
