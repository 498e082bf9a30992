"""The sheet that a page writes on: scrolls by finger, dock and keyboard fixed below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.clock import parse
from kiosk.ports import NotGiven
from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin
from ui.theme import Role
from ui.widgets.layout import column
from ui.widgets.panel import FactRow, FlatPanel
from ui.widgets.scroll import ScrollArea

LONGEST_QUERY: Final = 120  # letters; each one is a search on the UI thread


@dataclass(frozen=True, slots=True)
class Sheet:
    """``body`` has the page's margins; ``foot`` is where dock and keyboard go; ``area`` scrolls the body."""

    body: QVBoxLayout
    foot: QVBoxLayout
    area: ScrollArea


def lay_sheet(look: Look, page: QWidget, *, gap: int = 16, top: int = 32) -> Sheet:
    """Fill ``page``; lengths are of the reference drawing."""
    theme = look.theme
    paper = QWidget()
    high = theme.px(top if not theme.laptop else top * 0.6)
    body = column(
        paper,
        gap=theme.px(gap if not theme.laptop else gap * 0.7),
        margins=(theme.margin, high, theme.margin, high),
    )
    area = ScrollArea(paper)
    outer = column(page)
    outer.addWidget(area, 1)
    foot = column()
    outer.addLayout(foot)
    return Sheet(body, foot, area)


def roomy(look: Look) -> bool:
    """Whether there is room for the tall cloth: a standing panel, text not large, contrast not high."""
    return not look.theme.laptop and look.theme.card_columns == 3 and not look.theme.mode.is_high


class NotGivenNote(FlatPanel):
    """Dossiers saved just before a crash, whose receipt nobody saw: when, and where to ask. No name.

    Hidden where there are none.
    """

    def __init__(self, look: Look, saved: tuple[NotGiven, ...]) -> None:
        super().__init__(look, skin=Skin.TINTED, pad=12)
        self._look = look
        self._row = FactRow(look, Icon.INFO_CIRCLE, "", role=Role.CAPTION)
        self.body.addWidget(self._row)
        self._say(saved)
        if not saved:
            self.hide()

    def show_saved(self, saved: tuple[NotGiven, ...]) -> None:
        """Follow what is known now."""
        self._say(saved)
        self.setVisible(bool(saved))

    def _say(self, saved: tuple[NotGiven, ...]) -> None:
        if saved:
            at = parse(saved[0].saved_at)
            key = "saved.one" if len(saved) == 1 else "saved.more"
            self._row.words.say(
                self._look.words(key, time=f"{at:%H:%M}", day=f"{at:%d/%m}", more=len(saved) - 1)
            )
