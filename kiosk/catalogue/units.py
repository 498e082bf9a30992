"""Administrative units in force: by code, by name, and by the names they had before July 2025."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

from kiosk.catalogue.model import Unit
from kiosk.catalogue.text import clean, sound, tokens, words
from kiosk.errors import KnownError

_LONGEST_QUERY: Final = 100
_KINDS: Final = (("thi", "tran"), ("dac", "khu"), ("thanh", "pho"), ("xa",), ("phuong",), ("tinh",))
_Order: TypeAlias = tuple[int, bool, bool, bool, bool, str]  # smaller is better


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name a unit has or had; ``padded`` is it folded, between two blanks."""

    padded: str
    name: str
    current: bool
    unit: Unit


class Units:
    """All provinces and communes, read once from ``units.json``; searching folds names on first use."""

    def __init__(self, file: Path) -> None:
        """KnownError ``catalogue-bad`` if the file is not as ``packaging/make_units.py`` writes it."""
        try:
            table = json.loads(file.read_text(encoding="utf-8"))
            types = [str(kind) for kind in table["types"]]
            self.provinces: tuple[Unit, ...] = tuple(_unit(row, types) for row in table["provinces"])
            self.communes: tuple[Unit, ...] = tuple(_unit(row, types) for row in table["communes"])
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise KnownError("catalogue-bad", record=file.name, reason=type(error).__name__) from error
        self._by_code = {unit.code: unit for unit in (*self.provinces, *self.communes)}

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str) -> Unit | None:
        """The unit of a province's (2 digits) or commune's (5 digits) code."""
        return self._by_code.get(code)

    def is_commune(self, code: str) -> bool:
        return len(code) == 5 and code in self._by_code

    def label(self, unit: Unit) -> str:
        """As people write it: "Xã Lùng Tám, Tỉnh Tuyên Quang"."""
        if unit.province == unit.code:
            return unit.full_name
        return f"{unit.full_name}, {self._by_code[unit.province].full_name}"

    def search(self, text: str, limit: int = 10, province: str | None = None) -> list[Unit]:
        """Units whose current or old name begins with, or holds, the words typed; marks are not needed.

        Whole names come before beginnings, then right marks, current names, units of ``province``.
        """
        typed = clean(text[:_LONGEST_QUERY])
        wanted = " ".join(_without_kind(tokens(typed)))
        if not wanted:
            return []
        heard = [sound(word.marked) for word in words(typed)][-len(wanted.split()) :]
        best: dict[str, _Order] = {}
        for entry in self._names:
            rank = _rank(entry.padded, wanted)
            if rank is not None:
                order = _order(entry, rank, heard, province)
                best[entry.unit.code] = min(order, best.get(entry.unit.code, order))
        return [self._by_code[code] for code in sorted(best, key=lambda code: (best[code], code))[:limit]]

    def by_old_name(self, text: str) -> list[Unit]:
        """Units made of one with this old name: "xã cũ X nay là xã nào". Marks are not needed."""
        wanted = f" {' '.join(_without_kind(tokens(clean(text[:_LONGEST_QUERY]))))} "
        return [entry.unit for entry in self._names if not entry.current and entry.padded == wanted]

    @cached_property
    def _names(self) -> tuple[_Entry, ...]:
        entries: list[_Entry] = []
        for unit in self._by_code.values():
            entries.append(_Entry(_padded(unit.name), unit.name, True, unit))
            entries += [_Entry(_padded(name), name, False, unit) for name in unit.old_names]
        return tuple(entries)


def _padded(name: str) -> str:
    return f" {' '.join(tokens(name))} "


def _order(entry: _Entry, rank: int, heard: list[str], province: str | None) -> _Order:
    marked = [sound(word.marked) for word in words(entry.name)]
    return (
        rank,
        any(word not in marked for word in heard if not word.isascii()),
        not entry.current,
        entry.unit.province != province,
        entry.unit.code == entry.unit.province,
        entry.padded,
    )


def _rank(padded: str, wanted: str) -> int | None:
    """0 the whole name, 1 its beginning, 2 inside at a word's beginning, None elsewhere."""
    if padded == f" {wanted} ":
        return 0
    at = padded.find(f" {wanted}")
    return None if at < 0 else min(at, 1) + 1


def _without_kind(found: list[str]) -> list[str]:
    """The words after "xã", "phường", …, unless nothing or only a number follows ("phường 4")."""
    for kind in _KINDS:
        rest = found[len(kind) :]
        if tuple(found[: len(kind)]) == kind and rest and not rest[0].isdigit():
            return rest
    return found


def _unit(row: Any, types: list[str]) -> Unit:
    code, name, kind, province, merged_from, old_names = row
    return Unit(
        code=code,
        name=name,
        full_name=f"{types[kind]} {name}",
        province=province,
        merged_from=merged_from,
        old_names=tuple(old_names),
    )
