"""Strict reading of one JSON record: every key known, every type right, every text clean."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from kiosk.canonical import decode_object
from kiosk.catalogue.text import clean, has_hidden
from kiosk.errors import KnownError

_T = TypeVar("_T")
_E = TypeVar("_E", bound=enum.Enum)
LONGEST_TEXT: Final = 8_000
LARGEST_FILE: Final = 2 * 1024 * 1024


class Reader:
    """Takes a JSON object apart key by key; ``done()`` refuses what nobody asked for.

    Every failure is KnownError ``catalogue-bad`` with the record's name and the place in it.
    """

    def __init__(self, value: object, record: str, place: str = "") -> None:
        self._record = record
        self._place = place
        if not isinstance(value, dict):
            self.fail("", "not an object")
        self._rest: dict[str, Any] = dict(value)

    def fail(self, key: str, reason: str) -> NoReturn:
        place = ".".join(part for part in (self._place, key) if part)
        raise KnownError("catalogue-bad", record=self._record, reason=f"{place}: {reason}".strip(": "))

    def _take(self, key: str) -> Any:
        if key not in self._rest:
            self.fail(key, "missing")
        return self._rest.pop(key)

    def has(self, key: str) -> bool:
        return key in self._rest

    def text(self, key: str, *, empty: bool = False) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not _is_plain(value):
            self.fail(key, "not a plain text")
        if not (value := clean(value)) and not empty:
            self.fail(key, "empty")
        return value

    def optional_text(self, key: str) -> str | None:
        if self._rest.get(key, 0) is None:
            del self._rest[key]
            return None
        return self.text(key)

    def flag(self, key: str) -> bool:
        value = self._take(key)
        if not isinstance(value, bool):
            self.fail(key, "not true or false")
        return value

    def count(self, key: str, limit: int = 100_000_000) -> int | None:
        """A whole number from 0 to ``limit``, or None for ``null``."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= limit:
            self.fail(key, "not a count")
        return value

    def day(self, key: str) -> date | None:
        text = self.optional_text(key)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.fail(key, "not a date")

    def choice(self, key: str, kind: type[_E]) -> _E:
        return self._one_of(key, kind, self._take(key))

    def choices(self, key: str, kind: type[_E]) -> tuple[_E, ...]:
        return tuple(self._one_of(key, kind, value) for value in self.items(key))

    def _one_of(self, key: str, kind: type[_E], value: object) -> _E:
        try:
            return kind(value)
        except ValueError:
            self.fail(key, "not one of the known values")

    def items(self, key: str) -> list[Any]:
        value = self._take(key)
        if not isinstance(value, list):
            self.fail(key, "not a list")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.items(key)
        if any(
            not isinstance(v, str) or not v.strip() or len(v) > LONGEST_TEXT or has_hidden(v) for v in values
        ):
            self.fail(key, "not a list of plain texts")
        return tuple(clean(v) for v in values)

    def object(self, key: str) -> Reader | None:
        """A reader of the object under ``key``, or None for ``null``."""
        value = self._take(key)
        return None if value is None else Reader(value, self._record, self._inner(key))

    def list_of(self, key: str, read: Callable[[Reader], _T]) -> tuple[_T, ...]:
        return tuple(
            read(Reader(value, self._record, self._inner(f"{key}[{i}]")))
            for i, value in enumerate(self.items(key))
        )

    def raw(self, key: str) -> Any:
        return self._take(key)

    def unique(self, key: str, names: list[str]) -> None:
        if len(set(names)) != len(names):
            self.fail(key, "given twice")

    def done(self) -> None:
        for key in self._rest:
            self.fail(key[:40], "unknown key")

    def _inner(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key


def _is_plain(text: str) -> bool:
    return len(text) <= LONGEST_TEXT and not has_hidden(text)


def load_object(file: Path) -> Mapping[str, Any]:
    """A JSON object from a small file, no key given twice. KnownError ``catalogue-bad`` otherwise."""
    return load(file, decode_object_once)


def load_list(file: Path) -> list[Any]:
    """A JSON list from a small file. KnownError ``catalogue-bad`` otherwise."""
    return load(file, _decode_list)


def load(file: Path, decode: Callable[[bytes], _T]) -> _T:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise KnownError("catalogue-bad", record=file.name, reason="too large")
        return decode(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise KnownError("catalogue-bad", record=file.name, reason=type(error).__name__) from error


def decode_object_once(data: bytes) -> dict[str, Any]:
    """As ``canonical.decode_object``, and ValueError where an object names a key twice."""
    json.loads(data, object_pairs_hook=_no_repeats)
    return decode_object(data)


def _decode_list(data: bytes) -> list[Any]:
    value = json.loads(data, object_pairs_hook=_no_repeats)
    if not isinstance(value, list):
        raise ValueError("not a JSON list")
    return value


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key is given twice")
    return made
