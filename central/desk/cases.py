"""What officers do with a dossier: list, look inside, set a status. Every look inside is logged first."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from central import ledger
from central.database import Database
from central.desk import store
from central.desk.opening import CannotOpen, OpenedPacket, Opener
from central.desk.store import Case
from central.desk.tables import EVENT
from central.home import DeskKeys
from central.intake import store as intake_store
from central.intake.store import StoredDossier
from kiosk import clock
from kiosk.clock import Clock
from kiosk.dossier.statements import NoticeText, SealedNotice
from kiosk.errors import KnownError
from kiosk.identifiers import ReceiptNumber, is_dossier_id


class Status(enum.IntEnum):
    """The national statuses of a dossier."""

    REGISTERED = 1  # mới đăng ký
    ACCEPTED = 2  # được tiếp nhận
    NOT_ACCEPTED = 3  # không được tiếp nhận
    IN_PROGRESS = 4  # đang xử lý
    SUPPLEMENT = 5  # yêu cầu bổ sung giấy tờ
    PAYMENT = 6  # yêu cầu thực hiện nghĩa vụ tài chính
    WITHDRAWN = 7  # công dân yêu cầu rút hồ sơ
    STOPPED = 8  # dừng xử lý
    DONE = 9  # đã xử lý xong
    RETURNED = 10  # đã trả kết quả


NEXT: Final[Mapping[Status, frozenset[Status]]] = MappingProxyType(
    {
        Status.REGISTERED: frozenset(
            {Status.ACCEPTED, Status.NOT_ACCEPTED, Status.SUPPLEMENT, Status.WITHDRAWN}
        ),
        Status.ACCEPTED: frozenset({Status.IN_PROGRESS}),
        Status.NOT_ACCEPTED: frozenset(),
        Status.IN_PROGRESS: frozenset(
            {Status.SUPPLEMENT, Status.PAYMENT, Status.STOPPED, Status.DONE, Status.WITHDRAWN}
        ),
        Status.SUPPLEMENT: frozenset({Status.ACCEPTED, Status.IN_PROGRESS, Status.STOPPED, Status.WITHDRAWN}),
        Status.PAYMENT: frozenset({Status.IN_PROGRESS, Status.STOPPED}),
        Status.WITHDRAWN: frozenset(),
        Status.STOPPED: frozenset(),
        Status.DONE: frozenset({Status.RETURNED, Status.PAYMENT}),
        Status.RETURNED: frozenset(),
    }
)


@dataclass(frozen=True, slots=True)
class Cases:
    """Officers' work on dossiers."""

    desk: Database
    intake: Database
    opener: Opener
    keys: DeskKeys
    clock: Clock

    def find(self, wanted: str) -> tuple[StoredDossier, Case]:
        """A dossier by id, receipt or official code. KnownError ``dossier-unknown``, ``dossier-ambiguous``
        (one receipt, two dossiers: a copied kiosk) or ``not-opened``."""
        dossier_id = self._id_of(wanted.strip())
        with self.intake.read() as connection:
            dossier = intake_store.dossiers(connection, [dossier_id]).get(dossier_id)
        if dossier is None:
            raise KnownError("dossier-unknown")
        with self.desk.read() as connection:
            case = store.case(connection, dossier_id)
        if case is None:
            raise KnownError("not-opened")
        return dossier, case

    def _id_of(self, wanted: str) -> str:
        if is_dossier_id(wanted.lower()):
            return wanted.lower()
        with self.desk.read() as connection:
            case = store.case_with_code(connection, wanted.upper())
        if case:
            return case.dossier_id
        try:
            number = str(ReceiptNumber.parse(wanted))
        except KnownError as error:
            raise KnownError("dossier-unknown") from error
        with self.intake.read() as connection:
            twins = intake_store.dossiers_with_receipt(connection, number)
        if len(twins) > 1:
            raise KnownError("dossier-ambiguous", ids=", ".join(twin.dossier_id for twin in twins))
        if not twins:
            raise KnownError("dossier-unknown")
        return twins[0].dossier_id

    def look_inside(self, wanted: str, officer: str) -> tuple[Case, OpenedPacket]:
        """Open a dossier anew for ``officer``; the log has it before anything is seen."""
        dossier, case = self.find(wanted)
        return case, self._opened(dossier, officer, "show")

    def _opened(self, dossier: StoredDossier, officer: str, purpose: str) -> OpenedPacket:
        at = clock.rfc3339(self.clock.now())
        with self.desk.write() as connection:
            store.log_opening(connection, at, officer, dossier.dossier_id, purpose)
        try:
            return self.opener.open(dossier)
        except CannotOpen as error:
            raise KnownError("cannot-open", reason=error.reason) from error

    def set_status(
        self, wanted: str, status: Status, officer: str, text: str | None, due: str | None
    ) -> Case:
        """Give a dossier its next status and its citizen a sealed notice; the case as it was. KnownError
        ``status-transition`` where the national order does not lead there."""
        dossier, case = self.find(wanted)
        _check_step(case, status)
        secret = self._opened(dossier, officer, f"status {int(status)}").manifest.secret
        now = self.clock.now()
        with self.desk.write() as connection:
            current = store.case(connection, case.dossier_id) or case
            _check_step(current, status)
            number = current.notice_number + 1
            words = NoticeText(case.receipt, case.official_code, int(status), text, due, clock.rfc3339(now))
            notice = SealedNotice.make(self.keys.sign, secret, case.lookup_id, number, words)
            store.set_status(connection, case.dossier_id, int(status), number)
            store.add_statement(connection, case.dossier_id, number, notice.signed)
            ledger.record(connection, EVENT, ledger.status_kind(status), now, case.dossier_id)
        return current


def _check_step(case: Case, status: Status) -> None:
    if status not in NEXT[Status(case.status)]:
        allowed = ", ".join(str(int(step)) for step in sorted(NEXT[Status(case.status)])) or "–"
        raise KnownError("status-transition", now=case.status, wanted=int(status), allowed=allowed)
