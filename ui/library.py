"""What pages may read while they draw: short reads only, no writes, no network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.catalogue.store import Catalogue
from kiosk.ports import SyncStatus
from kiosk.settings import Tuning


@dataclass(frozen=True, slots=True)
class Library:
    """The catalogue, this kiosk's set-up, the time and the present sync status."""

    catalogue: Catalogue
    tuning: Tuning
    now: Callable[[], datetime]
    sync_status: Callable[[], SyncStatus]
