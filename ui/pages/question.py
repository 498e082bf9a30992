"""One question on one page: of the form, of the people, or of the case."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.catalogue.model import Json, Verified
from kiosk.dossier import route
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page
from kiosk.dossier.session_state import Answered, State
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.inputs.make import input_for
from ui.pages.sheet_page import Notice, SheetPage, note_row, thread_of
from ui.stylesheet import Skin, dress
from ui.theme import Colour, Role
from ui.widgets.button import GoButton, SecondButton
from ui.widgets.dock import Dock
from ui.widgets.keyboard import Keyboard, Pad, TypingTarget
from ui.widgets.layout import column
from ui.widgets.text import Text


class QuestionPage(SheetPage):
    """Title, hint, example, field, *Tiếp tục* above the keyboard; what is wrong above and at the field."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        draft, stop = state.visit.draft, state.visit.at
        assert draft is not None and stop is not None
        self.stop = stop
        self.question = route.question(draft, stop)
        self._keyboard: Keyboard | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._reveal)
        self.setAccessibleName(self.question.question)
        self._ask(draft)
        self.input = input_for(look, library, self.question)
        self.input.put(draft.shown(stop))
        self._untouched = self.input.value()
        self.body.addSpacing(look.theme.px(24 if not look.theme.laptop else 4))
        self.body.addWidget(self.input)
        self._help = Text(look, Role.CAPTION, "", colour=Colour.INK_SOFT)
        self.body.addWidget(self._help)
        self._remarks: list[QWidget] = []
        self._add_remarks(draft)
        self.body.addStretch(1)
        self._pin_buttons()
        self.input.typing.connect(self._show_keys)
        self.input.entered.connect(self._go_on)
        self._show_fault()

    def _ask(self, draft: Draft) -> None:
        words, asked = self.look.words, self.question
        self._thread = thread_of(self.look, draft, self.stop)
        self.body.addWidget(self._thread)
        self._notices = column()
        self.body.addLayout(self._notices)
        self._notice: Notice | None = None
        heads = column(gap=self.look.theme.px(6 if not self.look.theme.laptop else 2))
        heads.addWidget(Text(self.look, Role.CAPTION, self._standing(draft), colour=Colour.INK_SOFT))
        heads.addWidget(Text(self.look, Role.TITLE1, asked.question))
        if asked.hint:
            heads.addWidget(Text(self.look, Role.LEAD, asked.hint, colour=Colour.INK_SOFT))
        if asked.example:
            example = words("question.example", example=asked.example)
            heads.addWidget(Text(self.look, Role.LEAD, example, colour=Colour.INK_SOFT))
        self.body.addLayout(heads)

    def _standing(self, draft: Draft) -> str:
        at = route.standing(draft, self.stop)
        about = at.section.title[:1].lower() + at.section.title[1:]
        if at.total == 1:
            return at.section.title
        return self.look.words("question.standing", number=at.number, total=at.total, about=about)

    def _add_remarks(self, draft: Draft) -> None:
        """Which paper asks this, and whether anybody has held the question against the law yet."""
        words, asked = self.look.words, self.question
        if self.stop.page is not Page.QUESTION:
            return
        papers = {component.id: component.name for component in draft.procedure.components}
        if asked.paper in papers:
            remark = words("question.paper", paper=papers[asked.paper])
            self._remarks.append(note_row(self.look, remark, Icon.FILE_TEXT))
        if asked.verified is Verified.UNVERIFIED:
            self._remarks.append(note_row(self.look, words("question.unverified")))
        for row in self._remarks:
            self.body.addWidget(row)

    def _pin_buttons(self) -> None:
        words = self.look.words
        self.go_button = GoButton(self.look, words("question.go"))
        self.go_button.clicked.connect(self._go_on)
        buttons: list[QWidget] = [self.go_button]
        self.skip_button: SecondButton | None = None
        if not self.question.required:
            self.skip_button = SecondButton(self.look, words("question.skip"))
            self.skip_button.clicked.connect(self._skip)
            buttons.insert(0, self.skip_button)
        self._dock = Dock(self.look, buttons, shares=(2, 3) if self.skip_button else ())
        self.below(self._dock)

    # -- acting

    def _go_on(self) -> None:
        self.act(Answered(self.stop, self.input.value()))

    def _skip(self) -> None:
        self.act(Answered(self.stop, None))

    def typed(self) -> Json:
        """What was put in by hand; None while nothing was changed."""
        value = self.input.value()
        return None if value == self._untouched else value

    def put_back(self, typed: Json) -> None:
        """The input again after the look was changed."""
        if typed is not None:
            self.input.put(typed)

    # -- following

    def show_state(self, state: State) -> None:
        """Says what was wrong with the answer; the input is left alone."""
        news = state.visit.problems is not self.state.visit.problems
        super().show_state(state)
        if news:
            self._show_fault()

    def _show_fault(self) -> None:
        here = [problem for problem in self.state.visit.problems if problem.stop == self.stop]
        finding = here[0].finding if here else None
        sentence = finding.sentence(self.look.words.language.value) if finding is not None else None
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
        self.input.show_fault(sentence)
        if sentence is not None:
            self._notice = Notice(self.look, sentence)
            self._notices.addWidget(self._notice)
            self.input.begin()
        self._help.setVisible(sentence is None and bool(self.input.helps_typing))
        for row in self._remarks:
            row.setVisible(sentence is None)
        self._later.start()

    # -- keys

    def showEvent(self, event: QShowEvent) -> None:
        """Answering begins at once."""
        super().showEvent(event)
        self.input.begin()
        self._later.start()

    def _show_keys(self, target: TypingTarget | None, pad: Pad | None) -> None:
        """Brings the keyboard up for a field, takes it away where cards are touched."""
        helps = self.input.helps_typing
        self._help.say(self.look.words(helps) if helps else "")
        self._help.setVisible(bool(helps) and self._notice is None)
        if target is None or pad is None:
            if self._keyboard is not None:
                self._keyboard.hide()
        else:
            keyboard = self._keys(pad)
            if not (keyboard.pad is Pad.SIGNS and pad is Pad.LETTERS):
                keyboard.show_pad(pad)
            keyboard.set_target(target)
            keyboard.show()
        self._arrange()

    def _keys(self, pad: Pad) -> Keyboard:
        if self._keyboard is None:
            self._keyboard = Keyboard(self.look, pad)
            self._keyboard.hide_wanted.connect(self._hide_keys)
            self.below(self._keyboard)
        return self._keyboard

    def _hide_keys(self) -> None:
        if self._keyboard is not None:
            self._keyboard.hide()
        self._arrange()

    def _arrange(self) -> None:
        """With keys the button stands on the paper above them, else in the dock."""
        keys = self._keyboard is not None and not self._keyboard.isHidden()
        dress(self._dock, Skin.PAGE if keys else Skin.DOCK)
        self._thread.setVisible(not (keys and self.look.theme.laptop))  # low screens: the field first
        self._later.start()

    def _reveal(self) -> None:
        """Scrolls no further than it takes to see the whole input, and never past where typing stands."""
        if self._keyboard is None or self._keyboard.isHidden():
            return
        view, bar = self.paper.viewport(), self.paper.verticalScrollBar()
        content = self.body.parentWidget()
        assert content is not None
        anchor, edge = self.input.anchor, self.look.theme.px(16)
        top = anchor.mapTo(content, QPoint(0, 0)).y() - edge
        bottom = self.input.mapTo(content, QPoint(0, self.input.height())).y() + edge
        bar.setValue(max(0, min(bottom - view.height(), top)))
