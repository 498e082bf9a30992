"""A date in three boxes: day, month, year."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kiosk.catalogue.model import Json
from ui.library import Library
from ui.look import Look
from ui.pages.inputs.base import AnswerInput
from ui.stylesheet import Skin, dress
from ui.theme import Role
from ui.widgets.field import TypedField
from ui.widgets.keyboard import Pad
from ui.widgets.layout import column, row
from ui.widgets.text import Text

_PARTS = (("day", 2, 3), ("month", 2, 3), ("year", 4, 5))  # name, digits, share of the width


class DateBox(TypedField):
    """A few digits. Full, or at a "/", it hands on to ``after``; a backspace in it when empty goes back."""

    def __init__(self, look: Look, name: str, digits: int) -> None:
        super().__init__(look, name)
        theme = look.theme
        self._digits = digits
        self.after: DateBox | None = None
        self.before: DateBox | None = None
        self.set_limit(digits)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        pad = theme.px(12)
        row(self.box, margins=(pad, pad, pad, pad)).addWidget(self.edit)
        self.box.setMinimumHeight(theme.px(126 if not theme.laptop else 64))
        column(self).addWidget(self.box)
        self.changed.connect(self._tidy)

    def retype(self, words: str, caret: int) -> None:
        """A backspace in an empty box deletes in the one before."""
        if not words and not self.text() and self.before is not None:
            self.before.edit.setFocus()
            return
        super().retype(words, caret)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same on a real keyboard."""
        if event.key() == Qt.Key.Key_Backspace and not self.text() and self.before is not None:
            self.before.edit.setFocus()
            return
        super().keyPressEvent(event)

    def _tidy(self, typed: str) -> None:
        digits = re.sub(r"[^0-9]", "", typed)
        if digits != typed:
            self.edit.setText(digits)
        done = len(digits) == self._digits or (digits and digits != typed and "/" in typed)
        if done and self.after is not None and self.edit.hasFocus():
            self.after.edit.setFocus()


class DateInput(AnswerInput):
    """Keeps a wrong date as typed; its value is "day/month/year" with whatever digits there are."""

    def __init__(self, look: Look, library: Library, name: str) -> None:
        super().__init__(look, library, name)
        theme = look.theme
        line = row(gap=theme.space("gutter"))
        self.boxes = []
        for part, digits, share in _PARTS:
            label = look.words(f"question.{part}")
            box = DateBox(look, f"{name}: {label}", digits)
            box.entered.connect(self.entered)
            box.focused.connect(self._focused)
            cell = column(gap=theme.px(8 if not theme.laptop else 2))
            cell.addWidget(Text(look, Role.BODY, label, strong=True))
            cell.addWidget(box)
            line.addLayout(cell, share)
            self.boxes.append(box)
        self._join()
        self.column.addLayout(line)

    def _join(self) -> None:
        for first, second in zip(self.boxes, self.boxes[1:], strict=False):
            first.after, second.before = second, first

    @property
    def helps_typing(self) -> str:
        """How the boxes hand on."""
        return "question.type_date"

    def value(self) -> Json:
        """As typed: "2/9/1996"; empty when nothing is typed."""
        parts = [box.text() for box in self.boxes]
        return "/".join(parts) if any(parts) else ""

    def put(self, value: Json) -> None:
        """An answer ("YYYY-MM-DD") or what was typed."""
        for box, digits in zip(self.boxes, date_parts(value), strict=True):
            box.set_text(digits)

    def begin(self) -> None:
        """At the day."""
        self.boxes[0].edit.setFocus()
        self.ask_keys(self.boxes[0], Pad.NUMBERS)

    def mark(self, wrong: bool) -> None:
        """All three, since it is rarely sure which one is wrong."""
        for box in self.boxes:
            dress(box.box, Skin.BOX_BAD if wrong else Skin.BOX_STRONG)

    def _focused(self) -> None:
        box = self.sender()
        if isinstance(box, DateBox):
            self.ask_keys(box, Pad.NUMBERS)


def date_parts(value: Json) -> tuple[str, str, str]:
    """Day, month and year as digits, of an answer or of what was typed."""
    if not isinstance(value, str) or not value:
        return "", "", ""
    try:
        known = date.fromisoformat(value)
    except ValueError:
        parts = [*value.split("/"), "", ""][:3]
        return parts[0], parts[1], parts[2]
    return f"{known.day:02d}", f"{known.month:02d}", str(known.year)
