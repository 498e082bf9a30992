"""What a draft keeps, what it drops, and what it hands over."""

from __future__ import annotations

import dataclasses

import pytest

from kiosk.dossier import route
from kiosk.dossier.pages import Page, Stop
from kiosk.dossier.typed import read_answer
from kiosk.errors import KnownError
from tests.dossier.desk import BIRTH, STAY, TODAY, Kiosk, forms, new_draft, paper, units

CASE = route.CASE
WITNESS = Stop(Page.QUESTION, "has_witness")
CHILD = Stop(Page.QUESTION, "child_name")


def test_a_draft_is_never_changed_in_place() -> None:
    draft = new_draft()
    draft.with_answer(CHILD, "Lù Văn Páo")
    assert draft.answer(CHILD) is None
    with pytest.raises(dataclasses.FrozenInstanceError):
        draft.case = "sinh-o-nha"  # type: ignore[misc]


def test_papers_follow_the_case() -> None:
    born_at_home = new_draft().with_answer(CASE, "sinh-o-nha").with_answer(WITNESS, True)
    assert "giay-lam-chung" in [component.id for component in born_at_home.missing()]
    certified = born_at_home.with_answer(CASE, "co-giay-chung-sinh")
    missing = [component.id for component in certified.missing()]
    assert "giay-chung-sinh" in missing
    assert "giay-lam-chung" not in missing


def test_what_no_longer_applies_stays_behind() -> None:
    kiosk = Kiosk().to_check()
    draft = kiosk.draft.with_answer(WITNESS, True)
    draft = draft.with_attachment(paper("giay-lam-chung"))
    application = draft.to_application()
    assert draft.case != "sinh-o-nha"
    assert "has_witness" not in application.answers
    assert "giay-lam-chung" not in {paper.component for paper in application.attachments}


def test_a_wrong_input_replaces_the_answer_until_it_is_mended() -> None:
    draft = new_draft().with_answer(CHILD, "Lù Văn Páo").with_typed(CHILD, "Lù V4n Páo")
    assert draft.shown(CHILD) == "Lù V4n Páo"
    assert draft.answer(CHILD) is None
    assert CHILD in [problem.stop for problem in route.problems(draft)]


def test_a_new_file_takes_the_old_ones_place() -> None:
    draft = new_draft().with_attachment(paper("giay-chung-sinh"))
    draft = draft.with_attachment(paper("giay-chung-sinh", b"\xff\xd8\xff new"))
    assert [item.media_type for item in draft.attachments] == ["image/jpeg"]
    assert draft.without_attachment("giay-chung-sinh").attachments == ()


def test_the_fifth_ten_megabyte_paper_is_refused_and_the_four_are_kept() -> None:
    draft = new_draft()
    big = b"%PDF-" + bytes(9_999_995)
    for number in range(4):
        draft = draft.with_attachment(paper(f"p{number}", big))
    with pytest.raises(KnownError) as refused:
        draft.with_attachment(paper("p4", big))
    assert refused.value.code == "dossier-too-large"
    assert len(draft.attachments) == 4


def test_the_thread_names_people_then_the_forms_sections_then_papers_and_check() -> None:
    steps = route.steps(Kiosk().to_check().draft)
    assert [step.id for step in steps] == ["people", "dua-tre", "cha-me", "ban-sao", "papers", "check"]
    assert steps[1].stops[0] == CASE
    stops = route.stops(Kiosk().to_check().draft)
    assert tuple(stop for step in steps for stop in step.stops) == stops


def test_standing_counts_from_one_within_the_section() -> None:
    draft = Kiosk().to_check().draft
    at = route.standing(draft, CHILD)
    assert (at.section.id, at.number) == ("dua-tre", 1)
    with pytest.raises(KeyError):
        route.standing(draft, route.NOTICE)


@pytest.mark.parametrize("code", [BIRTH, STAY])
def test_every_example_makes_a_dossier_with_no_problem(code: str) -> None:
    draft = Kiosk().to_check(code).draft
    assert route.problems(draft) == ()
    assert draft.to_application().procedure == code


@pytest.mark.parametrize(
    ("kind_of", "typed", "meant"),
    [
        ("child_name", "  Lù   Văn\tPáo ", "Lù Văn Páo"),
        ("child_name", "Lu\u0300 Va\u0306n Pa\u0301o", "Lù Văn Páo"),
        ("child_birth_date", "2/9/2026", "2026-09-02"),
        ("child_birth_date", "02092026", "2026-09-02"),
        ("child_birth_date", "2026-09-02", "2026-09-02"),
        ("mother_citizen_number", "002 190.001 234", "002190001234"),
        ("copies", "3", 3),
    ],
)
def test_people_type_in_their_own_way(kind_of: str, typed: str, meant: object) -> None:
    asked = {q.name: q for section in forms()["khai-sinh"].sections for q in section.questions}[kind_of]
    value, finding = read_answer(asked, typed, TODAY, units())
    assert (value, finding) == (meant, None)


@pytest.mark.parametrize("typed", ["31/2/2026", "2026/09/02", "hôm qua", "1/1/1800", "24/11/2026"])
def test_what_is_no_day_stays_and_is_named(typed: str) -> None:
    asked = forms()["khai-sinh"].sections[0].questions[1]
    _, finding = read_answer(asked, typed, TODAY, units())
    assert finding is not None
    assert not finding.warning


def test_a_birth_date_that_does_not_go_with_the_number_is_odd_but_taken() -> None:
    kiosk = Kiosk().to_check()
    stop = Stop(Page.APPLICANT, "person_birth_date")
    _, finding = route.judge(kiosk.draft, stop, "20/10/1985")
    assert finding is not None
    assert finding.warning
    assert route.judge(kiosk.draft, stop, "20/10/1990") == ("1990-10-20", None)
