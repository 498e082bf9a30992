"""Pictures of every sheet in every arrangement worth looking at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui.gallery import way_in, way_through
from ui.gallery.sheets import STATES
from ui.look import Look
from ui.metrics import LAPTOP_SIZE, PORTRAIT_SIZE, Metrics
from ui.stylesheet import style_sheet
from ui.theme import Mode, TextSize

SHEETS: dict[str, Callable[[Look], QWidget]] = {
    **STATES,
    "attract": way_in.attract,
    "home": way_in.home,
    "results": way_in.results,
    "procedure": way_in.procedure,
    "question": way_through.question,
    "papers": way_through.papers,
    "check": way_through.check,
    "receipt": way_through.receipt,
    "idle": way_through.idle,
}
# Both arrangements, each at its usual size, then the four modes and sizes where they differ most.
GRABS = (
    (PORTRAIT_SIZE, Mode.NORMAL, TextSize.MEDIUM),
    (PORTRAIT_SIZE, Mode.HIGH_DARK, TextSize.LARGEST),
    (PORTRAIT_SIZE, Mode.HIGH_LIGHT, TextSize.LARGE),
    (PORTRAIT_SIZE, Mode.LOW_GLARE, TextSize.MEDIUM),
    (LAPTOP_SIZE, Mode.NORMAL, TextSize.SMALL),
)


def grab_all(app: QApplication, folder: Path) -> Iterator[Path]:
    """Writes every sheet in every arrangement of ``GRABS`` and yields each file."""
    for size, mode, text_size in GRABS:
        look = Look.open(Metrics.for_screen(*size), mode, text_size)
        app.setStyleSheet(style_sheet(look.theme))
        for name, make in SHEETS.items():
            page = make(look)
            page.resize(*size)
            path = folder / f"{size[0]}-{mode.value}-{text_size.value}-{name}.png"
            page.grab().save(str(path))
            page.deleteLater()
            yield path
