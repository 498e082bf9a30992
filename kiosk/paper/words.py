"""Sentences on paper, by key, in the language of the sheet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

from kiosk.resources import asset


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The sentences of one language ("vi" or "en"); ``<b>`` in them is ours, facts are escaped."""

    lang: str
    sentences: dict[str, str]

    @classmethod
    def load(cls, lang: str) -> PaperWords:
        return cls(lang, _sentences(lang))

    def __call__(self, key: str, **facts: object) -> str:
        """Markup for a paragraph."""
        return self.sentences[key].format_map({name: self.fact(str(fact)) for name, fact in facts.items()})

    @staticmethod
    def fact(text: str) -> str:
        """Text of the world's made safe to stand in markup."""
        return escape(text)

    def day(self, day: date) -> str:
        """ "thứ Năm 26/11/2026"."""
        return f"{self.sentences[f'weekday-{day.weekday()}']} {day:%d/%m/%Y}"


@cache
def _sentences(lang: str) -> dict[str, str]:
    text = asset("locale", f"paper.{lang}.json").read_text(encoding="utf-8")
    sentences: dict[str, str] = json.loads(text)
    return sentences
