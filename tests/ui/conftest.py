"""A look for every test: bundled fonts, one style sheet, the screens of the reference drawings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.look import Look
from ui.metrics import PORTRAIT_SIZE, Metrics
from ui.stylesheet import style_sheet
from ui.theme import Mode, TextSize, register_fonts
from ui.widgets.layout import column

LookMaker = Callable[..., Look]
PageMaker = Callable[..., QWidget]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every window with a layout that it gives no size hints on."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the catalogue is built, once; every opened screen reads it."""
    return tmp_path_factory.mktemp("catalogue")


@pytest.fixture(scope="session")
def fonts(qapp: QApplication) -> None:
    """The bundled fonts, once."""
    register_fonts()


@pytest.fixture
def make_look(qapp: QApplication, fonts: None) -> Iterator[LookMaker]:
    """Makes a look for a screen, mode and text size, and dresses the application in it."""

    def make(
        size: tuple[int, int] = PORTRAIT_SIZE,
        mode: Mode = Mode.NORMAL,
        text_size: TextSize | None = None,
    ) -> Look:
        look = Look.open(Metrics.for_screen(*size), mode, text_size)
        qapp.setStyleSheet(style_sheet(look.theme))
        return look

    yield make
    qapp.setStyleSheet("")


@pytest.fixture
def show_page(qtbot: QtBot) -> PageMaker:
    """Shows widgets one under the other on a page that lives as long as the test."""
    kept: list[QWidget] = []

    def show(*widgets: QWidget) -> QWidget:
        page = QWidget()
        kept.append(page)
        qtbot.addWidget(page)
        box = column(page, gap=40, margins=(72, 72, 72, 72))
        for widget in widgets:
            box.addWidget(widget)
        box.addStretch(1)
        page.resize(1080, 1920)
        page.show()
        qtbot.waitExposed(page)
        return page

    return show


@pytest.fixture
def look(make_look: LookMaker) -> Look:
    """Portrait, normal, medium."""
    return make_look()
