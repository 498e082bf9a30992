"""Text laid out in lines of a fixed height, with bold runs and marked words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

BOLD_SIGN = "**"
_WIDE = 100_000.0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the plain text: first character and length."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class MarkPaint:
    """How matched words stand out: flat fill behind, text over it."""

    fill: QColor
    text: QColor


def split_bold(markup: str) -> tuple[str, tuple[Run, ...]]:
    """Plain text and its bold runs of ``some **bold** words``."""
    plain: list[str] = []
    runs: list[Run] = []
    at = 0
    for index, part in enumerate(markup.split(BOLD_SIGN)):
        if index % 2 and part:
            runs.append(Run(at, len(part)))
        plain.append(part)
        at += len(part)
    return "".join(plain), tuple(runs)


class TextFlow:
    """One paragraph or more (``\\n``), broken to a width. Height is lines × ``line_px``."""

    def __init__(
        self,
        markup: str,
        font: QFont,
        line_px: int,
        *,
        wrap: bool = True,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        marks: Sequence[Run] = (),
    ) -> None:
        self.plain, self._bold = split_bold(markup)
        self._line_px = line_px
        self._marks = tuple(marks)
        self._wrap = wrap
        self._laid_width = -1.0
        # Qt breaks a layout at U+2028; a bare newline would be drawn as a box.
        self._layout = QTextLayout(self.plain.replace("\n", "\u2028"), font)
        option = QTextOption(align)
        mode = QTextOption.WrapMode
        option.setWrapMode(mode.WrapAtWordBoundaryOrAnywhere if wrap else mode.ManualWrap)
        self._layout.setTextOption(option)
        self._layout.setFormats([_format(run, bold=True) for run in self._bold])
        self._layout.setCacheEnabled(True)

    def natural_size(self) -> tuple[int, int]:
        """Width and height when nothing is broken but at ``\\n``."""
        self._lay(_WIDE)
        width = max((self._layout.lineAt(n).naturalTextWidth() for n in range(self.lines)), default=0.0)
        return int(width) + 1, self.lines * self._line_px

    def widest_word(self) -> int:
        """Width below which a word would have to be broken."""
        self._lay(1.0)
        self._laid_width = -1.0
        return int(self._layout.minimumWidth()) + 1

    def height_for(self, width: int) -> int:
        """Height in pixels when broken to ``width``."""
        self._lay(float(width))
        return self.lines * self._line_px

    @property
    def lines(self) -> int:
        """Lines of the last layout; empty text takes one."""
        return max(1, self._layout.lineCount())

    def draw(self, painter: QPainter, box: QRectF, colour: QColor, mark: MarkPaint | None = None) -> None:
        """Draws from the top of ``box``, broken to its width."""
        self._lay(box.width())
        over: list[QTextLayout.FormatRange] = []
        if mark is not None:
            self._fill_marks(painter, box.topLeft(), mark)
            over = [_format(run, colour=mark.text) for run in self._marks]
        painter.setPen(colour)
        self._layout.draw(painter, box.topLeft(), over)

    def draw_centred(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        """Draws in the vertical middle of ``box``."""
        height = self.height_for(int(box.width()))
        top = box.top() + (box.height() - height) / 2
        self.draw(painter, QRectF(box.left(), top, int(box.width()), height), colour)

    def _lay(self, width: float) -> None:
        if width == self._laid_width:
            return
        self._laid_width = width
        self._layout.beginLayout()
        top = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + (self._line_px - line.height()) / 2))
            top += self._line_px
        self._layout.endLayout()

    def _fill_marks(self, painter: QPainter, origin: QPointF, mark: MarkPaint) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark.fill)
        pad = self._line_px * 0.05
        for run in self._marks:
            for number in range(self._layout.lineCount()):
                line = self._layout.lineAt(number)
                first = max(run.start, line.textStart())
                last = min(run.start + run.length, line.textStart() + line.textLength())
                if first < last:
                    left, right = _x_at(line, first), _x_at(line, last)
                    top = origin.y() + number * self._line_px
                    box = QRectF(origin.x() + left - pad, top, right - left + 2 * pad, self._line_px)
                    painter.drawRoundedRect(box, pad, pad)


def _format(run: Run, *, bold: bool = False, colour: QColor | None = None) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    if bold:
        style.setFontWeight(QFont.Weight.Bold)
    if colour is not None:
        style.setForeground(colour)
    piece = QTextLayout.FormatRange()
    piece.start, piece.length, piece.format = run.start, run.length, style
    return piece


def _x_at(line: object, index: int) -> float:
    at = line.cursorToX(index)  # type: ignore[attr-defined]
    return float(at[0] if isinstance(at, tuple) else at)
