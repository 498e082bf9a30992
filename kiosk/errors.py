"""What can go wrong in the world, as one error with a code.

    KnownError(code, **facts)
        the world's failure: a full disk, a dead link, a bad file. Has a sentence for people.
    everything else
        a bug: loud, logged, never swallowed.

Sentences live in ``assets/locale/errors.<lang>.json``; a test holds every code raised in the source to both.
"""

from __future__ import annotations

from kiosk.words import words


class KnownError(Exception):
    """A failure of the world, not of the program.

    ``code`` is a short slug that a technician can quote; ``facts`` fill the places in the sentence and must
    never hold a name, a number or an answer of a person.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def sentence(self, lang: str = "vi") -> str:
        """One clear sentence in ``lang`` ("vi" or "en")."""
        return words("errors", lang, self.code, **self.facts)
