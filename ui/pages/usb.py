"""Choosing a file: sticks, folders, papers, and one clear sentence for whatever goes wrong."""

from __future__ import annotations

from kiosk.devices.source import Entry, EntryKind, Listing, Place, Stick
from kiosk.dossier.packet import MAX_PAPER, MB
from kiosk.dossier.session_state import FileChosen, Picker, PlaceOpened, State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.answers import size_words
from ui.pages.list_row import ListRow
from ui.pages.sheet_page import Notice, SheetPage, clear, failure_words, note_row
from ui.theme import Role
from ui.widgets.button import Button, GoButton, SecondButton
from ui.widgets.dock import Dock
from ui.widgets.layout import column
from ui.widgets.panel import FactRow
from ui.widgets.text import CENTRE, Text
from ui.widgets.tile import IconTile

_TILE = 248


class UsbPage(SheetPage):
    """Everything is drawn anew from the picker: nothing chosen, waiting, none, sticks, or a folder."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words = look.words
        self.setAccessibleName(words("usb.title", paper=self._paper_name()))
        heads = column(gap=look.theme.px(6))
        heads.addWidget(Text(look, Role.CAPTION, words("usb.lead")))
        heads.addWidget(Text(look, Role.TITLE1, self._paper_name()))
        self.body.addLayout(heads)
        self._fill = column(gap=look.theme.px(16 if not look.theme.laptop else 10))
        self.body.addLayout(self._fill)
        self.body.addStretch(1)
        self.again_button: Button | None = None
        self._dock = column()
        self._foot.addLayout(self._dock)
        self.rows: list[ListRow] = []
        self._entries: dict[ListRow, Entry] = {}
        self._places: dict[ListRow, Place] = {}
        self._show()

    def show_state(self, state: State) -> None:
        """A listing came, or the stick went."""
        before = self.state.visit
        super().show_state(state)
        now = state.visit
        same = (before.picker is now.picker, before.failure is now.failure, before.waiting is now.waiting)
        if not all(same):
            self._show()

    def _picker(self) -> Picker:
        picker = self.state.visit.picker
        assert picker is not None
        return picker

    def _paper_name(self) -> str:
        draft = self.state.visit.draft
        assert draft is not None
        names = {component.id: component.name for component in draft.procedure.components}
        return names.get(self._picker().component, "")

    def _show(self, fault: str | None = None) -> None:
        clear(self._fill)
        self.rows, self._entries, self._places = [], {}, {}
        words, visit, picker = self.look.words, self.state.visit, self._picker()
        if visit.failure is not None:
            fault = failure_words(words, visit.failure, "usb")
        if fault is not None:
            self._fill.addWidget(Notice(self.look, fault))
        if visit.waiting:
            self._show_waiting(words("usb.reading" if picker.listing else "usb.looking"))
        elif picker.listing is not None:
            self._show_listing(picker.listing)
        elif picker.sticks:
            self._show_sticks(picker.sticks)
        else:
            self._show_none()
        self._show_dock()

    def _show_dock(self) -> None:
        """Yellow only where looking again is the next right step."""
        clear(self._dock)
        self.again_button = None
        visit, words, picker = self.state.visit, self.look.words, self._picker()
        if visit.waiting:
            return
        if picker.listing is None and not picker.sticks:
            again: Button = GoButton(self.look, words("usb.again"), Icon.REFRESH, icon_after=False)
        else:
            again = SecondButton(self.look, words("usb.other"), Icon.REFRESH)
        again.clicked.connect(self._look_again)
        self.again_button = again
        self._dock.addWidget(Dock(self.look, [again]))

    def _show_waiting(self, sentence: str) -> None:
        self._picture(Icon.HOURGLASS)
        self._fill.addWidget(Text(self.look, Role.TITLE2, sentence, align=CENTRE))

    def _show_none(self) -> None:
        words = self.look.words
        self._picture(Icon.USB)
        self._fill.addWidget(Text(self.look, Role.TITLE2, words("usb.none"), align=CENTRE))
        self._fill.addWidget(Text(self.look, Role.LEAD, words("usb.none_how"), align=CENTRE))

    def _picture(self, icon: Icon) -> None:
        side = _TILE if not self.look.theme.laptop else 120
        line = column()
        line.addSpacing(self.look.theme.px(48 if not self.look.theme.laptop else 8))
        line.addWidget(IconTile(self.look, icon, side), 0, CENTRE)
        self._fill.addLayout(line)

    def _show_sticks(self, sticks: tuple[Stick, ...]) -> None:
        self._fill.addWidget(Text(self.look, Role.LEAD, self.look.words("usb.which")))
        for stick in sticks:
            self._add_row(ListRow(self.look, Icon.USB, stick.shown), place=stick.top)

    def _show_listing(self, listing: Listing) -> None:
        words = self.look.words
        if listing.place.above is not None:
            self._fill.addWidget(FactRow(self.look, Icon.FOLDER, listing.shown, role=Role.LEAD))
        if listing.entries:
            self._fill.addWidget(Text(self.look, Role.LEAD, words("usb.choose")))
        else:
            self._fill.addWidget(Text(self.look, Role.TITLE2, words("usb.empty")))
            self._fill.addWidget(Text(self.look, Role.LEAD, words("usb.empty_how")))
        for entry in listing.entries:
            self._add_entry(listing.place, entry)
        if listing.hidden:
            self._fill.addWidget(note_row(self.look, words("usb.hidden", count=listing.hidden)))
        if listing.cut:
            self._fill.addWidget(note_row(self.look, words("usb.cut", count=len(listing.entries))))

    def _add_entry(self, place: Place, entry: Entry) -> None:
        words = self.look.words
        if entry.kind is EntryKind.FOLDER:
            row = ListRow(self.look, Icon.FOLDER, entry.shown, words("usb.folder"))
            self._add_row(row, place=place.inside(entry.name))
            return
        size = size_words(entry.size)
        kind = words("usb.pdf" if entry.media_type == "application/pdf" else "usb.photo")
        icon = Icon.FILE_TEXT if entry.media_type == "application/pdf" else Icon.CAMERA
        note = words("usb.file", kind=kind, size=size)
        if entry.too_large:
            icon, note = Icon.FILE_X, words("usb.too_large", size=size, limit=MAX_PAPER // MB)
        row = ListRow(self.look, icon, entry.shown, note, bad=entry.too_large)
        self._entries[row] = entry
        self._add_row(row, place=place)

    def _add_row(self, row: ListRow, *, place: Place) -> None:
        self._places[row] = place
        self.rows.append(row)
        row.clicked.connect(self._chosen)
        self._fill.addWidget(row)

    def _chosen(self) -> None:
        row = self.sender()
        if not isinstance(row, ListRow):
            return
        entry, place = self._entries.get(row), self._places[row]
        if entry is None:
            self.act(PlaceOpened(place))
        elif entry.too_large:
            limit = MAX_PAPER // MB
            self._show(self.look.words("usb.fail.paper-too-large", limit_mb=limit, component=""))
            self.paper.verticalScrollBar().setValue(0)
        else:
            self.act(FileChosen(place, entry.name))

    def _look_again(self) -> None:
        self.act(PlaceOpened(None))
