"""What was found, as cards; built anew for every change of the words typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.catalogue.model import Choice, Signpost
from kiosk.catalogue.store import Catalogue
from ui.icons import Icon
from ui.look import Look
from ui.pages.facts import result_facts
from ui.theme import Colour, Role
from ui.widgets.button import Pressable, SecondButton, Stature
from ui.widgets.layout import column
from ui.widgets.panel import FactRow, FlatPanel
from ui.widgets.result import BestResultCard, ResultCard, ResultFacts
from ui.widgets.text import Text

MOST = 30  # more than anybody reads; one more word finds it sooner
_FIRST = 4  # what a screen holds
_MORE = 10
_VALUE = "value"  # property of a card or button: the procedure's code, or the words to search


@dataclass(frozen=True, slots=True)
class Found:
    """One procedure found; ``marks`` are (start, end) in ``name``. Its record is read when it is shown."""

    code: str
    name: str
    marks: tuple[tuple[int, int], ...] = ()


class ResultList(QWidget):
    """Signals: ``chosen(str)`` a procedure's code, ``asked(str)`` other words, ``grown``: more cards came."""

    chosen = Signal(str)
    asked = Signal(str)
    grown = Signal()

    def __init__(self, look: Look, catalogue: Catalogue, title: str, sentence: str = "") -> None:
        super().__init__()
        self._look = look
        self._catalogue = catalogue
        self._box = column(self, gap=look.theme.px(20 if not look.theme.laptop else 12))
        head = column(gap=look.theme.px(2))
        low = look.theme.laptop and look.theme.card_columns == 2
        self.title = Text(look, Role.TITLE3 if low else Role.TITLE1, title)
        head.addWidget(self.title)
        if sentence:
            head.addWidget(Text(look, Role.LEAD if not look.theme.laptop else Role.BODY, sentence))
        self._box.addLayout(head)
        self._waiting: list[Found] = []
        self.buttons: dict[str, Pressable] = {}  # what opens each procedure shown, by its code

    @property
    def left(self) -> int:
        """How many found are not shown yet."""
        return len(self._waiting)

    def add_found(self, found: Sequence[Found], *, best: bool) -> None:
        """The first ones now, the others by ``show_more``. ``best``: the first one is the one to press."""
        rest = list(found)
        if best and rest:
            self._add_best(rest.pop(0))
        self._waiting = rest
        self._show(_FIRST - 1 if best else _FIRST)

    def show_more(self) -> None:
        """Ten more."""
        self._show(_MORE)
        self.grown.emit()

    def _show(self, count: int) -> None:
        now, self._waiting = self._waiting[:count], self._waiting[count:]
        for one in now:
            if (facts := self._facts(one)) is not None:
                card = ResultCard(self._look, facts)
                self._open_by(card, one.code)
                self._box.addWidget(card)

    def _add_best(self, best: Found) -> None:
        if (facts := self._facts(best)) is not None:
            words = self._look.words
            card = BestResultCard(self._look, facts, words("results.best"), words("results.open"))
            self._open_by(card.button, best.code)
            self._box.addWidget(card)

    def _facts(self, one: Found) -> ResultFacts | None:
        """None for a record that has gone since it was found."""
        record = self._catalogue.procedure(one.code)
        return result_facts(self._look.words, record, one.name, one.marks) if record is not None else None

    def _open_by(self, button: Pressable, code: str) -> None:
        button.setProperty(_VALUE, code)
        button.clicked.connect(self._card_clicked)
        self.buttons[code] = button

    def add_choices(self, choices: Sequence[Choice]) -> None:
        """The words have two meanings: which one?"""
        for choice in choices:
            button = SecondButton(
                self._look,
                choice.label,
                stature=Stature.ROW,
                left=True,
                leads_on=True,
                role=Role.BUTTON_SECOND,
            )
            button.setProperty(_VALUE, choice.query)
            button.clicked.connect(self._choice_clicked)
            self._box.addWidget(button)

    def add_signpost(self, signpost: Signpost) -> None:
        """The catalogue is silent, but a desk knows."""
        panel = FlatPanel(self._look, signpost.title)
        words = self._look.words("results.ask_at", desk=signpost.desk)
        panel.body.addWidget(FactRow(self._look, Icon.MAP_PIN, words, role=Role.LEAD))
        self._box.addWidget(panel)

    def add_tips(self, keys: Sequence[str]) -> None:
        """What helps when nothing was found."""
        for key in keys:
            row = FactRow(self._look, Icon.INFO_CIRCLE, self._look.words(key), colour=Colour.INK)
            self._box.addWidget(row)

    def add_button(self, button: QWidget) -> None:
        """Another way on."""
        self._box.addWidget(button)

    def _card_clicked(self) -> None:
        self.chosen.emit(str(self.sender().property(_VALUE)))

    def _choice_clicked(self) -> None:
        self.asked.emit(str(self.sender().property(_VALUE)))
