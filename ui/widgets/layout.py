"""Short ways to lay out: columns and rows without margins, grids of cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look


def column(
    parent: QWidget | None = None, *, gap: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A vertical layout; ``margins`` are left, top, right, bottom in device pixels."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    return layout


def row(
    parent: QWidget | None = None, *, gap: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """A horizontal layout; ``margins`` are left, top, right, bottom in device pixels."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    return layout


def add_all(layout: QBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Adds widgets in order."""
    for widget in widgets:
        layout.addWidget(widget)


class CardGrid(QWidget):
    """Cards in equal columns; as many as the theme says unless told."""

    def __init__(
        self, look: Look, cards: Sequence[QWidget], columns: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        count = columns or look.theme.card_columns
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        gap = look.theme.px(14) if look.theme.laptop else look.theme.space("gutter")
        grid.setSpacing(gap)
        for index, card in enumerate(cards):
            grid.addWidget(card, index // count, index % count)
        for at in range(count):
            grid.setColumnStretch(at, 1)
            grid.setColumnMinimumWidth(at, 1)
