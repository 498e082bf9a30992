"""Sentences for people, by language: flat JSON maps ``assets/locale/<file>.<lang>.json``."""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from kiosk.resources import asset

LANGUAGES: Final = ("vi", "en")


def words(file: str, lang: str, key: str, /, **facts: object) -> str:
    """The sentence of ``key`` with its places filled. A missing key or fact is a bug: KeyError."""
    return sentences(file, lang)[key].format_map(facts)


@cache
def sentences(file: str, lang: str) -> dict[str, str]:
    """All sentences of one file in one language."""
    text = asset("locale", f"{file}.{lang}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found
