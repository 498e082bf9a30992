"""The JSON Schema (2020-12) of a form's answers, derived from its questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kiosk.catalogue.model import Condition, FieldKind, Json, Question, Section

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
LONGEST_LINE: Final = 200
LONGEST_PARAGRAPH: Final = 2000
_DAY: Final = r"^\d{4}-\d{2}-\d{2}$"

_TYPES: Final[dict[FieldKind, dict[str, Json]]] = {
    FieldKind.PERSON_NAME: {"type": "string", "minLength": 1, "maxLength": LONGEST_LINE},
    FieldKind.TEXT: {"type": "string", "minLength": 1, "maxLength": LONGEST_LINE},
    FieldKind.LONG_TEXT: {"type": "string", "minLength": 1, "maxLength": LONGEST_PARAGRAPH},
    FieldKind.ADDRESS: {"type": "string", "minLength": 1, "maxLength": LONGEST_LINE},
    FieldKind.DATE: {"type": "string", "pattern": _DAY},
    FieldKind.CITIZEN_NUMBER: {"type": "string", "pattern": r"^(\d{9}|\d{12})$"},
    FieldKind.TAX_CODE: {"type": "string", "pattern": r"^(\d{10}|\d{12}|\d{10}-\d{3})$"},
    FieldKind.PHONE: {"type": "string", "pattern": r"^(\+?84|0)[0-9 .()-]{9,16}$"},
    FieldKind.YES_NO: {"type": "boolean"},
    FieldKind.UNIT: {"type": "string", "pattern": r"^\d{5}$"},
    FieldKind.COUNT: {"type": "integer", "minimum": 0, "maximum": 1_000_000},
}


def schema_of(sections: Sequence[Section]) -> dict[str, Json]:
    """Answers by question name; no other keys; required where ``required`` and ``when`` say so.

    The case stands beside the answers in a dossier, not among them: what depends on it is left to
    ``forms.visible_questions``.
    """
    questions = [question for section in sections for question in section.questions]
    always = [q.name for q in questions if q.required and q.when is None]
    rules: list[Json] = [
        {"if": _holds(q.when), "then": {"required": [q.name]}}
        for q in questions
        if q.required and q.when is not None and q.when.field != "case"
    ]
    schema: dict[str, Json] = {
        "$schema": DIALECT,
        "type": "object",
        "properties": {question.name: _property(question) for question in questions},
        "required": list(always),
        "additionalProperties": False,
    }
    return schema | ({"allOf": rules} if rules else {})


def _property(question: Question) -> dict[str, Json]:
    titled: dict[str, Json] = {"title": question.label}
    if question.kind is FieldKind.CHOICE:
        return titled | {"enum": [option.value for option in question.options]}
    return titled | _TYPES[question.kind]


def _holds(when: Condition) -> dict[str, Json]:
    return {"properties": {when.field: {"enum": list(when.values)}}, "required": [when.field]}
