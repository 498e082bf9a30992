"""Records ⇄ JSON: what is shipped in ``assets/catalogue``, and what the store keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from kiosk.canonical import encode, sha256_hex
from kiosk.catalogue.model import (
    GENERAL_FORM,
    Case,
    Channel,
    Component,
    Condition,
    Fee,
    FieldKind,
    Form,
    Json,
    Option,
    Origin,
    Procedure,
    Question,
    Section,
    Verified,
)
from kiosk.catalogue.reader import Reader, load_object
from kiosk.catalogue.schema import schema_of

CODE: Final = re.compile(r"^([1-9]\.\d{6})(?:\.(\d{3}\.\d{2}\.\d{2}))?(?:\.([A-Z]\d{2}))?$", re.ASCII)
_ID: Final = re.compile(r"^[a-z0-9][a-z0-9_-]{0,63}$")
_NAME: Final = re.compile(r"^[a-z][a-z0-9_]{0,63}$")


def root_code(text: str) -> str | None:
    """The 8-character code that procedures are indexed by; None if ``text`` is no code."""
    match = CODE.match(text.strip())
    return match[1] if match else None


def read_procedure(value: object, record: str, origin: Origin) -> Procedure:
    """A procedure from its JSON. KnownError ``catalogue-bad`` (record, reason) if anything is off.

    Its ``version`` is the SHA-256 of the canonical record.
    """
    reader = Reader(value, record)
    procedure = _procedure(reader, origin)
    reader.done()
    _check_procedure(reader, procedure)
    return replace(procedure, version=version_of(procedure_json(procedure)))


def _procedure(r: Reader, origin: Origin) -> Procedure:
    return Procedure(
        code=r.text("code"),
        version="",
        name=r.text("name"),
        official_name=r.text("official_name"),
        summary=r.optional_text("summary"),
        level=r.texts("level"),
        field=r.text("field", empty=True),
        life_events=r.texts("life_events"),
        channels=frozenset(r.choices("channels", Channel)),
        time=r.optional_text("time"),
        fee=_fee(r.object("fee")),
        where=r.optional_text("where"),
        result=r.optional_text("result"),
        steps=r.texts("steps"),
        cases=r.list_of("cases", _case),
        components=r.list_of("components", _component),
        form_id=r.optional_text("form_id"),
        words=r.texts("words"),
        effective_from=r.day("effective_from"),
        effective_to=r.day("effective_to"),
        updated=r.day("updated"),
        source=r.optional_text("source"),
        verified=r.choice("verified", Verified),
        origin=origin,
    )


def _check_procedure(r: Reader, procedure: Procedure) -> None:
    if root_code(procedure.code) != procedure.code:
        r.fail("code", "not a procedure code")
    r.unique("components", [component.id for component in procedure.components])
    r.unique("cases", [case.id for case in procedure.cases])
    cases = {case.id for case in procedure.cases}
    for component in procedure.components:
        when = component.when
        if when and when.field == "case" and not cases.issuperset(when.values):
            r.fail(f"components.{component.id}.when", "a case that is not listed")


def _fee(r: Reader | None) -> Fee | None:
    if r is None:
        return None
    fee = Fee(r.text("text"), r.count("amount_vnd", 10**13), r.optional_text("exemption"))
    r.done()
    return fee


def _case(r: Reader) -> Case:
    case = Case(_id(r), r.text("label"), r.optional_text("hint"))
    r.done()
    return case


def _component(r: Reader) -> Component:
    component = Component(
        id=_id(r),
        name=r.text("name"),
        required=r.flag("required"),
        attach=r.flag("attach"),
        originals=r.count("originals", 1000),
        copies=r.count("copies", 1000),
        when=_condition(r),
        look=r.optional_text("look"),
        obtain=r.optional_text("obtain"),
        drawing=r.text("drawing"),
    )
    r.done()
    return component


def _id(r: Reader) -> str:
    name = r.text("id")
    if not _ID.match(name):
        r.fail("id", "not an id")
    return name


def _condition(r: Reader) -> Condition | None:
    inner = r.object("when")
    if inner is None:
        return None
    condition = Condition(inner.text("field"), tuple(inner.items("values")))
    inner.done()
    if not condition.values or not all(isinstance(value, (str, bool)) for value in condition.values):
        inner.fail("values", "not texts or flags")
    return condition


def read_form(value: object, record: str) -> Form:
    """A form from its JSON; the JSON Schema of its answers is derived unless the record brings one."""
    r = Reader(value, record)
    form_id, sections = _id(r), r.list_of("sections", _section)
    example, case = r.raw("example"), r.optional_text("example_case")
    schema = r.raw("schema") if r.has("schema") else schema_of(sections)
    r.done()
    if not isinstance(example, dict) or not isinstance(schema, dict):
        r.fail("example", "not an object")
    questions = [question for section in sections for question in section.questions]
    r.unique("questions", [question.name for question in questions])
    r.unique("sections", [section.id for section in sections])
    _check_conditions(r, questions)
    form = Form(form_id, "", schema, sections, example, case)
    return replace(form, version=version_of(form_json(form)))


def _check_conditions(r: Reader, questions: list[Question]) -> None:
    """A question may depend only on the case or on one asked before it."""
    asked = {"case"}
    for question in questions:
        if question.when and question.when.field not in asked:
            r.fail(question.name, "depends on a question that is not asked before it")
        asked.add(question.name)


def _section(r: Reader) -> Section:
    section = Section(_id(r), r.text("title"), r.list_of("questions", _question))
    r.done()
    return section


def _question(r: Reader) -> Question:
    question = Question(
        name=r.text("name"),
        kind=r.choice("kind", FieldKind),
        label=r.text("label"),
        question=r.text("question"),
        hint=r.optional_text("hint"),
        example=r.optional_text("example"),
        required=r.flag("required"),
        options=r.list_of("options", _option),
        when=_condition(r),
        paper=r.optional_text("paper"),
        verified=r.choice("verified", Verified),
        future=r.flag("future") if r.has("future") else False,
    )
    r.done()
    if not _NAME.match(question.name) or question.name == "case":
        r.fail("name", "not a name")
    if (question.kind is FieldKind.CHOICE) != bool(question.options):
        r.fail("options", "only a choice has options, and it must")
    r.unique("options", [option.value for option in question.options])
    return question


def _option(r: Reader) -> Option:
    option = Option(r.text("value"), r.text("label"), r.optional_text("hint") if r.has("hint") else None)
    r.done()
    return option


def procedure_json(procedure: Procedure) -> dict[str, Json]:
    """The record as ``read_procedure`` reads it: without ``version`` and ``origin``."""
    record: dict[str, Json] = _plain(procedure)
    del record["version"], record["origin"]
    return record


def form_json(form: Form) -> dict[str, Json]:
    """The record as ``read_form`` reads it: without ``version``."""
    record: dict[str, Json] = _plain(form)
    del record["version"]
    return record


def version_of(record: Mapping[str, Json]) -> str:
    return sha256_hex(encode(record))


def _plain(value: Any) -> Any:
    """Dataclasses, enums, dates, tuples and sets as JSON values; sets in a fixed order."""
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.value if hasattr(value, "value") and hasattr(value, "name") else value


def load_procedures(folder: Path) -> list[Procedure]:
    """Shipped procedures, by code. A file is named after its code."""
    found = []
    for file in sorted(folder.glob("*.json")):
        procedure = read_procedure(load_object(file), file.name, Origin.SHIPPED)
        if file.stem != procedure.code:
            Reader({}, file.name).fail("code", "not the file's name")
        found.append(procedure)
    return found


def load_forms(folder: Path) -> list[Form]:
    """Shipped forms, by id. A file is named after its id; the example satisfies the schema (tested)."""
    found = []
    for file in sorted(folder.glob("*.json")):
        form = read_form(load_object(file), file.name)
        if file.stem != form.id:
            Reader({}, file.name).fail("id", "not the file's name")
        found.append(form)
    return found


def specialised(form: Form, procedure: Procedure) -> Form:
    """The general form with the procedure's name where its texts say ``{procedure}``; others unchanged."""
    if form.id != GENERAL_FORM:
        return form
    record = _filled(form_json(form), procedure.name)
    return replace(read_form(record, form.id), version=form.version)


def _filled(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return value.replace("{procedure}", name)
    if isinstance(value, list):
        return [_filled(item, name) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, name) for key, item in value.items()}
    return value
