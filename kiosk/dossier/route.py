"""The way through one dossier: which stops there are as things stand, and what is wrong at which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.catalogue.forms import visible_questions
from kiosk.catalogue.model import Component, FieldKind, Option, Question, Section, Verified
from kiosk.catalogue.validation import Finding
from kiosk.dossier.draft import Draft
from kiosk.dossier.pages import PEOPLE_PAGES, Page, Stop
from kiosk.dossier.people import people_sections

NOTICE: Final = Stop(Page.NOTICE)
PAPERS: Final = Stop(Page.PAPERS)
CHECK: Final = Stop(Page.CHECK)
CASE: Final = Stop(Page.CASE, "case")


class StepId:
    """Ids of the steps that no form brings."""

    PEOPLE: Final = "people"
    PAPERS: Final = "papers"
    CHECK: Final = "check"


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a dossier from being sent: an answer (``finding``) or a paper (``component``) at a stop."""

    stop: Stop
    finding: Finding | None = None
    component: Component | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the thread. ``title`` None: a word of the screens', by the id."""

    id: str
    title: str | None
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands: the ``number``-th of ``total`` in its section (from 1)."""

    section: Section
    number: int
    total: int
