"""The one act of *Submit*: check, seal to the desk, make durable, and only then give a receipt."""

from __future__ import annotations

import hashlib
import hmac
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kiosk import clock as times
from kiosk.catalogue.forms import required_components, visible_answers
from kiosk.catalogue.model import Form, Procedure
from kiosk.catalogue.validation import Finding, check_answers, check_case
from kiosk.clock import Clock
from kiosk.dossier.application import EXTENSIONS, Application, check_attachments
from kiosk.dossier.keys import Role
from kiosk.dossier.manifest import Manifest, Paper
from kiosk.dossier.packet import Envelope, envelope_hash, seal
from kiosk.dossier.people import check_helper, check_party
from kiosk.dossier.receipt import PublicReceipt, lookup_id
from kiosk.errors import KnownError
from kiosk.evidence import time_evidence
from kiosk.identifiers import ReceiptNumber, new_dossier_id, new_secret
from kiosk.keyring import Enrolment, Keyring
from kiosk.ports import SavedDossier, SavedPaper
from kiosk.settings import Settings
from kiosk.storage.records import NewDossier, RequestMark
from kiosk.storage.store import Store
from kiosk.words import words

if TYPE_CHECKING:
    from kiosk.catalogue.store import Catalogue


class AnswersBad(KnownError):
    """Answers that can't be sent as they are; the sentence names the fields and mends the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("answers-bad")
        self._findings = findings

    def sentence(self, lang: str = "vi") -> str:
        fields = ", ".join(dict.fromkeys(finding.field for finding in self._findings))
        return words("errors", lang, self.code, fields=fields, sentence=self._findings[0].sentence(lang))


@dataclass(frozen=True, slots=True)
class _Checked:
    """An application that holds against the catalogue in force."""

    application: Application
    procedure: Procedure
    form: Form


class Submission:
    """Takes applications for one kiosk. Call from the store lane; a call may take seconds."""

    def __init__(
        self, settings: Settings, keyring: Keyring, store: Store, catalogue: Catalogue, clock: Clock
    ) -> None:
        self._settings = settings
        self._keyring = keyring
        self._store = store
        self._catalogue = catalogue
        self._clock = clock

    def obstacle(self) -> KnownError | None:
        """Why no dossier can be taken now (not enrolled, storage low), or None. Short."""
        if self._keyring.enrolment() is None:
            return KnownError("not-enrolled")
        if self._catalogue.has_unsigned:  # enrolled while the screens were up: start again, without them
            return KnownError("unsigned-shown")
        free_mb = shutil.disk_usage(self._settings.data_dir).free // 1_000_000
        if free_mb < self._settings.tuning.min_free_mb:
            return KnownError("storage-low", free_mb=free_mb, needed_mb=self._settings.tuning.min_free_mb)
        return None

    def submit(self, application: Application, receipt_given: bool) -> SavedDossier:
        """Save one dossier. The same dossier id or request gives the one saved before, without its secret.

        KnownError for everything that keeps it from being saved; then nothing was written.
        """
        if obstacle := self.obstacle():
            raise obstacle
        enrolment = self._keyring.require_enrolment()
        checked = self._check(application)
        dossier_id = application.dossier_id or new_dossier_id()
        secret = new_secret()
        epoch = self._keyring.epoch()

        def make(sequence: int) -> NewDossier:
            number = ReceiptNumber(enrolment.kiosk, epoch, sequence)
            return self._seal(checked, enrolment, dossier_id, number, secret, receipt_given)

        item, fresh = self._store.submit(dossier_id, _mark(application), epoch, make)
        return SavedDossier(
            dossier_id=item.dossier_id,
            receipt=item.receipt,
            created_at=item.created_at,
            lookup_id=item.lookup_id,
            secret=secret if fresh else None,
            public_qr=item.public_qr,
            papers=tuple(
                SavedPaper(paper.component, paper.sha256, paper.size) for paper in _papers(application)
            ),
            warnings=(),
        )

    def _check(self, application: Application) -> _Checked:
        procedure = self._catalogue.procedure(application.procedure)
        if procedure is None:
            raise KnownError("no-such-procedure")
        form = self._catalogue.form(procedure)
        if not procedure.online or form is None:
            raise KnownError("no-online-channel")
        if not self._catalogue.units.is_commune(application.unit):
            raise KnownError("no-such-unit")
        notice = self._catalogue.notice()
        if application.notice_version != notice.version:
            raise KnownError("notice-changed", version=notice.version)
        if not set(application.consents) <= {consent.purpose for consent in notice.consents}:
            raise KnownError("consent-unknown")
        self._check_answers(procedure, form, application)
        self._check_papers(procedure, form, application)
        return _Checked(application, procedure, form)

    def _check_answers(self, procedure: Procedure, form: Form, application: Application) -> None:
        today, units = self._clock.now().date(), self._catalogue.units
        people = self._catalogue.people()
        case = check_case(procedure, application.case)
        findings = [case] if case else []
        findings += check_party(people, application.applicant, "applicant", today, units)
        if application.submitter:
            findings += check_party(people, application.submitter, "submitter", today, units)
        if application.helper:
            findings += check_helper(people, application.helper, today, units)
        findings += check_answers(form, application.answers, application.case, today, units)
        serious = [finding for finding in findings if not finding.warning]
        if serious:
            raise AnswersBad(serious)

    def _check_papers(self, procedure: Procedure, form: Form, application: Application) -> None:
        papers = {paper.component for paper in check_attachments(application.attachments)}
        attachable = {component.id for component in procedure.components if component.attach}
        if papers - attachable:
            raise KnownError("paper-unknown")
        counting = visible_answers(form, application.answers, application.case)
        required = required_components(procedure, counting, application.case)
        missing = [component.name for component in required if component.id not in papers]
        if missing:
            raise KnownError("paper-missing", papers=", ".join(missing))

    def _seal(
        self,
        checked: _Checked,
        enrolment: Enrolment,
        dossier_id: str,
        number: ReceiptNumber,
        secret: str,
        receipt_given: bool,
    ) -> NewDossier:
        now = times.rfc3339(self._clock.now())
        desk = enrolment.keys.newest(Role.DESK_SEAL)
        manifest = self._manifest(checked, dossier_id, number, secret, now)
        papers = {paper.component: paper.data for paper in checked.application.attachments}
        sealed = seal(manifest, papers, enrolment.kiosk, desk.public)
        key = self._keyring.signing_key()
        envelope = Envelope(
            dossier_id=dossier_id,
            receipt=str(number),
            kiosk=enrolment.kiosk,
            size=len(sealed),
            sha256=hashlib.sha256(sealed).hexdigest(),
            desk_key_id=desk.id,
            created_at=now,
        ).sign(key)
        digest = envelope_hash(envelope)
        public = PublicReceipt.make(key, enrolment.certificate, number, bytes.fromhex(digest))
        return NewDossier(
            dossier_id=dossier_id,
            number=number,
            created_at=now,
            lookup_id=lookup_id(secret),
            envelope=envelope,
            envelope_sha256=digest,
            sealed=sealed,
            public_qr=public.to_text(),
            receipt_given=receipt_given,
        )

    def _manifest(
        self, checked: _Checked, dossier_id: str, number: ReceiptNumber, secret: str, now: str
    ) -> Manifest:
        application = checked.application
        return Manifest(
            dossier_id=dossier_id,
            receipt=str(number),
            procedure=checked.procedure.code,
            procedure_version=checked.procedure.version,
            form_version=checked.form.version,
            unit=application.unit,
            unit_on=date.fromisoformat(now[:10]).isoformat(),
            applicant=application.applicant,
            submitter=application.submitter,
            case=application.case,
            answers=application.answers,
            helper=application.helper,
            notice_version=application.notice_version,
            consents=application.consents,
            assurance=application.assurance,
            time_evidence=time_evidence(self._clock, self._store.trusted_time()),
            created_at=now,
            secret=secret,
            papers=_papers(application),
        )


def _papers(application: Application) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            component=paper.component,
            file=f"{paper.component}{EXTENSIONS[paper.media_type]}",
            media_type=paper.media_type,
            size=len(paper.data),
            sha256=hashlib.sha256(paper.data).hexdigest(),
        )
        for paper in application.attachments
    )


def _mark(application: Application) -> RequestMark | None:
    """Hashes that recognise a repeated request; the id itself is a random secret and is not kept."""
    if application.request_id is None:
        return None
    request = application.request_id.encode("ascii")
    return RequestMark(
        request_sha256=hashlib.sha256(request).hexdigest(),
        content_hmac=hmac.new(request, application.content(), hashlib.sha256).hexdigest(),
    )
