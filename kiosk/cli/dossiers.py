"""Commands about dossiers: submit, receipt, verify-receipt, queue."""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from pathlib import Path
from typing import Any, Final

from kiosk import identifiers
from kiosk.cli.frame import Call, Result, add_json
from kiosk.cli.room import Room
from kiosk.dossier.application import Application, Attachment, attachment, read_application
from kiosk.dossier.packet import MAX_PAPER
from kiosk.dossier.receipt import PREFIX, PublicReceipt
from kiosk.dossier.signing import BadSignature
from kiosk.errors import KnownError
from kiosk.files import open_regular, write_atomically
from kiosk.ports import SavedDossier
from kiosk.storage.outbox import OutboxEvent, OutboxState
from kiosk.storage.records import QueueItem

log = logging.getLogger("kiosk.cli")
_MAX_APPLICATION: Final = 1_000_000  # bytes of FILE.json


def add(commands: Any) -> None:
    submit = commands.add_parser("submit", help="save a dossier and queue it for the centre")
    submit.add_argument("file", type=Path, metavar="FILE.json")
    submit.add_argument("--attach", action="append", default=[], type=_pair, metavar="ID=PATH")
    submit.add_argument("--receipt", type=Path, metavar="PDF")
    add_json(submit)
    submit.set_defaults(run=_submit)
    receipt = commands.add_parser("receipt", help="a duplicate receipt, without the private code")
    receipt.add_argument("number")
    receipt.add_argument("--pdf", type=Path, required=True, metavar="FILE")
    add_json(receipt)
    receipt.set_defaults(run=_receipt)
    verify = commands.add_parser("verify-receipt", help="is this receipt's public QR real")
    verify.add_argument("text", help="the QR's text, a picture of it, or - for standard input")
    add_json(verify)
    verify.set_defaults(run=_verify)
    queue = commands.add_parser("queue", help="the dossiers of this kiosk")
    add_json(queue)
    queue.set_defaults(run=_queue)
    inner = queue.add_subparsers(dest="what")
    release = inner.add_parser("release", help="let a parked dossier try again")
    release.add_argument("id")
    add_json(release)
    release.set_defaults(run=_release)


def _submit(call: Call, room: Room) -> Result:
    if obstacle := room.submission.obstacle():
        raise obstacle
    attachments = [_attachment(*pair) for pair in call.options.attach]
    application = read_application(_read_json(call.options.file), attachments)
    pdf = call.options.receipt
    if pdf:
        _check_writable(pdf)
    saved = room.submission.submit(application, receipt_given=False)
    warnings = list(saved.warnings)
    if pdf and not _receipt_written(room, saved, application, pdf):
        warnings.append("receipt-unwritable")
    state = room.store.find(saved.dossier_id)
    value = {
        "dossier_id": saved.dossier_id,
        "receipt": saved.receipt,
        "state": state.state.value if state else OutboxState.QUEUED.value,
        "lookup_id": saved.lookup_id,
        "secret": identifiers.grouped(saved.secret) if saved.secret else None,
        "papers": [
            {"component": paper.component, "sha256": paper.sha256, "size": paper.size}
            for paper in saved.papers
        ],
        "warnings": warnings,
    }
    lines = [call.say("saved", receipt=saved.receipt)]
    if saved.secret:
        lines.append(call.say("secret", secret=identifiers.grouped(saved.secret)))
    lines += [KnownError(warning).sentence(call.lang) for warning in warnings]
    return Result(value, lines, after=lambda: room.store.give_receipt(saved.dossier_id, room.clock.now()))


def _check_writable(file: Path) -> None:
    """KnownError ``receipt-unwritable`` before anything is saved, for a target that can't be one."""
    try:
        with tempfile.NamedTemporaryFile(prefix=f"{file.name}.", dir=file.absolute().parent):
            if file.is_dir():
                raise KnownError("receipt-unwritable")
    except OSError as error:
        raise KnownError("receipt-unwritable") from error


def _receipt_written(room: Room, saved: SavedDossier, application: Application, file: Path) -> bool:
    """False, logged, where it could not be: the dossier is saved, and its secret must still be told."""
    try:
        _write_pdf(file, room.receipts.pdf(saved.receipt, saved.secret, application))
    except KnownError as error:
        log.warning("receipt of dossier %s: %s", saved.dossier_id, error.code)
        return False
    return True


def _read_json(file: Path) -> object:
    data = _read(file, _MAX_APPLICATION + 1)
    if len(data) > _MAX_APPLICATION:
        raise KnownError("application-bad", field="JSON")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise KnownError("application-bad", field="JSON") from error


def _pair(text: str) -> tuple[str, Path]:
    component, equals, path = text.partition("=")
    if not equals or not component or not path:
        raise argparse.ArgumentTypeError("ID=PATH")
    return component, Path(path)


def _attachment(component: str, path: Path) -> Attachment:
    return attachment(component, path.name, _read(path, MAX_PAPER + 1))


def _read(file: Path, most: int) -> bytes:
    """At most ``most`` bytes of a file; KnownError ``file-unreadable`` where that can't be done."""
    try:
        with open_regular(file) as source:
            return source.read(most)
    except OSError as error:
        raise KnownError("file-unreadable", reason=error.strerror or type(error).__name__) from error


def _write_pdf(file: Path, data: bytes) -> None:
    try:
        write_atomically(file, data)
    except OSError as error:
        raise KnownError("receipt-unwritable") from error


def _receipt(call: Call, room: Room) -> Result:
    number = str(identifiers.ReceiptNumber.parse(call.options.number))
    _write_pdf(call.options.pdf, room.receipts.pdf(number))
    return Result({"receipt": number}, [call.say("duplicate", receipt=number)])


def _verify(call: Call, room: Room) -> Result:
    text = call.typed(call.options.text)
    enrolment = room.keyring.enrolment()
    if enrolment is None:
        raise KnownError("no-centre-keys")
    kiosk = receipt = failed = None
    try:
        if not text.startswith(PREFIX) and _is_file(text):
            raise KnownError("not-in-this-version", what="verify-receipt IMAGE")
        public = PublicReceipt.parse(text)
        receipt, kiosk = str(public.number), public.number.kiosk
        public.verify(enrolment.keys)
    except KnownError as error:
        failed = error
    except BadSignature:
        failed = KnownError("receipt-forged")
    if failed and failed.code == "not-in-this-version":
        raise failed
    value = {
        "valid": failed is None,
        "receipt": receipt,
        "kiosk": kiosk,
        "reason": failed.code if failed else None,
    }
    return Result(value, [call.say("receipt-valid", receipt=receipt)] if not failed else [], failed)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, or holds what none may
        return False


def queue_json(item: QueueItem) -> dict[str, Any]:
    """One row of ``queue --json``."""
    return {
        "dossier_id": item.dossier_id,
        "receipt": item.receipt,
        "state": item.state.value,
        "official_code": item.official_code,
        "reason": item.reason,
        "created_at": item.created_at,
        "attempts": item.attempts,
    }


def _queue(call: Call, room: Room) -> Result:
    items = room.store.queue(room.clock.now())
    lines = [
        call.say(
            "queue-row",
            receipt=item.receipt,
            state=call.say(f"state-{item.state.value}"),
            code=item.official_code or "–",
            reason=item.reason or "–",
        )
        for item in items
    ]
    return Result([queue_json(item) for item in items], lines or [call.say("queue-empty")])


def _release(call: Call, room: Room) -> Result:
    item = room.store.find(call.options.id)
    if item is None:
        raise KnownError("no-such-dossier")
    if item.state is not OutboxState.PARKED:
        raise KnownError("not-parked")
    room.store.advance(item.dossier_id, OutboxEvent.RELEASED, room.clock.now())
    found = room.store.find(item.dossier_id)
    return Result(queue_json(found or item), [call.say("released", receipt=item.receipt)])
