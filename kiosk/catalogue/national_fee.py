"""What the national records say of time and money, and how much of it can be believed.

The rows are dirty: a fee stands in the column of time, "50 VNĐ" means 50.000, "Miễn phí" stands beside a note
that names the fee. Nothing is guessed: what is doubtful becomes None and is counted by kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.catalogue.model import Channel, Fee
from kiosk.catalogue.text import clean

UNKNOWN: Final = "Chưa rõ – hỏi cán bộ"
SET_BY_PROVINCE: Final = "Tỉnh quy định mức thu – hỏi cán bộ"
FREE: Final = "Không mất phí"
_ASK_EXEMPTION: Final = "Có trường hợp được miễn, giảm – hỏi cán bộ"
_LEAST_FEE: Final = 1000  # VND; below it the thousands were lost on the way
_LONGEST_NOTE: Final = 1500
_CHANNEL_NAMES: Final = {
    Channel.ONLINE: "Nộp trực tuyến",
    Channel.IN_PERSON: "Nộp tại quầy",
    Channel.POSTAL: "Gửi bưu điện",
}
_COUNCIL: Final = r"(?:hội đồng nhân dân|hđnd|(?:ủy|uỷ) ban nhân dân (?:cấp )?tỉnh|ubnd (?:cấp )?tỉnh)"
_PROVINCE: Final = re.compile(_COUNCIL, re.I)
_PROVINCE_FEE: Final = re.compile(rf"(?:phí|mức thu)[^.]{{0,120}}{_COUNCIL}", re.I)
_EXEMPTION: Final = re.compile(r"miễn|giảm|không thu|không phải nộp|bằng \d+\s?%", re.I)
_NOTHING_MORE: Final = re.compile(
    r"^[\W_]*(?:không(?: có| mất phí)?|(?:không thu|miễn)(?: phí| lệ phí|,| và)*(?:\s*\([^)]*\))?)?[\W_]*$",
    re.I,
)
_MONEY: Final = re.compile(r"phí|đồng|vnđ|vnd|usd|\bthu\b|mức|%|\d{1,3}(?:[.,]\d{3})+", re.I)
_MONEY_IN_TIME: Final = re.compile(r"^\W*(?:vnđ|vnd|usd|đồng|việt nam đồng)", re.I)
_SENTENCE: Final = re.compile(r"(?<=[.\n])\s+")


@dataclass(frozen=True, slots=True)
class Method:
    """One row of the source: a channel, its time, its fee."""

    channel: Channel
    time_value: int | float | None
    time_unit: str | None
    fee_text: str
    fee_amount: int | None
    fee_currency: str | None
    fee_note: str
    description: str


@dataclass(frozen=True, slots=True)
class _Charge:
    amount_vnd: int | None
    text: str | None  # None: the source is silent


def time_of(methods: Sequence[Method], untrusted: Counter[str]) -> str | None:
    """How long it takes, by channel where they differ; None where no row gives a number with its unit."""
    by_channel: dict[Channel, list[str]] = {}
    for method in methods:
        said = _duration(method, untrusted)
        known = by_channel.setdefault(method.channel, [])
        if said and said not in known:
            known.append(said)
    return _by_channel({channel: " hoặc ".join(said) or None for channel, said in by_channel.items()})


def _duration(method: Method, untrusted: Counter[str]) -> str | None:
    if method.time_value is None:
        untrusted["no_time"] += 1
        return None
    if not method.time_unit:
        untrusted["no_unit"] += 1
        if _MONEY_IN_TIME.match(method.description):
            untrusted["fee_in_time"] += 1
        return None
    number = f"{method.time_value:g}".replace(".", ",")
    return f"{number} {method.time_unit.lower()}"


def _by_channel(said: dict[Channel, str | None]) -> str | None:
    """One text where all channels agree, else one part for each that says something."""
    texts = set(said.values())
    if len(texts) == 1:
        return texts.pop()
    ordered = [(channel, said[channel]) for channel in Channel if channel in said]
    return " · ".join(f"{_CHANNEL_NAMES[channel]}: {text or UNKNOWN}" for channel, text in ordered) or None


def fee_of(methods: Sequence[Method], by_province: bool, exempt: bool, untrusted: Counter[str]) -> Fee | None:
    """The fee, never without the exemption the source names; None where the source is silent.

    ``by_province`` and ``exempt`` are the source's own flags. What the province sets is never shown as free.
    """
    exemption = _exemption(methods) or (_ASK_EXEMPTION if exempt else None)
    charges = [(method.channel, _charge(method, untrusted)) for method in methods]
    if by_province or any(_says_province(method) for method in methods):
        untrusted["fee_set_by_province"] += 1
        return Fee(SET_BY_PROVINCE, None, exemption)
    text = _by_channel(_texts(charges))
    if text is None:
        return Fee(UNKNOWN, None, exemption) if exemption else None
    amounts = {charge.amount_vnd for _, charge in charges}
    return Fee(_cut(text), amounts.pop() if len(amounts) == 1 else None, exemption)


def _says_province(method: Method) -> bool:
    in_note = _PROVINCE.search(method.fee_note)
    return bool(in_note or _PROVINCE_FEE.search(method.description))


def _texts(charges: Iterable[tuple[Channel, _Charge]]) -> dict[Channel, str | None]:
    said: dict[Channel, list[str]] = {}
    for channel, charge in charges:
        known = said.setdefault(channel, [])
        if charge.text and charge.text not in known:
            known.append(charge.text)
    return {channel: " / ".join(texts) or None for channel, texts in said.items()}


def _charge(method: Method, untrusted: Counter[str]) -> _Charge:
    note = "" if _NOTHING_MORE.match(method.fee_note[:200]) else _cut(method.fee_note)
    telling = note if _MONEY.search(note) else None
    if method.fee_amount is None:
        untrusted["no_fee"] += 1
        return _Charge(None, telling)
    if method.fee_amount == 0:
        return _free(note, untrusted)
    if method.fee_currency != "VND":
        untrusted["foreign_currency"] += 1
        return _Charge(None, _joined(clean(method.fee_text), note))
    if method.fee_amount < _LEAST_FEE:
        untrusted["fee_too_small"] += 1
        return _Charge(None, telling)
    amount = f"{method.fee_amount:,}".replace(",", ".") + " đồng"
    return _Charge(None if telling else method.fee_amount, _joined(amount, note))


def _free(note: str, untrusted: Counter[str]) -> _Charge:
    if not note:
        return _Charge(0, FREE)
    untrusted["free_but_fee_text"] += 1
    return _Charge(None, note if _MONEY.search(note) else None)


def _joined(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text


def _exemption(methods: Iterable[Method]) -> str | None:
    """Sentences that name an exemption or a reduction, each once; in a description, those on money only."""
    found: list[str] = []
    for method in methods:
        notes = _SENTENCE.split(method.fee_note)
        notes += [said for said in _SENTENCE.split(method.description) if _MONEY.search(said)]
        for sentence in notes:
            said = clean(sentence).strip("-–+() ")
            if _EXEMPTION.search(said) and said not in found:
                found.append(said)
    return _cut(" ".join(found)) or None


def _cut(text: str) -> str:
    text = clean(text)
    return text if len(text) <= _LONGEST_NOTE else text[: _LONGEST_NOTE - 1] + "…"
