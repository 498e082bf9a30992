"""Which questions are asked and which papers are needed, as things stand. Pure; the same on both ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.catalogue.model import Component, Condition, Form, Json, Procedure, Question


def holds(when: Condition | None, case: str | None, answers: Mapping[str, Json]) -> bool:
    """Whether a condition is met; None always is. An unanswered question meets nothing."""
    if when is None:
        return True
    given = case if when.field == "case" else answers.get(when.field)
    return any(type(given) is type(value) and given == value for value in when.values)


def visible_questions(form: Form, answers: Mapping[str, Json], case: str | None) -> list[Question]:
    """The questions that apply, in order. An answer to a question that does not apply opens no other."""
    shown: list[Question] = []
    counted: dict[str, Json] = {}
    for section in form.sections:
        for question in section.questions:
            if holds(question.when, case, counted):
                shown.append(question)
                counted[question.name] = answers.get(question.name)
    return shown


def visible_answers(form: Form, answers: Mapping[str, Json], case: str | None) -> dict[str, Json]:
    """The answers that count: those to questions that apply, nothing left empty."""
    asked = [question.name for question in visible_questions(form, answers, case)]
    return {name: answers[name] for name in asked if answers.get(name) is not None}


def required_components(
    procedure: Procedure, answers: Mapping[str, Json], case: str | None
) -> list[Component]:
    """The papers that must be attached. Give only answers that count (``visible_answers``)."""
    return [
        component
        for component in procedure.components
        if component.required and component.attach and holds(component.when, case, answers)
    ]


def pages_json(form: Form) -> list[dict[str, Any]]:
    """The form's pages as the command line shows them: sections of questions, in order."""
    return [
        {
            "id": section.id,
            "title": section.title,
            "questions": [_question_json(question) for question in section.questions],
        }
        for section in form.sections
    ]


def _question_json(question: Question) -> dict[str, Any]:
    when = question.when
    return {
        "name": question.name,
        "kind": question.kind.value,
        "label": question.label,
        "question": question.question,
        "hint": question.hint,
        "required": question.required,
        "options": [{"value": option.value, "label": option.label} for option in question.options],
        "when": {"field": when.field, "values": list(when.values)} if when else None,
        "paper": question.paper,
        "verified": question.verified.value,
    }
