"""Enrolment: one-time codes, and certificates for the kiosks that prove they hold one."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from central import ledger
from central.database import Database
from central.desk.tables import CERTIFICATE, ENROL_CODE, EVENT
from central.home import DeskKeys
from central.intake.tables import ENROLMENT, KIOSK
from kiosk import clock, identifiers
from kiosk.clock import Clock
from kiosk.dossier.keys import KioskCertificate
from kiosk.dossier.signing import key_id
from kiosk.identifiers import EnrolCode
from sync.protocol import EnrolState, enrol_message

_PREFIX: Final = "TQ"
_KIOSKS: Final = 1024  # two letters after the prefix
_REFUSED_KEPT: Final = timedelta(days=1)  # long enough for the kiosk to hear of it


@dataclass(frozen=True, slots=True)
class _Grant:
    """A certificate and its place among all that this desk issued."""

    serial: int
    certificate: KioskCertificate


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Makes codes and grants what waits at the intake. Every step may be cut off and repeated."""

    desk: Database
    intake: Database
    keys: DeskKeys
    clock: Clock

    def new_code(self, name: str | None, ttl_s: int) -> tuple[EnrolCode, datetime]:
        """A fresh code and when it expires."""
        code = EnrolCode.new(identifiers.fingerprint(self.keys.root))
        expires = (self.clock.now() + timedelta(seconds=ttl_s)).replace(microsecond=0)
        with self.desk.write() as connection:
            connection.execute(
                insert(ENROL_CODE).values(
                    secret=code.secret, name=name, expires_at=int(expires.timestamp()), used_at=None
                )
            )
        return code, expires

    def grant_waiting(self) -> int:
        """Judge every enrolment that waits; how many were granted."""
        with self.intake.read() as connection:
            query = select(ENROLMENT).where(ENROLMENT.c.state == EnrolState.WAITING.value)
            waiting = connection.execute(query).mappings().all()
        granted = 0
        for row in waiting:
            grant = self._certify(row)
            self._tell(row["id"], grant)
            granted += grant is not None
        return granted

    def _certify(self, row: RowMapping) -> _Grant | None:
        """The grant of an enrolment, made once; None if no open code fits."""
        now = self.clock.now()
        with self.desk.write() as connection:
            if made := _granted(connection, row["id"]):
                return made
            code = self._fitting_code(connection, row, now)
            kiosk = _code_of(connection, row["kiosk_public"])
            if code is None or kiosk is None:
                return None
            certificate = KioskCertificate.issue(self.keys.sign, kiosk, row["kiosk_public"], now)
            at = clock.rfc3339(now)
            connection.execute(update(ENROL_CODE).where(ENROL_CODE.c.id == code["id"]).values(used_at=at))
            connection.execute(
                insert(CERTIFICATE).values(
                    enrolment_id=row["id"],
                    kiosk=kiosk,
                    key_id=key_id(row["kiosk_public"]),
                    public=row["kiosk_public"],
                    certificate=certificate.to_bytes(),
                    name=code["name"],
                    issued_at=at,
                )
            )
            ledger.record(connection, EVENT, ledger.CODE_GRANTED, now, kiosk=kiosk)
            return _granted(connection, row["id"])

    def _fitting_code(self, connection: Connection, row: RowMapping, now: datetime) -> RowMapping | None:
        message = enrol_message(row["kiosk_public"], identifiers.fingerprint(self.keys.root), row["nonce"])
        query = select(ENROL_CODE).where(
            ENROL_CODE.c.used_at.is_(None), ENROL_CODE.c.expires_at > int(now.timestamp())
        )
        fitting = None
        for code in connection.execute(query).mappings():
            mac = hmac.digest(code["secret"].encode("ascii"), message, "sha256")
            if hmac.compare_digest(mac, row["mac"]):
                fitting = code
        return fitting

    def _tell(self, enrolment_id: str, grant: _Grant | None) -> None:
        """Write the outcome where the intake serves it, and make the key known there."""
        state = EnrolState.GRANTED if grant else EnrolState.REFUSED
        certificate = grant.certificate.to_bytes() if grant else None
        with self.intake.write() as connection:
            if grant:
                _register(connection, grant)
            connection.execute(
                update(ENROLMENT)
                .where(ENROLMENT.c.id == enrolment_id)
                .values(state=state.value, certificate=certificate)
            )
            connection.execute(
                delete(ENROLMENT).where(
                    ENROLMENT.c.state == EnrolState.REFUSED.value,
                    ENROLMENT.c.asked_at < clock.rfc3339(self.clock.now() - _REFUSED_KEPT),
                )
            )


def _granted(connection: Connection, enrolment_id: str) -> _Grant | None:
    query = select(CERTIFICATE).where(CERTIFICATE.c.enrolment_id == enrolment_id)
    row = connection.execute(query).mappings().one_or_none()
    return _Grant(row["serial"], KioskCertificate.from_bytes(row["certificate"])) if row else None


def _register(connection: Connection, grant: _Grant) -> None:
    """Make a certified key known to the intake; an older certificate of it gives way."""
    certificate = grant.certificate
    name = key_id(certificate.public)
    known = connection.execute(select(KIOSK.c.serial).where(KIOSK.c.key_id == name)).scalar_one_or_none()
    if known is not None and known >= grant.serial:
        return
    connection.execute(delete(KIOSK).where(KIOSK.c.key_id == name))
    connection.execute(
        insert(KIOSK).values(
            serial=grant.serial,
            key_id=name,
            kiosk=certificate.kiosk,
            public=certificate.public,
            certificate=certificate.to_bytes(),
        )
    )


def _code_of(connection: Connection, public: bytes) -> str | None:
    """The kiosk code of a key: the one it has, else the next free one; None when all are taken."""
    query = select(CERTIFICATE.c.kiosk).where(CERTIFICATE.c.key_id == key_id(public)).limit(1)
    if known := connection.execute(query).scalar_one_or_none():
        return str(known)
    taken = set(connection.execute(select(CERTIFICATE.c.kiosk).distinct()).scalars())
    return next((code for code in _codes() if code not in taken), None)


def _codes() -> Iterator[str]:
    letters = identifiers.ALPHABET
    return (f"{_PREFIX}{letters[n // 32]}{letters[n % 32]}" for n in range(1, _KIOSKS))
