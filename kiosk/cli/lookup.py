"""Commands about the catalogue: catalogue, search, procedure."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.catalogue.example import example
from kiosk.catalogue.forms import pages_json
from kiosk.catalogue.model import Procedure, SearchAnswer
from kiosk.cli.frame import Call, Result, add_json
from kiosk.cli.room import Room
from kiosk.errors import KnownError
from kiosk.files import open_regular


def add(commands: Any) -> None:
    catalogue = commands.add_parser("catalogue", help="what this kiosk knows").add_subparsers(
        dest="what", required=True
    )
    take = catalogue.add_parser("import", help="a signed package, or national records")
    take.add_argument("file", type=Path)
    add_json(take)
    take.set_defaults(run=_import)
    info = catalogue.add_parser("info")
    add_json(info)
    info.set_defaults(run=_info)
    verify = catalogue.add_parser("verify", help="is the catalogue on disk whole")
    add_json(verify)
    verify.set_defaults(run=_verify)
    search = commands.add_parser("search", help="find a procedure")
    search.add_argument("query", nargs="?", default="")
    search.add_argument("--limit", type=_limit, default=10, metavar="N")
    search.add_argument("--batch", type=Path, metavar="FILE")
    add_json(search)
    search.set_defaults(run=_search)
    procedure = commands.add_parser("procedure", help="one procedure, its papers, form and an example")
    procedure.add_argument("code")
    add_json(procedure)
    procedure.set_defaults(run=_procedure)


def _limit(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError("1 to 1000")
    return value


def _import(call: Call, room: Room) -> Result:
    if room.keyring.enrolment() is not None:
        raise KnownError("unsigned")
    report = room.catalogue.import_national(call.options.file)
    value = {
        "imported": report.imported,
        "rejected": report.rejected,
        "untrusted": dict(sorted(report.untrusted.items())),
    }
    return Result(value, [call.say("imported", imported=report.imported, rejected=report.rejected)])


def _info(call: Call, room: Room) -> Result:
    info = room.catalogue.info()
    value = {
        "procedures": info.procedures,
        "units": info.units,
        "version": info.version,
        "published_at": info.published_at,
        "signed": info.signed,
        "age_days": info.age_days,
    }
    return Result(value, [call.say("catalogue", procedures=info.procedures, units=info.units)])


def _verify(call: Call, room: Room) -> Result:
    whole = room.catalogue.verify()
    failed = None if whole else KnownError("catalogue-damaged")
    return Result({"ok": whole}, [call.say("catalogue-whole")] if whole else [], failed)


def _search(call: Call, room: Room) -> Result:
    limit = call.options.limit
    if call.options.batch:
        lines = _lines(call.options.batch)
        return Result(None, stream=(_timed(room, line, limit) for line in lines))
    value = _timed(room, call.options.query, limit)
    found = [f"{hit['code']}  {hit['name']}" for hit in value["results"]]
    return Result(value, found or [call.say("nothing-found")])


def _lines(file: Path) -> Iterator[str]:
    """The queries of a batch, one a line, all read before the first answer so that a bad file fails clean."""
    try:
        with open_regular(file) as source:
            text = source.read().decode("utf-8", "replace")
    except OSError as error:
        raise KnownError("file-unreadable", reason=error.strerror or type(error).__name__) from error
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return (line.removesuffix("\r") for line in lines)


def _timed(room: Room, query: str, limit: int) -> dict[str, Any]:
    start = time.perf_counter()
    answer = room.catalogue.search(query, limit)
    return answer_json(query, answer, (time.perf_counter() - start) * 1000)


def answer_json(query: str, answer: SearchAnswer, ms: float) -> dict[str, Any]:
    """One search as the contract writes it."""
    return {
        "query": query,
        "ms": round(ms, 3),
        "kind": answer.kind.value,
        "results": [
            {"code": hit.code, "name": hit.name, "score": hit.score, "group": hit.group}
            for hit in answer.hits
        ],
        "choices": [{"label": choice.label, "query": choice.query} for choice in answer.choices],
        "signpost": (
            {"title": answer.signpost.title, "desk": answer.signpost.desk} if answer.signpost else None
        ),
    }


def _procedure(call: Call, room: Room) -> Result:
    procedure = room.catalogue.procedure(call.options.code)
    if procedure is None:
        raise KnownError("no-such-procedure")
    form = room.catalogue.form(procedure)
    made = example(room.catalogue, procedure, room.settings.tuning.unit) if form else None
    value = {
        "code": procedure.code,
        "version": procedure.version,
        "name": procedure.name,
        "online": procedure.online,
        "fee": _fee(procedure),
        "time": procedure.time,
        "components": _components(procedure, made),
        "form": {"schema": dict(form.schema), "pages": pages_json(form)} if form else None,
        "example": made,
    }
    unknown = call.say("unknown")
    lines = [
        procedure.name,
        procedure.summary or unknown,
        *(f"- {component.name}" for component in procedure.components),
        call.say("procedure-time", time=procedure.time or unknown),
        call.say("procedure-fee", fee=value["fee"] or unknown),
    ]
    return Result(value, lines)


def _fee(procedure: Procedure) -> str | None:
    """What it costs and who need not pay: never the one without the other."""
    fee = procedure.fee
    return " ".join(part for part in (fee.text, fee.exemption) if part) if fee else None


def _components(procedure: Procedure, made: dict[str, Any] | None) -> list[dict[str, Any]]:
    from kiosk.catalogue.forms import required_components

    answers, case = (
        (made["answers"], made["case"]) if made else ({}, procedure.cases[0].id if procedure.cases else None)
    )
    required = {component.id for component in required_components(procedure, answers, case)}
    return [
        {
            "id": component.id,
            "name": component.name,
            "required": component.id in required,
            "originals": component.originals,
            "copies": component.copies,
        }
        for component in procedure.components
    ]
