"""What is handed over on *Submit*, by the screens and by the command line alike, before it is sealed."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeVar

from kiosk import canonical
from kiosk.catalogue.model import Json
from kiosk.dossier.manifest import ApplicantKind, Assurance, Helper, Party
from kiosk.dossier.packet import MAX_DOSSIER, MAX_PAPER, MB
from kiosk.errors import KnownError

_T = TypeVar("_T")
EXTENSIONS: Final[Mapping[str, str]] = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
_MAGIC: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
MAGIC_LENGTH: Final = 8  # bytes that ``media_type_of`` needs
_MAX_TEXT: Final = 5_000  # characters; the longest answer a form asks for is far shorter
_MAX_DEPTH: Final = 8  # of answers; forms use one level, lists of people two
_PLAIN_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")

_TOP: Final = frozenset(
    [
        "procedure",
        "unit",
        "applicant",
        "submitter",
        "case",
        "answers",
        "helper",
        "notice_version",
        "consents",
        "request_id",
    ]
)
_PARTY: Final = frozenset(["kind", "name", "citizen_number", "tax_code", "birth_date", "phone", "address"])
_HELPER: Final = frozenset(("name", "phone"))


@dataclass(frozen=True, slots=True)
class Attachment:
    """One paper: its component and its bytes, opaque. ``name`` is only ever shown, never sent."""

    component: str
    name: str = field(repr=False)
    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class Application:
    """All of one dossier, in memory only. ``dossier_id`` None: to be minted on submit.

    ``submitter`` None: the applicant stood here. ``request_id``: the command line's idempotency key.
    """

    dossier_id: str | None
    procedure: str
    unit: str
    applicant: Party = field(repr=False)
    submitter: Party | None = field(repr=False)
    case: str | None
    answers: Mapping[str, Json] = field(repr=False)
    helper: Helper | None = field(repr=False)
    notice_version: str
    consents: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    assurance: Assurance
    request_id: str | None = field(default=None, repr=False)

    def content(self) -> bytes:
        """Canonical bytes of what is applied for, ids apart: equal for a repeated request, for no other."""
        return canonical.encode(
            {
                "procedure": self.procedure,
                "unit": self.unit,
                "applicant": self.applicant.to_json(),
                "submitter": self.submitter.to_json() if self.submitter else None,
                "case": self.case,
                "answers": dict(self.answers),
                "helper": asdict(self.helper) if self.helper else None,
                "notice_version": self.notice_version,
                "consents": list(self.consents),
                "papers": sorted(
                    [paper.component, hashlib.sha256(paper.data).hexdigest()] for paper in self.attachments
                ),
                "assurance": self.assurance.value,
            }
        )


def media_type_of(data: bytes) -> str | None:
    """PDF, JPEG or PNG by the first bytes; None for anything else. Looks no further."""
    return next((media_type for magic, media_type in _MAGIC if data.startswith(magic)), None)


def attachment(component: str, name: str, data: bytes) -> Attachment:
    """One paper, checked. KnownError ``paper-empty``, ``paper-too-large`` or ``paper-type``."""
    if not data:
        raise KnownError("paper-empty", component=_shown(component))
    if len(data) > MAX_PAPER:
        raise KnownError("paper-too-large", component=_shown(component), limit_mb=MAX_PAPER // MB)
    media_type = media_type_of(data)
    if media_type is None:
        raise KnownError("paper-type", component=_shown(component))
    return Attachment(component, name, data, media_type)


def check_attachments(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """All papers of a dossier: KnownError ``dossier-too-large``, or ``paper-twice`` for two of a kind."""
    papers = tuple(attachments)
    seen: set[str] = set()
    for paper in papers:
        if paper.component in seen:
            raise KnownError("paper-twice", component=_shown(paper.component))
        seen.add(paper.component)
    if sum(len(paper.data) for paper in papers) > MAX_DOSSIER:
        raise KnownError("dossier-too-large", limit_mb=MAX_DOSSIER // MB)
    return papers


def read_application(value: object, attachments: Iterable[Attachment]) -> Application:
    """The command line's FILE.json, strictly; all text is brought to NFC.

    KnownError ``application-bad`` with the key path of what is missing, unknown or of the wrong type. Whether
    the answers fit the procedure is not asked here.
    """
    top = _object(value, "", _TOP)
    request_id = _optional(top, "request_id", "", _text)
    return Application(
        dossier_id=None,
        procedure=_text(top.get("procedure"), "procedure"),
        unit=_text(top.get("unit"), "unit"),
        applicant=_party(top.get("applicant"), "applicant"),
        submitter=_optional(top, "submitter", "", _party),
        case=_optional(top, "case", "", _text),
        answers=_answers(top.get("answers")),
        helper=_optional(top, "helper", "", _helper),
        notice_version=_text(top.get("notice_version"), "notice_version"),
        consents=_consents(top.get("consents")),
        attachments=check_attachments(attachments),
        assurance=Assurance.NONE,
        request_id=None if request_id is None else _uuid4(request_id),
    )


def _bad(path: str) -> KnownError:
    return KnownError("application-bad", field=path or "JSON")


def _shown(key: str) -> str:
    """A key that may be said aloud: one that could hold anything but a plain slug is not repeated."""
    return key if _PLAIN_KEY.fullmatch(key) else "?"


def _join(path: str, key: str) -> str:
    return f"{path}.{_shown(key)}" if path else _shown(key)


def _object(value: object, path: str, known: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _bad(path)
    for key in value:
        if key not in known:
            raise _bad(_join(path, key))
    return value


def _optional(source: Mapping[str, Any], key: str, path: str, read: Callable[[object, str], _T]) -> _T | None:
    value = source.get(key)
    return None if value is None else read(value, _join(path, key))


def _text(value: object, path: str) -> str:
    """A string that can be written as UTF-8 and is not absurdly long, in NFC."""
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise _bad(path)
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _bad(path)
    return unicodedata.normalize("NFC", value)


def _party(value: object, path: str) -> Party:
    source = _object(value, path, _PARTY)
    try:
        kind = ApplicantKind(source.get("kind"))
    except ValueError as error:
        raise _bad(f"{path}.kind") from error
    foreign = ("tax_code",) if kind is ApplicantKind.PERSON else ("citizen_number", "birth_date")
    for key in foreign:
        if source.get(key) is not None:
            raise _bad(f"{path}.{key}")
    return Party(
        kind=kind,
        name=_text(source.get("name"), f"{path}.name"),
        citizen_number=_optional(source, "citizen_number", path, _text),
        tax_code=_optional(source, "tax_code", path, _text),
        birth_date=_optional(source, "birth_date", path, _text),
        phone=_optional(source, "phone", path, _text),
        address=_optional(source, "address", path, _text),
    )


def _helper(value: object, path: str) -> Helper:
    source = _object(value, path, _HELPER)
    return Helper(_text(source.get("name"), f"{path}.name"), _optional(source, "phone", path, _text))


def _answers(value: object) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise _bad("answers")
    return {_text(key, "answers"): _json(item, _join("answers", key), 1) for key, item in value.items()}


def _json(value: object, path: str, depth: int) -> Json:
    """Any JSON value that can be sealed again: no NaN, no lone surrogates, not nested without end."""
    if isinstance(value, str):
        return _text(value, path)
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if depth < _MAX_DEPTH and isinstance(value, list):
        return [_json(item, path, depth + 1) for item in value]
    if depth < _MAX_DEPTH and isinstance(value, dict):
        return {_text(key, path): _json(item, _join(path, key), depth + 1) for key, item in value.items()}
    raise _bad(path)


def _consents(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _bad("consents")
    return tuple(_text(item, "consents") for item in value)


def _uuid4(text: str) -> str:
    try:
        parsed = uuid.UUID(text)
    except ValueError as error:
        raise _bad("request_id") from error
    if parsed.version != 4 or str(parsed) != text.lower():
        raise _bad("request_id")
    return str(parsed)
