"""Drawing on one sheet: fonts, colours, paragraphs and QR codes, in points from the lower left corner."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from kiosk.catalogue.text import clean
from kiosk.paper.ornament import diamond
from kiosk.paper.qr import qr_matrix
from kiosk.resources import asset

MEDIUM: Final = "BeVietnamPro-Medium"
BOLD: Final = "BeVietnamPro-Bold"  # the only heavy cut: a third font would take the sheet over 60 KB
LEADING: Final = 1.32  # of the size: two stacked marks (Ế, Ỗ) must not touch the line above
BULLET: Final = 3.4 * mm
_FILES: Final = {
    MEDIUM: "BeVietnamPro_500Medium.ttf",
    BOLD: "BeVietnamPro_700Bold.ttf",
}


@cache
def load_fonts() -> None:
    """Makes our fonts known to reportlab, once a process."""
    rl_config.useA85 = 0  # streams as bytes: text encoding makes every sheet a quarter larger
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(asset("fonts", file))))
    rl_config.canvas_basefontname = MEDIUM  # else every sheet names Helvetica, which nobody embeds
    pdfmetrics.registerFontFamily(MEDIUM, normal=MEDIUM, bold=BOLD, italic=MEDIUM, boldItalic=BOLD)


@cache
def _colours() -> dict[str, str]:
    tokens = json.loads(asset("theme", "tokens.json").read_text(encoding="utf-8"))
    colours: dict[str, str] = tokens["modes"]["normal"]["colour"]
    return colours


def colour(role: str) -> Color:
    """The theme's colour for ``role``, as on the screen's normal mode."""
    return HexColor(_colours()[role])


def shortened(text: str, limit: int) -> str:
    """One clean line of at most ``limit`` characters, cut at a word with "…"."""
    line = clean(text)
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A canvas with our hand on it. ``left`` and ``width`` are those of the text."""

    canvas: Canvas
    left: float
    width: float

    def line(self, text: str, x: float, y: float, size: float, font: str, role: str) -> None:
        """One plain line with its baseline at ``y``."""
        self.canvas.setFillColor(colour(role))
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def fitted(self, text: str, x: float, y: float, width: float, size: float, font: str, role: str) -> None:
        """A line made smaller where it would be wider than ``width``."""
        needed = pdfmetrics.stringWidth(text, font, size)
        self.line(text, x, y, size * min(1.0, width / needed) if needed else size, font, role)

    def paragraph(
        self, markup: str, x: float, top: float, width: float, size: float, role: str = "ink"
    ) -> float:
        """Wrapped text hanging from ``top``; gives the y below it."""
        text = _text(markup, size, role)
        _, height = text.wrapOn(self.canvas, width, 1000)
        text.drawOn(self.canvas, x, top - height)
        return top - float(height)

    def height(self, markup: str, width: float, size: float) -> float:
        """How high a paragraph would be."""
        return float(_text(markup, size, "ink").wrapOn(self.canvas, width, 1000)[1])

    def bullet(self, markup: str, top: float, size: float) -> float:
        """A paragraph behind a diamond, over the full width; gives the y below it, with the gap."""
        diamond(self.canvas, self.left + 1.3 * mm, top - size * 0.72, 1.25 * mm, *_bullet_colours())
        below = self.paragraph(
            markup, self.left + BULLET + 1.2 * mm, top, self.width - BULLET - 1.2 * mm, size
        )
        return below - size * 0.38

    def mark(self, x: float, y: float) -> None:
        """The diamond on cloth before a head's words."""
        diamond(self.canvas, x, y, 1.5 * mm, _colours()["accent"], _colours()["cloth"])

    def qr(self, text: str, x: float, top: float, side: float) -> None:
        """A QR code in a square of ``side``; the caller leaves the quiet zone around it white."""
        matrix = qr_matrix(text)
        module = side / len(matrix)
        path = self.canvas.beginPath()
        for row, modules in enumerate(matrix):
            for start, length in _runs(modules):
                path.rect(x + start * module, top - (row + 1) * module, length * module, module)
        self.canvas.setFillColorRGB(0, 0, 0)
        self.canvas.drawPath(path, stroke=0, fill=1)


def _text(markup: str, size: float, role: str) -> Paragraph:
    style = ParagraphStyle(
        "text", fontName=MEDIUM, fontSize=size, leading=size * LEADING, textColor=colour(role)
    )
    return Paragraph(markup, style)


def _bullet_colours() -> tuple[str, str]:
    return _colours()["accent"], _colours()["ink"]


def _runs(modules: tuple[bool, ...]) -> list[tuple[int, int]]:
    """(start, length) of each run of dark modules: one rectangle a run prints without hairlines."""
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(modules):
        if not dark:
            continue
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs
