"""Panels and rows for plain information: framed with a cloth head, flat, fact rows, section heads."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.ornament import diamond
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role
from ui.widgets.icon_view import IconView
from ui.widgets.layout import column, row
from ui.widgets.text import Text


class FramedPanel(QWidget):
    """Information in a frame whose head is cloth. Add content to ``body``."""

    def __init__(
        self, look: Look, title: str, role: Role = Role.TITLE2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        self._pad = theme.px(32 if not theme.laptop else 20)
        edge = theme.stroke("strong")
        self.head = Text(look, role, title, colour=Colour.ON_CLOTH)
        bullet = _Bullet(look, role, on_cloth=True)
        outer = column(self, margins=(edge, edge, edge, edge))
        lead = row(gap=theme.px(16), margins=(self._pad, theme.px(12), self._pad, theme.px(12)))
        lead.addWidget(bullet)
        lead.addWidget(self.head, 1)
        outer.addLayout(lead)
        self._head_box = lead
        self.body: QVBoxLayout = column(
            gap=theme.px(16), margins=(self._pad, theme.px(16), self._pad, theme.px(24))
        )
        outer.addLayout(self.body)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, body, head: three fills, each with its own radii, nothing clipped."""
        theme = self._look.theme
        edge, radius = theme.stroke("strong"), theme.radius("panel")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Colour.FRAME))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        inner = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.setBrush(theme.colour(Colour.SURFACE))
        painter.drawRoundedRect(inner, radius - edge, radius - edge)
        head = QRectF(inner.left(), inner.top(), inner.width(), self._head_box.geometry().height())
        painter.fillPath(_round_top(head, radius - edge), theme.colour(Colour.CLOTH))
        if theme.mode.is_high:
            line = theme.stroke("hairline")
            painter.fillRect(
                QRectF(head.left(), head.bottom() - line, head.width(), line), theme.colour(Colour.FRAME)
            )


class FlatPanel(QFrame):
    """A list on white with a hairline. Add content to ``body``."""

    def __init__(
        self,
        look: Look,
        title: str = "",
        *,
        skin: Skin = Skin.FLAT,
        pad: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        inside = theme.px(pad if not theme.laptop else pad * 0.6)
        self.body: QVBoxLayout = column(self, gap=theme.px(16), margins=(inside, inside, inside, inside))
        if title:
            self.body.addWidget(Text(look, Role.TITLE3, title))
        dress(self, skin)


class FactRow(QWidget):
    """Icon and words, the words wrapping beside it; an optional bold first line."""

    def __init__(
        self,
        look: Look,
        icon: Icon,
        words: str,
        *,
        head: str = "",
        role: Role = Role.BODY,
        colour: Colour = Colour.INK,
        icon_colour: Colour = Colour.OUTLINE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        side = round(theme.text_px(role) * 1.3)
        first = Role.TITLE3 if head and role is Role.LEAD else role
        line = theme.line_px(first)
        lead = row(self, gap=round(side * (0.4 if role is Role.CAPTION else 0.55)))
        drop = column(margins=(0, max(0, (line - side) // 2), 0, 0))
        drop.addWidget(IconView(look, icon, side, icon_colour))
        drop.addStretch(1)
        lead.addLayout(drop)
        self.words = Text(look, role, words, colour=colour)
        side_by = column()
        if head:
            side_by.addWidget(Text(look, first, head, strong=True, colour=colour))
        side_by.addWidget(self.words)
        side_by.addStretch(1)
        lead.addLayout(side_by, 1)


class SectionHead(QWidget):
    """A small yellow diamond and a title over a hairline: heads a group of summary rows."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        lead = row(gap=theme.px(16))
        lead.addWidget(_Bullet(look, Role.TITLE3, on_cloth=False))
        lead.addWidget(Text(look, Role.TITLE3, title), 1)
        box = column(self, gap=theme.px(6))
        box.addLayout(lead)
        box.addWidget(Hairline(look))


class Hairline(QWidget):
    """A quiet line between things."""

    def __init__(self, look: Look, colour: Colour = Colour.HAIRLINE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._colour = colour
        self.setFixedHeight(look.theme.stroke("hairline"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One flat fill."""
        QPainter(self).fillRect(self.rect(), self._look.theme.colour(self._colour))


class _Bullet(QWidget):
    def __init__(self, look: Look, role: Role, *, on_cloth: bool) -> None:
        super().__init__()
        self._look = look
        self._on_cloth = on_cloth
        self._reach = round(look.theme.text_px(role) * (0.28 if on_cloth else 0.33))
        self.setFixedWidth(2 * self._reach + look.theme.px(6))

    def sizeHint(self) -> QSize:
        """As wide as the diamond."""
        return QSize(self.width(), 2 * self._reach)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A diamond, edged in ink on paper."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.colour(Colour.THREAD2 if self._on_cloth else Colour.STEP_NOW)
        edge = colour if self._on_cloth else theme.colour(Colour.ACCENT_EDGE)
        painter.setPen(QPen(edge, 1 if self._on_cloth else theme.stroke("outline")))
        painter.setBrush(colour)
        painter.drawPolygon(diamond(QPointF(self.width() / 2, self.height() / 2), self._reach - 1))


def _round_top(box: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(box, radius, radius)
    path.addRect(box.adjusted(0, radius, 0, 0))
    return path
