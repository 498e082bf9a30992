"""The one generated style sheet: fills, borders, radii and fonts for plain Qt parts."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme import Colour, Role, Theme

SKIN = "skin"


class Skin(StrEnum):
    """What a plain widget is drawn as; set with ``dress`` and matched by the style sheet."""

    PAGE = "page"
    CLOTH = "cloth"
    DOCK = "dock"
    FLAT = "flat"
    TINTED = "tinted"
    CHOSEN = "chosen"
    TRAY = "tray"
    BOX = "box"
    BOX_STRONG = "box-strong"
    BOX_BAD = "box-bad"
    OVERLAY = "overlay"
    GO = "go"
    SECOND = "second"
    SOLID = "solid"
    CARD = "card"
    CARD_CHOSEN = "card-chosen"
    KEY = "key"
    KEY_MARK = "key-mark"
    KEY_WORK = "key-work"
    KEY_LOCKED = "key-locked"
    QUIET = "quiet"
    ON_CLOTH = "on-cloth"
    ON_CLOTH_BOX = "on-cloth-box"
    ON_CLOTH_NOW = "on-cloth-now"
    ON_CLOTH_FULL = "on-cloth-full"


def dress(widget: QWidget, skin: Skin) -> None:
    """Gives a widget its skin, again at any time; re-polishes only when it changed."""
    if widget.property(SKIN) == skin.value:
        return
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty(SKIN, skin.value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(theme: Theme) -> str:
    """Style sheet for the whole application in one mode at one size."""
    return "\n".join([_base(theme), *_surfaces(theme), *_buttons(theme), *_keys(theme), *_bar(theme)])


def _base(theme: Theme) -> str:
    family = theme.tokens.raw["type"]["family"]
    select = theme.hex(Colour.ACCENT_SOFT)
    return f"""
* {{ font-family: "{family}"; color: {theme.hex(Colour.INK)}; }}
QWidget {{ outline: none; }}
QAbstractScrollArea, QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QLineEdit {{
  background: transparent; border: none; padding: 0; color: {theme.hex(Colour.INK)};
  placeholder-text-color: {theme.hex(Colour.INK_SOFT)};
  selection-background-color: {select}; selection-color: {theme.hex(Colour.INK)};
  font-size: {theme.text_px(Role.FIELD)}px; font-weight: 700;
}}
QScrollBar:vertical {{ background: transparent; width: {theme.px(12)}px; margin: 0; }}
QScrollBar::handle:vertical {{
  background: {theme.hex(Colour.OUTLINE)}; border-radius: {theme.px(4)}px;
  min-height: {theme.px(64)}px; margin: 0 {theme.px(2)}px;
}}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page
{{ background: none; border: none; height: 0; }}
QScrollBar:horizontal {{ height: 0; }}"""


def _rule(skin: Skin, state: str = "", **look: str) -> str:
    body = "; ".join(f"{name.replace('_', '-')}: {value}" for name, value in look.items())
    return f'*[{SKIN}="{skin.value}"]{state} {{ {body}; }}'


def _border(theme: Theme, width: str, colour: Colour) -> str:
    return f"{theme.stroke(width)}px solid {theme.hex(colour)}"


def _surfaces(theme: Theme) -> list[str]:
    panel = f"{theme.radius('panel')}px"
    hair = _border(theme, "hairline", Colour.HAIRLINE)
    surface, button = theme.hex(Colour.SURFACE), f"{theme.radius('button')}px"
    tint = theme.hex(Colour.ACCENT_TINT)
    chosen = _border(theme, "outline", Colour.TINT_EDGE)
    return [
        _rule(Skin.PAGE, background_color=theme.hex(Colour.PAGE)),
        _rule(Skin.CLOTH, background_color=theme.hex(Colour.CLOTH)),
        _rule(Skin.DOCK, background_color=theme.hex(Colour.SUNKEN), border="none", border_top=hair),
        _rule(Skin.FLAT, background_color=surface, border=hair, border_radius=panel),
        _rule(Skin.TINTED, background_color=tint, border=chosen, border_radius=panel),
        _rule(Skin.CHOSEN, background_color=tint, border="none", border_top=chosen),
        _rule(
            Skin.TRAY,
            background_color=theme.hex(Colour.TINT),
            border="none",
            border_top=_border(theme, "hairline", Colour.OUTLINE),
        ),
        _rule(
            Skin.BOX,
            background_color=surface,
            border=_border(theme, "outline", Colour.OUTLINE),
            border_radius=button,
        ),
        _rule(
            Skin.BOX_STRONG,
            background_color=surface,
            border=_border(theme, "strong", Colour.INK),
            border_radius=panel,
        ),
        _rule(
            Skin.BOX_BAD,
            background_color=surface,
            border=_border(theme, "strong", Colour.BAD),
            border_radius=panel,
        ),
        _rule(
            Skin.OVERLAY,
            background_color=surface,
            border=_border(theme, "strong", Colour.FRAME),
            border_radius=f"{theme.radius('hero')}px",
        ),
    ]


def _pressable(theme: Theme, skin: Skin, fill: Colour, edge: Colour, swap: Colour, width: str) -> list[str]:
    """Rest and pressed: the fill becomes the text's colour; the border keeps its width."""
    radius = f"{theme.radius('button')}px"
    return [
        _rule(
            skin,
            background_color=theme.hex(fill),
            border=_border(theme, width, edge),
            border_radius=radius,
        ),
        _rule(skin, ":pressed", background_color=theme.hex(swap)),
    ]


def _buttons(theme: Theme) -> list[str]:
    quiet = f"{theme.radius('small')}px"
    return [
        *_pressable(theme, Skin.GO, Colour.ACCENT, Colour.ACCENT_EDGE, Colour.ON_ACCENT, "strong"),
        *_pressable(theme, Skin.SECOND, Colour.SURFACE, Colour.OUTLINE, Colour.SOLID, "outline"),
        *_pressable(theme, Skin.SOLID, Colour.SOLID, Colour.SOLID, Colour.SURFACE, "outline"),
        *_pressable(theme, Skin.CARD, Colour.SURFACE, Colour.OUTLINE, Colour.SOLID, "outline"),
        *_pressable(theme, Skin.CARD_CHOSEN, Colour.ACCENT_TINT, Colour.INK, Colour.SOLID, "strong"),
        _rule(
            Skin.QUIET,
            background_color=theme.hex(Colour.TINT),
            border=_border(theme, "hairline", Colour.OUTLINE if theme.mode.is_high else Colour.TINT),
            border_radius=quiet,
        ),
        _rule(Skin.QUIET, ":pressed", background_color=theme.hex(Colour.SOLID)),
    ]


def _keys(theme: Theme) -> list[str]:
    rules: list[str] = []
    radius = f"{theme.radius('key')}px"
    edge = _border(theme, "outline" if theme.mode.is_high else "key", Colour.OUTLINE)
    fills = {
        Skin.KEY: Colour.SURFACE,
        Skin.KEY_MARK: Colour.ACCENT_TINT,
        Skin.KEY_WORK: Colour.SUNKEN,
        Skin.KEY_LOCKED: Colour.SOLID,
    }
    for skin, fill in fills.items():
        pressed = Colour.SURFACE if skin is Skin.KEY_LOCKED else Colour.SOLID
        rules.append(_rule(skin, background_color=theme.hex(fill), border=edge, border_radius=radius))
        rules.append(_rule(skin, ":pressed", background_color=theme.hex(pressed)))
    return rules


def _bar(theme: Theme) -> list[str]:
    radius = f"{theme.radius('small')}px"
    fills = {
        Skin.ON_CLOTH: (Colour.CLOTH, Colour.CLOTH),
        Skin.ON_CLOTH_BOX: (Colour.CLOTH, Colour.ON_CLOTH),
        Skin.ON_CLOTH_NOW: (Colour.CLOTH, Colour.THREAD2),
        Skin.ON_CLOTH_FULL: (Colour.ON_CLOTH, Colour.ON_CLOTH),
    }
    rules: list[str] = []
    for skin, (fill, edge) in fills.items():
        width = "strong" if skin is Skin.ON_CLOTH_NOW else "outline"
        border = _border(theme, width, edge)
        pressed = Colour.CLOTH if skin is Skin.ON_CLOTH_FULL else Colour.ON_CLOTH
        rules.append(_rule(skin, background_color=theme.hex(fill), border=border, border_radius=radius))
        rules.append(_rule(skin, ":pressed", background_color=theme.hex(pressed)))
    return rules
