"""A page whose paper scrolls, with what leads on pinned below it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from kiosk.dossier import route
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Stop
from kiosk.dossier.session_state import Failure, State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.messages import Words
from ui.pages.base import PageView
from ui.pages.paper import lay_sheet
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role
from ui.widgets.layout import column
from ui.widgets.panel import FactRow
from ui.widgets.thread import Thread, steps_at


class SheetPage(PageView):
    """``body`` scrolls and has the page's margins; ``below`` pins a dock or a keyboard under it."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        sheet = lay_sheet(look, self)
        self.body = sheet.body
        self.paper = sheet.area
        self._foot = sheet.foot

    def side_title(self) -> str:
        """On a laptop the cloth says what the dossier is about."""
        draft = self.state.visit.draft
        return draft.procedure.name if draft is not None else ""

    def below(self, widget: QWidget) -> None:
        """Pins ``widget`` under the paper, under what was pinned before."""
        self._foot.addWidget(widget)


class Notice(QFrame):
    """What is wrong, in a red frame at the top of a page: a sentence and whatever is put into ``box``."""

    def __init__(self, look: Look, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        high = theme.px(16 if not theme.laptop else 10)
        side = theme.px(24 if not theme.laptop else 16)
        self.box: QVBoxLayout = column(self, gap=theme.px(12), margins=(side, high, side, high))
        self.line = fault_row(look, sentence)
        self.box.addWidget(self.line)
        self.setAccessibleName(sentence)
        dress(self, Skin.BOX_BAD)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self.line.words.text()


def fault_row(look: Look, sentence: str) -> FactRow:
    """A sentence on what is wrong, with its sign."""
    return FactRow(look, Icon.ALERT_TRIANGLE, sentence, colour=Colour.ON_BAD, icon_colour=Colour.BAD)


def thread_of(look: Look, draft: Draft, at: Stop) -> Thread:
    """The dossier's way with the step that ``at`` belongs to in hand."""
    steps = route.steps(draft)
    now = next((index for index, step in enumerate(steps) if at in step.stops), 0)
    return Thread(look, steps_at([step.title or look.words(f"step.{step.id}") for step in steps], now))


def failure_words(words: Words, failure: Failure, page: str) -> str:
    """The page's own sentence for a failure (``<page>.fail.<code>``), else the general one."""
    key = f"{page}.fail.{failure.code}"
    return words(key, **dict(failure.facts)) if words.has(key) else failure.sentence(words.language.value)


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout, so that it can be filled anew."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def note_row(look: Look, words: str, icon: Icon = Icon.INFO_CIRCLE) -> FactRow:
    """A quiet remark."""
    return FactRow(look, icon, words, role=Role.CAPTION, colour=Colour.INK_SOFT)
