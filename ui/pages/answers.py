"""Answers, dates and sizes as people write them."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.catalogue.model import FieldKind, Json, Question
from kiosk.catalogue.units import Units
from kiosk.clock import parse
from kiosk.dossier.packet import MB
from ui.messages import Words

_CITIZEN_GROUPS = (3, 6, 9)
_PHONE_GROUPS = (4, 7)
_PHONE_DIGITS = 10
_CITIZEN_DIGITS = 12


def answer_words(words: Words, units: Units, asked: Question, value: Json) -> str:
    """An answer as a row of the check page shows it; what is wrong is shown as typed."""
    if value is None or value == "":
        return words("answer.none" if asked.required else "answer.left_out")
    if isinstance(value, bool):
        return words("answer.yes" if value else "answer.no")
    text = str(value)
    match asked.kind:
        case FieldKind.CHOICE:
            return next((option.label for option in asked.options if option.value == text), text)
        case FieldKind.UNIT:
            unit = units.get(text)
            return units.label(unit) if unit is not None else text
        case FieldKind.DATE:
            return _date_words(words, text)
        case FieldKind.CITIZEN_NUMBER if len(text) == _CITIZEN_DIGITS:
            return _grouped(text, _CITIZEN_GROUPS)
        case FieldKind.PHONE if len(text) == _PHONE_DIGITS:
            return _grouped(text, _PHONE_GROUPS)
    return text


def _date_words(words: Words, text: str) -> str:
    try:
        words_of_day = day_words(words, date.fromisoformat(text))
        return words_of_day[:1].upper() + words_of_day[1:]
    except ValueError:
        return text


def _grouped(digits: str, cuts: tuple[int, ...]) -> str:
    return "\u00a0".join(digits[a:b] for a, b in zip((0, *cuts), (*cuts, None), strict=True))


def day_words(words: Words, day: date) -> str:
    """ "thứ Năm, 12/11/2026" """
    return words("when.day", weekday=weekday(words, day), date=f"{day:%d/%m/%Y}")


def weekday(words: Words, day: date) -> str:
    """ "thứ Năm", as inside a sentence."""
    return words(f"when.weekday_{day.weekday()}")


def moment_words(words: Words, moment: str | datetime) -> str:
    """A time (RFC 3339): "09:58 thứ Hai 23/11/2026"."""
    at = parse(moment) if isinstance(moment, str) else moment
    return words("when.moment", time=f"{at:%H:%M}", weekday=weekday(words, at), date=f"{at:%d/%m/%Y}")


def clock_words(words: Words, moment: str, now: datetime) -> str:
    """A past time as short as can be: only the clock today, with the day before."""
    at = parse(moment)
    return f"{at:%H:%M}" if at.date() == now.date() else moment_words(words, at)


def size_words(size: int) -> str:
    """Bytes with a decimal comma: "1,2 MB", "640 KB"."""
    if size >= MB:
        return f"{size / MB:.1f}".replace(".", ",").removesuffix(",0") + "\u00a0MB"
    return f"{max(1, round(size / 1000))}\u00a0KB"
