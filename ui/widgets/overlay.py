"""A panel over a dimmed page, living in the window: no dialogs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.look import Look
from ui.theme import Colour
from ui.widgets.layout import column


class OverlayPanel(QWidget):
    """White panel with the hem as its head. Add content to ``body``."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        self._hem = theme.px(40 if not theme.laptop else 28)
        pad = theme.px(68 if not theme.laptop else 40)
        if theme.largest:
            pad = theme.px(36)
        edge = theme.stroke("strong")
        low = theme.laptop and theme.card_columns == 2
        high = theme.px(56 if not theme.laptop else 14 if low else 24)
        gap = theme.px(24 if not theme.laptop else 16)
        self.body: QVBoxLayout = column(self, gap=gap, margins=(pad, edge + self._hem + high, pad, high))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, white, hem with the frame's round corners at the top."""
        theme = self._look.theme
        edge, radius = theme.stroke("strong"), theme.radius("hero")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Colour.FRAME))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        inner = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        shape = QPainterPath()
        shape.addRoundedRect(inner, radius - edge, radius - edge)
        painter.fillPath(shape, theme.colour(Colour.SURFACE))
        painter.setClipPath(shape)
        self._look.ornament.hem(painter, QRectF(inner.left(), inner.top(), inner.width(), self._hem))


class Dim(QWidget):
    """One flat fill over the whole page with a panel in it; takes every touch beside the panel.

    Covers its parent and follows its size. ``close_panel`` ends it.
    """

    def __init__(self, look: Look, panel: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        self._width = theme.px(996 if not theme.laptop else 1200 if theme.card_columns == 2 else 720)
        self.panel = panel
        panel.setParent(self)
        parent.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()

    def close_panel(self) -> None:
        """Takes itself away."""
        self.hide()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keeps covering the parent."""
        if event.type() is QEvent.Type.Resize:
            self._cover()
        return False

    def event(self, event: QEvent) -> bool:
        """Places the panel again when its contents change."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self._place()

    def _place(self) -> None:
        margin = self._look.theme.px(24)
        width = min(self._width, self.width() - 2 * margin)
        tall = self.panel.heightForWidth(width) if self.panel.hasHeightForWidth() else -1
        height = min(max(tall, self.panel.minimumSizeHint().height()), self.height() - 2 * margin)
        low = 0.58 if not self._look.theme.laptop else 0.5
        top = min(max(margin, round(self.height() * low - height / 2)), self.height() - margin - height)
        self.panel.setGeometry((self.width() - width) // 2, top, width, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Touches beside the panel end here."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dim."""
        theme = self._look.theme
        colour = theme.colour(Colour.DIM)
        colour.setAlphaF(theme.dim_alpha)
        QPainter(self).fillRect(self.rect(), colour)
