"""The desk's parts, built over both databases."""

from __future__ import annotations

from dataclasses import dataclass

from central.database import Database
from central.desk.cases import Cases
from central.desk.enrolling import Enrolling
from central.desk.opening import Opener
from central.desk.taking import Taking
from central.home import Home
from central.intake.blobs import DirectoryBlobs
from kiosk.clock import Clock


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the intake brought."""

    enrolled: int
    opened: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk. Several may work at once: the databases decide who was first."""

    desk: Database
    intake: Database
    enrolling: Enrolling
    taking: Taking
    cases: Cases

    @classmethod
    def open(cls, home: Home, now: Clock) -> Desk:
        """Build from ``desk/`` and ``intake/``. KnownError as ``Home`` and ``Database`` say."""
        keys = home.desk_keys()
        desk, intake = home.open_desk_db(), home.open_intake_db()
        opener = Opener(desk, DirectoryBlobs(home.blobs), keys)
        return cls(
            desk=desk,
            intake=intake,
            enrolling=Enrolling(desk, intake, keys, now),
            taking=Taking(desk, intake, opener, keys, now),
            cases=Cases(desk, intake, opener, keys, now),
        )

    def once(self) -> Round:
        """Judge, open and file all that waits now."""
        enrolled = self.enrolling.grant_waiting()
        self.taking.file_statements()  # what a crash left
        opened, quarantined = self.taking.open_waiting()
        self.taking.file_statements()
        return Round(enrolled, opened, quarantined)

    def close(self) -> None:
        self.desk.close()
        self.intake.close()
