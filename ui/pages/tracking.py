"""Where is my dossier: the private code typed, and what this machine knows, with how old that is."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QShowEvent

from kiosk.catalogue.model import Json
from kiosk.dossier.session_state import State, TrackAsked
from kiosk.ports import Connectivity, Tracked
from kiosk.storage.outbox import OutboxState
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.answers import day_words, moment_words
from ui.pages.code_field import CodeField
from ui.pages.code_pad import CodePad
from ui.pages.sheet_page import Notice, SheetPage, clear, failure_words, note_row
from ui.pages.way import Reached, Way
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role
from ui.widgets.button import GoButton
from ui.widgets.dock import Dock
from ui.widgets.layout import column
from ui.widgets.panel import FactRow, FramedPanel
from ui.widgets.text import Text
