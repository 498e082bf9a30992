"""Rows of a list: an answer with *Change*, and a paper with its state and ways to add it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role
from ui.widgets.badge import Badge
from ui.widgets.button import SecondButton, Stature
from ui.widgets.layout import column, row
from ui.widgets.panel import Hairline
from ui.widgets.paper import PaperKind, PaperState, PaperView
from ui.widgets.text import Text


class SummaryRow(QWidget):
    """Question, answer, *Change*, over a hairline. Signal ``change``. ``editable=False`` has no button."""

    change = Signal()

    def __init__(
        self,
        look: Look,
        label: str,
        value: str,
        *,
        editable: bool = True,
        line: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        outer = column(self)
        high = theme.px(11 if not theme.laptop else 6)
        inside = row(gap=theme.px(16), margins=(0, high, 0, high))
        question = Text(look, Role.CAPTION, label, colour=Colour.INK_SOFT)
        answer = Text(look, Role.LEAD, value, strong=True)
        if theme.card_columns == 2:
            both = column()
            both.addWidget(question)
            both.addWidget(answer)
            inside.addLayout(both, 1)
        else:
            question.setFixedWidth(theme.px(208 if not theme.laptop else 190))
            inside.addWidget(question, 0, Qt.AlignmentFlag.AlignVCenter)
            inside.addWidget(answer, 1, Qt.AlignmentFlag.AlignVCenter)
        if editable:
            inside.addWidget(self._button(look, label), 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addLayout(inside)
        if line:
            outer.addWidget(Hairline(look))

    def _button(self, look: Look, label: str) -> SecondButton:
        self.button = SecondButton(
            look, look.words("row.change"), Icon.PENCIL, stature=Stature.SMALL, role=Role.BODY
        )
        self.button.setAccessibleName(look.words("row.change_name", label=label))
        self.button.clicked.connect(self.change)
        return self.button


class PaperRow(QWidget):
    """Drawing, name, sentence, badge; buttons at the right by ``add_action``; more in ``body`` below.

    ``chosen`` tints the row: the paper one is about to add.
    """

    def __init__(
        self,
        look: Look,
        kind: PaperKind,
        name: str,
        sentence: str = "",
        *,
        state: PaperState = PaperState.WHOLE,
        badge: Badge | None = None,
        chosen: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        pad = theme.px(28 if not theme.laptop else 16)
        self.body: QVBoxLayout = column(
            self, gap=theme.px(16), margins=(pad, theme.px(20), pad, theme.px(20))
        )
        self._line = row(gap=theme.px(28 if not theme.laptop else 18))
        self._line.addWidget(PaperView(look, kind, state), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=theme.px(2))
        words.addWidget(Text(look, Role.TITLE3, name))
        if sentence:
            words.addWidget(Text(look, Role.CAPTION, sentence))
        if badge is not None:
            words.addSpacing(theme.px(8))
            words.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        self._line.addLayout(words, 1)
        self.body.addLayout(self._line)
        self._actions: QVBoxLayout | None = None
        if chosen:
            dress(self, Skin.CHOSEN)

    def add_action(self, button: QWidget) -> None:
        """A button at the right; below the words when text is large."""
        if self._actions is None:
            self._actions = column(gap=self._look.theme.px(12))
            if self._look.theme.card_columns == 2 and not self._look.theme.laptop:
                self.body.addLayout(self._actions)
            else:
                self._line.addLayout(self._actions)
        self._actions.addWidget(button)
