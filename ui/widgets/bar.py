"""The bottom bar: six fixed places, the same on every page."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.textflow import TextFlow
from ui.theme import Colour, Role, TextSize
from ui.widgets.button import Pressable


class BarPlace(Enum):
    """The six places in order: words key and icon."""

    BACK = ("bar.back", Icon.ARROW_LEFT)
    HOME = ("bar.home", Icon.HOME)
    LOOKS = ("bar.looks", Icon.TEXT_SIZE)
    SPEAK = ("bar.speak", Icon.VOLUME)
    LANGUAGE = ("bar.language", Icon.WORLD)
    STAFF = ("bar.staff", Icon.BELL_RINGING)


class BottomBar(QWidget):
    """Signal ``chosen(object)`` carries a ``BarPlace``.

    ``back=False`` puts the star in the first place; ``attract`` puts star and name in the first two.
    The places in ``missing`` have no button; where reading aloud is missing the star stands,
    unless it does already.
    """

    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        *,
        back: bool = True,
        current: BarPlace | None = None,
        attract: bool = False,
        missing: Collection[BarPlace] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        self._missing = frozenset(missing)
        self.buttons: dict[BarPlace, BarButton] = {}
        dress(self, Skin.CLOTH)
        self.setFixedHeight(bar_height(look))
        two_rows = _two_rows(look)
        grid = QGridLayout(self)
        side, edge = theme.px(16), theme.stroke("strong")
        grid.setContentsMargins(
            side,
            edge + theme.px(12 if not theme.laptop else 8),
            side,
            theme.px(14 if not theme.laptop else 10),
        )
        grid.setSpacing(theme.px(8 if theme.laptop or not two_rows else 14))
        columns = 3 if two_rows else 6
        places = list(BarPlace)
        for index, place in enumerate(places):
            cell = self._cell(place, back=back, attract=attract, current=current)
            if cell is not None:
                wide = 2 if attract and place is BarPlace.BACK else 1
                grid.addWidget(cell, index // columns, index % columns, 1, wide)
        for at in range(columns):
            grid.setColumnStretch(at, 116 if at == 5 else 100)

    def _cell(
        self, place: BarPlace, *, back: bool, attract: bool, current: BarPlace | None
    ) -> QWidget | None:
        if place is BarPlace.BACK and (attract or not back):
            return _Star(self._look, self._look.words("bar.name") if attract else "")
        if place is BarPlace.HOME and attract:
            return None
        if place in self._missing:
            return _Star(self._look, "") if place is BarPlace.SPEAK and back and not attract else None
        button = BarButton(self._look, place, here=place is current)
        button.clicked.connect(button.announce)
        button.picked.connect(self.chosen)
        self.buttons[place] = button
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cloth, the yellow edge, thin lines between places, a mark over the present one."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(Colour.CLOTH))
        painter.fillRect(0, 0, self.width(), theme.stroke("strong"), theme.colour(Colour.THREAD2))
        if _two_rows(self._look):
            return
        line, tall = theme.stroke("hairline"), theme.px(64 if not theme.laptop else 36)
        buttons = list(self.buttons.values())
        places = list(BarPlace)
        for button, after in pairwise(buttons):
            apart = places.index(after.place) - places.index(button.place) > 1
            if apart or after.place is BarPlace.STAFF:
                continue
            right = button.geometry().right() + theme.px(5)
            top = button.geometry().center().y() - tall // 2
            painter.fillRect(right, top, line, tall, theme.colour(Colour.CLOTH_LINE))
        for button in buttons:
            if button.here:
                box = button.geometry()
                painter.fillRect(box.left(), 0, box.width(), theme.px(9), theme.colour(Colour.THREAD2))


class BarButton(Pressable):
    """One place: icon over its word, beside it on a laptop or with large text."""

    picked = Signal(object)

    def __init__(
        self, look: Look, place: BarPlace, *, here: bool = False, parent: QWidget | None = None
    ) -> None:
        key, icon = place.value
        boxed = _two_rows(look)
        skin = Skin.ON_CLOTH_BOX if boxed else Skin.ON_CLOTH
        if place is BarPlace.STAFF:
            skin = Skin.ON_CLOTH_FULL
        elif here and boxed:
            skin = Skin.ON_CLOTH_NOW
        super().__init__(look, skin, look.words(key), parent)
        theme = look.theme
        self.place = place
        self.here = here
        self._icon = icon
        self._beside = boxed or theme.laptop
        size = theme.text_px(Role.CAPTION)
        if theme.largest:
            size = round(size * 0.94)
        self._icon_px = round(size * (1.05 if boxed else 1.43))
        font = theme.font(Role.CAPTION, strong=True)
        font.setPixelSize(size)
        self._flow = TextFlow(look.words(key), font, round(size * 1.28), wrap=False)
        self.setText(look.words(key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def ring_radius(self) -> int:
        """The bar's own corners."""
        return self._look.theme.radius("small")

    def announce(self) -> None:
        """Says which place was touched."""
        self.picked.emit(self.place)

    def sizeHint(self) -> QSize:
        """The grid decides."""
        return QSize(self._look.theme.px(150), self._look.theme.min_target)

    def minimumSizeHint(self) -> QSize:
        """May shrink to the least target."""
        return QSize(self._look.theme.min_target, self._look.theme.min_target)

    def paint_inside(self, painter: QPainter) -> None:
        """Icon and word in the middle."""
        ink = self.ink()
        width, height = self._flow.natural_size()
        if self._beside:
            gap = self._look.theme.px(18 if self._look.theme.text_size is TextSize.SMALL else 10)
            start = (self.width() - width - gap - self._icon_px) / 2
            self._look.icons.draw(
                painter, self._icon, start, (self.height() - self._icon_px) / 2, self._icon_px, ink
            )
            box = QRectF(start + self._icon_px + gap, (self.height() - height) / 2, width, height)
        else:
            gap = self._look.theme.px(4)
            top = (self.height() - height - gap - self._icon_px) / 2
            self._look.icons.draw(
                painter, self._icon, (self.width() - self._icon_px) / 2, top, self._icon_px, ink
            )
            box = QRectF((self.width() - width) / 2, top + self._icon_px + gap, width, height)
        self._flow.draw(painter, box, ink)


class _Star(QWidget):
    """The star, with the service's name on the attract page."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        theme = look.theme
        self._look = look
        self._words = words
        self._flow = TextFlow(words, theme.font(Role.BODY, strong=True), theme.line_px(Role.BODY), wrap=False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Star in the middle; with words at the page's margin."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(theme.px(68), self.height())
        top = (self.height() - side) / 2
        left = (self.width() - side) / 2 if not self._words else theme.margin - theme.px(16)
        self._look.ornament.star(painter, QRectF(left, top, side, side))
        if self._words:
            box = QRectF(left + side + theme.px(18), 0, self._flow.natural_size()[0], self.height())
            self._flow.draw_centred(painter, box, theme.colour(Colour.ON_CLOTH))


def bar_height(look: Look) -> int:
    """Pixels the bottom bar takes: two rows with the largest text."""
    sizes = look.theme.tokens.raw["layout"]
    if look.theme.laptop:
        rows = 1.7 if _two_rows(look) else 1.0
        return look.theme.px(sizes["laptop"]["bottom_bar"] * rows)
    return look.theme.px(sizes["portrait"]["bottom_bar_largest" if _two_rows(look) else "bottom_bar"])


def _two_rows(look: Look) -> bool:
    return look.theme.card_columns == 2
