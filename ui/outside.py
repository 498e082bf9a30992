"""What the cloth says of the world: the time, the network, and what waits."""

from __future__ import annotations

from kiosk.clock import parse
from kiosk.ports import Connectivity, SyncStatus
from ui.icons import Icon
from ui.library import Library
from ui.messages import Words
from ui.widgets.cloth import NetState
from ui.window import Outside


def outside(library: Library, words: Words) -> Outside:
    """As of now. Short."""
    status = library.sync_status()
    return Outside(f"{library.now():%H:%M}", net_state(status), _facts(status, words))


def net_state(status: SyncStatus) -> NetState:
    """Probing is only shown while nothing is known yet, so that the sign does not flicker."""
    match status.connectivity:
        case Connectivity.ONLINE:
            return NetState.ONLINE
        case Connectivity.PROBING if status.offline_since is None:
            return NetState.ONLINE if status.last_answer else NetState.UNKNOWN
    return NetState.OFFLINE


def _facts(status: SyncStatus, words: Words) -> tuple[tuple[Icon, str], ...]:
    facts = []
    if status.offline_since is not None and net_state(status) is NetState.OFFLINE:
        since = parse(status.offline_since)
        facts.append((Icon.HOURGLASS, words("side.offline_since", when=f"{since:%H:%M}, {since:%d/%m}")))
    if status.waiting:
        facts.append((Icon.LOCK, words("side.waiting", count=status.waiting)))
    return tuple(facts)
