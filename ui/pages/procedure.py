"""One procedure: what to bring, how long, what it costs, where; then the way to a dossier or to a desk."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.catalogue.model import Case, Component, Procedure, Verified
from kiosk.dossier.draft import Draft
from kiosk.dossier.session_state import DossierStarted, State
from kiosk.identifiers import new_dossier_id
from ui.icons import Icon
from ui.library import Library
from ui.look import Look
from ui.pages import facts
from ui.pages.base import PageView
from ui.pages.paper import lay_sheet
from ui.pages.sheet_page import failure_words
from ui.stylesheet import Skin
from ui.theme import Colour, Role
from ui.widgets.button import GoButton
from ui.widgets.choice import Choice, ChoiceList
from ui.widgets.dock import Dock
from ui.widgets.layout import column, row
from ui.widgets.panel import FactRow, FlatPanel, FramedPanel, Hairline
from ui.widgets.paper import PaperView
from ui.widgets.text import Text

_SHORT_NAME = 45  # letters on two lines of the largest title


class ProcedurePage(PageView):
    """The case chosen here only changes what the panel shows; the dossier asks for it again."""

    def __init__(self, look: Look, library: Library, state: State) -> None:
        super().__init__(look, library, state)
        procedure = library.catalogue.procedure(state.visit.procedure or "")
        assert procedure is not None
        self._procedure: Procedure = procedure
        self._case = procedure.cases[0].id if procedure.cases else None
        self.setAccessibleName(procedure.name)
        self._sheet = lay_sheet(look, self, gap=20, top=24)
        self._write_head()
        self._panel = self._bring_panel()
        self._sheet.body.addWidget(self._panel)
        self._sheet.body.addWidget(self._facts_grid())
        self._write_cases()
        self._write_steps()
        self._write_foot()
        self._sheet.body.addStretch(1)
        self._dock: Dock | None = None
        self._lay_dock(state)

    def show_state(self, state: State) -> None:
        """The start was refused: the reason stands over the button."""
        failed = state.visit.failure != self.state.visit.failure
        super().show_state(state)
        if failed:
            self._lay_dock(state)

    # -- head and papers

    def _write_head(self) -> None:
        look, procedure = self.look, self._procedure
        head = column(gap=look.theme.px(4))
        name = facts.shortened(procedure.name, facts.MOST_TITLE)
        head.addWidget(Text(look, _title_role(name), name))
        role = Role.LEAD if not look.theme.laptop else Role.BODY
        head.addWidget(Text(look, role, procedure.summary or look.words("procedure.no_summary")))
        self._sheet.body.addLayout(head)

    def _bring_panel(self) -> FramedPanel:
        look, words, procedure = self.look, self.look.words, self._procedure
        panel = FramedPanel(look, words("procedure.bring"))
        case = next((one for one in procedure.cases if one.id == self._case), None)
        if case is not None:
            panel.body.addWidget(Text(look, Role.CAPTION, words("procedure.in_case", case=case.label)))
        papers = (*facts.to_bring(procedure, self._case), *facts.machine_made(procedure))
        rows: list[QWidget] = [self._paper(one) for one in papers]
        if not procedure.components:
            rows.append(FactRow(look, Icon.INFO_CIRCLE, words("fact.papers_unknown"), role=Role.LEAD))
        elif not rows and not facts.perhaps(procedure, self._case):
            rows.append(FactRow(look, Icon.CHECK, words("procedure.bring_nothing"), role=Role.LEAD))
        for number, line in enumerate(rows):
            if number:
                panel.body.addWidget(Hairline(look))
            panel.body.addWidget(line)
        self._add_perhaps(panel)
        return panel

    def _paper(self, component: Component) -> QWidget:
        look = self.look
        line = QWidget()
        beside = row(line, gap=look.theme.px(32 if not look.theme.laptop else 20))
        beside.addWidget(PaperView(look, facts.paper_kind(component)))
        both = column()
        both.addStretch(1)
        both.addWidget(Text(look, Role.TITLE3, component.name))
        both.addWidget(Text(look, Role.CAPTION, facts.paper_sentence(look.words, component)))
        both.addStretch(1)
        beside.addLayout(both, 1)
        return line

    def _add_perhaps(self, panel: FramedPanel) -> None:
        others = facts.perhaps(self._procedure, self._case)
        if not others:
            return
        if len(others) < len(self._procedure.components):
            panel.body.addWidget(Hairline(self.look))
        panel.body.addWidget(Text(self.look, Role.BODY, self.look.words("procedure.perhaps"), strong=True))
        for one in others:
            sentence = " ".join(part for part in (one.obtain, one.look) if part)
            words = f"**{one.name}.** {sentence}" if sentence else one.name
            panel.body.addWidget(FactRow(self.look, Icon.FILE_TEXT, words, role=Role.CAPTION))

    # -- facts

    def _facts_grid(self) -> QWidget:
        look, words, procedure = self.look, self.look.words, self._procedure
        unknown = words("fact.unknown")
        time, more = facts.split_sentence(procedure.time)
        fee, fee_more = facts.long_fee(words, procedure.fee)
        cells = [
            FactRow(look, Icon.CLOCK, more, head=time or words("procedure.time_unknown")),
            FactRow(look, Icon.CASH_BANKNOTE, fee_more, head=fee),
            FactRow(look, Icon.MAP_PIN, procedure.where or unknown, head=words("procedure.where")),
            FactRow(look, Icon.CERTIFICATE, procedure.result or unknown, head=words("procedure.result")),
        ]
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.space("gutter"))
        grid.setVerticalSpacing(look.theme.px(16))
        columns = 1 if look.theme.card_columns == 2 else 2
        for number, cell in enumerate(cells):
            grid.addWidget(cell, number // columns, number % columns)
        for at in range(columns):
            grid.setColumnStretch(at, 1)
        return box

    # -- cases and steps

    def _write_cases(self) -> None:
        cases = self._procedure.cases
        if len(cases) < 2:
            return
        self._sheet.body.addWidget(Text(self.look, Role.TITLE3, self.look.words("procedure.cases")))
        self.cases = ChoiceList(self.look, [_choice(case) for case in cases], chosen=self._case)
        self.cases.picked.connect(self._pick_case)
        self._sheet.body.addWidget(self.cases)

    def _pick_case(self, choice: Choice) -> None:
        """The panel follows, and comes into view."""
        self._case = choice.value
        old, self._panel = self._panel, self._bring_panel()
        self._sheet.body.replaceWidget(old, self._panel)
        old.hide()
        old.deleteLater()
        self._sheet.area.verticalScrollBar().setValue(0)

    def _write_steps(self) -> None:
        if not self._procedure.steps:
            return
        panel = FlatPanel(self.look, self.look.words("procedure.steps"))
        for number, step in enumerate(self._procedure.steps, start=1):
            line = row(gap=self.look.theme.px(20))
            count = Text(self.look, Role.BODY, f"{number}.", wrap=False, strong=True)
            count.setFixedWidth(self.look.theme.text_px(Role.BODY) * 3 // 2)
            line.addWidget(count)
            line.addWidget(Text(self.look, Role.BODY, step), 1)
            panel.body.addLayout(line)
        self._sheet.body.addWidget(panel)

    def _write_foot(self) -> None:
        look, words, procedure = self.look, self.look.words, self._procedure
        if not facts.sends_here(procedure):
            panel = FlatPanel(look, words("procedure.desk_title"), skin=Skin.TINTED)
            where = procedure.where or words("procedure.desk_ask")
            panel.body.addWidget(FactRow(look, Icon.BUILDING_COMMUNITY, where))
            panel.body.addWidget(Text(look, Role.BODY, words("procedure.desk_why")))
            self._sheet.body.addWidget(panel)
        updated = f"{procedure.updated:%d/%m/%Y}" if procedure.updated else words("fact.unknown")
        source = words("procedure.updated", date=updated, code=procedure.code)
        if procedure.verified is Verified.UNVERIFIED:
            source = f"{source} {words('procedure.unverified')}"
        if len(procedure.name) > facts.MOST_TITLE:
            source = f"{procedure.name}. {source}"
        self._sheet.body.addWidget(Text(look, Role.CAPTION, source, colour=Colour.INK_SOFT))

    # -- the way on

    def _lay_dock(self, state: State) -> None:
        if not facts.sends_here(self._procedure):
            return
        failure = state.visit.failure
        reason = failure_words(self.look.words, failure, "procedure") if failure else ""
        draft = state.visit.draft
        begun = draft is not None and draft.procedure.code == self._procedure.code
        self.go_button = GoButton(
            self.look, self.look.words("procedure.go_on" if begun else "procedure.start")
        )
        self.go_button.clicked.connect(self._start)
        old, self._dock = (
            self._dock,
            Dock(self.look, [self.go_button], sentence=reason),
        )
        self._sheet.foot.addWidget(self._dock)
        if old is not None:
            self._sheet.foot.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _start(self) -> None:
        """The dossier's id is minted here, once: a retry is the same dossier."""
        catalogue, library = self.library.catalogue, self.library
        form = catalogue.form(self._procedure)
        assert form is not None
        self.act(
            DossierStarted(
                Draft(
                    dossier_id=new_dossier_id(),
                    procedure=self._procedure,
                    form=form,
                    people=catalogue.people(),
                    unit=library.tuning.unit,
                    notice_version=catalogue.notice().version,
                    today=library.now().date(),
                    units=catalogue.units,
                )
            )
        )


def _title_role(name: str) -> Role:
    """Official names run long, and what to bring must still be seen."""
    if len(name) <= _SHORT_NAME:
        return Role.TITLE1
    return Role.TITLE2 if len(name) <= 2 * _SHORT_NAME else Role.TITLE3


def _choice(case: Case) -> Choice:
    return Choice(case.id, case.label, case.hint or "")
