"""What is wrong with an answer, in words people understand. Pure; the same on the kiosk and at the centre.

A ``Finding`` names the place and a code; its sentences are ``assets/locale/validation.<lang>.json``. Answers
may be any JSON at all: a wrong type is a finding like any other.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.catalogue.forms import visible_questions
from kiosk.catalogue.model import FieldKind, Form, Json, Procedure, Question
from kiosk.catalogue.numbers import born_as_numbered, has_known_province, phone_of
from kiosk.catalogue.schema import LONGEST_LINE, LONGEST_PARAGRAPH
from kiosk.catalogue.text import has_hidden
from kiosk.catalogue.units import Units
from kiosk.words import words

_LONGEST_NAME: Final = 100
_FIRST_YEAR: Final = 1900
_LARGEST_COUNT: Final = 1_000_000
_MOST_MARKS: Final = 2  # of one letter, beyond what one code point holds
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TAX_CODE: Final = re.compile(r"\d{10}|\d{12}|\d{10}-\d{3}", re.ASCII)
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, or odd (``warning``: it keeps nobody from going on), at one place.

    ``field`` is the question's name, or a path such as "applicant.phone"; ``facts`` never hold what was
    typed.
    """

    field: str
    code: str
    warning: bool = False
    facts: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def sentence(self, lang: str = "vi") -> str:
        """One sentence that says what is wrong and how to mend it."""
        return words("validation", lang, self.code, **self.facts)


@dataclass(frozen=True, slots=True)
class _Context:
    name: str
    question: Question
    today: date
    units: Units

    def wrong(self, code: str, **facts: int) -> Finding:
        return Finding(self.name, code, facts=facts)

    def odd(self, code: str) -> Finding:
        return Finding(self.name, code, warning=True)


def is_empty(value: Json) -> bool:
    """Whether nothing was answered: null, or nothing but blanks."""
    return value is None or (isinstance(value, str) and not value.strip())


def check_answer(question: Question, value: Json, today: date, units: Units) -> Finding | None:
    """What is wrong or odd about one answer; None if nothing is. ``today`` as the clock has it."""
    context = _Context(question.name, question, today, units)
    if is_empty(value):
        return context.wrong("missing") if question.required else None
    if question.kind is FieldKind.YES_NO:
        return None if isinstance(value, bool) else context.wrong("yes-no")
    if question.kind is FieldKind.COUNT:
        return _count(context, value)
    if not isinstance(value, str):
        return context.wrong("not-text")
    return _CHECKS[question.kind](context, value)


def check_answers(form: Form, answers: object, case: str | None, today: date, units: Units) -> list[Finding]:
    """Everything wrong or odd in a form's answers, in the order of its questions.

    Answers to questions that are unknown or do not apply are findings too; what the questions let pass must
    also satisfy the form's JSON Schema.
    """
    if not isinstance(answers, dict):
        return [Finding("answers", "not-answers")]
    asked = visible_questions(form, answers, case)
    found = [check_answer(question, answers.get(question.name), today, units) for question in asked]
    findings = [finding for finding in found if finding is not None]
    names = {question.name for question in asked}
    known = {question.name for section in form.sections for question in section.questions}
    for key in answers:
        if key not in known:
            findings.append(Finding(_shown(key), "unknown-question"))
        elif key not in names and not is_empty(answers[key]):
            findings.append(Finding(key, "not-asked"))
    return findings + _against_schema(form, answers, {finding.field for finding in findings})


def check_case(procedure: Procedure, case: object) -> Finding | None:
    """Whether ``case`` is one the procedure tells apart, or None where it tells none apart."""
    if not procedure.cases:
        return None if case is None else Finding("case", "not-asked")
    if case is None:
        return Finding("case", "missing")
    return None if case in {known.id for known in procedure.cases} else Finding("case", "choice")


def _against_schema(form: Form, answers: Mapping[str, Json], told: set[str]) -> list[Finding]:
    from jsonschema import Draft202012Validator  # dear to load

    given = {name: value for name, value in answers.items() if not is_empty(value)}
    findings = []
    for error in Draft202012Validator(dict(form.schema)).iter_errors(given):
        name = _shown(str(error.absolute_path[0])) if error.absolute_path else "answers"
        if name not in told and not (told and name == "answers"):
            told.add(name)
            findings.append(Finding(name, "schema"))
    return findings


def _shown(key: object) -> str:
    """A key that may be said aloud: anything but a plain name could hold anything."""
    return key if isinstance(key, str) and _KEY.fullmatch(key) else "?"


def check_born_as_numbered(path: str, number: str | None, born: str | None) -> Finding | None:
    """A warning where a citizen number and a date of birth, each fine by itself, do not go together."""
    if number is None or born is None or len(number) != 12 or not number.isdigit():
        return None
    try:
        fits = born_as_numbered(number, date.fromisoformat(born))
    except ValueError:
        return None
    return None if fits else Finding(path, "citizen-number-birth", warning=True)


# -- one kind each


def _count(context: _Context, value: Json) -> Finding | None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST_COUNT:
        return context.wrong("count")
    return None


def _person_name(context: _Context, value: str) -> Finding | None:
    name = unicodedata.normalize("NFC", value.strip())
    if has_hidden(name) or not name.isprintable():
        return context.wrong("name-hidden")
    if len(name) > _LONGEST_NAME:
        return context.wrong("too-long", limit=_LONGEST_NAME)
    if any(c.isdigit() for c in name):
        return context.wrong("name-digit")
    if not all(_in_a_name(c) for c in name) or not any(c.isalpha() for c in name) or _is_heaped(name):
        return context.wrong("name-letters")
    return None


def _in_a_name(c: str) -> bool:
    if c in " '’-.":
        return True
    return unicodedata.combining(c) > 0 or (c.isalpha() and unicodedata.name(c, "").startswith("LATIN "))


def _is_heaped(name: str) -> bool:
    """More marks on one letter than any language puts there."""
    run = 0
    for c in name:
        run = run + 1 if unicodedata.combining(c) else 0
        if run > _MOST_MARKS:
            return True
    return False


def _line(context: _Context, value: str) -> Finding | None:
    if any(c in value.strip() for c in "\n\r\t\v\f\u2028\u2029"):
        return context.wrong("one-line")
    return _text(context, value, LONGEST_LINE)


def _paragraph(context: _Context, value: str) -> Finding | None:
    return _text(context, value, LONGEST_PARAGRAPH)


def _text(context: _Context, value: str, limit: int) -> Finding | None:
    if has_hidden(value):
        return context.wrong("text-hidden")
    if len(value) > limit:
        return context.wrong("too-long", limit=limit)
    return None if any(c.isalnum() for c in value) else context.wrong("text-empty")


def _date(context: _Context, value: str) -> Finding | None:
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        return context.wrong("date")
    if day.year < _FIRST_YEAR:
        return context.wrong("date-old", year=_FIRST_YEAR)
    if day > context.today and not context.question.future:
        return context.wrong("date-future")
    return None


def _citizen_number(context: _Context, value: str) -> Finding | None:
    if not (value.isascii() and value.isdigit()):
        return context.wrong("citizen-number-digits")
    if len(value) > 12:
        return context.wrong("citizen-number-too-long", count=len(value))
    if len(value) not in (9, 12):
        return context.wrong("citizen-number-length", count=len(value))
    if len(value) == 12 and not has_known_province(value):
        return context.odd("citizen-number-province")
    return None


def _tax_code(context: _Context, value: str) -> Finding | None:
    return None if _TAX_CODE.fullmatch(value) else context.wrong("tax-code")


def _phone(context: _Context, value: str) -> Finding | None:
    return None if phone_of(value) else context.wrong("phone")


def _choice(context: _Context, value: str) -> Finding | None:
    return None if value in {option.value for option in context.question.options} else context.wrong("choice")


def _unit(context: _Context, value: str) -> Finding | None:
    return None if context.units.is_commune(value) else context.wrong("unit")


_CHECKS: Final[Mapping[FieldKind, Callable[[_Context, str], Finding | None]]] = {
    FieldKind.PERSON_NAME: _person_name,
    FieldKind.TEXT: _line,
    FieldKind.LONG_TEXT: _paragraph,
    FieldKind.ADDRESS: _line,
    FieldKind.DATE: _date,
    FieldKind.CITIZEN_NUMBER: _citizen_number,
    FieldKind.TAX_CODE: _tax_code,
    FieldKind.PHONE: _phone,
    FieldKind.CHOICE: _choice,
    FieldKind.UNIT: _unit,
}
