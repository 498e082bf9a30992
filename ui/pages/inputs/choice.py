"""One answer out of a few, and yes or no."""

from __future__ import annotations

from kiosk.catalogue.model import Json, Option
from ui.library import Library
from ui.look import Look
from ui.pages.inputs.base import AnswerInput
from ui.widgets.button import Stature, button_height
from ui.widgets.choice import Choice, ChoiceList

_YES, _NO = "yes", "no"
_FEW = 2


class ChoiceInput(AnswerInput):
    """Cards one below the other; nothing is chosen beforehand."""

    def __init__(self, look: Look, library: Library, name: str, options: tuple[Option, ...]) -> None:
        super().__init__(look, library, name)
        choices = [Choice(option.value, option.label, option.hint or "") for option in options]
        self.list = ChoiceList(look, choices)
        if len(choices) <= _FEW:
            grow(look, self.list)
        self.column.addWidget(self.list)

    def value(self) -> Json:
        """The chosen option's value."""
        return self.list.value

    def put(self, value: Json) -> None:
        """Shows an option as chosen."""
        self.list.choose(value if isinstance(value, str) else None)


class YesNoInput(AnswerInput):
    """Two big cards side by side."""

    def __init__(self, look: Look, library: Library, name: str) -> None:
        super().__init__(look, library, name)
        choices = [Choice(_YES, look.words("answer.yes")), Choice(_NO, look.words("answer.no"))]
        self.list = ChoiceList(look, choices, columns=2)
        grow(look, self.list)
        self.column.addWidget(self.list)

    def value(self) -> Json:
        """True, False, or None while neither is chosen."""
        return None if self.list.value is None else self.list.value == _YES

    def put(self, value: Json) -> None:
        """Shows one as chosen."""
        self.list.choose({True: _YES, False: _NO}[value] if isinstance(value, bool) else None)


def grow(look: Look, cards: ChoiceList) -> None:
    """Few cards may be great ones."""
    for card in cards.cards:
        card.setMinimumHeight(button_height(look, Stature.GREAT))
