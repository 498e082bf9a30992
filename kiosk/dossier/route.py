"""The way through one dossier: which stops there are as things stand, and what is wrong at which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kiosk.catalogue.forms import visible_questions
from kiosk.catalogue.model import Component, FieldKind, Json, Option, Question, Section
from kiosk.catalogue.validation import Finding, check_born_as_numbered
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.people import people_sections
from kiosk.dossier.typed import read_answer

NOTICE: Final = Stop(Page.NOTICE)
PAPERS: Final = Stop(Page.PAPERS)
CHECK: Final = Stop(Page.CHECK)
_CASE_NAME: Final = "case"
CASE: Final = Stop(Page.CASE, _CASE_NAME)
_BIRTH_DATE: Final = "_birth_date"
_CITIZEN_NUMBER: Final = "_citizen_number"
_CASE_SECTION: Final = "case"  # of people.json; its options are the procedure's cases


class StepId:
    """Ids of the steps that no form brings."""

    PEOPLE: Final = "people"
    PAPERS: Final = "papers"
    CHECK: Final = "check"


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a dossier from being sent: an answer (``finding``) or a paper (``component``) at a stop."""

    stop: Stop
    finding: Finding | None = None
    component: Component | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the thread. ``title`` None: a word of the screens', by the id."""

    id: str
    title: str | None
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands: the ``number``-th of ``total`` in its section (from 1)."""

    section: Section
    number: int
    total: int


def stops(draft: Draft) -> tuple[Stop, ...]:
    """Every stop in order. It grows and shrinks with the answers; the first and last are always the same."""
    papers = (PAPERS,) if draft.components() else ()
    return (NOTICE, *(stop for stop, _ in _questions(draft)), *papers, CHECK)


def steps(draft: Draft) -> tuple[Step, ...]:
    """The thread: who, one step for each section of the form, papers, check."""
    people = [stop for page, section in _people(draft) for stop in _stops(page, section)]
    found = [Step(StepId.PEOPLE, None, (NOTICE, *people))]
    lead = (CASE,) if draft.procedure.cases else ()
    for section in _form_sections(draft):
        found.append(Step(section.id, section.title, (*lead, *_stops(Page.QUESTION, section))))
        lead = ()
    if draft.components():
        found.append(Step(StepId.PAPERS, None, (PAPERS,)))
    return (*found, Step(StepId.CHECK, None, (CHECK,)))


def sections(draft: Draft) -> tuple[tuple[Page, Section], ...]:
    """All questions that apply, by section, as the check page shows them; the case has its own section."""
    form = tuple((Page.QUESTION, section) for section in _form_sections(draft))
    return (*_people(draft), *_case_section(draft), *form)


def question(draft: Draft, stop: Stop) -> Question:
    """What is asked at a stop; KeyError if nothing is."""
    return dict(_questions(draft))[stop]


def standing(draft: Draft, stop: Stop) -> Standing:
    """Where the question of ``stop`` stands among those of its section."""
    for page, section in sections(draft):
        here = _stops(page, section)
        if stop in here:
            return Standing(section, here.index(stop) + 1, len(here))
    raise KeyError(stop)


def judge(draft: Draft, stop: Stop, typed: Json) -> tuple[Json, Finding | None]:
    """The answer that was meant by ``typed``, and what is wrong or odd about it."""
    value, finding = read_answer(question(draft, stop), typed, draft.today, draft.units)
    return value, finding or _odd_birth(draft, stop, value)


def _odd_birth(draft: Draft, stop: Stop, value: Json) -> Finding | None:
    """A birth date that does not go with the citizen number asked for under the same prefix."""
    name = stop.name or ""
    if not name.endswith(_BIRTH_DATE) or not isinstance(value, str):
        return None
    number = draft.answer(Stop(stop.page, name.removesuffix(_BIRTH_DATE) + _CITIZEN_NUMBER))
    return check_born_as_numbered(name, number if isinstance(number, str) else None, value)


def problems(draft: Draft) -> tuple[Problem, ...]:
    """Everything that keeps the dossier from being sent, in the order of the stops."""
    found = [problem for stop, asked in _questions(draft) if (problem := _problem(draft, stop, asked))]
    found += [Problem(PAPERS, component=component) for component in draft.missing()]
    return tuple(found)


def _problem(draft: Draft, stop: Stop, asked: Question) -> Problem | None:
    _, finding = read_answer(asked, draft.shown(stop), draft.today, draft.units)
    return Problem(stop, finding) if finding is not None and not finding.warning else None


def _questions(draft: Draft) -> Iterator[tuple[Stop, Question]]:
    for page, section in sections(draft):
        yield from zip(_stops(page, section), section.questions, strict=True)


def _stops(page: Page, section: Section) -> tuple[Stop, ...]:
    return tuple(Stop(page, asked.name) for asked in section.questions)


def _people(draft: Draft) -> tuple[tuple[Page, Section], ...]:
    return people_sections(draft.people, draft.people_answers)


def _form_sections(draft: Draft) -> tuple[Section, ...]:
    """The form's sections with the questions that apply; a section that asks nothing is left out."""
    shown = {asked.name for asked in visible_questions(draft.form, draft.answers, draft.case)}
    cut = (
        replace(section, questions=tuple(asked for asked in section.questions if asked.name in shown))
        for section in draft.form.sections
    )
    return tuple(section for section in cut if section.questions)


def _case_section(draft: Draft) -> tuple[tuple[Page, Section], ...]:
    """The situation that the procedure tells apart, asked as a question like any other."""
    if not draft.procedure.cases:
        return ()
    section = next(section for section in draft.people.sections if section.id == _CASE_SECTION)
    options = tuple(Option(case.id, case.label, case.hint) for case in draft.procedure.cases)
    asked = replace(section.questions[0], name=_CASE_NAME, kind=FieldKind.CHOICE, options=options)
    return ((Page.CASE, replace(section, questions=(asked,))),)
