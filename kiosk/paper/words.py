"""Sentences on paper, by key, in the language of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from kiosk.words import words


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The sentences of ``assets/locale/paper.<lang>.json``; ``<b>`` in them is ours, facts are escaped."""

    lang: str

    def __call__(self, key: str, **facts: object) -> str:
        """Markup for a paragraph."""
        return words("paper", self.lang, key, **{name: self.fact(str(fact)) for name, fact in facts.items()})

    @staticmethod
    def fact(text: str) -> str:
        """Text of the world's made safe to stand in markup."""
        return escape(text)

    def day(self, day: date) -> str:
        """ "thứ Năm 26/11/2026"."""
        return f"{self(f'weekday-{day.weekday()}')} {day:%d/%m/%Y}"

    @property
    def other(self) -> PaperWords:
        """The language that the sheet says the most needful in."""
        return PaperWords("en" if self.lang == "vi" else "vi")
