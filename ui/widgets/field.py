"""One-line fields for typed answers, worked by the on-screen keyboard or a real one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from kiosk.typing_vi import Caps
from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role
from ui.widgets.button import Button, Stature
from ui.widgets.icon_view import IconView
from ui.widgets.layout import column, row
from ui.widgets.scroll import ScrollArea
from ui.widgets.text import Text

CARET_WIDTH = 4


class LineEdit(QLineEdit):
    """The bare editor: a wide caret, no menu, no drag. The style sheet gives it its font."""

    focused = Signal()

    def __init__(self, look: Look, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._caret_on = True
        self._blink = QTimer(self)
        self._blink.setInterval(int(look.theme.tokens.raw["motion_ms"]["caret"]))
        self._blink.timeout.connect(self._turn_caret)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setFrame(False)
        self._role = role
        self._weight = 0
        self._set_weight()
        self.textChanged.connect(self._set_weight)
        self.setMinimumHeight(look.theme.line_px(role))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _set_weight(self) -> None:
        """An answer is bold; a hint in its place is not, so it is not taken for one."""
        weight = 700 if self._role is Role.FIELD and self.text() else 500
        if weight != self._weight:
            self._weight = weight
            size = self._look.theme.text_px(self._role)
            self.setStyleSheet(f"font-size: {size}px; font-weight: {weight};")

    def _turn_caret(self) -> None:
        self._caret_on = not self._caret_on
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the caret at once."""
        super().focusInEvent(event)
        self._caret_on = True
        self._blink.start()
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stops the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and a caret wide enough to be found."""
        super().paintEvent(event)
        if self.hasFocus() and self._caret_on:
            theme = self._look.theme
            caret = QRectF(self.cursorRect())
            width = theme.px(CARET_WIDTH)
            middle = min(max(caret.center().x(), width), self.width() - width)
            painter = QPainter(self)
            painter.fillRect(
                QRectF(middle - width / 2, caret.top(), width, caret.height()), theme.colour(Colour.FOCUS)
            )


class _Box(QFrame):
    """The frame the ring goes around."""

    def __init__(self, look: Look, edit: LineEdit) -> None:
        super().__init__()
        self._look = look
        self._edit = edit
        dress(self, Skin.BOX_STRONG)

    @property
    def ring_radius(self) -> int:
        """Corner radius of the frame."""
        return self._look.theme.radius("panel")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere in the frame starts typing."""
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()


class TypedField(QWidget):
    """What ``Field`` and ``SearchField`` share; also what the keyboard types into.

    Signals: ``edited`` (text or caret changed), ``changed(str)`` (text changed),
    ``entered`` (Enter on a keyboard), ``focused`` (typing begins here).
    """

    edited = Signal()
    changed = Signal(str)
    entered = Signal()
    focused = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        hint: str = "",
        role: Role = Role.FIELD,
        caps: Caps = Caps.NONE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._caps = caps
        self.edit = LineEdit(look, role)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)
        self.box = _Box(look, self.edit)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.cursorPositionChanged.connect(self._caret_moved)
        self.edit.returnPressed.connect(self.entered)
        self.edit.focused.connect(self._reveal)
        self.edit.focused.connect(self.focused)
        self.setFocusProxy(self.edit)

    @property
    def caps(self) -> Caps:
        """Which letters become capitals by themselves."""
        return self._caps

    def text(self) -> str:
        """What is typed, as typed."""
        return self.edit.text()

    def set_text(self, words: str) -> None:
        """Replaces everything, caret at the end."""
        self.edit.setText(words)

    def caret(self) -> int:
        """Caret as an index into ``text()``."""
        return self.edit.cursorPosition()

    def retype(self, words: str, caret: int) -> None:
        """Takes a key's result. Nothing is cut: a text beyond the limit is refused whole."""
        if len(words) > self.edit.maxLength():
            return
        # insert() rather than setText(): the edit's own undo and input mask keep working.
        self.edit.selectAll()
        self.edit.insert(words)
        self.edit.setCursorPosition(caret)

    def set_limit(self, letters: int) -> None:
        """Most letters taken."""
        self.edit.setMaxLength(letters)

    def _text_changed(self, words: str) -> None:
        self.changed.emit(words)
        self.edited.emit()

    def _reveal(self) -> None:
        at = self.parentWidget()
        while at is not None and not isinstance(at, ScrollArea):
            at = at.parentWidget()
        if at is not None:
            at.reveal(self)

    def _caret_moved(self, _old: int, _new: int) -> None:
        self.edited.emit()


class Field(TypedField):
    """An answer: frame, *clear* button once filled, error sentence above with the input kept."""

    def __init__(
        self, look: Look, name: str, *, hint: str = "", caps: Caps = Caps.NONE, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, name, hint=hint, caps=caps, parent=parent)
        theme = look.theme
        words = look.words("field.clear")
        self.clear_button = Button(
            look, words, skin=Skin.QUIET, role=Role.BODY, icon=Icon.X, stature=Stature.ROW
        )
        self.clear_button.clicked.connect(self._clear)
        self.clear_button.hide()
        self._error = _ErrorLine(look)
        self._error.hide()
        pad = theme.px(32 if not theme.laptop else 20)
        inside = row(self.box, gap=theme.px(12), margins=(pad, theme.px(12), theme.px(12), theme.px(12)))
        inside.addWidget(self.edit, 1)
        inside.addWidget(self.clear_button)
        self.box.setMinimumHeight(theme.px(126 if not theme.laptop else 72))
        outer = column(self, gap=theme.px(12))
        outer.addWidget(self._error)
        outer.addWidget(self.box)
        self.changed.connect(self._show_clear)

    def show_error(self, sentence: str | None) -> None:
        """Red frame, icon and sentence; ``None`` takes them away. The input stays."""
        self._error.say(sentence or "")
        self._error.setVisible(sentence is not None)
        self.edit.setAccessibleDescription(sentence or "")
        dress(self.box, Skin.BOX_BAD if sentence is not None else Skin.BOX_STRONG)

    def _show_clear(self, words: str) -> None:
        self.clear_button.setVisible(bool(words))

    def _clear(self) -> None:
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class _ErrorLine(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        theme = look.theme
        side = round(theme.text_px(Role.BODY) * 1.3)
        line = row(self, gap=theme.px(16))
        icon = IconView(look, Icon.ALERT_TRIANGLE, side, Colour.BAD)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self._words = Text(look, Role.BODY, "", colour=Colour.ON_BAD, strong=True)
        line.addWidget(self._words, 1)

    def say(self, sentence: str) -> None:
        self._words.say(sentence)


class SearchField(TypedField):
    """Where one searches: glass, text, and *Tìm* (or a keyboard sign while docked).

    Signal ``searched(str)`` on the button and on Enter.
    """

    searched = Signal(str)

    def __init__(self, look: Look, *, hint: str, docked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(look, look.words("search.name"), hint=hint, role=Role.LEAD, parent=parent)
        theme = look.theme
        pad = theme.px((24 if docked else 36) if not theme.laptop else 24)
        glass = round(theme.text_px(Role.TITLE2) * (0.9 if docked else 1.15))
        inside = row(self.box, gap=theme.px(24), margins=(pad, theme.px(10), theme.px(10), theme.px(10)))
        inside.addWidget(IconView(look, Icon.SEARCH, glass, Colour.INK))
        inside.addWidget(self.edit, 1)
        if docked:
            side = round(theme.text_px(Role.TITLE2) * 1.05)
            inside.addWidget(IconView(look, Icon.KEYBOARD, side, Colour.INK))
            inside.addSpacing(theme.px(16))
        else:
            self.button = Button(
                look, look.words("search.go"), skin=Skin.GO, role=Role.BUTTON, stature=Stature.ROW
            )
            self.button.setMinimumWidth(theme.px(184 if not theme.laptop else 134))
            inside.addWidget(self.button)
            self.button.clicked.connect(self._search)
        height = (96 if docked else 126) if not theme.laptop else (64 if docked else 88)
        self.box.setMinimumHeight(theme.px(height))
        outer = column(self)
        outer.addWidget(self.box)
        self.entered.connect(self._search)

    def _search(self) -> None:
        self.searched.emit(self.text())
