from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kiosk.catalogue.forms import (
    holds,
    pages_json,
    required_components,
    visible_answers,
    visible_questions,
)
from kiosk.catalogue.loader import load_forms, load_procedures
from kiosk.catalogue.model import Condition, Form, Procedure


@pytest.fixture(scope="module")
def forms(shipped_assets: Path) -> dict[str, Form]:
    return {form.id: form for form in load_forms(shipped_assets / "forms")}


@pytest.fixture(scope="module")
def birth(shipped_assets: Path) -> Procedure:
    return next(p for p in load_procedures(shipped_assets / "procedures") if p.code == "1.001193")


def test_one_and_true_are_not_the_same_answer() -> None:
    assert holds(Condition("x", (True,)), None, {"x": True})
    assert not holds(Condition("x", (True,)), None, {"x": 1})
    assert not holds(Condition("x", ("1",)), None, {})
    assert holds(Condition("case", ("a", "b")), "b", {"case": "z"})
    assert holds(None, None, {})


def names_of(form: Form, answers: dict[str, Any], case: str) -> set[str]:
    return {question.name for question in visible_questions(form, answers, case)}


def test_a_birth_at_home_asks_for_another_paper_and_no_certificate(
    forms: dict[str, Form], birth: Procedure
) -> None:
    form, answers = forms["khai-sinh"], dict(forms["khai-sinh"].example)
    in_hospital = names_of(form, answers, "co-giay-chung-sinh")
    assert in_hospital - names_of(form, answers, "sinh-o-nha") == {"birth_cert_number"}
    for case, paper in (("co-giay-chung-sinh", "giay-chung-sinh"), ("sinh-o-nha", "giay-lam-chung")):
        counting = visible_answers(form, answers, case)
        assert [c.id for c in required_components(birth, counting, case)] == [paper]


def test_an_answer_that_no_longer_applies_opens_no_question(forms: dict[str, Form]) -> None:
    form = forms["khai-sinh"]
    answers: dict[str, Any] = dict(form.example) | {"relation": "cha", "father_recorded": True}
    shown = names_of(form, answers, "sinh-o-nha")
    assert "mother_name" in shown
    assert not shown & {"father_recorded", "father_name"}
    assert "father_recorded" not in visible_answers(form, answers, "sinh-o-nha")


def test_every_example_satisfies_its_schema_and_leaves_nothing_required_out(forms: dict[str, Form]) -> None:
    for form in forms.values():
        Draft202012Validator.check_schema(dict(form.schema))
        assert not list(Draft202012Validator(dict(form.schema)).iter_errors(dict(form.example))), form.id
        asked = visible_questions(form, form.example, form.example_case)
        assert {q.name for q in asked if q.required} <= set(form.example), form.id


def test_schema_and_questions_tell_the_same_truth(forms: dict[str, Form]) -> None:
    form = forms["general"]
    validator = Draft202012Validator(dict(form.schema))
    other: dict[str, Any] = deepcopy(dict(form.example)) | {"for_self": False}
    assert not validator.is_valid(other)  # now the other person's name is asked for
    assert validator.is_valid(other | {"subject_name": "Lù Thị Sáo", "subject_relation": "Mẹ"})
    assert not validator.is_valid(dict(form.example) | {"surprise": 1})


def test_pages_are_plain_json(forms: dict[str, Form]) -> None:
    for form in forms.values():
        pages = json.loads(json.dumps(pages_json(form)))
        assert [page["id"] for page in pages] == [section.id for section in form.sections]
