"""Who applies, who stands here, who helps: the same questions and checks for screens and command line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.catalogue.validation import Finding
from kiosk.dossier.manifest import ApplicantKind, Helper, Party
from kiosk.dossier.pages import Page
from kiosk.dossier.people import (
    answers_of,
    applicant_of,
    check_helper,
    check_party,
    helper_of,
    people_sections,
    submitter_of,
)
from tests.dossier.desk import TODAY, people, units

MY = Party(
    ApplicantKind.PERSON, "Giàng Thị Mỷ", "002190001234", None, "1990-10-20", "0912345678", "xã Lùng Tám"
)
PAO = Party(ApplicantKind.PERSON, "Lù Văn Páo", "002088004321", None, None, None, None)
COOPERATIVE = Party(
    ApplicantKind.ORGANISATION, "Hợp tác xã Lanh", None, "5100123452", None, None, "xã Lùng Tám"
)


def found(party: Party, path: str = "applicant") -> list[Finding]:
    return check_party(people(), party, path, TODAY, units())


@pytest.mark.parametrize(
    ("applicant", "submitter", "helper"),
    [
        (MY, None, None),
        (MY, PAO, Helper("Lò Thị Sen", "0912345678")),
        (COOPERATIVE, PAO, Helper("Lò Thị Sen", None)),
    ],
)
def test_parties_become_answers_and_come_back(
    applicant: Party, submitter: Party | None, helper: Helper | None
) -> None:
    answers = answers_of(applicant, submitter, helper)
    assert applicant_of(answers) == applicant
    assert submitter_of(answers) == submitter
    assert helper_of(answers) == helper


def test_nobody_asks_a_person_about_taxes_or_an_organisation_about_its_birthday() -> None:
    def asked(answers: dict[str, object]) -> list[str]:
        sections = people_sections(people(), answers)  # type: ignore[arg-type]
        return [question.name for _, section in sections for question in section.questions]

    assert asked({}) == ["helper_present", "applicant_kind"]
    person = asked({"applicant_kind": "person", "standing_here": True})
    assert not [name for name in person if "tax" in name or name.startswith("submitter")]
    organisation = asked({"applicant_kind": "organisation"})
    assert not [name for name in organisation if name.startswith("organisation_birth")]
    assert "representative_name" in organisation


def test_who_stands_here_for_somebody_else_is_asked_on_the_submitters_page() -> None:
    answers = answers_of(MY, PAO, None)
    pages = [page for page, _ in people_sections(people(), answers)]
    assert pages == [Page.HELPER, Page.APPLICANT, Page.APPLICANT, Page.APPLICANT, Page.SUBMITTER]


def test_what_is_right_has_no_finding() -> None:
    assert found(MY) == []
    assert found(COOPERATIVE) == []
    assert found(PAO, "submitter") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "applicant.name"),
        ({"name": "Giàng\u202eThị Mỷ"}, "applicant.name"),
        ({"name": "Giàng\u200bThị Mỷ"}, "applicant.name"),
        ({"citizen_number": None}, "applicant.citizen_number"),
        ({"citizen_number": "0021900012345"}, "applicant.citizen_number"),
        ({"birth_date": "2027-01-01"}, "applicant.birth_date"),
        ({"birth_date": "20/10/1990"}, "applicant.birth_date"),
        ({"phone": "12"}, "applicant.phone"),
        ({"address": "xã\u0000Lùng Tám"}, "applicant.address"),
        ({"tax_code": "5100123452"}, "applicant.tax_code"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(change: dict[str, str], field: str) -> None:
    [finding] = [finding for finding in found(replace(MY, **change)) if not finding.warning]
    assert finding.field == field
    assert finding.sentence("vi")


def test_a_number_of_another_year_is_odd_but_keeps_nobody_from_going_on() -> None:
    findings = found(replace(MY, birth_date="1985-10-20"))
    assert [finding.warning for finding in findings] == [True]


def test_a_helper_without_a_name_is_no_helper() -> None:
    [finding] = check_helper(people(), Helper(" ", None), TODAY, units())
    assert finding.field == "helper.name"


def test_the_examples_of_the_questions_are_themselves_right() -> None:
    from kiosk.dossier.typed import read_answer

    for section in people().sections:
        for asked in section.questions:
            if asked.example:
                assert read_answer(asked, asked.example, TODAY, units())[1] is None, asked.name
