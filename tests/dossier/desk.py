"""The shipped forms at hand, and a person who fills one in on the question pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from kiosk.catalogue.loader import load_forms, load_procedures, read_form
from kiosk.catalogue.model import FieldKind, Form, Json, Procedure
from kiosk.catalogue.reader import load_object
from kiosk.catalogue.units import Units
from kiosk.dossier import route
from kiosk.dossier.application import Attachment, attachment
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import QUESTION_PAGES, Page, Stop
from kiosk.dossier.session import initial, step
from kiosk.dossier.session_effects import Effect
from kiosk.dossier.session_state import (
    Answered,
    Begun,
    Delays,
    DossierStarted,
    Event,
    Machine,
    NoticeRead,
    PaperAsked,
    PaperRead,
    PapersDone,
    ProcedureChosen,
    State,
)
from kiosk.identifiers import new_dossier_id
from kiosk.ports import SavedDossier
from kiosk.resources import asset

PDF = b"%PDF-1.4\n%%EOF\n"
BIRTH = "1.001193"
STAY = "1.004194"
TODAY = date(2026, 11, 23)
DELAYS = Delays()
SECRET = "0123456789ABCDEFGHJKMN5N"


@cache
def units() -> Units:
    return Units(asset("catalogue", "units.json"))


@cache
def people() -> Form:
    return read_form(load_object(asset("catalogue", "people.json")), "people.json")


@cache
def procedures() -> dict[str, Procedure]:
    return {item.code: item for item in load_procedures(asset("catalogue", "procedures"))}


@cache
def forms() -> dict[str, Form]:
    return {item.id: item for item in load_forms(asset("catalogue", "forms"))}


def new_draft(code: str = BIRTH) -> Draft:
    """A dossier just started, as the procedure page makes it."""
    procedure = procedures()[code]
    assert procedure.form_id is not None
    return Draft(
        dossier_id=new_dossier_id(),
        procedure=procedure,
        form=forms()[procedure.form_id],
        people=people(),
        unit="00901",
        notice_version="2026-11-1",
        today=TODAY,
        units=units(),
    )


def paper(component: str, data: bytes = PDF) -> Attachment:
    return attachment(component, "scan.pdf", data)


def saved(dossier_id: str) -> SavedDossier:
    return SavedDossier(
        dossier_id=dossier_id,
        receipt="TQ27-01-000142-51",
        created_at="2026-11-23T09:58:00+07:00",
        lookup_id="0" * 32,
        secret=SECRET,
        public_qr="MCK1:TEST",
        papers=(),
        warnings=(),
    )


@dataclass
class Kiosk:
    """The session machine with somebody in front of it; keeps every effect."""

    state: State = field(default_factory=lambda: initial(Machine()))
    effects: list[Effect] = field(default_factory=list)

    def do(self, *events: Event) -> Kiosk:
        for event in events:
            self.state, effects = step(self.state, event, DELAYS)
            self.effects += effects
        return self

    @property
    def page(self) -> Page:
        return self.state.page

    @property
    def draft(self) -> Draft:
        assert self.state.visit.draft is not None
        return self.state.visit.draft

    @property
    def stop(self) -> Stop:
        assert self.state.visit.at is not None
        return self.state.visit.at

    def all(self, kind: type[Effect]) -> list[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def start(self, code: str = BIRTH) -> Kiosk:
        return self.do(Begun(), ProcedureChosen(code), DossierStarted(new_draft(code)))

    def say(self, typed: Json) -> Kiosk:
        """Answer the question shown."""
        return self.do(Answered(self.stop, typed))

    def fill(self, until: Page | None = None, **own: Json) -> Kiosk:
        """Answer everything up to the page after the questions; ``own`` before the shipped examples."""
        if self.page is Page.NOTICE:
            self.do(NoticeRead())
        while self.page in QUESTION_PAGES and self.page is not until:
            self.say(own.get(self.stop.name or "", example(self.draft, self.stop)))
            assert not self.state.visit.problems, self.state.visit.problems
        return self

    def attach_all(self) -> Kiosk:
        for component in self.draft.missing():
            self.do(PaperAsked(component.id))
            self.do(PaperRead(self.state.ticket, paper(component.id)))
        return self

    def to_check(self, code: str = BIRTH, **own: Json) -> Kiosk:
        self.start(code).fill(**own).attach_all()
        return self.do(PapersDone()) if self.page is Page.PAPERS else self


def example(draft: Draft, stop: Stop) -> Json:
    """What the records' own examples answer, else something that fits."""
    if stop == route.CASE:
        return draft.form.example_case or draft.procedure.cases[0].id
    asked = route.question(draft, stop)
    examples = draft.form.example if stop.page is Page.QUESTION else draft.people.example
    if asked.name in examples:
        return examples[asked.name]
    if asked.kind is FieldKind.CHOICE:
        return asked.options[0].value
    return False if asked.kind is FieldKind.YES_NO else asked.example
