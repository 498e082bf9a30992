"""What the kiosk knows of the time, for a clock that may be wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from kiosk import clock
from kiosk.clock import Clock
from kiosk.dossier.manifest import TimeEvidence
from kiosk.storage.records import TrustedTime

_LONGEST_SILENCE: Final = timedelta(days=180)
_TOLERANCE: Final = timedelta(minutes=10)  # a cheap crystal drifts a minute a month; more means set wrong


def time_evidence(now: Clock, trusted: TrustedTime | None) -> TimeEvidence:
    """Wall, boot, monotonic and last trusted time; ``uncertain`` unless the wall clock agrees."""
    wall, monotonic = now.now(), now.monotonic()
    since = monotonic - trusted.monotonic_s if trusted and trusted.boot_id == now.boot_id() else None
    return TimeEvidence(
        wall=clock.rfc3339(wall),
        boot_id=now.boot_id(),
        monotonic_s=round(monotonic, 3),
        trusted=trusted.trusted if trusted else None,
        since_trusted_s=round(since, 3) if since is not None else None,
        uncertain=_uncertain(now, trusted, since),
    )


def _uncertain(now: Clock, trusted: TrustedTime | None, since: float | None) -> bool:
    if trusted is None:
        return True
    told = clock.parse(trusted.trusted)
    if since is None:  # another boot: time does not go back, nor is a kiosk unheard for half a year
        return not told - _TOLERANCE <= now.now() <= told + _LONGEST_SILENCE
    return abs(now.now() - (told + timedelta(seconds=since))) > _TOLERANCE
