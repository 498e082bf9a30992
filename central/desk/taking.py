"""What came in becomes a case: opened once, given an official code, told to the kiosk and the citizen."""

from __future__ import annotations

import enum
import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from central import ledger
from central.database import Database
from central.desk import store
from central.desk.opening import CannotOpen, OpenedPacket, Opener
from central.desk.store import Case, Statement
from central.desk.tables import EVENT
from central.home import DeskKeys
from central.intake import store as intake_store
from central.intake.store import StoredDossier
from central.intake.tables import NOTICE, to_text
from central.trouble import reference
from kiosk import canonical, clock
from kiosk.clock import Clock
from kiosk.dossier import receipt
from kiosk.dossier.packet import envelope_hash
from kiosk.dossier.signing import Signed
from kiosk.dossier.statements import NoticeText, Opened, SealedNotice

FIRST_STATUS: Final = 1  # mới đăng ký
_log = logging.getLogger(__name__)


class _Outcome(enum.Enum):
    """What became of a dossier in this round."""

    OPENED = enum.auto()
    SET_ASIDE = enum.auto()
    NO_NEWS = enum.auto()


@dataclass(frozen=True, slots=True)
class Taking:
    """Opens what waits and files the statements. Any step may be cut off and repeated, by many at once."""

    desk: Database
    intake: Database
    opener: Opener
    keys: DeskKeys
    clock: Clock

    def open_waiting(self) -> tuple[int, int]:
        """Open each received dossier that is not open yet; how many were opened and newly set aside."""
        with self.intake.read() as connection:
            waiting = intake_store.dossiers_to_open(connection)
        if not waiting:
            return 0, 0
        with self.desk.read() as connection:
            aside = store.quarantined(connection)
        outcomes = Counter(self._try(dossier, aside.get(dossier.dossier_id)) for dossier in waiting)
        return outcomes[_Outcome.OPENED], outcomes[_Outcome.SET_ASIDE]

    def _try(self, dossier: StoredDossier, tried_under: str | None) -> _Outcome:
        """One dossier's turn; whatever happens in it, the others get theirs."""
        try:
            return self._open_or_set_aside(dossier, tried_under)
        except Exception as error:  # noqa: BLE001 - the disk, the database or a bug: never the others' trouble
            _log.warning("dossier %s: %s, will be tried again", dossier.dossier_id, reference(error))
            return _Outcome.NO_NEWS

    def _open_or_set_aside(self, dossier: StoredDossier, tried_under: str | None) -> _Outcome:
        try:
            if self._worth_trying(dossier, tried_under) and self._take(dossier):
                return _Outcome.OPENED
        except CannotOpen as error:
            if self._set_aside(dossier, error.reason):
                return _Outcome.SET_ASIDE
        return _Outcome.NO_NEWS

    def _worth_trying(self, dossier: StoredDossier, tried_under: str | None) -> bool:
        return tried_under is None or tried_under != self.opener.circumstances(dossier)

    def _take(self, dossier: StoredDossier) -> bool:
        """Whether the dossier became a case just now."""
        with self.desk.read() as connection:
            said = store.opened_statement(connection, dossier.dossier_id)
        content = self.opener.open(dossier)
        if said:
            self._tell_again(dossier, said)
            return False
        now = self.clock.now()
        with self.desk.write() as connection:
            if store.case(connection, dossier.dossier_id):
                return False  # another desk was faster
            self._write_case(connection, dossier, content, now)
        return True

    def _tell_again(self, dossier: StoredDossier, said: Signed) -> None:
        """The intake lost what was said: it was restored from an older copy, and the kiosk sent again.

        Only once the bytes were opened anew: an *opened* lets the kiosk delete its own."""
        if canonical.decode_object(said.body)["envelope_sha256"] != envelope_hash(dossier.envelope):
            raise CannotOpen("other-envelope")
        with self.desk.write() as connection:
            store.unfile(connection, dossier.dossier_id)
            store.clear_quarantine(connection, dossier.dossier_id)

    def _write_case(
        self, connection: Connection, dossier: StoredDossier, content: OpenedPacket, now: datetime
    ) -> None:
        secret = content.manifest.secret
        at = clock.rfc3339(now)
        fresh = Case(
            dossier_id=dossier.dossier_id,
            kiosk=content.envelope.kiosk,
            receipt=content.envelope.receipt,
            official_code=store.next_code(connection, self.keys.agency, now.strftime("%y%m%d")),
            procedure=content.manifest.procedure,
            procedure_version=content.manifest.procedure_version,
            lookup_id=receipt.lookup_id(secret),
            status=FIRST_STATUS,
            notice_number=1,
            opened_at=at,
        )
        # Hashed here: what the intake calls the hash could be that of a dossier nobody has opened.
        statement = Opened(fresh.dossier_id, envelope_hash(dossier.envelope), fresh.official_code, at)
        text = NoticeText(fresh.receipt, fresh.official_code, FIRST_STATUS, None, None, at)
        notice = SealedNotice.make(self.keys.sign, secret, fresh.lookup_id, 1, text)
        store.add_case(connection, fresh)
        store.add_statement(connection, fresh.dossier_id, None, statement.sign(self.keys.sign))
        store.add_statement(connection, fresh.dossier_id, 1, notice.signed)
        store.clear_quarantine(connection, fresh.dossier_id)
        ledger.record(connection, EVENT, ledger.OPENED, now, fresh.dossier_id, code=fresh.official_code)
        ledger.record(connection, EVENT, ledger.status_kind(FIRST_STATUS), now, fresh.dossier_id)

    def _set_aside(self, dossier: StoredDossier, reason: str) -> bool:
        now = self.clock.now()
        circumstances = self.opener.circumstances(dossier)
        with self.desk.write() as connection:
            news = store.set_quarantine(
                connection, dossier.dossier_id, reason, circumstances, clock.rfc3339(now)
            )
            if news:
                ledger.record(connection, EVENT, ledger.QUARANTINED, now, dossier.dossier_id, reason=reason)
                _log.warning("dossier %s set aside: %s", dossier.dossier_id, reason)
        return news

    # ---- filing

    def file_statements(self) -> None:
        """Put signed statements where the intake serves them."""
        with self.desk.read() as connection:
            waiting = store.unfiled(connection)
        if not waiting:
            return
        with self.intake.write() as connection:
            for statement in waiting:
                _file(connection, statement)
        with self.desk.write() as connection:
            for statement in waiting:
                store.mark_filed(connection, statement.id)


def _file(connection: Connection, statement: Statement) -> None:
    case = statement.case
    if statement.notice_number is None:
        intake_store.change_dossier(
            connection,
            case.dossier_id,
            opened=to_text(statement.signed),
            opened_at=case.opened_at,
            official_code=case.official_code,
        )
        return
    known = select(NOTICE.c.cursor).where(
        NOTICE.c.lookup_id == case.lookup_id, NOTICE.c.number == statement.notice_number
    )
    if connection.execute(known).first() is None:
        connection.execute(
            insert(NOTICE).values(
                lookup_id=case.lookup_id,
                number=statement.notice_number,
                kiosk=case.kiosk,
                signed=to_text(statement.signed),
            )
        )
