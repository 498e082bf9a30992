"""The panels over a page: call staff, still here?, leave?, and how the screen looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from kiosk.dossier.session_state import (
    EndPressed,
    LeaveConfirmed,
    Overlay,
    OverlayClosed,
    PersonEvent,
    State,
    StillHere,
)
from kiosk.settings import Tuning
from ui.icons import Icon
from ui.look import Look
from ui.theme import Mode, Role, TextSize
from ui.widgets.button import GoButton, SecondButton
from ui.widgets.choice import Choice, ChoiceList
from ui.widgets.idle import IdlePanel
from ui.widgets.layout import column, row
from ui.widgets.overlay import OverlayPanel
from ui.widgets.panel import FactRow
from ui.widgets.text import Text

Act = Callable[[PersonEvent], None]
_SIZES = (TextSize.SMALL, TextSize.MEDIUM, TextSize.LARGE, TextSize.LARGEST)
_MODES = (Mode.NORMAL, Mode.LOW_GLARE, Mode.HIGH_DARK, Mode.HIGH_LIGHT)


@dataclass(frozen=True, slots=True)
class Laid:
    """A panel, and what in it has the focus first."""

    panel: OverlayPanel
    focus: QWidget


class _Said(QObject):
    """Turns a button's click into an event of the session; lives with its panel."""

    def __init__(self, act: Act, event: PersonEvent, parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._event = event

    @Slot()
    def say(self) -> None:
        self._act(self._event)


def build(look: Look, overlay: Overlay, state: State, tuning: Tuning, act: Act) -> Laid:
    """The panel of the session's overlay; its buttons tell ``act``."""
    match overlay:
        case Overlay.IDLE_WARNING:
            return _idle(look, act)
        case Overlay.CALL_STAFF:
            return _staff(look, tuning, act)
        case Overlay.LEAVE:
            return _leave(look, state, act)
        case _:
            assert_never(overlay)


def _idle(look: Look, act: Act) -> Laid:
    panel = IdlePanel(look)
    panel.stayed.connect(_Said(act, StillHere(), panel).say)
    panel.ended.connect(_Said(act, EndPressed(), panel).say)
    return Laid(panel, panel.stay_button)


def _staff(look: Look, tuning: Tuning, act: Act) -> Laid:
    """No bell is wired to this version, so it says where to go and what is safe meanwhile."""
    words = look.words
    panel = _titled(look, words("staff.title"), words("staff.where"))
    panel.body.addWidget(FactRow(look, Icon.CLOCK, words("staff.hours", hours=tuning.opening_hours)))
    if tuning.centre_phone:
        phone = words("staff.phone", phone=tuning.centre_phone)
        panel.body.addWidget(FactRow(look, Icon.DEVICE_MOBILE, phone))
    panel.body.addWidget(FactRow(look, Icon.LOCK, words("staff.kept")))
    button = GoButton(look, words("staff.close"), Icon.CHECK, icon_after=False)
    return _with_buttons(panel, button, _Said(act, OverlayClosed(), panel))


def _leave(look: Look, state: State, act: Act) -> Laid:
    """Before the receipt a dossier would be lost; after it only the private code's last showing."""
    words = look.words
    what = "leave.saved" if state.visit.saved else "leave.lost"
    panel = _titled(look, words(f"{what}_title"), words(f"{what}_why"))
    button = GoButton(look, words("leave.stay"), Icon.HAND_STOP, icon_after=False)
    laid = _with_buttons(panel, button, _Said(act, OverlayClosed(), panel))
    end = SecondButton(look, words("leave.end"), Icon.LOGOUT)
    end.clicked.connect(_Said(act, LeaveConfirmed(), panel).say)
    panel.body.addWidget(end)
    return laid


def _titled(look: Look, title: str, why: str) -> OverlayPanel:
    panel = OverlayPanel(look)
    panel.setAccessibleName(title)
    panel.body.addWidget(Text(look, Role.TITLE1, title))
    panel.body.addWidget(Text(look, Role.LEAD, why))
    return panel


def _with_buttons(panel: OverlayPanel, button: GoButton, said: _Said) -> Laid:
    panel.body.addWidget(button)
    button.clicked.connect(said.say)
    return Laid(panel, button)


class LooksPanel(OverlayPanel):
    """Text size and contrast. Signals: ``size_picked``, ``mode_picked`` (a value of the theme), ``done``."""

    size_picked = Signal(object)
    mode_picked = Signal(object)
    done = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        words = look.words
        self.setAccessibleName(words("looks.title"))
        self.body.setSpacing(look.theme.px(20 if not look.theme.laptop else 10))
        self.sizes = self._list(_SIZES, "looks.size", look.theme.text_size.value)
        self.modes = self._list(_MODES, "looks.mode", look.theme.mode.value)
        self._lay_lists()
        self.close_button = GoButton(look, words("looks.done"), Icon.CHECK, icon_after=False)
        self.body.addSpacing(look.theme.px(12))
        self.body.addWidget(self.close_button)
        self.sizes.picked.connect(self._size)
        self.modes.picked.connect(self._mode)
        self.close_button.clicked.connect(self.done)

    def _lay_lists(self) -> None:
        """One below the other; on a low screen side by side."""
        look = self._look
        laptop = look.theme.laptop
        both = row(gap=look.theme.px(24)) if laptop else column(gap=look.theme.px(20))
        for key, made in (("looks.size", self.sizes), ("looks.mode", self.modes)):
            box = column(gap=look.theme.px(20 if not laptop else 10))
            box.addWidget(Text(look, Role.TITLE2 if not laptop else Role.TITLE3, look.words(key)))
            box.addWidget(made)
            box.addStretch(1)
            both.addLayout(box, 1)
        self.body.addLayout(both)

    def _list(self, values: tuple[TextSize | Mode, ...], key: str, chosen: str) -> ChoiceList:
        words = self._look.words
        choices = [Choice(value.value, words(f"{key}.{value.value}")) for value in values]
        return ChoiceList(self._look, choices, chosen=chosen, columns=1 if self._look.theme.laptop else 2)

    @Slot(object)
    def _size(self, choice: Choice) -> None:
        self.size_picked.emit(TextSize(choice.value))

    @Slot(object)
    def _mode(self, choice: Choice) -> None:
        self.mode_picked.emit(Mode(choice.value))
