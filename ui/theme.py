"""The look as values: tokens.json read once, then colours, fonts and lengths for one mode and size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase

from kiosk.resources import asset
from ui.metrics import Metrics, Screen

FONT_FILES = ("BeVietnamPro_500Medium.ttf", "BeVietnamPro_700Bold.ttf", "BeVietnamPro_800ExtraBold.ttf")


class Mode(StrEnum):
    """Contrast modes a person can choose."""

    NORMAL = "normal"
    HIGH_DARK = "highDark"
    HIGH_LIGHT = "highLight"
    LOW_GLARE = "lowGlare"

    @property
    def is_high(self) -> bool:
        """High-contrast modes drop all decoration but the hem."""
        return self in (Mode.HIGH_DARK, Mode.HIGH_LIGHT)


class TextSize(StrEnum):
    """Text sizes a person can choose."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    LARGEST = "largest"


class Role(StrEnum):
    """What a text is for; decides its size, weight and line height."""

    CAPTION = "caption"
    BODY = "body"
    LEAD = "lead"
    TITLE3 = "title3"
    TITLE2 = "title2"
    TITLE1 = "title1"
    DISPLAY = "display"
    BUTTON = "button"
    BUTTON_SECOND = "button_second"
    FIELD = "field"
    KEY = "key"
    TONE_KEY = "tone_key"
    COUNTDOWN = "countdown"
    POSTER = "poster"
    RECEIPT_NUMBER = "receipt_number"


class Colour(StrEnum):
    """Colour roles of tokens.json."""

    PAGE = "page"
    SURFACE = "surface"
    SUNKEN = "sunken"
    TINT = "tint"
    INK = "ink"
    INK_SOFT = "inkSoft"
    OUTLINE = "outline"
    HAIRLINE = "hairline"
    CLOTH = "cloth"
    CLOTH_DEEP = "clothDeep"
    CLOTH_LINE = "clothLine"
    ON_CLOTH = "onCloth"
    ON_CLOTH_SOFT = "onClothSoft"
    ACCENT = "accent"
    ON_ACCENT = "onAccent"
    ACCENT_SOFT = "accentSoft"
    ACCENT_TINT = "accentTint"
    ACCENT_EDGE = "accentEdge"
    SOLID = "solid"
    ON_SOLID = "onSolid"
    MARK = "mark"
    ON_MARK = "onMark"
    OK = "ok"
    OK_TINT = "okTint"
    ON_OK = "onOk"
    WARN = "warn"
    WARN_TINT = "warnTint"
    ON_WARN = "onWarn"
    BAD = "bad"
    BAD_TINT = "badTint"
    ON_BAD = "onBad"
    FRAME = "frame"
    TINT_EDGE = "tintEdge"
    STEP_NOW = "stepNow"
    ON_STEP_NOW = "onStepNow"
    FOCUS = "focus"
    FOCUS_ON_CLOTH = "focusOnCloth"
    THREAD1 = "thread1"
    THREAD2 = "thread2"
    THREAD3 = "thread3"
    DIM = "dim"


_GROWN = (Role.FIELD, Role.KEY, Role.TONE_KEY, Role.COUNTDOWN, Role.POSTER, Role.RECEIPT_NUMBER)
# Special sizes are drawn for medium only; they already are large, so they grow less than text does.
_FULL_WIDTH = (Role.POSTER, Role.RECEIPT_NUMBER)  # already as wide as the page
_GROWTH = {TextSize.SMALL: 0.6, TextSize.MEDIUM: 1.0, TextSize.LARGE: 1.08, TextSize.LARGEST: 1.16}
_STRONG_ROLES = (Role.BUTTON, Role.BUTTON_SECOND, Role.FIELD, Role.KEY, Role.TONE_KEY)
_SPECIAL_LINE = 1.28
_TITLE_SPACING = 99.0  # heavy letters stand a little closer
# The laptop is read from nearer and drawn with small text: lines and corners are finer too.
_LAPTOP_STROKE, _LAPTOP_RADIUS = 0.75, 0.75


@dataclass(frozen=True, slots=True)
class Tokens:
    """tokens.json as read; ``Theme`` gives it types."""

    raw: dict[str, Any]

    @classmethod
    def load(cls) -> Tokens:
        """The shipped tokens."""
        return cls(json.loads(asset("theme", "tokens.json").read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Theme:
    """One mode at one text size on one screen. Replaced, never changed."""

    tokens: Tokens
    mode: Mode
    text_size: TextSize
    metrics: Metrics

    def colour(self, role: Colour) -> QColor:
        """The colour of a role in this mode."""
        return QColor(self.hex(role))

    def hex(self, role: Colour) -> str:
        """The colour of a role as ``#RRGGBB``, for style sheets and SVG."""
        return str(self.tokens.raw["modes"][self.mode.value]["colour"][role.value])

    @property
    def dim_alpha(self) -> float:
        """Opacity of the dim behind a panel, 0 to 1."""
        return float(self.tokens.raw["modes"][self.mode.value]["colour"]["dimAlpha"])

    def _sizes(self) -> dict[str, Any]:
        sizes: dict[str, Any] = self.tokens.raw["type"]["sizes"][self.text_size.value]
        return sizes

    def text_px(self, role: Role) -> int:
        """Font size of a role in device pixels."""
        kinds = self.tokens.raw["type"]
        if role in (Role.BUTTON, Role.BUTTON_SECOND):
            return self.metrics.px(kinds[role.value][self.text_size.value])
        if role in _FULL_WIDTH and self.text_size is not TextSize.SMALL and not self.laptop:
            return self.metrics.px(kinds["special_medium"][role.value])
        if role in _GROWN:
            # A low screen has no room for more: keys and the countdown stay as small as they begin.
            low = self.laptop and role is not Role.FIELD
            growth = _GROWTH[TextSize.SMALL if low else self.text_size]
            return self.metrics.px(kinds["special_medium"][role.value] * growth)
        return self.metrics.px(self._sizes()[role.value]["px"])

    def line_px(self, role: Role) -> int:
        """Line height of a role in device pixels; at least 1.2 of the font size, for Ế and Ỗ."""
        given = self._sizes().get(role.value)
        if given is not None:
            return self.metrics.px(given["line"])
        return round(self.text_px(role) * _SPECIAL_LINE)

    def font(self, role: Role, *, strong: bool = False) -> QFont:
        """The bundled font for a role; ``strong`` lifts running text to bold."""
        kinds = self.tokens.raw["type"]
        weight = 700 if role in _STRONG_ROLES else int(kinds["weight_of"].get(role.value, 800))
        font = QFont(kinds["family"])
        font.setPixelSize(self.text_px(role))
        font.setWeight(QFont.Weight(max(weight, 700) if strong else weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if weight >= 800:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _TITLE_SPACING)
        return font

    def px(self, reference: float) -> int:
        """Device pixels for a length of the reference drawing."""
        return self.metrics.px(reference)

    def space(self, name: str) -> int:
        """A named space of the tokens (xs, s, m, l, xl, xxl, gutter)."""
        return self.metrics.px(self.tokens.raw["space"][name])

    def radius(self, name: str) -> int:
        """A named corner radius of the tokens (chip, key, small, button, panel, hero)."""
        fine = _LAPTOP_RADIUS if self.laptop else 1.0
        return self.metrics.px(self.tokens.raw["radius"][name] * fine)

    def stroke(self, name: str) -> int:
        """A named line width; borders of what can be pressed are stronger in the high modes."""
        width = float(self.tokens.raw["stroke"][name])
        if self.mode.is_high and name == "outline":
            width = float(self.tokens.raw["stroke"]["strong"])
        fine = _LAPTOP_STROKE if self.laptop and self.text_size is TextSize.SMALL else 1.0
        return self.metrics.px(width * fine)

    @property
    def laptop(self) -> bool:
        """Whether the cloth stands at the left."""
        return self.metrics.screen is Screen.LAPTOP

    @property
    def largest(self) -> bool:
        """Whether pages must re-lay for the largest text (two columns, bar in two rows)."""
        return self.text_size is TextSize.LARGEST

    @property
    def margin(self) -> int:
        """Free paper at the left and right of a page."""
        if self.laptop:
            return self.metrics.px(32)
        return self.metrics.px(self.tokens.raw["space"]["margin_largest" if self.largest else "margin"])

    @property
    def card_columns(self) -> int:
        """How many life-event cards stand side by side."""
        if self.text_size in (TextSize.LARGE, TextSize.LARGEST):
            return 2
        return 4 if self.laptop else 3

    @property
    def min_target(self) -> int:
        """Smallest side of anything that can be pressed, in pixels."""
        return self.metrics.mm(self.tokens.raw["target_mm"]["minimum"])

    @property
    def focus_width(self) -> int:
        """Width of the focus ring; wider with the largest text."""
        return self.stroke("focus_largest" if self.largest else "focus")


def register_fonts() -> None:
    """Loads the bundled fonts; needs a running application. A missing file is a broken build."""
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(asset("fonts", name))) < 0:
            raise FileNotFoundError(f"bundled font not readable: {name}")
