"""Without a network: what works all the same, what waits, and true numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.dossier.session_state import BackPressed, HomePressed, State
from kiosk.ports import Connectivity, SyncStatus
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.ornament import diamond
from ui.pages.answers import clock_words
from ui.pages.sheet_page import SheetPage, clear
from ui.theme import Colour, Role
from ui.widgets.button import Button, GoButton, SecondButton
from ui.widgets.dock import Dock
from ui.widgets.layout import column, row
from ui.widgets.panel import FactRow, FlatPanel
from ui.widgets.text import CENTRE, Text
from ui.widgets.tile import IconTile, paint_icon

_TILE = 248
_TILE_LAPTOP = 120


class OfflinePage(SheetPage):
    """Calm: nothing here is red. Follows the network while it is shown."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        self._status: SyncStatus | None = None
        self._fill = column(gap=look.theme.px(16 if not look.theme.laptop else 8))
        self.body.addLayout(self._fill)
        self.body.addStretch(1)
        self._pin_buttons()
        self._show()

    def show_state(self, state: State) -> None:
        """The worker has news."""
        super().show_state(state)
        self._show()

    def _show(self) -> None:
        status = self.library.sync_status()
        if status == self._status:
            return
        self._status = status
        clear(self._fill)
        look, words = self.look, self.look.words
        kind = status.connectivity.value
        title = words(f"offline.title.{kind}")
        self.setAccessibleName(title.replace("\n", " "))
        heads = column(gap=look.theme.px(8))
        heads.addWidget(Text(look, Role.TITLE1, title))
        heads.addWidget(Text(look, Role.LEAD, words(f"offline.lead.{kind}")))
        self._fill.addLayout(heads)
        online = status.connectivity is Connectivity.ONLINE
        self._fill.addWidget(_Link(look, joined=online))
        self._fill.addWidget(
            _list(look, "offline.works", ("search", "fill", "receipt"), Icon.CIRCLE_CHECK, Colour.OK)
        )
        if not online:
            self._fill.addWidget(
                _list(look, "offline.waits", ("send", "news"), Icon.HOURGLASS, Colour.OUTLINE)
            )
        self._fill.addWidget(FactRow(look, Icon.REFRESH, self._numbers(status), icon_colour=Colour.INK))

    def _numbers(self, status: SyncStatus) -> str:
        """Only what is known: no time is made up."""
        words, now = self.look.words, self.library.now()
        said = []
        if status.offline_since is not None and status.connectivity is not Connectivity.ONLINE:
            said.append(words("offline.since", when=clock_words(words, status.offline_since, now)))
        if status.last_try is not None and status.connectivity is not Connectivity.ONLINE:
            said.append(words("offline.tried", when=clock_words(words, status.last_try, now)))
        if status.waiting:
            said.append(words("offline.waiting", count=status.waiting))
        else:
            said.append(words("offline.none_waiting"))
        if status.parked:
            said.append(words("offline.parked", count=status.parked))
        return "\n".join(said)

    def _pin_buttons(self) -> None:
        look, words = self.look, self.look.words
        going_on = self.state.visit.draft is not None
        self.go_button = GoButton(look, words("offline.go_on" if going_on else "offline.back"))
        self.go_button.clicked.connect(self._go_on)
        self.search_button = SecondButton(look, words("offline.search"), Icon.SEARCH)
        self.search_button.clicked.connect(self._search)
        buttons: list[Button] = [self.search_button, self.go_button]
        self.below(Dock(look, buttons, shares=(2, 3)))

    def _go_on(self) -> None:
        self.act(BackPressed())

    def _search(self) -> None:
        self.act(HomePressed())


def _list(look: Look, key: str, names: tuple[str, ...], icon: Icon, colour: Colour) -> FlatPanel:
    panel = FlatPanel(look, look.words(f"{key}.title"))
    for name in names:
        panel.body.addWidget(
            FactRow(look, icon, look.words(f"{key}.{name}"), role=Role.LEAD, icon_colour=colour)
        )
    return panel


class _Link(QWidget):
    """This machine and the centre, and the thread between them, whole or broken."""

    def __init__(self, look: Look, *, joined: bool) -> None:
        super().__init__()
        side = _TILE if not look.theme.laptop else _TILE_LAPTOP
        line = row(self, gap=look.theme.px(8))
        line.addLayout(_end(look, Icon.MAY_KIOSK, "offline.here", side, Colour.ACCENT_SOFT))
        line.addWidget(_Line(look, side, joined=joined), 1, Qt.AlignmentFlag.AlignTop)
        line.addLayout(_end(look, Icon.BUILDING_COMMUNITY, "offline.centre", side, Colour.TINT))


def _end(look: Look, icon: Icon, key: str, side: int, tile: Colour) -> QVBoxLayout:
    box = column(gap=look.theme.px(8))
    box.addWidget(IconTile(look, icon, side, tile=tile), 0, CENTRE)
    box.addWidget(Text(look, Role.BODY, look.words(key), strong=True, align=CENTRE))
    return box


class _Line(QWidget):
    def __init__(self, look: Look, side: int, *, joined: bool) -> None:
        super().__init__()
        self._look = look
        self._joined = joined
        self.setFixedHeight(look.theme.px(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Whole as far as this machine's side goes; dashed where nothing gets through."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, reach = self.height() / 2, theme.px(16)
        left, right, middle = reach + 1.0, self.width() - reach - 1.0, self.width() / 2
        ink, outline = theme.colour(Colour.INK), theme.colour(Colour.OUTLINE)
        icon, clear_of = theme.px(72 if not theme.laptop else 40), theme.px(56 if not theme.laptop else 32)
        painter.setPen(QPen(ink, theme.stroke("thread_done")))
        painter.drawLine(QPointF(left, y), QPointF(middle - clear_of, y))
        if not self._joined:
            dashed = QPen(outline, theme.stroke("thread_next"))
            dashed.setDashPattern([3, 2.4])
            painter.setPen(dashed)
        painter.drawLine(QPointF(middle + clear_of, y), QPointF(right, y))
        sign = Icon.WIFI if self._joined else Icon.WIFI_OFF
        paint_icon(self._look, painter, sign, QPointF(middle, y), icon, ink)
        painter.setPen(QPen(ink, theme.stroke("outline")))
        painter.setBrush(ink)
        painter.drawPolygon(diamond(QPointF(left, y), reach))
        painter.setPen(QPen(ink if self._joined else outline, theme.stroke("outline")))
        painter.setBrush(ink if self._joined else theme.colour(Colour.SURFACE))
        painter.drawPolygon(diamond(QPointF(right, y), reach))
