"""How far a dossier has come, in the only four words there are."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.pages.sheet_page import clear
from ui.theme import Colour
from ui.widgets.layout import column
from ui.widgets.panel import FactRow
from ui.widgets.thread import Step, StepState, Thread


class Reached(IntEnum):
    """The last of the four that is true."""

    SAVED = 0
    SENT = 1
    RECEIVED = 2
    OPENED = 3


_WORDS = ("way.saved", "way.sent", "way.received", "way.opened")


def way_words(look: Look, reached: Reached) -> str:
    """The last true one, on one line."""
    return look.words(_WORDS[reached]).replace("\n", " ")


class Way(QWidget):
    """Four diamonds side by side, the true ones checked; one below the other with large text."""

    def __init__(self, look: Look, reached: Reached) -> None:
        super().__init__()
        self._look = look
        self._box: QVBoxLayout = column(self, gap=look.theme.px(8))
        self.show_reached(reached)

    def show_reached(self, reached: Reached) -> None:
        """Follows news."""
        self.reached = reached
        clear(self._box)
        self.setAccessibleName(way_words(self._look, reached))
        if self._look.theme.card_columns == 2:
            for at in Reached:
                self._box.addWidget(self._line(at, done=at <= reached))
            return
        steps = [
            Step(self._look.words(key), StepState.DONE if at <= reached else StepState.NEXT)
            for at, key in enumerate(_WORDS)
        ]
        self._box.addWidget(Thread(self._look, steps, strong_done=True))

    def _line(self, at: Reached, *, done: bool) -> FactRow:
        words = way_words(self._look, at)
        if done:
            return FactRow(self._look, Icon.CIRCLE_CHECK, f"**{words}**", icon_colour=Colour.OK)
        return FactRow(self._look, Icon.HOURGLASS, words)
