"""Drawings of papers: what to bring, whole, blurred in a corner, or missing."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.ornament import diamond
from ui.theme import Colour

WIDTH, HEIGHT = 120, 132  # in drawing units, one unit a reference pixel


class PaperKind(StrEnum):
    """What is drawn."""

    BIRTH = "birth"
    CARD = "card"
    FORM = "form"
    PLAIN = "plain"
    HOUSE = "house"


class PaperState(StrEnum):
    """How the paper is."""

    WHOLE = "whole"
    BLURRED = "blurred"
    MISSING = "missing"


class PaperView(QWidget):
    """A picture of one paper; its meaning stands in words beside it."""

    def __init__(
        self, look: Look, kind: PaperKind, state: PaperState = PaperState.WHOLE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = kind
        self._state = state
        self._scale = look.theme.metrics.scale * (0.62 if look.theme.laptop else 1.0)
        self.setFixedSize(round(WIDTH * self._scale), round(HEIGHT * self._scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Drawn in reference units."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale, self._scale)
        pens = _Pens(self._look)
        if self._state is PaperState.MISSING:
            _missing(painter, pens)
            return
        _DRAW[self._kind](painter, pens)
        if self._state is PaperState.BLURRED:
            _blurred(painter, pens)


class _Pens:
    """Pens and fills of the present theme."""

    def __init__(self, look: Look) -> None:
        theme = look.theme
        self.ink = QPen(
            theme.colour(Colour.INK),
            4,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.FlatCap,
            Qt.PenJoinStyle.MiterJoin,
        )
        self.line = QPen(theme.colour(Colour.OUTLINE), 4)
        self.line.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.dots = QPen(theme.colour(Colour.OUTLINE), 2.5)
        self.dots.setDashPattern([2.2, 1.6])
        self.seal = QPen(theme.colour(Colour.BAD), 3.5)
        self.warn = QPen(theme.colour(Colour.WARN), 4)
        self.paper = theme.colour(Colour.SURFACE)
        self.face = theme.colour(Colour.ACCENT_SOFT)
        self.tint = theme.colour(Colour.WARN_TINT)


def _sheet(painter: QPainter, pens: _Pens) -> None:
    """A sheet with a folded corner."""
    edge = QPolygonF([QPointF(10, 2), QPointF(88, 2), QPointF(110, 24), QPointF(110, 130), QPointF(10, 130)])
    painter.setPen(pens.ink)
    painter.setBrush(pens.paper)
    painter.drawPolygon(edge)
    painter.drawPolyline([QPointF(88, 2), QPointF(88, 24), QPointF(110, 24)])


def _lines(painter: QPainter, pen: QPen, *lines: tuple[float, float, float]) -> None:
    painter.setPen(pen)
    painter.drawLines([QLineF(left, y, right, y) for left, right, y in lines])


def _birth(painter: QPainter, pens: _Pens) -> None:
    _sheet(painter, pens)
    painter.setPen(QPen(pens.ink.color(), 3))
    painter.setBrush(pens.face)
    painter.drawEllipse(QPointF(60, 36), 11, 11)
    painter.drawArc(QRectF(54, 31, 12, 11), 200 * 16, 140 * 16)
    painter.setPen(QPen(pens.ink.color(), 3.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints([QPointF(56, 35), QPointF(64, 35), QPointF(60, 25)])
    _lines(painter, pens.line, (28, 92, 64), (28, 92, 77), (28, 72, 90))
    _seal(painter, pens, QPointF(80, 108))


def _seal(painter: QPainter, pens: _Pens, middle: QPointF) -> None:
    painter.setPen(pens.seal)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, 12, 12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pens.seal.color())
    painter.drawPolygon(diamond(middle, 6))


def _form(painter: QPainter, pens: _Pens) -> None:
    _sheet(painter, pens)
    _lines(painter, pens.ink, (36, 84, 30), (46, 74, 42))
    for y in (58, 72, 87):
        _lines(painter, pens.line, (28, 46, y))
        _lines(painter, pens.dots, (53, 93, y))
    _lines(painter, pens.line, (28, 56, 112))


def _plain(painter: QPainter, pens: _Pens) -> None:
    _sheet(painter, pens)
    _lines(painter, pens.ink, (30, 70, 32))
    _lines(painter, pens.line, (30, 90, 52), (30, 90, 66), (30, 90, 80), (30, 62, 94))
    _seal(painter, pens, QPointF(82, 108))


def _house(painter: QPainter, pens: _Pens) -> None:
    _sheet(painter, pens)
    painter.setPen(
        QPen(pens.ink.color(), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(pens.face)
    painter.drawPolygon(
        QPolygonF([QPointF(34, 50), QPointF(60, 28), QPointF(86, 50), QPointF(86, 74), QPointF(34, 74)])
    )
    painter.drawPolyline([QPointF(54, 74), QPointF(54, 60), QPointF(66, 60), QPointF(66, 74)])
    _lines(painter, pens.line, (28, 92, 92), (28, 92, 104), (28, 64, 116))


def _card(painter: QPainter, pens: _Pens) -> None:
    painter.setPen(pens.ink)
    painter.setBrush(pens.paper)
    painter.drawRoundedRect(QRectF(2, 26, 116, 80), 10, 10)
    painter.setPen(QPen(pens.ink.color(), 2.5))
    painter.drawLine(QLineF(2, 46, 118, 46))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pens.ink.color())
    painter.drawPolygon(diamond(QPointF(18, 36), 5))
    painter.setPen(QPen(pens.ink.color(), 3))
    painter.setBrush(pens.face)
    painter.drawRect(QRectF(14, 56, 28, 36))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pens.ink.color())
    painter.drawEllipse(QPointF(28, 69), 6.5, 7.5)
    shoulders = QPainterPath(QPointF(18, 92))
    shoulders.quadTo(QPointF(18, 79), QPointF(28, 79))
    shoulders.quadTo(QPointF(38, 79), QPointF(38, 92))
    painter.drawPath(shoulders)
    _lines(painter, pens.line, (54, 106, 64), (54, 106, 76), (54, 86, 88))


def _missing(painter: QPainter, pens: _Pens) -> None:
    dash = QPen(pens.ink)
    dash.setDashPattern([3, 2])
    painter.setPen(dash)
    painter.setBrush(pens.paper)
    painter.drawPolygon(
        QPolygonF([QPointF(10, 2), QPointF(88, 2), QPointF(110, 24), QPointF(110, 130), QPointF(10, 130)])
    )
    painter.setPen(QPen(pens.ink.color(), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLines([QLineF(60, 48, 60, 88), QLineF(40, 68, 80, 68)])


def _blurred(painter: QPainter, pens: _Pens) -> None:
    """The lower left corner hatched: not readable."""
    corner = QPainterPath(QPointF(12, 74))
    corner.lineTo(66, 128)
    corner.lineTo(12, 128)
    corner.closeSubpath()
    painter.fillPath(corner, pens.tint)
    painter.save()
    painter.setClipPath(corner)
    painter.setPen(pens.warn)
    painter.drawLines([QLineF(12, 74 + at, 66, 128 + at) for at in range(0, 56, 14)])
    painter.restore()


_DRAW = {
    PaperKind.BIRTH: _birth,
    PaperKind.CARD: _card,
    PaperKind.FORM: _form,
    PaperKind.PLAIN: _plain,
    PaperKind.HOUSE: _house,
}
