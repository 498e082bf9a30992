"""Scrolling with a finger."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QScrollerProperties, QWidget


class ScrollArea(QScrollArea):
    """Holds one widget as wide as itself; drag anywhere scrolls, no overshoot."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
        scroller = QScroller.scroller(self.viewport())
        properties = scroller.scrollerProperties()
        never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
        properties.setScrollMetric(QScrollerProperties.ScrollMetric.VerticalOvershootPolicy, never)
        properties.setScrollMetric(QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy, never)
        scroller.setScrollerProperties(properties)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the control in hand in sight, e.g. when the keyboard comes up."""
        super().resizeEvent(event)
        held = self.focusWidget()
        if held is not None and held.hasFocus():
            self.reveal(held)

    def reveal(self, widget: QWidget) -> None:
        """Scrolls until a widget inside is seen."""
        self.ensureWidgetVisible(widget, 0, widget.height() // 2)
