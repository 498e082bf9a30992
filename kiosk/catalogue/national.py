"""One national record → a ``Procedure`` of ours, with a count of what in it could not be trusted.

Kinds counted (rows and lines unless said otherwise):
    no_unit                a time without its unit: shown as unknown
    no_time                no time at all
    fee_in_time            of ``no_unit``: the figure was a fee in the wrong column
    no_fee                 no fee at all
    free_but_fee_text      "Miễn phí" beside a note that says more: the note is shown, not the word
    fee_too_small          below 1,000 đồng, the thousands were lost: only the note is shown
    foreign_currency       a fee in USD: shown as it stands, never as an amount in đồng
    fee_set_by_province    (records) the provincial council sets it: never shown as free or as an amount
    explanatory_component  a line with all counts 0: no paper
    empty_component        a line without a single word
    duplicate_component    the same paper again: shown once
    odd_count              a count of copies that is a year or a number of a decree: shown as unknown
    mistitled_group        a group whose title is a note or a paper, not a case
    no_component           (records) no paper is left
    stale_level            (records) "Cấp bộ" only, yet a provincial or communal office does the work
    district_named         (records) the office named belongs to a district; there are none since July 2025
    no_level, no_channel, no_result   (records) the source is silent
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from kiosk.catalogue.loader import procedure_json, root_code, version_of
from kiosk.catalogue.model import GENERAL_FORM, Channel, Component, Origin, Procedure, Verified
from kiosk.catalogue.national_fee import Method, fee_of, time_of
from kiosk.catalogue.text import clean, clean_lines, fold, tokens

LEVELS: Final = ("Cấp bộ", "Cấp tỉnh", "Cấp xã", "Cơ quan khác")
_T = TypeVar("_T")
_LONGEST_TEXT: Final = 8000
_LONGEST_NAME: Final = 2000
_LONGEST_NOTE: Final = 20_000
_MOST_ITEMS: Final = 1000
_MOST_COPIES: Final = 20
_LONGEST_PAPER: Final = 400  # a longer line tells a story with cases in it
_LIST_MARK: Final = re.compile(
    r"^(?:[\s;.,:\-–+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4})[.)](?=\D))+", re.I
)
_CONDITIONAL: Final = re.compile(
    r"trường hợp|nếu|đối với|khi |tùy|tuỳ|theo yêu cầu|một trong|(?:ủy|uỷ) quyền|đại diện|dưới \d+ tuổi|"
    r"riêng|chỉ áp dụng|không bắt buộc|xuất trình|lưu ý|được miễn|thay thế|chưa ",
    re.I,
)
_ALTERNATIVES: Final = re.compile(r"một trong (?:các|những|số)|các trường hợp sau", re.I)
_PLAIN_GROUP: Final = re.compile(r"^(?:t?thanh phan)?(?: ho so)?(?: bao| gom| bao gom)?$")
_NO_CASE: Final = re.compile(
    r"^(?:luu y|nguoi (?:uy quyen|co tham quyen)|phieu|to (?:trinh|khai)|don |van ban|ban (?:sao|chinh)|"
    r"tai lieu|giay (?!to))"
)
_LOCAL_OFFICE: Final = re.compile(r"\b(?:tỉnh|xã|phường|sở)\b", re.I)
_DISTRICT: Final = re.compile(r"\b(?:cấp huyện|quận|huyện|thị xã)\b", re.I)


class Rejected(ValueError):
    """This line is no national record: wrong types, no code, no name."""


@dataclass(frozen=True, slots=True)
class Converted:
    procedure: Procedure
    untrusted: Counter[str]


def convert(record: object) -> Converted:
    """Our view of one national record; ``Rejected`` if it is none. The same record gives the same result."""
    if not isinstance(record, dict):
        raise Rejected("not an object")
    code, name = root_code(_text(record, "code")), clean(_text(record, "name"))
    if code is None or not tokens(name) or len(name) > _LONGEST_NAME:
        raise Rejected("no code or no name")
    untrusted: Counter[str] = Counter()
    by_province, exempt = _flag(record, "fee_set_by_province"), _flag(record, "has_exemption_text")
    methods = [_method(row) for row in _list(record, "methods", dict)]
    channels = frozenset(method.channel for method in methods)
    offices = _first_text(record, "executing_agency", "authority")
    level = _level(record, offices or "", untrusted)
    procedure = Procedure(
        code=code,
        version="",
        name=name,
        official_name=name,
        summary=None,
        level=level,
        field=clean(_text(record, "field")),
        life_events=(),
        channels=channels,
        time=time_of(methods, untrusted),
        fee=fee_of(methods, by_province, exempt, untrusted),
        where=_first_text(record, "receiving_address", "executing_agency", "authority"),
        result="; ".join(_names(record, "results"))[:_LONGEST_TEXT] or None,
        steps=tuple(line[:_LONGEST_TEXT] for line in clean_lines(_text(record, "steps_text"))),
        cases=(),
        components=tuple(_components(record, untrusted)),
        form_id=GENERAL_FORM if Channel.ONLINE in channels else None,
        words=(),
        effective_from=None,
        effective_to=None,
        updated=None,
        source=_url(_text(record, "url")),
        verified=Verified.NATIONAL_RECORD,
        origin=Origin.UNSIGNED,
    )
    _count_silence(procedure, untrusted)
    return Converted(replace(procedure, version=version_of(procedure_json(procedure))), untrusted)


def _count_silence(procedure: Procedure, untrusted: Counter[str]) -> None:
    untrusted["no_channel"] += not procedure.channels
    untrusted["no_level"] += not procedure.level
    untrusted["no_component"] += not procedure.components
    untrusted["no_result"] += procedure.result is None


def _text(record: dict[str, Any], key: str) -> str:
    """The text under ``key``, "" where there is none."""
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Rejected(f"{key} is not a text")
    return value


def _flag(record: dict[str, Any], key: str) -> bool:
    value = record.get(key, False)
    if not isinstance(value, bool):
        raise Rejected(f"{key} is not a flag")
    return value


def _list(record: dict[str, Any], key: str, kind: type[_T]) -> list[_T]:
    values = record.get(key)
    if values is None:
        return []
    if not isinstance(values, list) or len(values) > _MOST_ITEMS:
        raise Rejected(f"{key} is not a list")
    if not all(isinstance(value, kind) for value in values):
        raise Rejected(f"{key} holds something else")
    return values


def _number(row: dict[str, Any], key: str) -> int | float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 10**12:
        raise Rejected(f"{key} is not a number")
    return value


def _whole(row: dict[str, Any], key: str) -> int | None:
    value = _number(row, key)
    if isinstance(value, float):
        raise Rejected(f"{key} is not a whole number")
    return value


def _first_text(record: dict[str, Any], *keys: str) -> str | None:
    found = [text for key in keys if (text := clean(_text(record, key)))]
    return found[0][:_LONGEST_TEXT] if found else None


def _names(record: dict[str, Any], key: str) -> list[str]:
    names = [clean(_text(item, "name")) for item in _list(record, key, dict)]
    return list(dict.fromkeys(name for name in names if name))


def _url(text: str) -> str | None:
    url = clean(text)
    return url if re.fullmatch(r"https?://[^\s]{4,500}", url) else None


def _method(row: dict[str, Any]) -> Method:
    try:
        channel = Channel(row.get("channel"))
    except ValueError as error:
        raise Rejected("an unknown channel") from error
    return Method(
        channel=channel,
        time_value=_number(row, "time_value"),
        time_unit=clean(_text(row, "time_unit")) or None,
        fee_text=clean(_text(row, "fee_text")),
        fee_amount=_whole(row, "fee_amount"),
        fee_currency=_text(row, "fee_currency") or None,
        fee_note=_text(row, "fee_note")[:_LONGEST_NOTE],
        description=_text(row, "description")[:_LONGEST_NOTE],
    )


def _level(record: dict[str, Any], offices: str, untrusted: Counter[str]) -> tuple[str, ...]:
    given = [clean(level) for level in _list(record, "levels", str)]
    level = tuple(name for name in LEVELS if name in given)
    untrusted["stale_level"] += level == ("Cấp bộ",) and _LOCAL_OFFICE.search(offices) is not None
    untrusted["district_named"] += _DISTRICT.search(offices) is not None
    return level


def _components(record: dict[str, Any], untrusted: Counter[str]) -> Iterator[Component]:
    groups = _list(record, "components", dict)
    seen: set[str] = set()
    for group in groups:
        title = fold(clean(_LIST_MARK.sub("", clean(_text(group, "title")))))
        untrusted["mistitled_group"] += len(title) > 160 or _NO_CASE.match(title) is not None
        plain = len(groups) == 1 and _PLAIN_GROUP.match(title.rstrip(" :;,.")) is not None
        for component in _papers(_list(group, "items", dict), plain, untrusted):
            if component.id in seen:
                untrusted["duplicate_component"] += 1
                continue
            seen.add(component.id)
            yield component


def _papers(items: list[dict[str, Any]], plain: bool, untrusted: Counter[str]) -> Iterator[Component]:
    """Components of one group; ``plain``: the group's title says that all of it is asked for."""
    for item in items:
        raw = clean(_text(item, "name"))
        counts = [_whole(item, key) or 0 for key in ("originals", "copies", "photocopies")]
        plain = plain and not _ALTERNATIVES.search(raw)
        name = _paper_name(raw, clean(_text(item, "form_file")))
        if not any(counts) or _flag(item, "note_only"):
            untrusted["explanatory_component"] += 1
        elif not tokens(name):
            untrusted["empty_component"] += 1
        else:
            yield _component(name, counts, plain, untrusted)


def _paper_name(raw: str, form_file: str) -> str:
    """The line without its list mark, and without the file name the crawl glued to its end."""
    if form_file and raw.endswith(form_file):
        raw = raw.removesuffix(form_file)
    return clean(_LIST_MARK.sub("", raw)).rstrip(" ;,:")[:_LONGEST_TEXT]


def _component(name: str, counts: list[int], plain: bool, untrusted: Counter[str]) -> Component:
    odd = max(counts) > _MOST_COPIES
    untrusted["odd_count"] += odd
    conditional = len(name) > _LONGEST_PAPER or _CONDITIONAL.search(name) is not None
    digest = hashlib.sha256(" ".join(tokens(name)).encode()).hexdigest()
    return Component(
        id=f"n-{digest[:10]}",
        name=name,
        required=plain and not conditional and not odd,
        attach=True,
        originals=None if odd else counts[0],
        copies=None if odd else counts[1] + counts[2],
        when=None,
        look=None,
        obtain=None,
        drawing="paper",
    )
