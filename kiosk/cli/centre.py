"""Commands that talk with the centre: enrol, sync, track."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from kiosk.catalogue.store import open_catalogue
from kiosk.cli.frame import Call, Result, add_json
from kiosk.cli.room import Room, connect
from kiosk.dossier.receipt import lookup_id
from kiosk.errors import KnownError
from kiosk.identifiers import EnrolCode, parse_secret
from kiosk.locks import worker_lease
from kiosk.ports import Connectivity, Tracked, TrackSource
from kiosk.tracking import track

_ENROL_S: Final = 60.0
_POLL_S: Final = 0.2


def add(commands: Any) -> None:
    enrol = commands.add_parser("enrol", help="join a centre")
    enrol.add_argument("url")
    enrol.add_argument("code", help="the centre's code, or - for standard input")
    add_json(enrol)
    enrol.set_defaults(run=_enrol)
    sync = commands.add_parser("sync", help="send what waits, take what the centre says")
    sync.add_argument("--timeout", type=_seconds, default=60.0, metavar="S")
    add_json(sync)
    sync.set_defaults(run=_sync)
    look = commands.add_parser("track", help="where is my dossier")
    look.add_argument("code", help="the private code, or - for standard input")
    look.add_argument("--digits", help="last digits of the citizen number, for a result document")
    add_json(look)
    look.set_defaults(run=_track)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError("seconds, above 0")
    return value


def _until(deadline_s: float) -> Callable[[], bool]:
    """Pauses a moment at each call; False once ``deadline_s`` of the monotonic clock has passed."""

    def wait() -> bool:
        time.sleep(_POLL_S)
        return time.monotonic() < deadline_s

    return wait


def _enrol(call: Call, room: Room) -> Result:
    from sync.client import check_url
    from sync.enrolment import enrol

    code = EnrolCode.parse(call.typed(call.options.code))
    url = check_url(call.options.url)
    with worker_lease(room.settings.locks, _until(time.monotonic() + _ENROL_S)):
        client = connect(url, room.keyring.signing_key())
        try:
            known = room.keyring.enrolment()
            room.store.counts()  # a folder whose database can't be made is not enrolled
            done = enrol(url, code, room.keyring, client, _until(time.monotonic() + _ENROL_S))
            if known != done:
                room.store.forget_centre()
                open_catalogue(room.settings.catalogue, room.clock, enrolled=True).close()
        finally:
            client.close()
    value = {"kiosk": done.kiosk, "centre_fingerprint": done.centre_fingerprint}
    return Result(value, [call.say("enrolled", **value)])


def _sync(call: Call, room: Room) -> Result:
    from sync.engine import PassReport

    room.keyring.require_enrolment()
    deadline_s = time.monotonic() + call.options.timeout
    failed: KnownError | None = None
    report = PassReport(0, 0, Connectivity.OFFLINE, answered=False)
    try:
        with worker_lease(room.settings.locks, _until(deadline_s)):
            report = room.engine.run(room.clock.monotonic() + deadline_s - time.monotonic())
    except KnownError as error:
        if error.code != "sync-busy":
            raise
        failed = error
    if failed is None and not report.answered:
        failed = KnownError(_no_answer(report.connectivity))
    counts = room.store.counts()
    value = {
        "received": report.received,
        "opened": report.opened,
        "parked": counts.parked,
        "queued": counts.queued + counts.sending,
        "connectivity": report.connectivity.value,
    }
    return Result(value, [call.say("synced", **value)], failed)


def _no_answer(connectivity: Connectivity) -> str:
    match connectivity:
        case Connectivity.CAPTIVE:
            return "centre-not-ours"
        case Connectivity.UNAUTHORISED:
            return "centre-unknown-kiosk"
        case _:
            return "centre-unreachable"


def _track(call: Call, room: Room) -> Result:
    from sync.client import LinkFault

    def fetch(lookup: str) -> bool:
        try:
            room.engine.look_up(lookup)
        except LinkFault:
            return False
        return True

    found = look_up(room, fetch, call.typed(call.options.code))
    value = {**asdict(found), "source": found.source.value}
    return Result(value, [tracked_line(call, found)])


def look_up(room: Room, fetch: Callable[[str], bool], code: str) -> Tracked:
    """What is known by a private code: online where ``fetch`` reaches the centre, else from this machine."""
    secret = parse_secret(code)
    fetched = room.keyring.enrolment() is not None and fetch(lookup_id(secret))
    enrolment = room.keyring.enrolment()
    source = TrackSource.ONLINE if fetched else TrackSource.CACHE
    return track(room.store, enrolment.keys if enrolment else None, secret, source)


def tracked_line(call: Call, found: Tracked) -> str:
    """One sentence; offline and unknown is "no news", never "no such dossier"."""
    if found.receipt is None and found.official_code is None:
        return call.say("no-news", as_of=found.as_of or call.say("never"))
    return call.say(
        "tracked",
        receipt=found.receipt or "–",
        state=call.say(f"state-{found.state}") if found.state else "–",
        code=found.official_code or "–",
        as_of=found.as_of or "–",
    )
