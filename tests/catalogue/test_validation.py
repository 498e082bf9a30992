"""What people type, and what hostile files bring: always a finding with a sentence, never a crash."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.loader import load_forms, load_procedures
from kiosk.catalogue.model import FieldKind, Form, Option, Question, Verified
from kiosk.catalogue.numbers import born_as_numbered, phone_of
from kiosk.catalogue.units import Units
from kiosk.catalogue.validation import (
    Finding,
    check_answer,
    check_answers,
    check_born_as_numbered,
    check_case,
)
from kiosk.resources import asset
from kiosk.words import sentences

TODAY = date(2026, 11, 24)
UNITS = Units(asset("catalogue", "units.json"))
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


def question(kind: FieldKind, *, required: bool = True, future: bool = False) -> Question:
    options = (Option("nam", "Nam"), Option("nu", "Nữ")) if kind is FieldKind.CHOICE else ()
    return Question(
        "x", kind, "X", "X?", None, None, required, options, None, None, Verified.UNVERIFIED, future
    )


def code(kind: FieldKind, value: Any, **changes: bool) -> str | None:
    finding = check_answer(question(kind, **changes), value, TODAY, UNITS)
    if finding is None:
        return None
    assert finding.sentence("vi") and finding.sentence("en")
    return finding.code


def test_every_vietnamese_letter_is_allowed_in_a_name() -> None:
    for name in (VIETNAMESE, VIETNAMESE.upper(), "Giàng Thị Mỷ", "H’Hen Niê", "Y-Thông", "Nguyễn Thị Đào"):
        assert code(FieldKind.PERSON_NAME, name) is None, name


@pytest.mark.parametrize(
    "name, wrong",
    [
        ("Lù \u202eoáP", "name-hidden"),
        ("Lù\u200b Páo", "name-hidden"),
        ("Lù\nPáo", "name-hidden"),
        ("Lù\x00Páo", "name-hidden"),
        ("Lù Páo 2", "name-digit"),
        ("Lù Páo ２", "name-digit"),
        ("<b>Lù</b>", "name-letters"),
        ("Lù; DROP TABLE", "name-letters"),
        ("محمد", "name-letters"),
        ("Лу Пао", "name-letters"),
        ("a" + "\u0300" * 20, "name-letters"),
        ("--", "name-letters"),
        ("x" * 101, "too-long"),
        ("   ", "missing"),
        (None, "missing"),
        (7, "not-text"),
        (["Lù"], "not-text"),
        ({"a": 1}, "not-text"),
        (True, "not-text"),
    ],
)
def test_a_name_that_is_none_is_refused(name: Any, wrong: str) -> None:
    assert code(FieldKind.PERSON_NAME, name) == wrong


@pytest.mark.parametrize(
    "number, wrong",
    [
        ("002190001234", None),
        ("070123456", None),
        ("00219000123", "citizen-number-length"),
        ("0021900012345", "citizen-number-too-long"),
        ("00219000123a", "citizen-number-digits"),
        ("００２１９０００１２３４", "citizen-number-digits"),
        (2190001234, "not-text"),
    ],
)
def test_citizen_numbers(number: Any, wrong: str | None) -> None:
    assert code(FieldKind.CITIZEN_NUMBER, number) == wrong


def test_how_many_digits_are_missing_is_said() -> None:
    finding = check_answer(question(FieldKind.CITIZEN_NUMBER), "00219000123", TODAY, UNITS)
    assert finding is not None
    assert finding.sentence("vi") == "Số căn cước có 12 chữ số. Bạn mới nhập 11."


def test_an_unknown_province_or_another_year_of_birth_only_warns() -> None:
    finding = check_answer(question(FieldKind.CITIZEN_NUMBER), "999190001234", TODAY, UNITS)
    assert finding is not None and finding.warning
    assert born_as_numbered("002190001234", date(1990, 10, 20))
    assert born_as_numbered("002215001234", date(2015, 1, 1))
    odd = check_born_as_numbered("applicant.birth_date", "002190001234", "1991-10-20")
    assert odd is not None and odd.warning and odd.sentence("en")
    assert check_born_as_numbered("x", "070123456", "1991-10-20") is None
    assert check_born_as_numbered("x", "002190001234", "never") is None


@pytest.mark.parametrize(
    "typed, number",
    [
        ("0912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("02193866777", "02193866777"),
        ("(0219) 3866 777", "02193866777"),
        ("0112345678", None),
        ("091234567", None),
        ("09123456789", None),
        ("gọi tôi", None),
        ("０９12345678", None),
        ("", None),
    ],
)
def test_phones(typed: str, number: str | None) -> None:
    assert phone_of(typed) == number
    if typed:
        assert code(FieldKind.PHONE, typed) == (None if number else "phone")


@pytest.mark.parametrize(
    "day, wrong",
    [
        ("1990-10-20", None),
        ("2026-11-24", None),
        ("2024-02-29", None),
        ("2026-11-25", "date-future"),
        ("2025-02-29", "date"),
        ("1899-12-31", "date-old"),
        ("20/10/1990", "date"),
        ("1990-10-20T00:00", "date"),
        ("19901020", "date"),
        ("1990-W01-1", "date"),
        ("１990-10-20", "date"),
        (19901020, "not-text"),
    ],
)
def test_dates(day: Any, wrong: str | None) -> None:
    assert code(FieldKind.DATE, day) == wrong


def test_a_stay_may_begin_tomorrow() -> None:
    assert code(FieldKind.DATE, "2026-11-25", future=True) is None


@pytest.mark.parametrize(
    "kind, value, wrong",
    [
        (FieldKind.UNIT, "00691", None),
        (FieldKind.UNIT, "08", "unit"),
        (FieldKind.UNIT, "99999", "unit"),
        (FieldKind.UNIT, "Lùng Tám", "unit"),
        (FieldKind.CHOICE, "nu", None),
        (FieldKind.CHOICE, "Nữ", "choice"),
        (FieldKind.CHOICE, True, "not-text"),
        (FieldKind.YES_NO, False, None),
        (FieldKind.YES_NO, "yes", "yes-no"),
        (FieldKind.YES_NO, 1, "yes-no"),
        (FieldKind.COUNT, 3, None),
        (FieldKind.COUNT, True, "count"),
        (FieldKind.COUNT, -1, "count"),
        (FieldKind.COUNT, 1.5, "count"),
        (FieldKind.COUNT, 10**30, "count"),
        (FieldKind.TAX_CODE, "0100109106", None),
        (FieldKind.TAX_CODE, "0100109106-001", None),
        (FieldKind.TAX_CODE, "12", "tax-code"),
        (FieldKind.TEXT, "Mông", None),
        (FieldKind.TEXT, "a\nb", "one-line"),
        (FieldKind.TEXT, "\u202eabc", "text-hidden"),
        (FieldKind.TEXT, "...", "text-empty"),
        (FieldKind.LONG_TEXT, "a\nb", None),
        (FieldKind.LONG_TEXT, "x" * 2001, "too-long"),
        (FieldKind.ADDRESS, "Thôn 2, xã Lùng Tám", None),
    ],
)
def test_other_kinds(kind: FieldKind, value: Any, wrong: str | None) -> None:
    assert code(kind, value) == wrong


def test_what_is_not_required_may_stay_empty() -> None:
    for empty in (None, "", "  "):
        assert code(FieldKind.PHONE, empty, required=False) is None


# -- whole forms


@pytest.fixture(scope="module")
def birth() -> Form:
    return next(form for form in load_forms(asset("catalogue", "forms")) if form.id == "khai-sinh")


def found(form: Form, answers: object, case: str | None) -> dict[str, str]:
    findings = check_answers(form, answers, case, TODAY, UNITS)
    assert all(finding.sentence(lang) for finding in findings for lang in ("vi", "en"))
    return {finding.field: finding.code for finding in findings}


def test_the_example_of_a_form_has_nothing_wrong(birth: Form) -> None:
    assert found(birth, dict(birth.example), birth.example_case) == {}


def test_a_missing_an_unknown_and_an_unasked_answer_are_told_apart(birth: Form) -> None:
    answers: dict[str, Any] = dict(birth.example) | {"birth_cert_number": "045/2026", "surprise": 1}
    del answers["child_name"]
    assert found(birth, answers, "sinh-o-nha") == {
        "child_name": "missing",
        "birth_cert_number": "not-asked",
        "surprise": "unknown-question",
    }


def test_an_unknown_key_is_not_repeated_where_it_could_hold_a_person(birth: Form) -> None:
    answers: dict[str, Any] = dict(birth.example) | {"Giàng Thị Mỷ 002190001234": 1}
    assert found(birth, answers, birth.example_case) == {"?": "unknown-question"}


@pytest.mark.parametrize("answers", [None, [], "x", 3, True])
def test_answers_that_are_no_object_are_one_finding(birth: Form, answers: object) -> None:
    assert found(birth, answers, None) == {"answers": "not-answers"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_json_whatever_crashes_the_checks(data: st.DataObject) -> None:
    form = next(form for form in load_forms(asset("catalogue", "forms")) if form.id == "khai-sinh")
    names = [q.name for section in form.sections for q in section.questions]
    chosen = data.draw(
        st.dictionaries(st.sampled_from(names) | st.text(max_size=10), json_values, max_size=6)
    )
    case = data.draw(st.none() | st.text(max_size=5) | st.just("sinh-o-nha"))
    for finding in check_answers(form, dict(form.example) | chosen, case, TODAY, UNITS):
        assert finding.sentence("vi")


def test_cases_are_checked(shipped_assets: Path) -> None:
    procedures = {p.code: p for p in load_procedures(shipped_assets / "procedures")}
    birth, marriage = procedures["1.001193"], procedures["1.000894"]
    assert check_case(birth, "sinh-o-nha") is None
    assert check_case(birth, None) == Finding("case", "missing")
    assert check_case(birth, "x") == Finding("case", "choice")
    assert check_case(marriage, None) is None
    assert check_case(marriage, "x") == Finding("case", "not-asked")


def test_both_languages_have_the_same_sentences() -> None:
    assert sentences("validation", "vi").keys() == sentences("validation", "en").keys()
    source = asset().parent.joinpath("kiosk", "catalogue", "validation.py").read_text(encoding="utf-8")
    for key in sentences("validation", "vi"):
        assert f'"{key}"' in source, f"{key} is never used"


def test_a_finding_never_holds_what_was_typed() -> None:
    finding = check_answer(question(FieldKind.CITIZEN_NUMBER), "00219000123x", TODAY, UNITS)
    assert "00219000123" not in json.dumps([str(finding), finding and finding.sentence("vi")])
