"""Who helps, who applies, who stands here: questions like any form's, and the parties they make.

The questions lie in ``assets/catalogue/people.json``, written like a form, so that the same page draws them
and the same checks hold for what the command line brings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kiosk.catalogue.forms import holds
from kiosk.catalogue.loader import read_form
from kiosk.catalogue.model import FieldKind, Form, Json, Question, Section
from kiosk.catalogue.reader import load_object
from kiosk.catalogue.validation import Finding, check_answer
from kiosk.dossier.manifest import ApplicantKind, Helper, Party
from kiosk.dossier.pages import Page
from kiosk.resources import asset

_FILE: Final = "people.json"
_PERSON: Final = "person"
_ORGANISATION: Final = "organisation"
_SUBMITTER: Final = "submitter"
_REPRESENTATIVE: Final = "representative"
_HELPER: Final = "helper"
_FIELDS: Final = ("name", "citizen_number", "tax_code", "birth_date", "phone", "address")


def load_people() -> Form:
    """The questions on people as shipped; read once by the composition root."""
    return read_form(load_object(asset("catalogue", _FILE)), _FILE)


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
    shown = tuple(question for question in section.questions if holds(question.when, None, answers))
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


def check_party(people: Form, party: Party, path: str) -> list[Finding]:
    """What is missing or wrong in a party that came by file; ``field`` of each is ``<path>.<key>``.

    ``path`` "applicant" or "submitter": a submitter may leave more out.
    """
    prefix = _prefix(party, path)
    questions = {question.name: question for section in people.sections for question in section.questions}
    findings = []
    for key in _FIELDS:
        question = questions.get(f"{prefix}_{key}")
        value = getattr(party, key)
        if question is not None:
            findings += _checked(question, value, f"{path}.{key}")
        elif value is not None:
            findings += _checked(_UNASKED[key], value, f"{path}.{key}")
    return findings


def check_helper(people: Form, helper: Helper) -> list[Finding]:
    """As ``check_party``, for the helper: fields "helper.name" and "helper.phone"."""
    questions = {question.name: question for section in people.sections for question in section.questions}
    return [
        *_checked(questions["helper_name"], helper.name, "helper.name"),
        *_checked(questions["helper_phone"], helper.phone, "helper.phone"),
    ]
