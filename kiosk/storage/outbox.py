"""The outbox machine: how one dossier goes from the kiosk to the centre.

    queued → sending → received → opened          parked(reason) → queued by a technician

*Exported* is a mark on a dossier, not a state. Only *opened* lets the sealed bytes go.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final


class OutboxState(enum.Enum):
    QUEUED = "queued"
    SENDING = "sending"
    RECEIVED = "received"
    OPENED = "opened"
    PARKED = "parked"


class OutboxEvent(enum.Enum):
    """What can happen to a dossier in the outbox."""

    SEND = "send"  # the worker moves its bytes now
    LINK_FAILED = "link-failed"
    RETRY_LATER = "retry-later"  # the centre asked to wait
    RECEIVED = "received"  # verified: the intake has these very bytes
    LOST = "lost"  # the intake no longer knows a dossier that it had received
    OPENED = "opened"  # verified: the desk has opened it
    REFUSED = "refused"  # the envelope itself was refused
    STARTED = "started"  # the program starts after a stop at any point
    RELEASED = "released"  # a technician lets a parked one try again


class OutboxEffect(enum.Enum):
    """What the store does along with a change of state."""

    COUNT_ATTEMPT = "count-attempt"
    PURGE = "purge"  # the sealed bytes may go
    KEEP_REASON = "keep-reason"
    CLEAR_REASON = "clear-reason"


_S, _E, _F = OutboxState, OutboxEvent, OutboxEffect
_TABLE: Final[dict[tuple[OutboxState, OutboxEvent], tuple[OutboxState, tuple[OutboxEffect, ...]]]] = {
    (_S.QUEUED, _E.SEND): (_S.SENDING, (_F.COUNT_ATTEMPT,)),
    (_S.QUEUED, _E.LINK_FAILED): (_S.QUEUED, (_F.COUNT_ATTEMPT,)),
    (_S.QUEUED, _E.RETRY_LATER): (_S.QUEUED, (_F.COUNT_ATTEMPT,)),
    (_S.QUEUED, _E.RECEIVED): (_S.RECEIVED, ()),
    (_S.QUEUED, _E.OPENED): (_S.OPENED, (_F.PURGE,)),
    (_S.QUEUED, _E.REFUSED): (_S.PARKED, (_F.KEEP_REASON,)),
    (_S.QUEUED, _E.STARTED): (_S.QUEUED, ()),
    (_S.QUEUED, _E.LOST): (_S.QUEUED, ()),
    (_S.SENDING, _E.SEND): (_S.SENDING, (_F.COUNT_ATTEMPT,)),
    (_S.SENDING, _E.LINK_FAILED): (_S.QUEUED, ()),
    (_S.SENDING, _E.RETRY_LATER): (_S.QUEUED, ()),
    (_S.SENDING, _E.RECEIVED): (_S.RECEIVED, ()),
    (_S.SENDING, _E.OPENED): (_S.OPENED, (_F.PURGE,)),
    (_S.SENDING, _E.REFUSED): (_S.PARKED, (_F.KEEP_REASON,)),
    (_S.SENDING, _E.STARTED): (_S.QUEUED, ()),
    (_S.SENDING, _E.LOST): (_S.SENDING, ()),
    (_S.RECEIVED, _E.RECEIVED): (_S.RECEIVED, ()),
    (_S.RECEIVED, _E.LINK_FAILED): (_S.RECEIVED, ()),
    (_S.RECEIVED, _E.RETRY_LATER): (_S.RECEIVED, ()),
    (_S.RECEIVED, _E.LOST): (_S.QUEUED, ()),
    (_S.RECEIVED, _E.OPENED): (_S.OPENED, (_F.PURGE,)),
    (_S.RECEIVED, _E.REFUSED): (_S.PARKED, (_F.KEEP_REASON,)),
    (_S.RECEIVED, _E.STARTED): (_S.RECEIVED, ()),
    (_S.PARKED, _E.RELEASED): (_S.QUEUED, (_F.CLEAR_REASON,)),
    (_S.PARKED, _E.OPENED): (_S.OPENED, (_F.PURGE, _F.CLEAR_REASON)),
    (_S.PARKED, _E.RECEIVED): (_S.RECEIVED, (_F.CLEAR_REASON,)),
    (_S.PARKED, _E.STARTED): (_S.PARKED, ()),
    (_S.OPENED, _E.OPENED): (_S.OPENED, ()),
    (_S.OPENED, _E.RECEIVED): (_S.OPENED, ()),
    (_S.OPENED, _E.STARTED): (_S.OPENED, ()),
}


@dataclass(frozen=True, slots=True)
class Step:
    state: OutboxState
    effects: tuple[OutboxEffect, ...]


def step(state: OutboxState, event: OutboxEvent) -> Step:
    """The next state and what goes with it; ValueError for a pair that can't happen (a bug)."""
    try:
        return Step(*_TABLE[state, event])
    except KeyError:
        raise ValueError(f"{event} in {state}") from None
