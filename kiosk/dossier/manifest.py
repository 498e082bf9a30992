"""What a dossier says, as it stands inside the sealed packet. Read by the same code on both ends."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from kiosk import canonical
from kiosk.catalogue.model import Json

FORMAT: Final = 1


class ApplicantKind(enum.Enum):
    PERSON = "person"
    ORGANISATION = "organisation"


class Assurance(enum.Enum):
    """How the identity of the person at the kiosk was established."""

    NONE = "none"
    CARD_QR = "card-qr"
    STAFF_CHECKED = "staff-checked"
    VNEID = "vneid"


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation that applies or submits. What does not apply to its kind is None."""

    kind: ApplicantKind
    name: str
    citizen_number: str | None
    tax_code: str | None
    birth_date: str | None  # YYYY-MM-DD
    phone: str | None
    address: str | None

    def to_json(self) -> dict[str, Json]:
        return {
            "kind": self.kind.value,
            "name": self.name,
            "citizen_number": self.citizen_number,
            "tax_code": self.tax_code,
            "birth_date": self.birth_date,
            "phone": self.phone,
            "address": self.address,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Party:
        return cls(
            kind=ApplicantKind(value["kind"]),
            name=value["name"],
            citizen_number=value.get("citizen_number"),
            tax_code=value.get("tax_code"),
            birth_date=value.get("birth_date"),
            phone=value.get("phone"),
            address=value.get("address"),
        )


@dataclass(frozen=True, slots=True)
class Helper:
    """The volunteer who typed for the applicant."""

    name: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One attached file, by what it is and what it holds."""

    component: str
    file: str  # flat name inside the packet: "<component>.<ext>"
    media_type: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class TimeEvidence:
    """What the kiosk knew of the time when it saved: enough for the centre to place the dossier."""

    wall: str  # RFC 3339
    boot_id: str
    monotonic_s: float
    trusted: str | None  # last trusted time, RFC 3339
    since_trusted_s: float | None  # monotonic seconds since then; None after another boot
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """The readable part of a dossier. ``secret`` is the receipt's private code, here and nowhere else."""

    dossier_id: str
    receipt: str
    procedure: str
    procedure_version: str
    form_version: str
    unit: str
    unit_on: str  # the date the unit code is meant on, YYYY-MM-DD
    applicant: Party
    submitter: Party | None  # None: the applicant stood here
    case: str | None
    answers: Mapping[str, Json]
    helper: Helper | None
    notice_version: str
    consents: tuple[str, ...]
    assurance: Assurance
    time_evidence: TimeEvidence
    created_at: str
    secret: str
    papers: tuple[Paper, ...]

    def to_bytes(self) -> bytes:
        return canonical.encode(
            {
                "format": FORMAT,
                "dossier_id": self.dossier_id,
                "receipt": self.receipt,
                "procedure": self.procedure,
                "procedure_version": self.procedure_version,
                "form_version": self.form_version,
                "unit": self.unit,
                "unit_on": self.unit_on,
                "applicant": self.applicant.to_json(),
                "submitter": self.submitter.to_json() if self.submitter else None,
                "case": self.case,
                "answers": dict(self.answers),
                "helper": asdict(self.helper) if self.helper else None,
                "notice_version": self.notice_version,
                "consents": list(self.consents),
                "assurance": self.assurance.value,
                "time_evidence": asdict(self.time_evidence),
                "created_at": self.created_at,
                "secret": self.secret,
                "papers": [asdict(paper) for paper in self.papers],
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Read a manifest; ValueError if it is not one of this format."""
        value = canonical.decode_object(data)
        if value.get("format") != FORMAT:
            raise ValueError("manifest format")
        try:
            return _read(value)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("manifest") from error


def _read(value: dict[str, Any]) -> Manifest:
    helper, submitter = value["helper"], value["submitter"]
    return Manifest(
        dossier_id=value["dossier_id"],
        receipt=value["receipt"],
        procedure=value["procedure"],
        procedure_version=value["procedure_version"],
        form_version=value["form_version"],
        unit=value["unit"],
        unit_on=value["unit_on"],
        applicant=Party.from_json(value["applicant"]),
        submitter=Party.from_json(submitter) if submitter else None,
        case=value["case"],
        answers=dict(value["answers"]),
        helper=Helper(**helper) if helper else None,
        notice_version=value["notice_version"],
        consents=tuple(value["consents"]),
        assurance=Assurance(value["assurance"]),
        time_evidence=TimeEvidence(**value["time_evidence"]),
        created_at=value["created_at"],
        secret=value["secret"],
        papers=tuple(Paper(**paper) for paper in value["papers"]),
    )
