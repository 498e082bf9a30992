"""What every input of the question page can do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.catalogue.model import Json
from ui.library import Library
from ui.look import Look
from ui.pages.sheet_page import fault_row
from ui.widgets.keyboard import Pad, TypingTarget
from ui.widgets.layout import column


class AnswerInput(QWidget):
    """Asks for one answer. What is wrong is said above, and whatever was put in stays.

    Signals: ``typing(target, pad)``: the keyboard is to type there (None: no keyboard is needed);
    ``entered``: Enter on a real keyboard.
    """

    typing = Signal(object, object)
    entered = Signal()

    def __init__(self, look: Look, library: Library, name: str) -> None:
        super().__init__()
        self.look = look
        self.library = library
        self.setAccessibleName(name)
        theme = look.theme
        self.column = column(self, gap=theme.px(12 if not theme.laptop else 8))
        self._fault = fault_row(look, "")
        self._fault.hide()
        self.column.addWidget(self._fault)

    def value(self) -> Json:
        """The answer as put in: text as typed, an option's value, a bool; None for nothing."""
        raise NotImplementedError

    def put(self, value: Json) -> None:
        """Shows what was answered or typed before."""
        raise NotImplementedError

    def begin(self) -> None:
        """Puts the focus where answering begins and says which keys are needed."""
        self.typing.emit(None, None)

    def show_fault(self, sentence: str | None) -> None:
        """Says what is wrong; None takes it away. The input stays as it is."""
        self._fault.words.say(sentence or "")
        self._fault.setVisible(sentence is not None)
        self.setAccessibleDescription(sentence or "")
        self.mark(sentence is not None)

    def mark(self, wrong: bool) -> None:
        """Draws the field as wrong, or as usual again."""

    @property
    def anchor(self) -> QWidget:
        """What must stay in view while typing, however long the rest is."""
        return self

    @property
    def helps_typing(self) -> str:
        """Key of the sentence on how to type here; empty where nothing is typed."""
        return ""

    def ask_keys(self, target: TypingTarget | None, pad: Pad | None) -> None:
        """Shorthand for ``typing``."""
        self.typing.emit(target, pad)
