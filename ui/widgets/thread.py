"""Where one is on the way: a thread of diamonds, whole behind, dashed ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import Look
from ui.ornament import diamond
from ui.textflow import TextFlow
from ui.theme import Colour, Role


class StepState(Enum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Step:
    """One diamond and its words; ``\\n`` in the words breaks the line."""

    words: str
    state: StepState


def steps_at(words: Sequence[str], now: int) -> tuple[Step, ...]:
    """Steps of a way with the ``now``-th (from 0) in hand."""
    states = [
        StepState.DONE if at < now else StepState.NOW if at == now else StepState.NEXT
        for at in range(len(words))
    ]
    return tuple(Step(word, state) for word, state in zip(words, states, strict=True))


class Thread(QWidget):
    """Steps side by side. With large text only one step keeps its words, below its diamond:
    the present one, or where none is in hand the last done.
    """

    def __init__(
        self, look: Look, steps: Sequence[Step], *, strong_done: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._strong_done = strong_done
        self._short = look.theme.card_columns == 2
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Draws other steps."""
        self._steps = tuple(steps)
        theme = self._look.theme
        line = round(theme.text_px(Role.CAPTION) * 1.28)
        self._flows = [
            TextFlow(step.words, theme.font(Role.CAPTION, strong=self._is_strong(step)), line, align=_CENTRE)
            for step in self._steps
        ]
        self.setAccessibleName(" · ".join(step.words.replace("\n", " ") for step in self._steps))
        self.updateGeometry()
        self.update()

    def _is_strong(self, step: Step) -> bool:
        return step.state is StepState.NOW or (self._strong_done and step.state is StepState.DONE)

    @property
    def _reach(self) -> int:
        return self._look.theme.px(26 if not self._look.theme.laptop else 18)

    def sizeHint(self) -> QSize:
        """Diamonds over their words."""
        width = max(1, self.width())
        return QSize(self._look.theme.px(600), self._height(width))

    def _height(self, width: int) -> int:
        cell = width / max(1, len(self._steps))
        heights = [flow.height_for(self._words_width(cell)) for flow in self._shown_flows()]
        return 2 * self._reach + self._look.theme.px(14) + max(heights, default=0)

    def _shown_flows(self) -> list[TextFlow]:
        if not self._short:
            return self._flows
        return [self._flows[self._spoken_step()]]

    def _spoken_step(self) -> int:
        states = [step.state for step in self._steps]
        if StepState.NOW in states:
            return states.index(StepState.NOW)
        return max(0, states.count(StepState.DONE) - 1)

    def _words_width(self, cell: float) -> int:
        return self.width() if self._short else int(cell - self._look.theme.px(4))

    def resizeEvent(self, _event: object) -> None:
        """Words may wrap otherwise at another width."""
        self.setFixedHeight(self._height(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines first, then diamonds, then words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = self.width() / max(1, len(self._steps))
        middles = [QPointF(cell * (at + 0.5), self._reach) for at in range(len(self._steps))]
        for at in range(len(middles) - 1):
            self._paint_line(painter, at, middles[at], middles[at + 1])
        for at, step in enumerate(self._steps):
            self._paint_step(painter, step, middles[at])
            self._paint_words(painter, at, cell)

    def _paint_line(self, painter: QPainter, at: int, left: QPointF, right: QPointF) -> None:
        theme = self._look.theme
        behind = self._steps[at].state is StepState.DONE and self._steps[at + 1].state is not StepState.NEXT
        pen = QPen(theme.colour(Colour.INK), theme.stroke("thread_done"))
        if not behind:
            width = theme.stroke("thread_next")
            pen = QPen(theme.colour(Colour.OUTLINE), width)
            dash, gap = theme.tokens.raw["stroke"]["thread_dash"]
            pen.setDashPattern([dash * theme.metrics.scale / width, gap * theme.metrics.scale / width])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        clear = self._reach + theme.px(5)
        painter.drawLine(QPointF(left.x() + clear, left.y()), QPointF(right.x() - clear, right.y()))

    def _paint_step(self, painter: QPainter, step: Step, middle: QPointF) -> None:
        paint_step(self._look, painter, step.state, middle, self._reach)

    def _paint_words(self, painter: QPainter, at: int, cell: float) -> None:
        if self._short and at != self._spoken_step():
            return
        theme = self._look.theme
        width = self._words_width(cell)
        left = cell * at + (cell - width) / 2
        if self._short:
            width = min(width, self._flows[at].natural_size()[0])
            left = min(max(0.0, cell * (at + 0.5) - width / 2), self.width() - width)
        top = 2 * self._reach + theme.px(8)
        flow = self._flows[at]
        flow.draw(painter, QRectF(left, top, width, flow.height_for(width)), theme.colour(Colour.INK))


_CENTRE = Qt.AlignmentFlag.AlignHCenter


def paint_step(look: Look, painter: QPainter, state: StepState, middle: QPointF, reach: float) -> None:
    """One diamond: checked, yellow with a core, or empty."""
    theme = look.theme
    ink = theme.colour(Colour.INK)
    if state is StepState.DONE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(diamond(middle, reach * 0.86))
        pen = QPen(theme.colour(Colour.SURFACE), reach * 0.18)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        unit = reach / 26
        offsets = ((-9, 0), (-3, 6), (9, -6))
        painter.drawPolyline([QPointF(middle.x() + x * unit, middle.y() + y * unit) for x, y in offsets])
    elif state is StepState.NOW:
        painter.setPen(QPen(theme.colour(Colour.ACCENT_EDGE), reach * 0.15))
        painter.setBrush(theme.colour(Colour.STEP_NOW))
        painter.drawPolygon(diamond(middle, reach * 0.92))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Colour.ON_STEP_NOW))
        painter.drawPolygon(diamond(middle, reach * 0.27))
    else:
        painter.setPen(QPen(theme.colour(Colour.OUTLINE), reach * 0.15))
        painter.setBrush(theme.colour(Colour.SURFACE))
        painter.drawPolygon(diamond(middle, reach * 0.7))
