"""One dossier while it is made: in memory only, and gone with the wipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.catalogue.forms import holds, required_components, visible_answers
from kiosk.catalogue.model import Component, Form, Json, Procedure
from kiosk.catalogue.units import Units
from kiosk.dossier.application import Application, Attachment, check_attachments
from kiosk.dossier.manifest import Assurance
from kiosk.dossier.pages import PEOPLE_PAGES, Page, Stop
from kiosk.dossier.people import applicant_of, helper_of, submitter_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been filled in so far. The id is minted when it is started, so a retry is the same dossier.

    ``typed`` holds input that is wrong or unfinished, as typed; ``passed`` the stops left by *Tiếp tục*.
    """

    dossier_id: str
    procedure: Procedure
    form: Form
    people: Form
    unit: str
    notice_version: str
    today: date  # when it was begun; what a date must not lie after
    units: Units = field(repr=False)
    consents: tuple[str, ...] = ()
    case: str | None = field(default=None, repr=False)
    people_answers: Mapping[str, Json] = field(default_factory=dict, repr=False)
    answers: Mapping[str, Json] = field(default_factory=dict, repr=False)
    typed: Mapping[Stop, Json] = field(default_factory=dict, repr=False)
    passed: frozenset[Stop] = field(default=frozenset(), repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    assurance: Assurance = Assurance.NONE

    def answer(self, stop: Stop) -> Json:
        """The answer that stands at a stop; None if there is none yet, or none was given."""
        if stop.page is Page.CASE:
            return self.case
        answers = self.people_answers if stop.page in PEOPLE_PAGES else self.answers
        return answers.get(stop.name) if stop.name else None

    def shown(self, stop: Stop) -> Json:
        """What the field of a stop starts with: what was typed and was wrong, else the answer."""
        return self.typed[stop] if stop in self.typed else self.answer(stop)

    def with_answer(self, stop: Stop, value: Json) -> Draft:
        """``value`` None: left out on purpose. Whatever was typed wrong before is forgotten."""
        typed = {at: text for at, text in self.typed.items() if at != stop}
        passed = replace(self, typed=typed, passed=self.passed | {stop})
        if stop.page is Page.CASE:
            return replace(passed, case=value if isinstance(value, str) else None)
        assert stop.name is not None
        if stop.page in PEOPLE_PAGES:
            return replace(passed, people_answers=_with(self.people_answers, stop.name, value))
        return replace(passed, answers=_with(self.answers, stop.name, value))

    def with_typed(self, stop: Stop, typed: Json) -> Draft:
        """Keep input that is wrong or unfinished. No answer stands there until it is mended."""
        cleared = self.with_answer(stop, None)
        return replace(cleared, typed={**cleared.typed, stop: typed}, passed=cleared.passed - {stop})

    def with_passed(self, stop: Stop) -> Draft:
        return replace(self, passed=self.passed | {stop})

    def with_consents(self, consents: tuple[str, ...]) -> Draft:
        return replace(self, consents=consents)

    def with_attachment(self, attachment: Attachment) -> Draft:
        """One file a component: a new one takes the old one's place. KnownError ``dossier-too-large``."""
        others = tuple(paper for paper in self.attachments if paper.component != attachment.component)
        return replace(self, attachments=check_attachments((*others, attachment)))

    def without_attachment(self, component: str) -> Draft:
        others = tuple(paper for paper in self.attachments if paper.component != component)
        return replace(self, attachments=others)

    def attachment(self, component: str) -> Attachment | None:
        return next((paper for paper in self.attachments if paper.component == component), None)

    def components(self) -> tuple[Component, ...]:
        """The papers that may be attached as things stand, required ones and others."""
        counting = self.counting()
        return tuple(
            component
            for component in self.procedure.components
            if component.attach and holds(component.when, self.case, counting)
        )

    def missing(self) -> tuple[Component, ...]:
        """The papers that must be attached and are not."""
        required = required_components(self.procedure, self.counting(), self.case)
        return tuple(component for component in required if self.attachment(component.id) is None)

    def counting(self) -> dict[str, Json]:
        """The form's answers that count as things stand."""
        return visible_answers(self.form, self.answers, self.case)

    def to_application(self) -> Application:
        """What is handed over. Answers to questions that no longer apply, and their papers, stay behind.

        Must be called only when nothing is missing or wrong (``route.problems`` is empty).
        """
        wanted = {component.id for component in self.components()}
        return Application(
            dossier_id=self.dossier_id,
            procedure=self.procedure.code,
            unit=self.unit,
            applicant=applicant_of(self.people_answers),
            submitter=submitter_of(self.people_answers),
            case=self.case,
            answers=self.counting(),
            helper=helper_of(self.people_answers),
            notice_version=self.notice_version,
            consents=self.consents,
            attachments=tuple(paper for paper in self.attachments if paper.component in wanted),
            assurance=self.assurance,
        )


def _with(answers: Mapping[str, Json], name: str, value: Json) -> Mapping[str, Json]:
    others = {key: old for key, old in answers.items() if key != name}
    return others if value is None else {**others, name: value}
