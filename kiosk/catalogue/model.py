"""What the catalogue holds: procedures, their papers, their forms. Plain values; ``null`` means unknown.

A record is one JSON file (``assets/catalogue/procedures/<code>.json``, ``assets/catalogue/forms/<id>.json``)
whose keys are the field names below.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
GENERAL_FORM: Final = "general"


class Channel(enum.Enum):
    """The three ways a procedure takes a dossier."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    POSTAL = "postal"


class Verified(enum.Enum):
    """How far a record or a question can be trusted."""

    NATIONAL_RECORD = "national record"
    LAW_NAMED = "law named"
    UNVERIFIED = "unverified"


class Origin(enum.Enum):
    """Where a record came from: only SHIPPED and SIGNED ones are shown without the unverified ribbon."""

    SHIPPED = "shipped"
    SIGNED = "signed"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when ``field`` (an answer, or "case") has one of ``values``."""

    field: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class Fee:
    """What it costs, never without its exemption. ``amount_vnd`` 0 = free; ``None`` = not a single figure."""

    text: str
    amount_vnd: int | None
    exemption: str | None


@dataclass(frozen=True, slots=True)
class Component:
    """One paper of a dossier (thành phần hồ sơ). ``id`` is stable across versions of the procedure.

    ``required``: must be attached when ``when`` holds (or ``when`` is None). ``attach`` False = never
    attached, only shown as an original at the desk, or made by the machine from the answers.
    """

    id: str
    name: str
    required: bool
    attach: bool
    originals: int | None
    copies: int | None
    when: Condition | None
    look: str | None  # what it looks like, in a citizen's words
    obtain: str | None  # where to get it
    drawing: str  # "birth" | "card" | "form" | "paper" | "house" ...: which drawing stands beside it


@dataclass(frozen=True, slots=True)
class Case:
    """One situation a procedure tells apart ("sinh ở nhà"); FILE.json's ``case`` is its id."""

    id: str
    label: str
    hint: str | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure in the version in force. Texts are ours; ``official_name`` is the state's."""

    code: str
    version: str  # sha256 of the canonical record, hex: a dossier names the text it was made under
    name: str
    official_name: str
    summary: str | None
    level: tuple[str, ...]  # "Cấp xã" ...
    field: str
    life_events: tuple[str, ...]  # ids, see life_events.json
    channels: frozenset[Channel]
    time: str | None
    fee: Fee | None
    where: str | None
    result: str | None
    steps: tuple[str, ...]
    cases: tuple[Case, ...]
    components: tuple[Component, ...]
    form_id: str | None  # None: no form can be filled here
    words: tuple[str, ...]  # what people call it
    effective_from: date | None
    effective_to: date | None
    updated: date | None
    source: str | None
    verified: Verified
    origin: Origin

    @property
    def online(self) -> bool:
        """A dossier can be sent only where the procedure has an online channel."""
        return Channel.ONLINE in self.channels


class FieldKind(enum.Enum):
    """How one answer is asked for, typed and checked."""

    PERSON_NAME = "person_name"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"  # answer: "YYYY-MM-DD"
    CITIZEN_NUMBER = "citizen_number"  # 12 digits, or the old 9
    TAX_CODE = "tax_code"
    PHONE = "phone"
    CHOICE = "choice"  # answer: one option's value
    YES_NO = "yes_no"  # answer: bool
    UNIT = "unit"  # answer: commune code, 5 digits
    ADDRESS = "address"  # answer: one free string
    COUNT = "count"  # answer: int


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form: one thing asked on one page. ``name`` is a key of the answers."""

    name: str
    kind: FieldKind
    label: str  # short, as a row of the check page
    question: str  # in full, as the title of the page
    hint: str | None
    example: str | None
    required: bool
    options: tuple[Option, ...]
    when: Condition | None
    paper: str | None  # component id that asks for this answer; None = not tied to a paper
    verified: Verified
    future: bool = False  # a date that may lie ahead; may be left out of the JSON


@dataclass(frozen=True, slots=True)
class Section:
    """A run of questions under one step of the thread ("Đứa trẻ")."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in order, with the JSON Schema the answers must satisfy, and answers that do."""

    id: str
    version: str
    schema: Mapping[str, Json]
    sections: tuple[Section, ...]
    example: Mapping[str, Json]  # answers only
    example_case: str | None


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where the catalogue is silent: which desk to ask."""

    title: str
    desk: str


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One tile of the home page. ``codes`` in order; some may not be in the catalogue at hand."""

    id: str
    title: str
    icon: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """One extra that needs a yes of its own, never ticked beforehand."""

    purpose: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What people are told before they give personal data. ``version`` changes with the words."""

    version: str
    title: str
    paragraphs: tuple[str, ...]
    consents: tuple[Consent, ...]


class AnswerKind(enum.Enum):
    RESULTS = "results"
    CLARIFY = "clarify"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``marks`` are (start, end) ranges of ``name`` that matched the words typed."""

    code: str
    name: str
    score: float
    group: str | None
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    query: str
    kind: AnswerKind
    hits: tuple[Hit, ...]
    choices: tuple[Choice, ...]
    signpost: Signpost | None


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit in force (34 provinces, 3,321 communes since 1 July 2025)."""

    code: str  # "08" or "00691"
    name: str  # "Lùng Tám"
    full_name: str  # "Xã Lùng Tám"
    province: str  # code; a province's own code for itself
    merged_from: str | None  # the source's words on which old units it was made of
    old_names: tuple[str, ...]  # those names, cut out of the words above


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """State of the catalogue in use. ``age_days`` counts from ``published_at`` by the clock given."""

    procedures: int
    units: int
    version: int
    published_at: str | None  # RFC 3339
    signed: bool
    age_days: int | None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import of national records did. ``untrusted`` counts by kind what could not be trusted."""

    imported: int
    rejected: int
    untrusted: Mapping[str, int]
