"""Outline icons, tinted in code and kept by name, size and colour."""

from __future__ import annotations

import re
from enum import StrEnum

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kiosk.resources import asset

# A kiosk shows a few dozen icons in a few colours; beyond this something makes sizes up as it goes.
CACHE_LIMIT = 400
_STROKE = re.compile(r'stroke-width="2"')


class Icon(StrEnum):
    """Every icon in the bundle; the value is the file's name."""

    ALERT_TRIANGLE = "alert-triangle"
    ARROW_BIG_UP = "arrow-big-up"
    ARROW_LEFT = "arrow-left"
    ARROW_RIGHT = "arrow-right"
    BABY_CARRIAGE = "baby-carriage"
    BACKSPACE = "backspace"
    BELL_RINGING = "bell-ringing"
    BRIEFCASE = "briefcase"
    BUILDING_COMMUNITY = "building-community"
    BUILDING_STORE = "building-store"
    CALENDAR = "calendar"
    CAMERA = "camera"
    CASH_BANKNOTE = "cash-banknote"
    CERTIFICATE = "certificate"
    CHECK = "check"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_RIGHT = "chevron-right"
    CIRCLE_CHECK = "circle-check"
    CLOCK = "clock"
    DEVICE_MOBILE = "device-mobile"
    EYE = "eye"
    EYE_OFF = "eye-off"
    FILE_ARROW_RIGHT = "file-arrow-right"
    FILE_PENCIL = "file-pencil"
    FILE_SEARCH = "file-search"
    FILE_TEXT = "file-text"
    FILE_X = "file-x"
    FOLDER = "folder"
    HAND_FINGER = "hand-finger"
    HAND_STOP = "hand-stop"
    HEART_HANDSHAKE = "heart-handshake"
    HOME = "home"
    HOURGLASS = "hourglass"
    ID = "id"
    INFO_CIRCLE = "info-circle"
    KEYBOARD = "keyboard"
    LAYOUT_GRID = "layout-grid"
    LOCK = "lock"
    LOGOUT = "logout"
    MAP_PIN = "map-pin"
    MAY_KIOSK = "may-kiosk"
    MOTORBIKE = "motorbike"
    NEN_HUONG = "nen-huong"
    NHA_SAN = "nha-san"
    OLD = "old"
    PENCIL = "pencil"
    PLUS = "plus"
    PRINTER = "printer"
    REFRESH = "refresh"
    SCALE = "scale"
    SCAN = "scan"
    SCHOOL = "school"
    SEARCH = "search"
    SEND = "send"
    SPEAKERPHONE = "speakerphone"
    STETHOSCOPE = "stethoscope"
    TEXT_SIZE = "text-size"
    TRASH = "trash"
    USB = "usb"
    USER = "user"
    USERS = "users"
    VOLUME = "volume"
    WIFI = "wifi"
    WIFI_OFF = "wifi-off"
    WORLD = "world"
    X = "x"


class Icons:
    """Draws icons of one bundle. Pixmaps are shared; callers must not paint on them."""

    def __init__(self) -> None:
        self._sources: dict[Icon, str] = {}
        self._pixmaps: dict[tuple[Icon, int, str, float], QPixmap] = {}

    def pixmap(self, icon: Icon, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
        """A square pixmap of ``size`` logical pixels; stroke about 4 px whatever the size."""
        key = (icon, size, colour.name(), ratio)
        found = self._pixmaps.get(key)
        if found is None:
            if len(self._pixmaps) >= CACHE_LIMIT:
                self._pixmaps.clear()
            found = self._pixmaps[key] = self._render(icon, size, colour, ratio)
        return found

    def draw(self, painter: QPainter, icon: Icon, x: float, y: float, size: int, colour: QColor) -> None:
        """Draws one icon with its top left corner at ``x``, ``y``."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(round(x), round(y), self.pixmap(icon, size, colour, ratio))

    def _render(self, icon: Icon, size: int, colour: QColor, ratio: float) -> QPixmap:
        stroke_px = 5.0 if size >= 70 else min(4.2, size * 0.094)
        svg = self._source(icon).replace("currentColor", colour.name())
        svg = _STROKE.sub(f'stroke-width="{stroke_px * 24 / size:.3f}"', svg)
        side = round(size * ratio)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, icon: Icon) -> str:
        if icon not in self._sources:
            self._sources[icon] = asset("icons", f"{icon.value}.svg").read_text("utf-8")
        return self._sources[icon]
