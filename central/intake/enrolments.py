"""Enrolment requests wait here until the desk has judged them; the intake knows no code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from central.database import Database
from central.intake.refusal import Refused
from central.intake.tables import ENROLMENT
from kiosk import canonical, clock
from kiosk.clock import Clock
from sync.protocol import EnrolAnswer, EnrolRequest, EnrolState

# Anyone may ask; a flood must not fill the disk.
MAX_WAITING: Final = 200
MAX_REFUSED: Final = 1000  # a kiosk that is refused should hear of it, even while others flood
_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Enrolments:
    """Takes requests and tells where they stand."""

    database: Database
    clock: Clock

    def ask(self, request: EnrolRequest) -> EnrolAnswer:
        """Note a request; the same one again is the same enrolment. Refused 503 when too many wait."""
        # The id is the hash of what only the asking kiosk has made up: no one else can guess it.
        enrolment_id = canonical.sha256_hex(request.to_bytes())[:32]
        with self.database.write() as connection:
            known = connection.execute(select(ENROLMENT.c.id).where(ENROLMENT.c.id == enrolment_id)).first()
            if known is None:
                waiting = select(func.count()).where(ENROLMENT.c.state == EnrolState.WAITING.value)
                if connection.execute(waiting).scalar_one() >= MAX_WAITING:
                    raise Refused(503, "busy")
                _drop_oldest_refused(connection)
                connection.execute(
                    insert(ENROLMENT).values(
                        id=enrolment_id,
                        kiosk_public=request.kiosk_public,
                        nonce=request.nonce,
                        mac=request.mac,
                        state=EnrolState.WAITING.value,
                        asked_at=clock.rfc3339(self.clock.now()),
                    )
                )
        return self.look(enrolment_id)

    def look(self, enrolment_id: str) -> EnrolAnswer:
        """Where an enrolment stands; Refused 404 if there is none."""
        if not _ID.fullmatch(enrolment_id):
            raise Refused(404, "unknown")
        with self.database.read() as connection:
            query = select(ENROLMENT).where(ENROLMENT.c.id == enrolment_id)
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise Refused(404, "unknown")
        return EnrolAnswer(enrolment_id, EnrolState(row["state"]), row["certificate"])


def _drop_oldest_refused(connection: Connection) -> None:
    newest = (
        select(ENROLMENT.c.id)
        .where(ENROLMENT.c.state == EnrolState.REFUSED.value)
        .order_by(ENROLMENT.c.asked_at.desc(), ENROLMENT.c.id)
        .limit(MAX_REFUSED)
    )
    connection.execute(
        delete(ENROLMENT).where(ENROLMENT.c.state == EnrolState.REFUSED.value, ENROLMENT.c.id.not_in(newest))
    )
