"""A found procedure: title with matched words, facts, and whether this machine can send it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.textflow import Run
from ui.theme import Colour, Role
from ui.widgets.badge import Badge, BadgeKind
from ui.widgets.button import GoButton, Pressable, Stature
from ui.widgets.layout import column, row
from ui.widgets.panel import FactRow
from ui.widgets.text import RIGHT, Text


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What a card tells, as words ready to show; an empty string leaves its place out."""

    title: str
    marks: tuple[Run, ...] = ()
    summary: str = ""
    kind: str = ""
    duration: str = ""
    fee: str = ""
    papers: str = ""
    channel: str = ""
    sends_here: bool = False
    footnote: str = ""


def facts_grid(look: Look, facts: ResultFacts) -> QWidget:
    """Clock, cash and paper facts and the channel badge, in two columns (one with large text)."""
    theme = look.theme
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(20))
    grid.setVerticalSpacing(theme.px(12 if not theme.laptop else 6))
    rows = [(Icon.CLOCK, facts.duration), (Icon.CASH_BANKNOTE, facts.fee), (Icon.FILE_TEXT, facts.papers)]
    cells: list[QWidget] = [FactRow(look, icon, words, role=Role.CAPTION) for icon, words in rows if words]
    if facts.channel:
        cells.append(channel_badge(look, facts))
    columns = 1 if theme.card_columns == 2 else 2
    for index, cell in enumerate(cells):
        grid.addWidget(cell, index // columns, index % columns, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 43)
    if columns == 2:
        grid.setColumnStretch(1, 57)
    return box


def channel_badge(look: Look, facts: ResultFacts) -> Badge:
    """Green where the machine can send, quiet where only the desk can."""
    if facts.sends_here:
        return Badge(look, BadgeKind.OK, facts.channel, Icon.MAY_KIOSK)
    return Badge(look, BadgeKind.QUIET, facts.channel, Icon.BUILDING_COMMUNITY)


class ResultCard(Pressable):
    """One result in the list; the whole card is pressed."""

    def __init__(self, look: Look, facts: ResultFacts, parent: QWidget | None = None) -> None:
        super().__init__(look, Skin.CARD, facts.title, parent)
        theme = look.theme
        self._chevron = round(theme.text_px(Role.TITLE3) * 1.2)
        pad = theme.px(32 if not theme.laptop else 20)
        tall = theme.px(20 if not theme.laptop else 12)
        box = column(self, gap=theme.px(8), margins=(pad, tall, pad + self._chevron + theme.px(4), tall))
        self._title = Text(look, Role.TITLE3, facts.title, marks=facts.marks)
        self._facts = facts_grid(look, facts)
        box.addWidget(self._title)
        box.addWidget(self._facts)
        self.setText(facts.title)
        _let_through(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.pressed.connect(self._recolour)
        self.released.connect(self._recolour)

    def _recolour(self) -> None:
        colour = Colour.ON_SOLID if self.isDown() else Colour.INK
        for label in self.findChildren(Text):
            label.recolour(colour)

    def sizeHint(self) -> QSize:
        """What the contents want."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the contents need."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Titles wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the contents need at that width."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else super().heightForWidth(width)

    def paint_inside(self, painter: QPainter) -> None:
        """The chevron; the rest are child widgets."""
        theme = self._look.theme
        x = self.width() - theme.px(24) - self._chevron
        top = (self.height() - self._chevron) / 2
        at = QPointF(x, top)
        self._look.icons.draw(painter, Icon.CHEVRON_RIGHT, at.x(), at.y(), self._chevron, self.ink())


class BestResultCard(QFrame):
    """The best match, with the yellow button inside. Signal ``chosen``."""

    chosen = Signal()

    def __init__(
        self, look: Look, facts: ResultFacts, best_words: str, go_words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        pad = theme.px(32 if not theme.laptop else 20)
        box = column(self, gap=theme.px(8), margins=(pad, theme.px(28 if not theme.laptop else 14), pad, pad))
        top = row(gap=theme.px(16))
        top.addWidget(Badge(look, BadgeKind.BEST, best_words))
        top.addStretch(1)
        if facts.kind:
            top.addWidget(
                Text(look, Role.CAPTION, facts.kind, wrap=False, colour=Colour.INK_SOFT, align=RIGHT)
            )
        box.addLayout(top)
        box.addWidget(Text(look, Role.TITLE2, facts.title, marks=facts.marks))
        if facts.summary:
            box.addWidget(Text(look, Role.BODY, facts.summary))
        box.addWidget(facts_grid(look, facts))
        if facts.footnote:
            box.addWidget(Text(look, Role.CAPTION, facts.footnote))
        self.button = GoButton(look, go_words, stature=Stature.MAIN)
        self.button.clicked.connect(self.chosen)
        box.addWidget(self.button)
        dress(self, Skin.BOX_STRONG)


def _let_through(card: QWidget) -> None:
    """Children of a pressed card take no touches of their own."""
    children: Sequence[QWidget] = card.findChildren(QWidget)
    for child in children:
        child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
