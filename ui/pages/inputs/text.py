"""Typed answers: names, words, numbers on one line; long ones on several."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.catalogue.model import FieldKind, Json
from kiosk.typing_vi import Caps
from ui.library import Library
from ui.look import Look
from ui.pages.inputs.base import AnswerInput
from ui.pages.inputs.long_field import LongField
from ui.stylesheet import Skin, dress
from ui.widgets.field import Field
from ui.widgets.keyboard import Pad


@dataclass(frozen=True, slots=True)
class Typing:
    """How one kind is typed. ``limit``: letters taken, generous, since checking comes later."""

    pad: Pad
    caps: Caps
    limit: int
    long: bool = False
    helps: str = ""


_NUMBERS = "question.type_numbers"
_NAMES = "question.type_names"
_LETTERS = "question.type_letters"
TYPINGS = {
    FieldKind.PERSON_NAME: Typing(Pad.LETTERS, Caps.NAMES, 100, helps=_NAMES),
    FieldKind.TEXT: Typing(Pad.LETTERS, Caps.SENTENCE, 200, helps=_LETTERS),
    FieldKind.LONG_TEXT: Typing(Pad.LETTERS, Caps.SENTENCE, 2000, long=True, helps=_LETTERS),
    FieldKind.ADDRESS: Typing(Pad.LETTERS, Caps.SENTENCE, 300, long=True, helps=_LETTERS),
    FieldKind.CITIZEN_NUMBER: Typing(Pad.NUMBERS, Caps.NONE, 30, helps=_NUMBERS),
    FieldKind.TAX_CODE: Typing(Pad.NUMBERS, Caps.NONE, 30, helps=_NUMBERS),
    FieldKind.PHONE: Typing(Pad.NUMBERS, Caps.NONE, 30, helps=_NUMBERS),
    FieldKind.COUNT: Typing(Pad.NUMBERS, Caps.NONE, 9, helps=_NUMBERS),
}


class TextInput(AnswerInput):
    """One field; ``kind`` decides keys, capitals and lines."""

    def __init__(self, look: Look, library: Library, name: str, kind: FieldKind) -> None:
        super().__init__(look, library, name)
        self._typing = TYPINGS[kind]
        field_of = LongField if self._typing.long else Field
        self.field: Field | LongField = field_of(look, name, caps=self._typing.caps)
        self.field.set_limit(self._typing.limit)
        self.field.entered.connect(self.entered)
        self.field.focused.connect(self._focused)
        self.column.addWidget(self.field)

    @property
    def helps_typing(self) -> str:
        """By the kind's keys."""
        return self._typing.helps

    def value(self) -> Json:
        """Text as typed."""
        return self.field.text()

    def put(self, value: Json) -> None:
        """Numbers are shown as digits."""
        self.field.set_text("" if value is None else str(value))

    def begin(self) -> None:
        """Typing can begin at once."""
        self.field.setFocus()
        self._focused()

    def mark(self, wrong: bool) -> None:
        """A red frame."""
        dress(self.field.box, Skin.BOX_BAD if wrong else Skin.BOX_STRONG)

    def _focused(self) -> None:
        self.ask_keys(self.field, self._typing.pad)
