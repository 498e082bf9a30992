"""Time as a port: what people read, and what delays are measured with."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    """The only way to ask for the time; tests bring their own."""

    def now(self) -> datetime:
        """Wall time, aware, in Asia/Ho_Chi_Minh. May be wrong; never used for delays."""

    def monotonic(self) -> float:
        """Seconds since an arbitrary point of this boot, suspend included; never goes back."""

    def boot_id(self) -> str:
        """Identifies this boot, so that monotonic readings of two boots are never compared."""


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        return datetime.now(LOCAL)

    def monotonic(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def boot_id(self) -> str:
        return _BOOT_ID.read_text(encoding="ascii").strip() if _BOOT_ID.exists() else "unknown"


def rfc3339(moment: datetime) -> str:
    """``2026-11-22T10:42:00+07:00``: local time, whole seconds."""
    return moment.astimezone(LOCAL).replace(microsecond=0).isoformat()


def parse(text: str) -> datetime:
    """Inverse of ``rfc3339``; an aware time in Asia/Ho_Chi_Minh. ValueError if it is not one."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LOCAL)
