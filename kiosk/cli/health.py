"""The technician's command: doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kiosk.cli.frame import Call, Result, add_json
from kiosk.cli.room import Room
from kiosk.errors import KnownError
from kiosk.health.checks import Level, Parts, check_all


def add(commands: Any) -> None:
    doctor = commands.add_parser("doctor", help="is this kiosk fit for work")
    doctor.add_argument("--pdf", type=Path, metavar="FILE")
    add_json(doctor)
    doctor.set_defaults(run=_doctor, closed=_closed)


def _closed(call: Call, error: KnownError) -> Result:
    """What the doctor says where not even the data folder can be opened."""
    fix = call.say("data-fix")
    check = {"id": "data", "level": Level.STOP.value, "sentence": error.sentence(call.lang), "fix": fix}
    return Result({"ok": False, "checks": [check]}, [f"[stop] {check['sentence']} {fix}"], error)


def _doctor(call: Call, room: Room) -> Result:
    if call.options.pdf:
        raise KnownError("not-in-this-version", what="doctor --pdf")
    parts = Parts(
        settings=room.settings,
        keyring=room.keyring,
        clock=room.clock,
        store=lambda: room.store,
        catalogue_procedures=lambda: room.catalogue.info().procedures,
    )
    checks = check_all(parts, call.lang)
    stopped = [check for check in checks if check.level is Level.STOP]
    value = {
        "ok": not stopped,
        "checks": [
            {"id": check.id, "level": check.level.value, "sentence": check.sentence, "fix": check.fix}
            for check in checks
        ],
    }
    lines = [f"[{check.level.value:4}] {check.sentence} {check.fix or ''}".rstrip() for check in checks]
    return Result(value, lines, KnownError("not-fit", parts=len(stopped)) if stopped else None)
