"""Labels that keep the type roles' line heights, wrap, carry bold runs and marked words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.look import Look
from ui.textflow import MarkPaint, Run, TextFlow
from ui.theme import Colour, Role

LEFT = Qt.AlignmentFlag.AlignLeft
CENTRE = Qt.AlignmentFlag.AlignHCenter
RIGHT = Qt.AlignmentFlag.AlignRight


class Text(QLabel):
    """Static text in one type role. ``**bold**`` runs, ``\\n`` breaks; grows in height when wrapped.

    ``text()`` is the plain words, so that tests and screen readers see them.
    """

    def __init__(
        self,
        look: Look,
        role: Role,
        words: str = "",
        *,
        wrap: bool = True,
        colour: Colour = Colour.INK,
        align: Qt.AlignmentFlag = LEFT,
        strong: bool = False,
        marks: Sequence[Run] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._role = role
        self._wrap = wrap
        self._colour = colour
        self._align = align
        self._strong = strong
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._set(words, marks)

    def say(self, words: str, marks: Sequence[Run] = ()) -> None:
        """Shows other words."""
        self._set(words, marks)
        self.updateGeometry()
        self.update()

    def recolour(self, colour: Colour) -> None:
        """Draws in another colour role, e.g. while the control around it is pressed."""
        self._colour = colour
        self.update()

    def _set(self, words: str, marks: Sequence[Run]) -> None:
        theme = self._look.theme
        font = theme.font(self._role, strong=self._strong)
        self._flow = TextFlow(
            words, font, theme.line_px(self._role), wrap=self._wrap, align=self._align, marks=marks
        )
        self._has_marks = bool(marks)
        self.setText(self._flow.plain)

    def sizeHint(self) -> QSize:
        """The unbroken text."""
        return QSize(*self._flow.natural_size()).grownBy(self._room())

    def minimumSizeHint(self) -> QSize:
        """The widest word, when it may wrap."""
        if not self._wrap:
            return self.sizeHint()
        return QSize(self._flow.widest_word(), self._look.theme.line_px(self._role)).grownBy(self._room())

    def hasHeightForWidth(self) -> bool:
        """Only wrapped text."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """Lines times line height."""
        room = self._room()
        inner = max(1, width - room.left() - room.right())
        return self._flow.height_for(inner) + room.top() + room.bottom()

    def _room(self) -> QMargins:
        return self.contentsMargins()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the lines, with marked words over their flat fill."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = MarkPaint(theme.colour(Colour.MARK), theme.colour(Colour.ON_MARK)) if self._has_marks else None
        box = QRectF(self.contentsRect())
        self._flow.draw(painter, box, theme.colour(self._colour), mark)


def text(
    look: Look,
    role: Role,
    words: str,
    wrap: bool = True,
    *,
    colour: Colour = Colour.INK,
    strong: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> Text:
    """A label in a type role: the short way."""
    return Text(look, role, words, wrap=wrap, colour=colour, strong=strong, align=align)
