"""The look as values: every mode and size is there, readable, and measured for the screen."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QFontInfo

from kiosk.resources import asset
from tests.ui.conftest import LookMaker
from ui.icons import Icon, Icons
from ui.look import Look
from ui.metrics import Metrics, Screen
from ui.stylesheet import style_sheet
from ui.theme import Colour, Mode, Role, TextSize, Theme, Tokens
from ui.widgets.badge import BadgeKind
from ui.widgets.button import _INK_OF

PAIRS = [
    (Colour.INK, Colour.PAGE),
    (Colour.INK, Colour.SURFACE),
    (Colour.INK, Colour.ACCENT_TINT),
    (Colour.INK_SOFT, Colour.PAGE),
    (Colour.INK_SOFT, Colour.SURFACE),
    (Colour.ON_CLOTH, Colour.CLOTH),
    (Colour.ON_CLOTH_SOFT, Colour.CLOTH),
    (Colour.ON_ACCENT, Colour.ACCENT),
    (Colour.ON_SOLID, Colour.SOLID),
    (Colour.ON_MARK, Colour.MARK),
]


def luminance(colour: QColor) -> float:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def theme_of(mode: Mode, size: TextSize = TextSize.MEDIUM) -> Theme:
    return Theme(Tokens.load(), mode, size, Metrics.for_screen(1080, 1920))


@pytest.mark.parametrize("mode", list(Mode))
def test_text_stands_out_as_the_tokens_promise(mode: Mode) -> None:
    theme = theme_of(mode)
    least = theme.tokens.raw["modes"][mode.value]["min_text_contrast"]
    badges = [(kind.value[2], kind.value[0]) for kind in BadgeKind]
    for text, ground in (*PAIRS, *badges):
        assert contrast(theme.colour(text), theme.colour(ground)) >= least, (text, ground)


@pytest.mark.parametrize("mode", list(Mode))
def test_a_pressed_button_can_be_read_too(mode: Mode) -> None:
    theme = theme_of(mode)
    for rest, pressed in _INK_OF.values():
        assert contrast(theme.colour(rest), theme.colour(pressed)) >= 10, (rest, pressed)


@pytest.mark.parametrize(("mode", "size"), list(itertools.product(Mode, TextSize)))
def test_every_mode_and_size_makes_one_style_sheet(mode: Mode, size: TextSize) -> None:
    sheet = style_sheet(theme_of(mode, size))
    assert sheet.count("{") == sheet.count("}")
    for forbidden in ("gradient", "shadow", "rgba"):
        assert forbidden not in sheet


@pytest.mark.parametrize("size", list(TextSize))
def test_lines_leave_room_for_stacked_marks(size: TextSize) -> None:
    theme = theme_of(Mode.NORMAL, size)
    for role in Role:
        assert theme.line_px(role) >= 1.2 * theme.text_px(role), role
        assert theme.text_px(role) >= theme.text_px(Role.CAPTION), role


def test_the_bundled_font_is_used(look: Look) -> None:
    for role in Role:
        assert QFontInfo(look.theme.font(role)).family() == "Be Vietnam Pro"


def test_a_denser_panel_gets_more_pixels_but_never_too_many() -> None:
    reference = Metrics.for_screen(1080, 1920, 4.034)
    dense = Metrics.for_screen(2160, 3840, 8.068)
    wide = Metrics.for_screen(1080, 1920, 9.0)
    assert (reference.px(72), dense.px(72), wide.px(72)) == (72, 144, 72)
    assert abs(dense.mm(12.7) - 2 * reference.mm(12.7)) <= 1
    assert Metrics.for_screen(1366, 768).screen is Screen.LAPTOP


def test_the_laptop_starts_small_and_the_panel_medium() -> None:
    assert Look.open(Metrics.for_screen(1366, 768)).theme.text_size is TextSize.SMALL
    assert Look.open(Metrics.for_screen(1080, 1920)).theme.text_size is TextSize.MEDIUM


def test_every_icon_has_its_file_and_every_file_its_name() -> None:
    files = {path.stem for path in asset("icons").glob("*.svg")}
    assert {icon.value for icon in Icon} == files
    assert asset("icons", "LICENSE").is_file()
    assert asset("fonts", "OFL.txt").is_file()


def test_icons_are_tinted_and_kept(make_look: LookMaker) -> None:
    make_look()
    icons = Icons()
    red = QColor("#A8251D")
    first = icons.pixmap(Icon.SEARCH, 48, red)
    assert icons.pixmap(Icon.SEARCH, 48, red) is first
    image = first.toImage()
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    assert {pixel.name() for pixel in pixels if pixel.alpha() == 255} == {red.name()}
