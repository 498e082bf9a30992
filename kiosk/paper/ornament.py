"""Our ornament on paper: the straight-stitch drawings of ``assets/theme/brocade.svg`` as PDF paths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from xml.etree import ElementTree

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from kiosk.resources import asset

HEM: Final = "hem-tile"
HEM_WIDTH: Final = 96.0  # in drawing units; repeats without a seam
HEM_HEIGHT: Final = 40.0
EMBLEM: Final = "emblem"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_TOKEN: Final = re.compile(r"[MLHVZ]|-?\d+(?:\.\d+)?")
_MOVE: Final = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")


@dataclass(frozen=True, slots=True)
class _Shape:
    """One path: operations in drawing units (y down), with what paints it."""

    operations: tuple[tuple[str, float, float], ...]
    fill: str | None
    stroke: str | None
    width: float


def draw(canvas: Canvas, name: str, x: float, top: float, scale: float) -> None:
    """Draw the group ``name`` with its own origin at (``x``, ``top``); ``scale`` = points per unit."""
    canvas.saveState()
    canvas.translate(x, top)
    canvas.scale(scale, -scale)
    for shape in _shapes(name):
        _paint(canvas, shape)
    canvas.restoreState()


def hem(canvas: Canvas, left: float, top: float, width: float, height: float) -> None:
    """The stitched line, centred and cut at both ends, on its own ground."""
    scale = height / HEM_HEIGHT
    tile = HEM_WIDTH * scale
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(left, top - height, width, height)
    canvas.clipPath(clip, stroke=0, fill=0)
    count = int(width // tile) + 2
    start = left + (width - count * tile) / 2
    for number in range(count):
        draw(canvas, HEM, start + number * tile, top, scale)
    canvas.restoreState()


def diamond(canvas: Canvas, x: float, y: float, radius: float, fill: str, edge: str) -> None:
    """The bullet: a diamond around (``x``, ``y``) with a dark edge, so that it prints in black too."""
    path = canvas.beginPath()
    path.moveTo(x, y + radius)
    for dx, dy in ((radius, 0), (0, -radius), (-radius, 0)):
        path.lineTo(x + dx, y + dy)
    path.close()
    canvas.setFillColor(HexColor(fill))
    canvas.setStrokeColor(HexColor(edge))
    canvas.setLineWidth(radius / 4)
    canvas.drawPath(path, stroke=1, fill=1)


def _paint(canvas: Canvas, shape: _Shape) -> None:
    path = canvas.beginPath()
    for command, x, y in shape.operations:
        if command == "M":
            path.moveTo(x, y)
        elif command == "L":
            path.lineTo(x, y)
        else:
            path.close()
    if shape.fill:
        canvas.setFillColor(HexColor(shape.fill))
    if shape.stroke:
        canvas.setStrokeColor(HexColor(shape.stroke))
        canvas.setLineWidth(shape.width)
    canvas.drawPath(path, stroke=int(shape.stroke is not None), fill=int(shape.fill is not None))


@cache
def _shapes(name: str) -> tuple[_Shape, ...]:
    root = ElementTree.fromstring(asset("theme", "brocade.svg").read_bytes())
    group = root.find(f".//{_SVG}g[@id='{name}']")
    assert group is not None, name
    return tuple(_shape(element) for element in group)


def _shape(element: ElementTree.Element) -> _Shape:
    attributes: dict[str, Any] = element.attrib
    move = _MOVE.match(attributes.get("transform", ""))
    dx, dy = (float(move[1]), float(move[2])) if move else (0.0, 0.0)
    return _Shape(
        operations=tuple((command, x + dx, y + dy) for command, x, y in _operations(element)),
        fill=_paint_of(attributes.get("fill"), default=None if "stroke" in attributes else "#000000"),
        stroke=_paint_of(attributes.get("stroke"), default=None),
        width=float(attributes.get("stroke-width", 1)),
    )


def _paint_of(value: str | None, default: str | None) -> str | None:
    return default if value is None else None if value == "none" else value


def _operations(element: ElementTree.Element) -> list[tuple[str, float, float]]:
    """The path's moves with absolute points; a rectangle as a path."""
    if element.tag == f"{_SVG}rect":
        x, y, w, h = (float(element.attrib[key]) for key in ("x", "y", "width", "height"))
        corners = ((x + w, y), (x + w, y + h), (x, y + h))
        return [("M", x, y), *(("L", cx, cy) for cx, cy in corners), ("Z", x, y)]
    found: list[tuple[str, float, float]] = []
    tokens = iter(_TOKEN.findall(element.attrib["d"]))
    command, x, y = "M", 0.0, 0.0
    for token in tokens:
        if token == "Z":
            found.append(("Z", x, y))
            continue
        if token in "MLHV":
            command, token = token, next(tokens)
        value = float(token)
        x, y = (x, value) if command == "V" else (value, y if command == "H" else float(next(tokens)))
        found.append(("M" if command == "M" else "L", x, y))
        command = "L" if command == "M" else command
    return found
