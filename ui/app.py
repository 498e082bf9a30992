"""Puts the touchscreen together from parts that the composition root made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QInputDevice
from PySide6.QtWidgets import QApplication

from kiosk.clock import Clock
from kiosk.devices.source import PaperSource
from kiosk.dossier.session_state import Delays
from kiosk.ports import Services
from ui.background import Lane
from ui.controller import Controller
from ui.effects import Hands, Lanes, Printer
from ui.library import Library
from ui.look import Look
from ui.metrics import LAPTOP_SIZE, PORTRAIT_SIZE, Metrics
from ui.pages import PAGES
from ui.stage import Stage, place_of
from ui.theme import register_fonts
from ui.widgets.cloth import Place
from ui.window import Touches, Window

_MM_PER_INCH = 25.4
_PLAUSIBLE_PX_PER_MM = (2.0, 12.0)  # what a panel of 50 to 300 dots an inch says of itself; else it lies


@dataclass(frozen=True, slots=True)
class ScreenParts:
    """Everything the screens work with.

    ``size`` in pixels: None = the whole screen, or in a window what fits of the reference drawing.
    ``printer`` takes a receipt's PDF, on the media lane. ``on_quit``: the window was closed, or is lost.
    """

    services: Services
    library: Library
    source: PaperSource
    clock: Clock
    on_quit: Callable[[], None]
    delays: Delays = field(default_factory=Delays)
    windowed: bool = False
    size: tuple[int, int] | None = None
    printer: Printer | None = None


class Screen:
    """The open touchscreen. ``close`` must be called once, before the stores are closed."""

    def __init__(
        self, window: Window, controller: Controller, stage: Stage, touches: Touches, lanes: Lanes
    ) -> None:
        self.window = window
        self.controller = controller
        self.stage = stage
        self._touches = touches
        self._lanes = lanes
        self._old_hook = sys.excepthook
        sys.excepthook = self._hook

    def close(self, wait_s: float = 10.0) -> bool:
        """End the session, let the lanes finish; False if work still ran after ``wait_s``."""
        sys.excepthook = self._old_hook
        self.controller.close()
        self._touches.end()
        self.stage.wipe()
        done = self._lanes.shutdown(wait_s)
        self.window.hide()
        self.window.deleteLater()
        return done

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Exceptions of slots end up here; Qt would only print them."""
        if isinstance(error, Exception):
            self.controller.on_bug(error)
        else:
            self._old_hook(kind, error, trace)


def make_app(arguments: list[str]) -> QApplication:
    """The one QApplication, with the bundled fonts."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(arguments)
    app.setQuitOnLastWindowClosed(False)
    register_fonts()
    return app


def open_screen(parts: ScreenParts) -> Screen:
    """Show the first page. Needs ``make_app`` before; the caller runs the application's event loop."""
    size = _size(parts)
    look = Look.open(Metrics.for_screen(size.width(), size.height(), _px_per_mm(parts)))
    controller = Controller(parts.services, parts.clock, parts.delays)
    tuning = parts.library.tuning
    place = place_of(parts.library.catalogue.units, tuning.centre_name, tuning.unit)
    if look.theme.laptop:
        place = Place(place.centre, place.unit.partition(",")[0])
    window = Window(look, place, size)
    controller.setParent(window)
    touches = Touches(window, parts.clock, parts.delays.second_tap_s)
    touches.touched.connect(controller.touched)
    stage = Stage(window, touches, look, parts.library, PAGES, controller.act)
    lanes = Lanes(Lane("store", controller.on_bug), Lane("media", controller.on_bug))
    hands = Hands(parts.services, parts.source, lanes, parts.printer, controller.act, controller.ask_machine)
    window.closed.connect(parts.on_quit)
    controller.lost.connect(parts.on_quit)
    controller.begin(stage, hands)
    _raise(window, parts.windowed)
    return Screen(window, controller, stage, touches, lanes)


def _size(parts: ScreenParts) -> QSize:
    if parts.size is not None:
        return QSize(*parts.size)
    room = QGuiApplication.primaryScreen().availableSize()
    if not parts.windowed:
        return QGuiApplication.primaryScreen().size()
    base = PORTRAIT_SIZE if room.height() >= room.width() else LAPTOP_SIZE
    return QSize(*base).scaled(room, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(QSize(*base))


def _px_per_mm(parts: ScreenParts) -> float | None:
    """As measured by the technician; else as the panel says, where that can be true; else None."""
    if parts.library.tuning.px_per_mm is not None:
        return parts.library.tuning.px_per_mm
    if parts.windowed or parts.size is not None:
        return None
    told = QGuiApplication.primaryScreen().physicalDotsPerInch() / _MM_PER_INCH
    least, most = _PLAUSIBLE_PX_PER_MM
    return told if least <= told <= most else None


def _raise(window: Window, windowed: bool) -> None:
    if windowed:
        window.show()
        window.activateWindow()
        return
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    kinds = {device.type() for device in QInputDevice.devices()}
    touch = QInputDevice.DeviceType.TouchScreen in kinds
    if touch and QInputDevice.DeviceType.Mouse not in kinds:
        window.setCursor(Qt.CursorShape.BlankCursor)
    window.showFullScreen()
    window.activateWindow()  # a kiosk may run without a window manager that would
