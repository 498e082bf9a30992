"""The receipt: number, public QR, the private code on a tap, and what happens next."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.clock import parse
from kiosk.dossier.receipt import RECEIVE_WITHIN
from kiosk.dossier.session_state import EndPressed, HomePressed, SecretToggled, State
from kiosk.paper.qr import qr_matrix
from kiosk.ports import SavedDossier, SyncStatus
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.answers import moment_words, weekday
from ui.pages.sheet_page import SheetPage, note_row
from ui.pages.way import Reached, Way
from ui.stylesheet import Skin
from ui.theme import Colour, Role
from ui.widgets.button import GoButton, SecondButton, Stature
from ui.widgets.code import PrivateCode
from ui.widgets.dock import Dock
from ui.widgets.icon_view import IconView
from ui.widgets.layout import column, row
from ui.widgets.panel import FactRow, FlatPanel, FramedPanel
from ui.widgets.qr import QrView
from ui.widgets.text import Text
from ui.widgets.tile import IconTile

_QR_SIDE = 308
_QR_SIDE_LAPTOP = 224
_TILE = 136


class ReceiptPage(SheetPage):
    """Says only what is true: *saved* at once, *sent* and *received* when the worker's news prove it."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        saved = state.visit.saved
        assert saved is not None
        self.saved: SavedDossier = saved
        self._opened_at: datetime = library.now()
        self._secret_seen = saved.secret is None
        self.setAccessibleName(look.words("receipt.title").replace("\n", " "))
        self.body.setSpacing(look.theme.px(12 if not look.theme.laptop else 8))
        self._add_title()
        self._add_number()
        self._add_secret()
        self._add_next()
        if self._stacked:
            self.body.addLayout(self._qr_place)
        self.body.addStretch(1)
        self.done_button = GoButton(look, look.words("receipt.done"), Icon.CHECK)
        self.done_button.clicked.connect(self._done)
        self.below(Dock(look, [self.done_button]))
        self._follow()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw_qr)
        self._later.start()

    # -- parts

    def _add_title(self) -> None:
        look = self.look
        line = row(gap=look.theme.px(32 if not look.theme.laptop else 16))
        tile = _TILE if not look.theme.laptop else 52
        line.addWidget(IconTile(look, Icon.CHECK, tile, tile=Colour.OK, ink=Colour.SURFACE))
        title = look.words("receipt.title")
        line.addWidget(Text(look, Role.TITLE1, title.replace("\n", " ") if look.theme.laptop else title), 1)
        self.body.addLayout(line)

    def _add_number(self) -> None:
        look, words = self.look, self.look.words
        panel = FramedPanel(look, words("receipt.number"), Role.TITLE3)
        self.number = Text(look, Role.RECEIPT_NUMBER, self.saved.receipt)
        panel.body.addWidget(self.number)
        line = row(gap=look.theme.px(32 if not look.theme.laptop else 20))
        self._qr_place = column()
        self._qr = QrView(look, (), self._qr_side(), words("receipt.qr_name"))
        self._qr_place.addWidget(self._qr)
        if not self._stacked:
            self._qr_place.addStretch(1)
            line.addLayout(self._qr_place)
        line.addWidget(self._facts(), 1)
        panel.body.addLayout(line)
        self.body.addWidget(panel)

    @property
    def _stacked(self) -> bool:
        """With large text the private code comes before the QR, so that nobody leaves without seeing it."""
        return self.look.theme.card_columns == 2 and not self.look.theme.laptop

    def _qr_side(self) -> int:
        return _QR_SIDE_LAPTOP if self.look.theme.laptop else _QR_SIDE

    def _facts(self) -> QWidget:
        look, words = self.look, self.look.words
        box = QWidget()
        lines = column(box, gap=look.theme.px(12))
        code = self.state.visit.procedure
        procedure = self.library.catalogue.procedure(code) if code else None
        if procedure is not None:
            lines.addWidget(Text(look, Role.BODY, procedure.name, strong=True))
        when = moment_words(words, self.saved.created_at)
        for sentence in (words("receipt.saved_at", when=when), words("receipt.not_code")):
            lines.addWidget(Text(look, Role.BODY, sentence))
        lines.addWidget(Text(look, Role.BODY, words("receipt.qr_why")))
        lines.addStretch(1)
        return box

    def _draw_qr(self) -> None:
        """After the page stands: making the code takes longer than a frame."""
        words = self.look.words("receipt.qr_name")
        drawn = QrView(self.look, qr_matrix(self.saved.public_qr), self._qr_side(), words)
        self._qr_place.replaceWidget(self._qr, drawn)
        drawn.show()
        self._qr.deleteLater()
        self._qr = drawn

    def _add_secret(self) -> None:
        look, words = self.look, self.look.words
        if self.saved.secret is None:
            self.body.addWidget(note_row(look, words("receipt.no_secret")))
            self.code: PrivateCode | None = None
            return
        panel = FlatPanel(look, skin=Skin.TINTED, pad=20)
        head = row(gap=look.theme.px(24))
        side = round(look.theme.text_px(Role.TITLE2) * 1.2)
        head.addWidget(IconView(look, Icon.LOCK, side, Colour.INK))
        texts = column(gap=look.theme.px(2))
        texts.addWidget(Text(look, Role.TITLE3, words("receipt.secret")))
        texts.addWidget(Text(look, Role.CAPTION, words("receipt.secret_why")))
        head.addLayout(texts, 1)
        self.secret_button = SecondButton(look, words("receipt.show_secret"), Icon.EYE, stature=Stature.ROW)
        self.secret_button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.secret_button.clicked.connect(self._toggle)
        if not self._stacked:
            head.addWidget(self.secret_button)
        panel.body.addLayout(head)
        self.code = PrivateCode(look, self.saved.secret)
        panel.body.addWidget(self.code)
        if self._stacked:
            panel.body.addWidget(self.secret_button)
        self.body.addWidget(panel)

    def _add_next(self) -> None:
        look, words = self.look, self.look.words
        self.body.addWidget(Text(look, Role.TITLE3, words("receipt.next")))
        self.way = Way(look, Reached.SAVED)
        self.body.addWidget(self.way)
        self.body.addWidget(FactRow(look, Icon.HOURGLASS, words("receipt.clock"), icon_colour=Colour.INK))
        by = parse(self.saved.created_at) + RECEIVE_WITHIN
        phone = self.library.tuning.centre_phone
        key = "receipt.by_phone" if phone else "receipt.by"
        sentence = words(key, weekday=weekday(words, by), date=f"{by:%d/%m}", phone=phone)
        self.body.addWidget(FactRow(look, Icon.CALENDAR, sentence, icon_colour=Colour.INK))

    # -- following

    def show_state(self, state: State) -> None:
        """The private code is shown or hidden again; or the worker has news."""
        super().show_state(state)
        self._follow()

    def _follow(self) -> None:
        shown = self.state.visit.secret_shown
        self._secret_seen = self._secret_seen or shown
        if self.code is not None and self.code.revealed is not shown:
            self.code.reveal(shown)
            self.secret_button.say(self.look.words("receipt.hide_secret" if shown else "receipt.show_secret"))
            if shown:
                self.paper.reveal(self.code)
        reached = self._reached(self.library.sync_status())
        if reached > self.way.reached:
            self.way.show_reached(reached)

    def _reached(self, status: SyncStatus) -> Reached:
        """The status counts this dossier only where its answer came after this page, so after the commit."""
        answered = status.last_answer
        young = answered is not None and parse(answered) > self._opened_at
        return Reached.RECEIVED if young and not status.waiting and not status.parked else Reached.SAVED

    # -- acting

    def _toggle(self) -> None:
        self.act(SecretToggled())

    def _done(self) -> None:
        """Asked about first where the private code was never looked at: it is shown here and never again."""
        self.act(EndPressed() if self._secret_seen else HomePressed())
