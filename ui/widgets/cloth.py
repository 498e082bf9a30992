"""The cloth: header, hem, and the hero with star and terraces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon
from ui.look import Look
from ui.ornament import HOME_SCENE, POSTER_SCENE, SIDE_SCENE, Scene
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role, TextSize
from ui.widgets.icon_view import IconView
from ui.widgets.layout import column, row
from ui.widgets.text import RIGHT, Text

_LEAD_WIDTH = 560  # left of the hills


class NetState(Enum):
    """What the header says of the network: words key and icon. Calm in every case."""

    ONLINE = ("net.online", Icon.WIFI)
    OFFLINE = ("net.offline", Icon.WIFI_OFF)
    UNKNOWN = ("net.unknown", Icon.WIFI_OFF)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose kiosk this is."""

    centre: str
    unit: str


class Hem(QWidget):
    """The stitched hem, lying or upright; one a page."""

    def __init__(self, look: Look, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        thick = look.theme.px(look.theme.tokens.raw["layout"]["laptop" if upright else "portrait"]["hem"])
        if upright:
            self.setFixedWidth(thick)
        else:
            self.setFixedHeight(thick)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, then the tiles."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour(Colour.CLOTH_DEEP))
        self._look.ornament.hem(painter, QRectF(self.rect()))


class Emblem(QWidget):
    """House in a stepped diamond; ``side`` in reference pixels."""

    def __init__(self, look: Look, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(look.theme.px(side), look.theme.px(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From the kept pixmap."""
        self._look.ornament.emblem(QPainter(self), QRectF(self.rect()))


class Header(QWidget):
    """Emblem, centre and unit, clock and network; lies on cloth."""

    def __init__(self, look: Look, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        large = theme.card_columns == 2
        self._look = look
        dress(self, Skin.CLOTH)
        self.setMinimumHeight(theme.px(theme.tokens.raw["layout"]["portrait"]["header"]))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        high = theme.px(24 if large else 14)
        line = row(self, gap=theme.px(20), margins=(theme.margin, high, theme.margin, high))
        line.addWidget(Emblem(look, 108 if large else 80), 0, Qt.AlignmentFlag.AlignVCenter)
        names = column()
        names.addStretch(1)
        names.addWidget(Text(look, Role.CAPTION, place.centre, colour=Colour.ON_CLOTH, strong=True))
        if not large:
            names.addWidget(Text(look, Role.CAPTION, place.unit, colour=Colour.ON_CLOTH_SOFT))
        names.addStretch(1)
        line.addLayout(names, 1)
        self._build_state(line, large)
        self.show_state("", NetState.UNKNOWN)

    def _build_state(self, line: object, large: bool) -> None:
        look, theme = self._look, self._look.theme
        clock_role = Role.CAPTION if large else Role.LEAD
        self._clock = Text(look, clock_role, "", wrap=False, colour=Colour.ON_CLOTH, align=RIGHT, strong=True)
        self._net = Text(
            look, Role.CAPTION, "", wrap=False, colour=Colour.ON_CLOTH, align=RIGHT, strong=large
        )
        self._icon = IconView(look, Icon.WIFI, round(theme.text_px(Role.CAPTION) * 1.6), Colour.ON_CLOTH)
        both = column()
        both.addStretch(1)
        both.addWidget(self._clock)
        if large:
            under = row(gap=theme.px(14))
            under.addStretch(1)
            under.addWidget(self._net)
            under.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
            both.addLayout(under)
        else:
            both.addWidget(self._net)
        both.addStretch(1)
        line.addLayout(both)  # type: ignore[attr-defined]
        if not large:
            line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)  # type: ignore[attr-defined]

    def show_state(self, clock: str, net: NetState) -> None:
        """Clock as ``09:32`` and the network."""
        key, icon = net.value
        self._clock.say(clock)
        self._net.say(self._look.words(key))
        self._icon.show_icon(icon)


class Hero(QWidget):
    """Cloth with a big title over star and terraces; the header stands inside it, the hem below it.

    ``poster`` is the tall one of the attract page.
    """

    def __init__(
        self,
        look: Look,
        header: Header,
        title: str,
        sentence: str = "",
        *,
        poster: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        self._scene = POSTER_SCENE if poster else HOME_SCENE
        role = Role.POSTER if poster else Role.DISPLAY
        # Ornament never stands behind text, so large text has the cloth for itself.
        self._bare = theme.mode.is_high or theme.card_columns == 2
        self.header = header
        dress(self, Skin.CLOTH)
        # The scene shows through behind the header.
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        box = column(self)
        box.addWidget(header)
        words = column(gap=theme.px(8), margins=(theme.margin, theme.px(36), theme.margin, theme.px(32)))
        words.addWidget(Text(look, role, title, colour=Colour.ON_CLOTH))
        if sentence:
            lead = Text(look, Role.LEAD, sentence, colour=Colour.ON_CLOTH_SOFT)
            if not self._bare:
                lead.setMaximumWidth(theme.px(_LEAD_WIDTH))
            words.addWidget(lead)
        words.addStretch(1)
        box.addLayout(words, 1)
        self.setMinimumHeight(0 if self._bare else theme.px(self._scene.height))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cloth by the style sheet is below; star and hills here."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour(Colour.CLOTH))
        if not self._bare:
            paint_scene(self._look, painter, QRectF(self.rect()), self._scene)


class SidePanel(QWidget):
    """The laptop's cloth: emblem, names, a title, a few facts, clock and network, terraces below.

    With large text: short name, title, clock and network. Terraces only where text leaves them room.
    """

    def __init__(self, look: Look, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        self._look = look
        dress(self, Skin.CLOTH)
        self.setFixedWidth(theme.px(theme.tokens.raw["layout"]["laptop"]["side"]))
        box = column(self, gap=theme.px(24), margins=(theme.px(32), theme.px(28), theme.px(24), theme.px(24)))
        top = row(gap=theme.px(16))
        top.addWidget(Emblem(look, 64), 0, Qt.AlignmentFlag.AlignVCenter)
        names = column()
        # With large text the cloth has room for the service's short name only.
        self._short = theme.card_columns == 2
        name = look.words("bar.name") if self._short else place.centre
        names.addWidget(Text(look, Role.CAPTION, name, colour=Colour.ON_CLOTH, strong=True))
        if not self._short:
            names.addWidget(Text(look, Role.CAPTION, place.unit, colour=Colour.ON_CLOTH_SOFT))
        top.addLayout(names, 1)
        box.addLayout(top)
        role = {TextSize.SMALL: Role.TITLE1, TextSize.MEDIUM: Role.TITLE2}.get(theme.text_size, Role.TITLE3)
        self._title = Text(look, role, "", colour=Colour.ON_CLOTH)
        box.addWidget(self._title)
        self._facts = column(gap=theme.px(10))
        box.addLayout(self._facts)
        box.addStretch(1)
        self._net = _SideFact(look, Icon.WIFI, "")
        self._facts.addWidget(self._net)
        self.show_title("")
        self.show_state("", NetState.UNKNOWN)

    def show_title(self, title: str) -> None:
        """The page's question or name; empty hides it."""
        whole = self._look.theme.text_size is TextSize.SMALL
        self._title.say(title if whole else title.replace("\n", " "))
        self._title.setVisible(bool(title))

    def show_state(self, clock: str, net: NetState) -> None:
        """Clock and network as one fact."""
        key, icon = net.value
        words = self._look.words(key)
        self._net.show_fact(icon, f"{clock} · {words}" if clock else words)

    def show_facts(self, facts: Sequence[tuple[Icon, str]]) -> None:
        """Facts below the network's; replaces those shown before."""
        while self._facts.count() > 1:
            item = self._facts.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for icon, words in () if self._short else facts:
            self._facts.addWidget(_SideFact(self._look, icon, words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cloth, star and hills."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour(Colour.CLOTH))
        if self._look.theme.text_size is TextSize.SMALL:
            paint_scene(self._look, painter, QRectF(self.rect()), SIDE_SCENE)


class _SideFact(QWidget):
    def __init__(self, look: Look, icon: Icon, words: str) -> None:
        super().__init__()
        theme = look.theme
        self._icon = IconView(look, icon, round(theme.text_px(Role.BODY) * 1.3), Colour.ON_CLOTH_SOFT)
        self._words = Text(look, Role.BODY, words, colour=Colour.ON_CLOTH_SOFT)
        line = row(self, gap=theme.px(14))
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)

    def show_fact(self, icon: Icon, words: str) -> None:
        self._icon.show_icon(icon)
        self._words.say(words)


def paint_scene(look: Look, painter: QPainter, box: QRectF, scene: Scene) -> None:
    """Star and terraces, antialiased."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    look.ornament.scene(painter, box, scene)
