"""Who helps, who applies, who stands here: questions like any form's, and the parties they make.

The questions lie in ``assets/catalogue/people.json``, written like a form, so that the same page draws them
and the same checks hold for what the command line brings. ``Catalogue.people()`` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from kiosk.catalogue.forms import holds
from kiosk.catalogue.model import Form, Json, Question, Section
from kiosk.catalogue.units import Units
from kiosk.catalogue.validation import Finding, check_answer, check_born_as_numbered
from kiosk.dossier.manifest import ApplicantKind, Helper, Party
from kiosk.dossier.pages import Page

_PERSON: Final = "person"
_ORGANISATION: Final = "organisation"
_SUBMITTER: Final = "submitter"
_REPRESENTATIVE: Final = "representative"
_HELPER: Final = "helper"
_FIELDS: Final = ("name", "citizen_number", "tax_code", "birth_date", "phone", "address")


def people_sections(people: Form, answers: Mapping[str, Json]) -> tuple[tuple[Page, Section], ...]:
    """The sections that apply, in order, with only the questions that apply.

    Nobody asks a person about a tax code. An organisation always names who stands here for it; a person
    only when somebody else does.
    """
    chosen = [(Page.HELPER, _HELPER), (Page.APPLICANT, "kind")]
    match answers.get("applicant_kind"):
        case ApplicantKind.PERSON.value:
            chosen += [(Page.APPLICANT, _PERSON), (Page.APPLICANT, "standing")]
            if answers.get("standing_here") is False:
                chosen.append((Page.SUBMITTER, _SUBMITTER))
        case ApplicantKind.ORGANISATION.value:
            chosen += [(Page.APPLICANT, _ORGANISATION), (Page.SUBMITTER, _REPRESENTATIVE)]
    sections = {section.id: section for section in people.sections}
    return tuple((page, _visible(sections[name], answers)) for page, name in chosen)


def _visible(section: Section, answers: Mapping[str, Json]) -> Section:
    shown = tuple(asked for asked in section.questions if holds(asked.when, None, answers))
    return replace(section, questions=shown)


def applicant_of(answers: Mapping[str, Json]) -> Party:
    """The applicant as answered. Must be called only once the questions on the applicant are answered."""
    kind = ApplicantKind(answers["applicant_kind"])
    return _party(kind, _PERSON if kind is ApplicantKind.PERSON else _ORGANISATION, answers)


def submitter_of(answers: Mapping[str, Json]) -> Party | None:
    """Who stands here instead of the applicant; None where the applicant does."""
    if answers["applicant_kind"] == ApplicantKind.ORGANISATION.value:
        return _party(ApplicantKind.PERSON, _REPRESENTATIVE, answers)
    if answers.get("standing_here") is not False:
        return None
    return _party(ApplicantKind.PERSON, _SUBMITTER, answers)


def helper_of(answers: Mapping[str, Json]) -> Helper | None:
    if answers.get("helper_present") is not True:
        return None
    return Helper(str(answers["helper_name"]), _text(answers.get("helper_phone")))


def answers_of(applicant: Party, submitter: Party | None, helper: Helper | None) -> dict[str, Json]:
    """The answers that make these parties: inverse of the three functions above."""
    person = applicant.kind is ApplicantKind.PERSON
    answers: dict[str, Json] = {
        "helper_present": helper is not None,
        "applicant_kind": applicant.kind.value,
        **_answers(_PERSON if person else _ORGANISATION, applicant),
    }
    if helper is not None:
        answers |= {"helper_name": helper.name, "helper_phone": helper.phone}
    if person:
        answers["standing_here"] = submitter is None
    if submitter is not None:
        answers |= _answers(_SUBMITTER if person else _REPRESENTATIVE, submitter)
    return {name: value for name, value in answers.items() if value is not None}


def check_party(people: Form, party: Party, path: str, today: date, units: Units) -> list[Finding]:
    """What is missing, wrong or odd in a party that came by file; each ``field`` is ``<path>.<key>``.

    ``path`` is "applicant" or "submitter": who only stands here may leave more out.
    """
    questions = _by_name(people)
    prefix = _section_of(party, path)
    findings = []
    for key in _FIELDS:
        asked, value = questions.get(f"{prefix}_{key}"), getattr(party, key)
        if asked is not None:
            findings += _checked(asked, value, f"{path}.{key}", today, units)
        elif value is not None:
            findings.append(Finding(f"{path}.{key}", "not-asked"))
    odd = check_born_as_numbered(f"{path}.citizen_number", party.citizen_number, party.birth_date)
    return [*findings, *([odd] if odd else [])]


def check_helper(people: Form, helper: Helper, today: date, units: Units) -> list[Finding]:
    """As ``check_party``, for "helper.name" and "helper.phone"."""
    questions = _by_name(people)
    return [
        *_checked(questions["helper_name"], helper.name, "helper.name", today, units),
        *_checked(questions["helper_phone"], helper.phone, "helper.phone", today, units),
    ]


def _by_name(people: Form) -> dict[str, Question]:
    return {asked.name: asked for section in people.sections for asked in section.questions}


def _section_of(party: Party, path: str) -> str:
    if party.kind is ApplicantKind.ORGANISATION:
        return _ORGANISATION
    return _PERSON if path == "applicant" else _SUBMITTER


def _checked(asked: Question, value: Json, field: str, today: date, units: Units) -> list[Finding]:
    finding = check_answer(asked, value, today, units)
    return [replace(finding, field=field)] if finding else []


def _party(kind: ApplicantKind, prefix: str, answers: Mapping[str, Json]) -> Party:
    given = {key: _text(answers.get(f"{prefix}_{key}")) for key in _FIELDS}
    name = given.pop("name")
    assert name is not None, "asked only once the name is answered"
    return Party(kind=kind, name=name, **given)


def _answers(prefix: str, party: Party) -> dict[str, Json]:
    return {f"{prefix}_{key}": getattr(party, key) for key in _FIELDS}


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) and value else None
