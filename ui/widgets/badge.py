"""A state in a word: icon, word and tint together."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.ornament import diamond
from ui.textflow import TextFlow
from ui.theme import Colour, Role


class BadgeKind(Enum):
    """Fill, icon colour and text colour of a badge."""

    OK = (Colour.OK_TINT, Colour.OK, Colour.ON_OK)
    WARN = (Colour.WARN_TINT, Colour.WARN, Colour.ON_WARN)
    BAD = (Colour.BAD_TINT, Colour.BAD, Colour.ON_BAD)
    QUIET = (Colour.TINT, Colour.OUTLINE, Colour.INK)
    BEST = (Colour.INK, Colour.STEP_NOW, Colour.SURFACE)


class Badge(QWidget):
    """Word with an icon (or, without one, a diamond) on a flat tint. Not pressable."""

    def __init__(
        self, look: Look, kind: BadgeKind, words: str, icon: Icon | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        self._kind = kind
        self._icon = icon
        self._flow = TextFlow(words, theme.font(Role.CAPTION, strong=True), theme.line_px(Role.CAPTION))
        self._icon_px = round(theme.text_px(Role.CAPTION) * 1.2)
        self._pad = theme.px(16 if not theme.laptop else 10)
        self._gap = theme.px(12 if not theme.laptop else 8)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """What it says."""
        return self._flow.plain

    def _beside(self) -> int:
        mark = self._icon_px if self._icon is not None else self._icon_px * 2 // 3
        return 2 * self._pad + mark + self._gap

    def sizeHint(self) -> QSize:
        """Icon and word with flat padding."""
        width, height = self._flow.natural_size()
        return QSize(width + self._beside(), height + self._look.theme.px(10))

    def minimumSizeHint(self) -> QSize:
        """The widest word."""
        return QSize(self._flow.widest_word() + self._beside(), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Long words wrap with large text."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Lines plus padding."""
        return self._flow.height_for(max(1, width - self._beside())) + self._look.theme.px(10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, mark, word; a hairline stands in for the tint in the high modes."""
        theme = self._look.theme
        fill, mark, ink = (theme.colour(role) for role in self._kind.value)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.mode.is_high and self._kind is not BadgeKind.BEST
        painter.setPen(QPen(mark, theme.stroke("hairline")) if edge else QPen(fill, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.radius("chip"), theme.radius("chip")
        )
        middle = QRectF(self.rect()).center().y()
        if self._icon is not None:
            top = middle - self._icon_px / 2
            self._look.icons.draw(painter, self._icon, self._pad, top, self._icon_px, mark)
        else:
            reach = self._icon_px / 3
            painter.setPen(QPen(mark, 0))
            painter.setBrush(mark)
            centre = QRectF(self._pad, middle, 2 * reach, 0).center()
            painter.drawPolygon(diamond(centre, reach))
        left = self._beside() - self._pad
        box = QRectF(left, 0, self.width() - left - self._pad + 1, self.height())
        self._flow.draw_centred(painter, box, ink)
