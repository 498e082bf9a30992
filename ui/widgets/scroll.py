"""Scrolling with a finger."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QScrollerProperties, QWidget

_THICK = 8  # logical pixels; a sign, not a control
_LEAST = 48


class ScrollArea(QScrollArea):
    """Holds one widget as wide as itself; drag anywhere scrolls, no overshoot.

    The sign at the right lies over the margin, so that nothing moves when there is more to scroll.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self._sign = _Sign(self)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
        scroller = QScroller.scroller(self.viewport())
        properties = scroller.scrollerProperties()
        never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
        properties.setScrollMetric(QScrollerProperties.ScrollMetric.VerticalOvershootPolicy, never)
        properties.setScrollMetric(QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy, never)
        scroller.setScrollerProperties(properties)

    def reveal(self, widget: QWidget) -> None:
        """Scrolls until a widget inside is seen."""
        self.ensureWidgetVisible(widget, 0, widget.height() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sign keeps to the right edge."""
        super().resizeEvent(event)
        self._sign.setGeometry(self.width() - _THICK - 2, 0, _THICK, self.height())
        self._sign.raise_()


class _Sign(QWidget):
    """Where in the paper one is, and how much of it there is."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._bar = area.verticalScrollBar()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bar.valueChanged.connect(self._follow)
        self._bar.rangeChanged.connect(self._follow)

    def _follow(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded bar in the text's colour; nothing where all is seen."""
        most = self._bar.maximum()
        if most <= 0:
            return
        length = max(_LEAST, round(self.height() * self._bar.pageStep() / (most + self._bar.pageStep())))
        top = (self.height() - length) * self._bar.value() / most
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawRoundedRect(QRectF(0, top, self.width(), length), _THICK / 2, _THICK / 2)
