"""Our own geometry on the stitch grid: hem, star, emblem, terraces, stepped diamond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform
from PySide6.QtSvg import QSvgRenderer

from kiosk.resources import asset
from ui.theme import Colour, Theme

_SVG_COLOURS = {
    "#FFF1D6": Colour.THREAD1,
    "#FBBF42": Colour.THREAD2,
    "#EE6A4D": Colour.THREAD3,
    "#20235F": Colour.CLOTH,
    "#171A4B": Colour.CLOTH_DEEP,
}
_HEM_TILE = QSizeF(96, 40)
_HEM_AXIS = 14.0  # x of the small diamond in the tile: the hem's middle stands there
STEP = 16  # one terrace step
_CONTOUR = 32
_PLATEAU = 80


@dataclass(frozen=True, slots=True)
class Hill:
    """One terraced hill: left end of its flat top, in reference pixels, and which cloth shade it has."""

    left: int
    top: int
    shade: int


@dataclass(frozen=True, slots=True)
class Scene:
    """Hills from back to front, drawn for a width, with the star behind them."""

    width: int
    height: int
    star: tuple[int, int, int]
    hills: tuple[Hill, ...]
    zoom: float = 1.0


POSTER_SCENE = Scene(
    1080,
    929,
    (584, 598, 258),
    (
        Hill(288, 656, 0),
        Hill(768, 560, 0),
        Hill(64, 624, 1),
        Hill(1008, 672, 1),
        Hill(208, 800, 2),
        Hill(816, 784, 2),
        Hill(-80, 832, 2),
        Hill(528, 768, 3),
    ),
)
HOME_SCENE = Scene(
    1080,
    568,
    (848, 238, 178),
    (
        Hill(656, 312, 0),
        Hill(976, 216, 1),
        Hill(480, 440, 3),
        Hill(288, 520, 3),
        Hill(816, 376, 3),
        Hill(656, 488, 2),
        Hill(1020, 504, 2),
    ),
)
SIDE_SCENE = Scene(
    533,
    320,
    (336, 98, 155),
    (Hill(93, 80, 0), Hill(400, 128, 1), Hill(-40, 208, 2), Hill(450, 272, 2), Hill(253, 192, 3)),
    zoom=0.75,
)


class Ornament:
    """Draws the ornament of one theme. Only the hem tile and emblem are kept, both small."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._svg = _renderer(tuple(theme.hex(role) for role in _SVG_COLOURS.values()))
        self._pixmaps: dict[tuple[str, int, float], QPixmap] = {}

    def hem(self, painter: QPainter, box: QRectF) -> None:
        """Tiles the hem along the longer side of ``box``, a small diamond in the middle."""
        upright = box.height() > box.width()
        thick = round(box.width() if upright else box.height())
        tile = self._hem_tile(thick, _ratio(painter), upright)
        length = box.height() if upright else box.width()
        period = tile.deviceIndependentSize().height() if upright else tile.deviceIndependentSize().width()
        shift = (period - (length / 2 - _HEM_AXIS * thick / _HEM_TILE.height()) % period) % period
        painter.drawTiledPixmap(box, tile, QPointF(0, shift) if upright else QPointF(shift, 0))

    def star(self, painter: QPainter, box: QRectF) -> None:
        """The eight-petal star, filled."""
        self._svg.render(painter, "star", box)

    def emblem(self, painter: QPainter, box: QRectF) -> None:
        """House in a stepped diamond: the mark of the service."""
        key = ("emblem", round(box.width()), _ratio(painter))
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render("emblem", box.size(), key[2])
        painter.drawPixmap(box.topLeft(), self._pixmaps[key])

    def scene(self, painter: QPainter, box: QRectF, scene: Scene) -> None:
        """Star and terraces on cloth, held to the right and bottom of ``box``; plain in high modes."""
        if self._theme.mode.is_high:
            return
        scale = self._theme.metrics.scale * scene.zoom
        painter.save()
        painter.setClipRect(box)
        painter.translate(box.right() - scene.width * scale, box.bottom() - scene.height * scale)
        painter.scale(scale, scale)
        x, y, side = scene.star
        self.star(painter, QRectF(x - side / 2, y - side / 2, side, side))
        for hill in scene.hills:
            self._hill(painter, hill, scene.height)
        painter.restore()

    def _hill(self, painter: QPainter, hill: Hill, base: int) -> None:
        fill, line = _shades(self._theme)[hill.shade]
        outline = _hill_points(hill.left, hill.top, base)
        area = QPainterPath()
        area.addPolygon(QPolygonF(outline))
        area.closeSubpath()
        painter.fillPath(area, fill)
        painter.setPen(
            QPen(line, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for top in range(hill.top, base, _CONTOUR):
            painter.drawPolyline(QPolygonF(_hill_points(hill.left, top, base)))

    def _hem_tile(self, thick: int, ratio: float, upright: bool) -> QPixmap:
        key = ("hem-v" if upright else "hem-h", thick, ratio)
        if key not in self._pixmaps:
            size = QSizeF(round(_HEM_TILE.width() * thick / _HEM_TILE.height()), thick)
            tile = self._render("hem-tile", size, ratio)
            if upright:
                tile = tile.transformed(QTransform().rotate(90))
                tile.setDevicePixelRatio(ratio)
            self._pixmaps[key] = tile
        return self._pixmaps[key]

    def _render(self, element: str, size: QSizeF, ratio: float) -> QPixmap:
        pixmap = QPixmap((size * ratio).toSize())
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._svg.render(painter, element, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def stepped_diamond(painter: QPainter, centre: QPointF, side: int, steps: int, colour: QColor) -> None:
    """A diamond of ``steps`` (odd) rows of squares, about ``side`` wide, on whole pixels."""
    step = max(1, round(side / steps))
    left, top = round(centre.x() - step * steps / 2), round(centre.y() - step * steps / 2)
    half = steps // 2
    for row in range(steps):
        reach = half - abs(half - row)
        width = (2 * reach + 1) * step
        painter.fillRect(left + (half - reach) * step, top + row * step, width, step, colour)


def diamond(centre: QPointF, reach: float) -> QPolygonF:
    """A plain diamond: four points at ``reach`` from the centre."""
    x, y = centre.x(), centre.y()
    return QPolygonF(
        [QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)]
    )


def _hill_points(left: int, top: int, base: int) -> Sequence[QPointF]:
    """Steps down from a flat top on both sides, as far as ``base``."""
    rise: list[QPointF] = []
    fall: list[QPointF] = []
    x_left, x_right, y = left, left + _PLATEAU, top
    while True:
        rise.append(QPointF(x_left, y))
        fall.append(QPointF(x_right, y))
        lower = min(y + STEP, base)
        rise.append(QPointF(x_left, lower))
        fall.append(QPointF(x_right, lower))
        if lower == base:
            return [*reversed(rise), *fall]
        x_left, x_right, y = x_left - STEP, x_right + STEP, lower


def _shades(theme: Theme) -> tuple[tuple[QColor, QColor], ...]:
    """Fill and line of the four hill shades, mixed from the cloth's own colours."""
    cloth, line = theme.colour(Colour.CLOTH), theme.colour(Colour.CLOTH_LINE)
    deep = theme.colour(Colour.CLOTH_DEEP)
    return (
        (_mix(cloth, line, 0.18), _mix(cloth, line, 0.58)),
        (_mix(cloth, line, 0.09), _mix(cloth, line, 0.74)),
        (deep, _mix(cloth, line, 0.92)),
        (cloth, _mix(cloth, line, 0.92)),
    )


def _mix(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )


def _ratio(painter: QPainter) -> float:
    device = painter.device()
    return device.devicePixelRatioF() if device is not None else 1.0


def _renderer(colours: tuple[str, ...]) -> QSvgRenderer:
    svg = asset("theme", "brocade.svg").read_text("utf-8")
    for old, new in zip(_SVG_COLOURS, colours, strict=True):
        svg = svg.replace(f'"{old}"', f'"@{new}"')
    return QSvgRenderer(QByteArray(svg.replace('"@', '"').encode()))
