"""Names of the pages, and the stops that a dossier's way is made of."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final


class Page(enum.Enum):
    """One screen. HELPER, APPLICANT, SUBMITTER and QUESTION are drawn by the same question page."""

    ATTRACT = "attract"
    LANGUAGE = "language"
    HOME = "home"
    RESULTS = "results"
    PROCEDURE = "procedure"
    NOTICE = "notice"
    HELPER = "helper"
    APPLICANT = "applicant"
    SUBMITTER = "submitter"
    CASE = "case"
    QUESTION = "question"
    PAPERS = "papers"
    USB = "usb"
    CHECK = "check"
    SUBMITTING = "submitting"
    RECEIPT = "receipt"
    TRACKING = "tracking"
    OFFLINE = "offline"
    OUT_OF_SERVICE = "out-of-service"


PEOPLE_PAGES: Final = frozenset({Page.HELPER, Page.APPLICANT, Page.SUBMITTER})
QUESTION_PAGES: Final = PEOPLE_PAGES | {Page.CASE, Page.QUESTION}
DRAFT_PAGES: Final = QUESTION_PAGES | {Page.NOTICE, Page.PAPERS, Page.CHECK}


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of a dossier's way; ``name`` is the question asked there, None where it asks none."""

    page: Page
    name: str | None = None
