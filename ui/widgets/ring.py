"""The focus ring: drawn outside the control that has the focus, with a gap, never removed."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from ui.look import Look
from ui.stylesheet import SKIN, Skin
from ui.theme import Colour

_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
_CLOTH_SKINS = {Skin.CLOTH.value}


@runtime_checkable
class Ringed(Protocol):
    """A widget the ring goes around; a field stands for the line edit inside it."""

    @property
    def ring_radius(self) -> int:
        """Corner radius of the widget's own border, in pixels."""


class FocusRing(QObject):
    """Puts a ring beside the focused control, in the same parent, so it scrolls and clips with it.

    One per window; it follows the application's focus by itself while ``window`` lives.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self.line: RingLine | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def relook(self, look: Look) -> None:
        """Draws with another theme from the next control on."""
        self._look = look

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is not self._window.window():
            self.hold(None)
        else:
            self.hold(_ringed(now))

    def hold(self, widget: QWidget | None) -> None:
        """Goes around ``widget``; ``None`` takes the ring away."""
        if self.line is not None and isValid(self.line):
            if self.line.held is widget:
                return
            self.line.let_go()
        self.line = RingLine(self._look, widget) if widget is not None else None


class RingLine(QWidget):
    """The ring around one control; dies with its parent, or when the focus goes on.

    Its parent is the nearest one with room for the ring, so a frame that hugs its control does not
    cut it off; it never leaves a scrolled paper.
    """

    def __init__(self, look: Look, held: QWidget) -> None:
        theme = look.theme
        self._reach = theme.focus_width + theme.stroke("focus_gap")
        self._followed = _frames(held, self._reach)
        super().__init__(self._followed[-1])
        self._look = look
        self.held = held
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in self._followed:
            widget.installEventFilter(self)
        self._follow()

    def let_go(self) -> None:
        """Ends the ring."""
        for widget in self._followed:
            if isValid(widget):
                widget.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keeps to the held widget as it moves."""
        if event.type() in _FOLLOWED:
            self._follow()
        return False

    def _follow(self) -> None:
        if not isValid(self.held):
            self.hide()
            return
        box = _box_in(self.held, self._followed[-1], self._reach)
        if box != self.geometry():
            self.setGeometry(box)
        self.setVisible(not self.held.isHidden())
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One rounded line, no fill."""
        theme = self._look.theme
        width = theme.focus_width
        role = Colour.FOCUS_ON_CLOTH if _on_cloth(self.held) else Colour.FOCUS
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(role), width))
        half = width / 2
        radius = _radius(self.held) + theme.stroke("focus_gap") + half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


def _frames(held: QWidget, reach: int) -> list[QWidget]:
    """The held widget and its parents up to the first with room for the ring."""
    chain = [held]
    at = held.parentWidget()
    while at is not None:
        chain.append(at)
        above = at.parentWidget()
        on_paper = above is not None and isinstance(above.parentWidget(), QAbstractScrollArea)
        if on_paper or at.isWindow() or at.rect().contains(_box_in(held, at, reach)):
            break
        at = above
    return chain


def _box_in(held: QWidget, frame: QWidget, reach: int) -> QRect:
    corner = held.mapTo(frame, QPoint(0, 0)) if held is not frame else QPoint(0, 0)
    return QRect(corner, held.size()).adjusted(-reach, -reach, reach, reach)


def _ringed(widget: QWidget) -> QWidget | None:
    """The widget itself or the nearest parent that says how its ring goes."""
    at: QWidget | None = widget
    while at is not None and not isinstance(at, Ringed):
        at = at.parentWidget()
    return at


def _radius(widget: QWidget) -> int:
    return widget.ring_radius if isinstance(widget, Ringed) else 0


def _on_cloth(widget: QWidget) -> bool:
    at = widget.parentWidget()
    while at is not None:
        skin = at.property(SKIN)
        if skin is not None:
            return skin in _CLOTH_SKINS
        at = at.parentWidget()
    return False
