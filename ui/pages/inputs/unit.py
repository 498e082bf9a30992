"""A commune, chosen by name: the kiosk's own at hand, any other by typing its new or old name."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.catalogue.model import Json, Unit
from kiosk.typing_vi import Caps
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.inputs.base import AnswerInput
from ui.pages.sheet_page import clear
from ui.stylesheet import Skin, dress
from ui.theme import Role
from ui.widgets.choice import Choice, ChoiceList
from ui.widgets.field import Field
from ui.widgets.keyboard import Pad
from ui.widgets.layout import column
from ui.widgets.text import Text

_OTHER = "other"
_FOUND = 6
_OLD_NAMES = 4
_ASKED = 3 * _FOUND  # provinces are found too and left out


class UnitInput(AnswerInput):
    """Two arrangements: the chosen commune beside "another one", or a field with what it finds below."""

    def __init__(self, look: Look, library: Library, name: str) -> None:
        super().__init__(look, library, name)
        self._units = library.catalogue.units
        self._code = library.tuning.unit
        self._place = column()
        self.column.addLayout(self._place)
        self.list: ChoiceList | None = None
        self.field: Field | None = None
        self._found = column()
        self._show_chosen()

    @property
    def helps_typing(self) -> str:
        """Marks are not needed here."""
        return "question.type_unit" if self.field is not None else ""

    @property
    def anchor(self) -> QWidget:
        """The field, with as much of the list below it as fits."""
        return self if self.field is None else self.field

    def value(self) -> Json:
        """A commune's code; while searching, whatever is typed."""
        return self._code if self.field is None else self.field.text()

    def put(self, value: Json) -> None:
        """A commune's code, or text that found none."""
        if not isinstance(value, str) or not value:
            return
        if self._units.is_commune(value):
            self._code = value
            self._show_chosen()
        else:
            self._show_search()
            assert self.field is not None
            self.field.set_text(value)

    def begin(self) -> None:
        """Typing begins only in the field."""
        if self.field is None:
            self.ask_keys(None, None)
        else:
            self.field.setFocus()
            self._focused()

    def mark(self, wrong: bool) -> None:
        """A red frame where there is a field."""
        if self.field is not None:
            dress(self.field.box, Skin.BOX_BAD if wrong else Skin.BOX_STRONG)

    def _show_chosen(self) -> None:
        clear(self._place)
        self.field = None
        own = self._units.get(self._code)
        choices = [self._choice(own)] if own is not None else []
        other = self.look.words("question.unit_other")
        note = self.look.words("question.unit_other_note")
        choices.append(Choice(_OTHER, other, note, Icon.SEARCH))
        self.list = ChoiceList(self.look, choices, chosen=self._code)
        self.list.picked.connect(self._picked)
        self._place.addWidget(self.list)

    def _show_search(self) -> None:
        clear(self._place)
        self.list = None
        self.field = Field(self.look, self.accessibleName(), caps=Caps.NAMES)
        self.field.set_limit(100)
        self.field.changed.connect(self._search)
        self.field.focused.connect(self._focused)
        self.field.entered.connect(self._take_first)
        self._found = column(gap=self.look.theme.px(12))
        self._place.addWidget(self.field)
        self._place.addSpacing(self.look.theme.px(12))
        self._place.addLayout(self._found)

    def _focused(self) -> None:
        self.ask_keys(self.field, Pad.LETTERS)

    def _search(self, typed: str) -> None:
        clear(self._found)
        self.list = None
        if not typed.strip():
            return
        units = self._communes(typed)
        if not units:
            self._found.addWidget(Text(self.look, Role.BODY, self.look.words("question.unit_none")))
            return
        self.list = ChoiceList(self.look, [self._choice(unit) for unit in units])
        self.list.picked.connect(self._picked)
        self._found.addWidget(self.list)

    def _communes(self, typed: str) -> list[Unit]:
        own = self._units.get(self.library.tuning.unit)
        found = self._units.search(typed, _ASKED, own.province if own else None)
        return [unit for unit in found if self._units.is_commune(unit.code)][:_FOUND]

    def _choice(self, unit: Unit) -> Choice:
        old = ", ".join(unit.old_names[:_OLD_NAMES])
        note = self.look.words("question.unit_old", names=old) if old else ""
        return Choice(unit.code, self._units.label(unit), note, Icon.MAP_PIN)

    def _picked(self, choice: Choice) -> None:
        if choice.value == _OTHER:
            self._show_search()
        else:
            self._code = choice.value
            self._show_chosen()
        self.begin()

    def _take_first(self) -> None:
        """Enter takes what stands first, as people expect of a search."""
        if self.list is not None and self.list.cards:
            self._picked(self.list.cards[0].choice)
