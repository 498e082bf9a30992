from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue.loader import (
    form_json,
    load_forms,
    load_procedures,
    procedure_json,
    read_form,
    read_procedure,
    root_code,
)
from kiosk.catalogue.model import Origin
from kiosk.catalogue.reader import load_object
from kiosk.catalogue.shipped import load_language, load_life_events, load_notice, load_package
from kiosk.errors import KnownError


@pytest.fixture
def birth(shipped_assets: Path) -> dict[str, Any]:
    return dict(load_object(shipped_assets / "procedures" / "1.001193.json"))


@pytest.fixture
def birth_form(shipped_assets: Path) -> dict[str, Any]:
    return dict(load_object(shipped_assets / "forms" / "khai-sinh.json"))


def refuses(value: object) -> str:
    with pytest.raises(KnownError) as caught:
        read_procedure(value, "x.json", Origin.SHIPPED)
    assert caught.value.code == "catalogue-bad"
    return caught.value.sentence("vi") + caught.value.sentence("en")


def test_everything_shipped_reads_and_comes_back_the_same(shipped_assets: Path) -> None:
    procedures = load_procedures(shipped_assets / "procedures")
    assert len(procedures) == 8
    for procedure in procedures:
        assert read_procedure(procedure_json(procedure), "again", Origin.SHIPPED) == procedure
    for form in load_forms(shipped_assets / "forms"):
        assert read_form(form_json(form), "again") == form
    load_language(shipped_assets)
    load_life_events(shipped_assets / "life_events.json")
    load_notice(shipped_assets / "notice.json")
    load_package(shipped_assets / "package.json")


def test_every_form_and_paper_a_record_names_is_there(shipped_assets: Path) -> None:
    forms = {form.id: form for form in load_forms(shipped_assets / "forms")}
    for procedure in load_procedures(shipped_assets / "procedures"):
        assert (procedure.form_id is not None) == procedure.online
        if procedure.form_id is None or procedure.form_id == "general":
            continue
        papers = {component.id for component in procedure.components}
        questions = [q for section in forms[procedure.form_id].sections for q in section.questions]
        assert {q.paper for q in questions if q.paper} <= papers
        names = {q.name for q in questions} | {"case"}
        assert {c.when.field for c in procedure.components if c.when} <= names


def test_the_version_changes_with_any_word(birth: dict[str, Any]) -> None:
    one = read_procedure(birth, "x", Origin.SHIPPED)
    other = read_procedure(birth | {"summary": "Khác."}, "x", Origin.SHIPPED)
    same = read_procedure(dict(reversed(birth.items())), "x", Origin.UNSIGNED)
    assert one.version != other.version
    assert one.version == same.version


@pytest.mark.parametrize("value", [None, [], "x", 3, {}, {"code": "1.001193"}])
def test_what_is_no_record_is_refused(value: object) -> None:
    refuses(value)


@pytest.mark.parametrize(
    "key, value",
    [
        ("code", "1.1193"),
        ("code", 1.001193),
        ("name", ""),
        ("name", ["a"]),
        ("name", "Khai\u202esinh"),
        ("name", "x" * 100_000),
        ("level", "Cấp xã"),
        ("channels", ["fax"]),
        ("fee", {"text": "0", "amount_vnd": True, "exemption": None}),
        ("fee", {"text": "0", "amount_vnd": -1, "exemption": None}),
        ("fee", {"text": "0", "amount_vnd": 0}),
        ("steps", [1]),
        ("updated", "22/11/2026"),
        ("effective_from", 2026),
        ("verified", "trust me"),
        ("components", {}),
        ("cases", [{"id": "A b", "label": "x", "hint": None}]),
        ("surprise", 1),
    ],
)
def test_a_wrong_type_in_a_record_is_named(birth: dict[str, Any], key: str, value: object) -> None:
    assert key in refuses(birth | {key: value})


def test_two_papers_of_one_id_are_refused(birth: dict[str, Any]) -> None:
    refuses(birth | {"components": [birth["components"][0]] * 2})


def test_a_paper_for_a_case_nobody_can_choose_is_refused(birth: dict[str, Any]) -> None:
    changed = deepcopy(birth)
    changed["components"][0]["when"] = {"field": "case", "values": ["khong-co"]}
    refuses(changed)


def test_a_key_given_twice_or_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "1.001193.json"
    for data in (b'{"code": "a", "code": "b"}', b"\xff\xfe", b"", b"[" * 100_000, b"NaN", b"x" * 3_000_000):
        file.write_bytes(data)
        with pytest.raises(KnownError) as caught:
            load_object(file)
        assert caught.value.code == "catalogue-bad"


def test_a_file_named_after_another_code_is_refused(tmp_path: Path, birth: dict[str, Any]) -> None:
    (tmp_path / "1.000001.json").write_text(json.dumps(birth), encoding="utf-8")
    with pytest.raises(KnownError):
        load_procedures(tmp_path)


def test_a_question_may_not_depend_on_a_later_one(birth_form: dict[str, Any]) -> None:
    changed = deepcopy(birth_form)
    first = changed["sections"][0]["questions"][0]
    first["when"] = {"field": changed["sections"][-1]["questions"][-1]["name"], "values": ["x"]}
    with pytest.raises(KnownError):
        read_form(changed, "x")


def test_a_question_asked_twice_is_refused(birth_form: dict[str, Any]) -> None:
    changed = deepcopy(birth_form)
    changed["sections"][0]["questions"].append(changed["sections"][0]["questions"][0])
    with pytest.raises(KnownError):
        read_form(changed, "x")


@pytest.mark.parametrize(
    "typed, root",
    [
        ("1.001193", "1.001193"),
        ("1.001193.000.00.00.H60", "1.001193"),
        (" 1.001193.H22 ", "1.001193"),
        ("1.001193.", None),
        ("0.001193", None),
        ("１.001193", None),
        ("", None),
        ("1.001193\n1.000001", None),
    ],
)
def test_codes_with_national_suffixes_have_one_root(typed: str, root: str | None) -> None:
    assert root_code(typed) == root
