"""An icon on the stepped diamond, alone or as the head of a life-event card."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.ornament import stepped_diamond
from ui.stylesheet import Skin
from ui.textflow import TextFlow
from ui.theme import Colour, Mode, Role
from ui.widgets.button import Pressable

TILE_STEPS = 13
_WIDE_STEPS = 31


class IconTile(QWidget):
    """A picture, not a control: ``side`` in reference pixels; beyond 160 the diamond gets finer steps."""

    def __init__(
        self,
        look: Look,
        icon: Icon,
        side: int = 104,
        *,
        tile: Colour = Colour.ACCENT_SOFT,
        ink: Colour = Colour.INK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._tile = tile
        self._ink = ink
        self._side = look.theme.px(side)
        self._steps = TILE_STEPS if side <= 160 else _WIDE_STEPS
        self.setFixedSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Diamond, then the icon on it."""
        theme = self._look.theme
        painter = QPainter(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        share = 0.52 if self._steps == TILE_STEPS else 0.4
        if theme.mode.is_high:
            share = 0.72  # no tile to stand on: the icon takes the room
        stepped_diamond(painter, middle, self._side, self._steps, theme.colour(self._tile))
        paint_icon(
            self._look, painter, self._icon, middle, round(self._side * share), theme.colour(self._ink)
        )


class DoneTile(QWidget):
    """A bold check on the green diamond: something is safely kept. ``side`` in reference pixels."""

    def __init__(self, look: Look, side: int = 136, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(look.theme.px(side), look.theme.px(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Diamond and three points joined."""
        theme = self._look.theme
        painter = QPainter(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        stepped_diamond(painter, middle, self.width(), 17, theme.colour(Colour.OK))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour(Colour.SURFACE), self.width() * 0.07)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        points = ((-0.18, 0.0), (-0.04, 0.13), (0.2, -0.12))
        painter.drawPolyline([middle + QPointF(x, y) * self.width() for x, y in points])


class EventCard(Pressable):
    """A life event: icon on its diamond over the label; beside it with large text. ``clicked``.

    ``note`` is a second, quieter line (the ways to add a paper have one).
    """

    def __init__(
        self,
        look: Look,
        icon: Icon,
        label: str,
        note: str = "",
        *,
        role: Role | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, Skin.CARD, f"{label} {note}".replace("\n", " ").strip(), parent)
        theme = look.theme
        role = role or (Role.BODY)
        self._icon = icon
        self._beside = theme.card_columns == 2
        self._pad = theme.px(24 if self._beside else 12)
        align = Qt.AlignmentFlag.AlignLeft if self._beside else Qt.AlignmentFlag.AlignHCenter
        line = round(theme.text_px(role) * 1.26)
        self._label = TextFlow(label, theme.font(role, strong=True), line, align=align)
        self._note = TextFlow(note, theme.font(role), line, align=align) if note else None
        self._icon_px = round(theme.text_px(Role.TITLE2 if self._beside else Role.BODY) * 1.85)
        if self._beside:
            self._icon_px = min(self._icon_px, theme.px(88))
        if look.theme.laptop and not self._beside:
            self._icon_px = min(self._icon_px, theme.px(36))
        self._tile = round(self._icon_px * 1.6)
        self.setText(label.replace("\n", " "))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Room for two lines of label."""
        width = self._look.theme.px(296 if not self._look.theme.laptop else 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The widest word still fits."""
        words = self._label.widest_word()
        if self._note is not None:
            words = max(words, self._note.widest_word())
        extra = self._icon_px + self._pad if self._beside else 0
        return QSize(words + extra + 2 * self._pad, self._look.theme.min_target)

    def hasHeightForWidth(self) -> bool:
        """The label wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Picture and words one over the other, or the taller of both."""
        theme = self._look.theme
        words = self._words_height(width)
        if self._beside:
            return max(words, self._icon_px) + theme.px(44)
        two_lines = 2 * round(theme.text_px(Role.BODY) * 1.26)
        return self._tile + max(words, two_lines) + theme.px(50 if not theme.laptop else 24)

    def _words_height(self, width: int) -> int:
        room = max(1, width - 2 * self._pad - (self._icon_px + self._pad if self._beside else 0))
        note = self._note.height_for(room) if self._note is not None else 0
        return self._label.height_for(room) + note

    def paint_inside(self, painter: QPainter) -> None:
        """Picture and words for the present arrangement."""
        if self._beside:
            self._paint_beside(painter)
        else:
            self._paint_over(painter)

    def _paint_over(self, painter: QPainter) -> None:
        theme = self._look.theme
        words = self._words_height(self.width())
        # Room for two lines in any case, so that pictures in a row stand at one height.
        spare = self.height() - self._tile - max(words, 2 * round(theme.text_px(Role.BODY) * 1.26))
        top = max(theme.px(10), min(theme.px(20), spare // 3))
        middle = QPointF(self.width() / 2, top + self._tile / 2)
        if not self.isDown():
            stepped_diamond(painter, middle, self._tile, TILE_STEPS, theme.colour(Colour.ACCENT_SOFT))
        paint_icon(self._look, painter, self._icon, middle, self._icon_px, self._icon_colour())
        below = top + self._tile
        start = below + max(0, (self.height() - below - words) / 2 - theme.px(2))
        self._paint_words(painter, QRectF(self._pad, start, self.width() - 2 * self._pad, words))

    def _paint_beside(self, painter: QPainter) -> None:
        words = self._words_height(self.width())
        centre = QPointF(self._pad + self._icon_px / 2, self.height() / 2)
        paint_icon(self._look, painter, self._icon, centre, self._icon_px, self._icon_colour())
        left = 2 * self._pad + self._icon_px
        box = QRectF(left, (self.height() - words) / 2, self.width() - left - self._pad, words)
        self._paint_words(painter, box)

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        ink = self.ink()
        self._label.draw(painter, box, ink)
        if self._note is not None:
            taken = self._label.height_for(int(box.width()))
            self._note.draw(painter, box.adjusted(0, taken, 0, 0), ink)

    def _icon_colour(self) -> QColor:
        theme = self._look.theme
        if theme.mode is Mode.HIGH_DARK and not self.isDown():
            return theme.colour(Colour.STEP_NOW)
        return self.ink()


def paint_icon(look: Look, painter: QPainter, icon: Icon, middle: QPointF, side: int, colour: QColor) -> None:
    """An icon with its middle at a point."""
    look.icons.draw(painter, icon, middle.x() - side / 2, middle.y() - side / 2, side, colour)
