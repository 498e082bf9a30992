"""A field of several lines, for addresses and whatever people want to say."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from kiosk.typing_vi import Caps
from ui.icons import Icon
from ui.look import Look
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role
from ui.widgets.button import Button, Stature
from ui.widgets.field import CARET_WIDTH
from ui.widgets.layout import column, row


class _Editor(QPlainTextEdit):
    """The bare editor: wraps, a wide caret, no menu. Enter and Tab leave it, they type nothing."""

    entered = Signal()
    focused = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._caret_on = True
        self._blink = QTimer(self)
        self._blink.setInterval(int(look.theme.tokens.raw["motion_ms"]["caret"]))
        self._blink.timeout.connect(self._turn_caret)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(0)
        theme = look.theme
        self.setStyleSheet(
            f"background: transparent; border: none; font-size: {theme.text_px(Role.LEAD)}px;"
            f" font-weight: 700; color: {theme.hex(Colour.INK)};"
        )
        self.document().setDocumentMargin(0)

    def _turn_caret(self) -> None:
        self._caret_on = not self._caret_on
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, as on every other question."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

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
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and a caret wide enough to be found."""
        super().paintEvent(event)
        if self.hasFocus() and self._caret_on:
            theme = self._look.theme
            at = QRectF(self.cursorRect())
            width = theme.px(CARET_WIDTH)
            left = min(max(at.left(), 0.0), self.viewport().width() - width)
            painter = QPainter(self.viewport())
            painter.fillRect(QRectF(left, at.top(), width, at.height()), theme.colour(Colour.FOCUS))


class _LongBox(QFrame):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        dress(self, Skin.BOX_STRONG)

    @property
    def ring_radius(self) -> int:
        """Corner radius of the frame."""
        return self._look.theme.radius("panel")


class LongField(QWidget):
    """Like ``Field``, in ``lines`` lines. The text never holds a line break."""

    edited = Signal()
    changed = Signal(str)
    entered = Signal()
    focused = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        caps: Caps = Caps.NONE,
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        self._caps = caps
        self._limit = 5000
        self.editor = _Editor(look)
        self.editor.setAccessibleName(name)
        shown = lines if not theme.laptop else min(lines, 2)
        self.editor.setFixedHeight(round(theme.text_px(Role.LEAD) * 1.3 * shown) + theme.px(6))
        self.box = _LongBox(look)
        side = theme.px(28 if not theme.laptop else 18)
        inside = row(self.box, gap=theme.px(12), margins=(side, theme.px(12), theme.px(12), theme.px(12)))
        inside.addWidget(self.editor, 1)
        self.clear_button = Button(
            look, look.words("field.clear"), skin=Skin.QUIET, role=Role.BODY, icon=Icon.X, stature=Stature.ROW
        )
        self.clear_button.hide()
        inside.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignTop)
        column(self).addWidget(self.box)
        self.setFocusProxy(self.editor)
        self.clear_button.clicked.connect(self._clear)
        self.editor.textChanged.connect(self._text_changed)
        self.editor.cursorPositionChanged.connect(self.edited)
        self.editor.entered.connect(self.entered)
        self.editor.focused.connect(self.focused)

    @property
    def caps(self) -> Caps:
        """Which letters become capitals by themselves."""
        return self._caps

    def text(self) -> str:
        """What is typed; a pasted line break is a blank."""
        return self.editor.toPlainText().replace("\n", " ")

    def set_text(self, words: str) -> None:
        """Replaces everything, caret at the end."""
        self.editor.setPlainText(words.replace("\n", " "))
        self.editor.moveCursor(QTextCursor.MoveOperation.End)

    def caret(self) -> int:
        """Caret as an index into ``text()``."""
        return self.editor.textCursor().position()

    def retype(self, words: str, caret: int) -> None:
        """Takes a key's result. Nothing is cut: a text beyond the limit is refused whole."""
        if len(words) > self._limit:
            return
        cursor = self.editor.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        cursor.setPosition(caret)
        self.editor.setTextCursor(cursor)
        self.editor.ensureCursorVisible()

    def set_limit(self, letters: int) -> None:
        """Most letters taken from keys."""
        self._limit = letters

    def _text_changed(self) -> None:
        words = self.text()
        self.clear_button.setVisible(bool(words))
        self.changed.emit(words)
        self.edited.emit()

    def _clear(self) -> None:
        self.editor.clear()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
