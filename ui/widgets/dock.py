"""The dock above the bar: what leads on, always in the same place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.theme import Role
from ui.widgets.layout import column
from ui.widgets.text import CENTRE, Text


class Dock(QFrame):
    """A sentence (may be empty) over widgets side by side; ``shares`` are their widths' proportions.

    One above the other when text is large.
    """

    def __init__(
        self,
        look: Look,
        widgets: Sequence[QWidget],
        *,
        shares: Sequence[int] = (),
        sentence: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        dress(self, Skin.DOCK)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        high = theme.px(20 if not theme.laptop else 12)
        box = column(self, gap=theme.px(12), margins=(theme.margin, high, theme.margin, high))
        if sentence:
            box.addWidget(Text(look, Role.BODY, sentence, align=CENTRE))
        stacked = theme.card_columns == 2 and not theme.laptop
        direction = QBoxLayout.Direction.BottomToTop if stacked else QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(direction)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.space("gutter"))
        for index, widget in enumerate(widgets):
            line.addWidget(widget, shares[index] if index < len(shares) else 1)
        box.addLayout(line)
