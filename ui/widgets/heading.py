"""The head of a page: a quiet line over, the title, a sentence under."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.theme import Colour, Role
from ui.widgets.layout import column
from ui.widgets.text import Text


class Heading(QWidget):
    """Title with an optional line over it and sentence under it; empty words leave their place out."""

    def __init__(
        self,
        look: Look,
        title: str,
        sentence: str = "",
        *,
        over: str = "",
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        box = column(self)
        if over:
            box.addWidget(Text(look, Role.CAPTION, over, colour=Colour.INK_SOFT))
        self.title = Text(look, Role.TITLE1, title)
        box.addWidget(self.title)
        if sentence:
            colour = Colour.INK_SOFT if quiet else Colour.INK
            box.addWidget(Text(look, Role.LEAD, sentence, colour=colour))
