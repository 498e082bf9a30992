"""What every page is: a widget that draws one state and tells what the person did."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.catalogue.model import Json
from kiosk.dossier.session_state import PersonEvent, State
from ui.library import Library
from ui.look import Look
from ui.widgets.cloth import Header


class PageView(QWidget):
    """One page. Built anew for every visit of it, so nothing of a person outlives the page.

    ``acted`` carries a ``PersonEvent``. The controller puts header, hem and bottom bar around the page.
    """

    acted = Signal(object)

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__()
        self.look = look
        self.library = library
        self.state = state

    def act(self, event: PersonEvent) -> None:
        """Tell the controller what the person did."""
        self.acted.emit(event)

    def show_state(self, state: State) -> None:
        """Follow a new state of the same page (a problem, a finished search); keeps focus and input."""
        self.state = state

    def typed(self) -> Json:
        """What stands in the page's field, kept when the person goes back; None where there is no field."""
        return None

    def put_back(self, typed: Json) -> None:
        """Show again what ``typed`` gave, after the page was built anew in another look."""

    def hero(self, header: Header) -> QWidget | None:  # noqa: ARG002 - most pages want none
        """The tall cloth that this page wants, ``header`` inside it; None: the plain header."""
        return None

    def side_title(self) -> str:
        """What the laptop's cloth says; empty where the paper has the title."""
        return ""

    def announce(self) -> str:
        """What a screen reader says when the page opens: its title."""
        return self.accessibleName()
