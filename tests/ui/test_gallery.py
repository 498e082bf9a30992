"""Every widget on every sheet, in every arrangement: drawn, whole, and large enough to touch."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LookMaker
from ui.gallery.grab import GRABS, SHEETS
from ui.look import Look
from ui.widgets.button import Button, Pressable
from ui.widgets.keyboard import KeyButton
from ui.widgets.text import Text

NAMES = [f"{size[0]}-{mode.value}-{text.value}" for size, mode, text in GRABS]


def drawn(qtbot: QtBot, look: Look, name: str, size: tuple[int, int]) -> QWidget:
    page = SHEETS[name](look)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    qtbot.waitExposed(page)
    return page


def shown(page: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in page.findChildren(kind) if widget.isVisible()]


@pytest.mark.parametrize("arrangement", range(len(GRABS)), ids=NAMES)
@pytest.mark.parametrize("name", list(SHEETS))
def test_nothing_is_cut_off(qtbot: QtBot, make_look: LookMaker, name: str, arrangement: int) -> None:
    size, mode, text_size = GRABS[arrangement]
    look = make_look(size, mode, text_size)
    page = drawn(qtbot, look, name, size)
    for label in shown(page, Text):
        assert isinstance(label, Text)
        wraps = label.hasHeightForWidth()
        wanted = label.heightForWidth(label.width()) if wraps else label.sizeHint().height()
        assert label.height() >= wanted, label.text()
        assert label.width() >= label.minimumSizeHint().width(), label.text()
    for button in shown(page, Button):
        assert button.height() >= button.heightForWidth(button.width()), button.accessibleName()
        assert button.width() >= button.minimumSizeHint().width(), button.accessibleName()
    image = page.grab().toImage()
    assert (image.width(), image.height()) == size
    colours = {image.pixelColor(x, y).name() for x in range(0, size[0], 40) for y in range(0, size[1], 40)}
    assert len(colours) > 1


@pytest.mark.parametrize("arrangement", range(len(GRABS)), ids=NAMES)
def test_whatever_is_pressed_is_large_enough_and_has_a_name(
    qtbot: QtBot, make_look: LookMaker, arrangement: int
) -> None:
    size, mode, text_size = GRABS[arrangement]
    look = make_look(size, mode, text_size)
    for name in ("home", "results", "procedure", "question", "papers", "check", "receipt", "idle"):
        page = drawn(qtbot, look, name, size)
        for button in shown(page, Pressable):
            assert button.accessibleName(), name
            assert button.height() >= look.theme.min_target, button.accessibleName()
            narrow = isinstance(button, KeyButton) and look.theme.laptop
            assert narrow or button.width() >= look.theme.min_target, button.accessibleName()


def test_no_page_has_two_yellow_buttons(qtbot: QtBot, look: Look) -> None:
    for name in ("attract", "home", "results", "procedure", "question", "papers", "check", "receipt"):
        page = drawn(qtbot, look, name, (1080, 1920))
        yellow = [button for button in shown(page, Pressable) if button.property("skin") == "go"]
        assert len(yellow) == 1, name


def test_the_same_sheet_is_drawn_the_same_twice(qtbot: QtBot, look: Look) -> None:
    pictures = [drawn(qtbot, look, "check", (1080, 1920)).grab().toImage() for _ in range(2)]
    assert pictures[0] == pictures[1]
