"""Which input asks for which kind of answer."""

from __future__ import annotations

from kiosk.catalogue.model import FieldKind, Question
from ui.library import Library
from ui.look import Look
from ui.pages.inputs.base import AnswerInput
from ui.pages.inputs.choice import ChoiceInput, YesNoInput
from ui.pages.inputs.date import DateInput
from ui.pages.inputs.text import TextInput
from ui.pages.inputs.unit import UnitInput


def input_for(look: Look, library: Library, asked: Question) -> AnswerInput:
    """The input of a question; its name for screen readers is the question's title."""
    name = asked.question
    match asked.kind:
        case FieldKind.CHOICE:
            return ChoiceInput(look, library, name, asked.options)
        case FieldKind.YES_NO:
            return YesNoInput(look, library, name)
        case FieldKind.DATE:
            return DateInput(look, library, name)
        case FieldKind.UNIT:
            return UnitInput(look, library, name)
        case _:
            return TextInput(look, library, name, asked.kind)
