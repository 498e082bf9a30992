"""From what was typed on a question page to the answer that was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from kiosk.catalogue.model import FieldKind, Json, Question
from kiosk.catalogue.numbers import phone_of
from kiosk.catalogue.units import Units
from kiosk.catalogue.validation import Finding, check_answer, is_empty

_DAY: Final = re.compile(r"(\d{1,2})[/.\-\s]+(\d{1,2})[/.\-\s]+(\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_GAPS: Final = re.compile(r"[\s.]")
_TAX_BRANCH: Final = re.compile(r"(\d{10})-?(\d{3})", re.ASCII)
_LONGEST_COUNT: Final = 9  # digits


def read_answer(asked: Question, typed: Json, today: date, units: Units) -> tuple[Json, Finding | None]:
    """The answer meant by ``typed`` (None where nothing was given), and what is wrong or odd about it.

    An answer that stands already reads as itself.
    """
    if is_empty(typed):
        value = None
    elif isinstance(typed, str):
        value = _READ.get(asked.kind, _as_is)(typed)
    else:
        value = typed
    return value, check_answer(asked, value, today, units)


def _as_is(typed: str) -> Json:
    return typed


def _line(typed: str) -> Json:
    return " ".join(unicodedata.normalize("NFC", typed).split())


def _paragraph(typed: str) -> Json:
    return unicodedata.normalize("NFC", typed).strip()


def _day(typed: str) -> Json:
    """Day before month, as everybody here writes it; what is no day stays as typed."""
    match = _DAY.fullmatch(typed.strip())
    if match is None:
        return typed.strip()
    day, month, year = match[1] or match[4], match[2] or match[5], match[3] or match[6]
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _number(typed: str) -> Json:
    return _GAPS.sub("", typed)


def _tax_code(typed: str) -> Json:
    digits = _GAPS.sub("", typed)
    branch = _TAX_BRANCH.fullmatch(digits)
    return f"{branch[1]}-{branch[2]}" if branch else digits


def _phone(typed: str) -> Json:
    return phone_of(typed) or typed.strip()


def _count(typed: str) -> Json:
    digits = _GAPS.sub("", typed)
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_COUNT
    return int(digits) if is_number else typed


_READ: Final[Mapping[FieldKind, Callable[[str], Json]]] = {
    FieldKind.PERSON_NAME: _line,
    FieldKind.TEXT: _line,
    FieldKind.ADDRESS: _line,
    FieldKind.LONG_TEXT: _paragraph,
    FieldKind.DATE: _day,
    FieldKind.CITIZEN_NUMBER: _number,
    FieldKind.TAX_CODE: _tax_code,
    FieldKind.PHONE: _phone,
    FieldKind.COUNT: _count,
}
