"""Is anybody still here? Thirty stitches, one gone every second."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.ornament import diamond
from ui.theme import Colour, Role
from ui.widgets.button import GoButton, SecondButton, Stature
from ui.widgets.layout import column, row
from ui.widgets.overlay import OverlayPanel
from ui.widgets.text import RIGHT, Text

STITCHES = 30


class IdlePanel(OverlayPanel):
    """Signals ``stayed`` and ``ended``. The owner's clock calls ``show_left`` once a second."""

    stayed = Signal()
    ended = Signal()

    def __init__(self, look: Look, left_s: int = STITCHES, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        theme = look.theme
        words = look.words
        top = row(gap=theme.px(24))
        low = theme.laptop and theme.card_columns == 2  # a low screen with large text: every line counts
        title = words("idle.title").replace("\n", " ") if low else words("idle.title")
        question = Text(look, Role.TITLE2 if low else Role.TITLE1, title)
        top.addWidget(question, 1, Qt.AlignmentFlag.AlignVCenter)
        count = column()
        self._number = Text(look, Role.COUNTDOWN, "", wrap=False, align=RIGHT)
        self._number.setAccessibleName(words("idle.left"))
        count.addWidget(self._number)
        count.addWidget(Text(look, Role.BODY, words("idle.left"), wrap=False, align=RIGHT))
        top.addLayout(count)
        self._stitches = Stitches(look)
        self.stay_button = GoButton(
            look,
            words("idle.stay"),
            Icon.HAND_STOP,
            icon_after=False,
            stature=Stature.GREAT,
            role=Role.TITLE2,
        )
        self.end_button = SecondButton(look, words("idle.end"), Icon.LOGOUT)
        self.body.addLayout(top)
        self.body.addWidget(self._stitches)
        self.body.addWidget(Text(look, Role.BODY if low else Role.LEAD, words("idle.why")))
        self.body.addWidget(self.stay_button)
        self.body.addWidget(self.end_button)
        self.stay_button.clicked.connect(self.stayed)
        self.end_button.clicked.connect(self.ended)
        self.show_left(left_s)

    def show_left(self, seconds: int) -> None:
        """Seconds until the screen is wiped; one repaint."""
        self._number.say(str(max(0, seconds)))
        self._stitches.show_left(seconds)


class Stitches(QWidget):
    """Rows of diamonds: filled are the seconds left. One row where the screen is low."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._left = STITCHES
        self._rows = 1 if look.theme.laptop and look.theme.card_columns == 2 else 2
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for each row."""
        return QSize(
            self._look.theme.px(600), self._look.theme.px(104 if not self._look.theme.laptop else 72)
        )

    def show_left(self, seconds: int) -> None:
        """Draws that many filled."""
        self._left = max(0, min(STITCHES, seconds))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Thirty diamonds."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        many = STITCHES // self._rows
        cell, tall = self.width() / many, self.height() / self._rows
        reach = min(cell, tall) * 0.4
        for at in range(STITCHES):
            full = at < self._left
            painter.setPen(
                QPen(theme.colour(Colour.ACCENT_EDGE if full else Colour.OUTLINE), theme.stroke("outline"))
            )
            painter.setBrush(theme.colour(Colour.STEP_NOW if full else Colour.SURFACE))
            middle = QPointF(cell * (at % many + 0.5), tall * (at // many + 0.5))
            painter.drawPolygon(diamond(middle, reach))
