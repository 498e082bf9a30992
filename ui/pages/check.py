"""Everything once more before it is sent: what is missing on top, each answer with *Thay đổi*."""

from __future__ import annotations

from kiosk.catalogue.model import Section
from kiosk.dossier import route
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.session_state import ChangePressed, State, SubmitPressed
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages.answers import answer_words, size_words
from ui.pages.list_row import ListRow
from ui.pages.sheet_page import Notice, SheetPage, clear, failure_words, thread_of
from ui.theme import Colour, Role
from ui.widgets.button import GoButton
from ui.widgets.dock import Dock
from ui.widgets.layout import column
from ui.widgets.panel import FactRow, SectionHead
from ui.widgets.rows import SummaryRow
from ui.widgets.text import Text


class CheckPage(SheetPage):
    """Summary rows by section, papers and where it goes. *Lưu và gửi hồ sơ* in the dock."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        words = look.words
        self.setAccessibleName(words("check.title"))
        draft = self._draft()
        self._stop_of: dict[object, Stop] = {}
        self.rows: list[SummaryRow] = []
        self.problem_rows: list[ListRow] = []
        self.body.addWidget(thread_of(look, draft, route.CHECK))
        heads = column(gap=look.theme.px(6))
        heads.addWidget(Text(look, Role.TITLE1, words("check.title")))
        lead = words("check.lead", procedure=draft.procedure.name, unit=self._unit_words(draft))
        heads.addWidget(Text(look, Role.LEAD, lead))
        self.body.addLayout(heads)
        self._top = column(gap=look.theme.px(16))
        self.body.addLayout(self._top)
        self._add_sections(draft)
        self._add_papers(draft)
        self._add_way(draft)
        self.body.addStretch(1)
        self.go_button = GoButton(look, words("check.go"), Icon.SEND)
        self.go_button.clicked.connect(self._submit)
        self.below(Dock(look, [self.go_button], sentence=words("check.dock")))
        self._show_top()

    def _draft(self) -> Draft:
        draft = self.state.visit.draft
        assert draft is not None
        return draft

    def _unit_words(self, draft: Draft) -> str:
        units = self.library.catalogue.units
        unit = units.get(draft.unit)
        return units.label(unit) if unit is not None else draft.unit

    # -- what is wrong

    def show_state(self, state: State) -> None:
        """Sending was refused for what is missing, or failed: said on top, brought to view."""
        before = self.state.visit
        super().show_state(state)
        if before.problems is not state.visit.problems or before.failure is not state.visit.failure:
            self._show_top()
            self.paper.verticalScrollBar().setValue(0)

    def _show_top(self) -> None:
        clear(self._top)
        self.problem_rows = []
        words, visit = self.look.words, self.state.visit
        if visit.failure is not None:
            self._top.addWidget(Notice(self.look, failure_words(words, visit.failure, "check")))
        problems = route.problems(self._draft())
        if not problems:
            return
        box = Notice(self.look, words("check.problems", count=len(problems)))
        for problem in problems:
            row = self._problem_row(problem)
            box.box.addWidget(row)
            self.problem_rows.append(row)
            self._stop_of[row] = problem.stop
            row.clicked.connect(self._change)
        self._top.addWidget(box)

    def _problem_row(self, problem: route.Problem) -> ListRow:
        words = self.look.words
        if problem.component is not None:
            return ListRow(self.look, Icon.FILE_X, problem.component.name, words("check.paper_missing"))
        asked = route.question(self._draft(), problem.stop)
        language = words.language.value
        sentence = problem.finding.sentence(language) if problem.finding is not None else ""
        return ListRow(self.look, Icon.PENCIL, asked.label, sentence)

    # -- what was answered

    def _add_sections(self, draft: Draft) -> None:
        """Sections of the form first, as people think of the matter before themselves."""
        sections = route.sections(draft)
        ordered = [pair for pair in sections if pair[0] in (Page.CASE, Page.QUESTION)]
        ordered += [pair for pair in sections if pair[0] not in (Page.CASE, Page.QUESTION)]
        title = None
        for page, section in ordered:
            if section.title != title:
                self._head(section.title)
            title = section.title
            self._add_rows(draft, page, section)

    def _add_rows(self, draft: Draft, page: Page, section: Section) -> None:
        for asked in section.questions:
            stop = Stop(page, asked.name)
            value = draft.shown(stop)
            words = answer_words(self.look.words, self.library.catalogue.units, asked, value)
            self._row(asked.label, words, stop)
            self._add_warning(draft, stop)

    def _add_warning(self, draft: Draft, stop: Stop) -> None:
        """What is odd keeps nobody from going on, but is said where it can still be mended."""
        value = draft.shown(stop)
        if value is None:
            return
        _, finding = route.judge(draft, stop, value)
        if finding is not None and finding.warning:
            sentence = finding.sentence(self.look.words.language.value)
            warning = FactRow(
                self.look,
                Icon.INFO_CIRCLE,
                sentence,
                role=Role.CAPTION,
                colour=Colour.ON_WARN,
                icon_colour=Colour.WARN,
            )
            self.body.addWidget(warning)

    def _head(self, title: str) -> None:
        self.body.addSpacing(self.look.theme.px(16 if not self.look.theme.laptop else 4))
        self.body.addWidget(SectionHead(self.look, title))

    def _row(self, label: str, value: str, stop: Stop | None) -> None:
        row = SummaryRow(self.look, label, value, editable=stop is not None)
        if stop is not None:
            self._stop_of[row] = stop
            row.change.connect(self._change)
        self.rows.append(row)
        self.body.addWidget(row)

    def _add_papers(self, draft: Draft) -> None:
        words = self.look.words
        if not draft.components():
            return
        self._head(words("step.papers"))
        for component in draft.components():
            paper = draft.attachment(component.id)
            if paper is not None:
                value = words("papers.file", name=paper.name, size=size_words(len(paper.data)))
            else:
                value = words("papers.missing" if component.required else "check.not_sent")
            self._row(component.name, value, route.PAPERS)

    def _add_way(self, draft: Draft) -> None:
        words = self.look.words
        self._head(words("check.way"))
        self._row(words("check.procedure"), draft.procedure.name, None)
        self._row(words("check.unit"), self._unit_words(draft), None)

    # -- acting

    def _change(self) -> None:
        stop = self._stop_of.get(self.sender())
        if stop is not None:
            self.act(ChangePressed(stop))

    def _submit(self) -> None:
        self.act(SubmitPressed())
