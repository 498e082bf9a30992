"""Words shown on screens, by key, in the language a person chose."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from kiosk.resources import asset


class Language(StrEnum):
    """Languages the screens speak."""

    VI = "vi"
    EN = "en"


class MissingWords(LookupError):
    """A key, or a fact a sentence needs, that is not there: a bug in a page, never the world's fault."""


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences of one language with ``{fact}`` places."""

    language: Language
    sentences: dict[str, str]

    @classmethod
    def load(cls, language: Language = Language.VI) -> Words:
        """Reads ``assets/locale/ui.<language>.json``, a flat map of key to sentence."""
        path = asset("locale", f"ui.{language.value}.json")
        return cls(language, json.loads(path.read_text("utf-8")))

    def __call__(self, key: str, **facts: object) -> str:
        """The sentence under a key with its facts filled in; loud when either is missing."""
        try:
            return self.sentences[key].format_map({name: str(fact) for name, fact in facts.items()})
        except KeyError as missing:
            raise MissingWords(f"{self.language.value}: {key} ({missing})") from missing

    def has(self, key: str) -> bool:
        """Whether a sentence exists, for words that data names (paper kinds, life events)."""
        return key in self.sentences
