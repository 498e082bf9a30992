"""Commands an officer uses on dossiers."""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from central.cli.frame import Context
from central.desk import store
from central.desk.opening import OpenedPacket
from central.desk.service import Desk
from central.desk.store import Case
from central.intake import store as intake_store
from central.intake.store import StoredDossier
from central.intake.tables import DossierState
from kiosk.commandline import DONE, UsageError, print_json, print_lines
from kiosk.dossier.manifest import Paper
from kiosk.errors import KnownError

_LONGEST_TEXT: Final = 4000
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")
_EXTENSIONS: Final = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


# ---- dossiers


def dossiers(context: Context, options: argparse.Namespace) -> int:
    context.home.check()
    intake = context.home.open_intake_db()
    try:
        with intake.read() as connection:
            stored = list(intake_store.dossiers(connection).values())
    finally:
        intake.close()
    cases = _cases(context)
    rows = [_row(dossier, cases) for dossier in stored if dossier.state is DossierState.RECEIVED]
    if options.json:
        print_json(rows)
    else:
        print_lines(_line(row) for row in rows)
    return DONE


def _cases(context: Context) -> dict[str, Case]:
    """What the desk knows; nothing where the desk's folder is not on this machine."""
    if not (context.home.desk / "desk.db").exists():
        return {}
    desk = context.home.open_desk_db()
    try:
        with desk.read() as connection:
            return store.cases(connection)
    finally:
        desk.close()


def _row(dossier: StoredDossier, cases: dict[str, Case]) -> dict[str, str | int | None]:
    case = cases.get(dossier.dossier_id)
    return {
        "dossier_id": dossier.dossier_id,
        "receipt": dossier.receipt,
        "kiosk": dossier.kiosk,
        "received_at": dossier.received_at,
        "opened_at": case.opened_at if case else dossier.opened_at,
        "official_code": case.official_code if case else dossier.official_code,
        "procedure": case.procedure if case else None,
        "status": case.status if case else None,
    }


def _line(row: dict[str, str | int | None]) -> str:
    return "  ".join("–" if value is None else str(value) for value in row.values())


# ---- show


def show(context: Context, options: argparse.Namespace) -> int:
    context.home.check()
    folder = Path(options.files) if options.files is not None else None
    desk = Desk.open(context.home, context.clock)
    try:
        case, content = desk.cases.look_inside(options.id, options.officer)
    finally:
        desk.close()
    names = _file_names(content.manifest.papers)
    if folder:
        _write_papers(folder, names, content.papers)
    report = _report(case, content, names)
    if options.json:
        print_json(report)
    else:
        print_lines(_lines(report))
    return DONE


def _report(case: Case, content: OpenedPacket, names: dict[str, str]) -> dict[str, Any]:
    manifest = content.manifest
    return {
        "dossier_id": case.dossier_id,
        "receipt": case.receipt,
        "official_code": case.official_code,
        "status": case.status,
        "procedure": manifest.procedure,
        "procedure_version": manifest.procedure_version,
        "form_version": manifest.form_version,
        "unit": manifest.unit,
        "unit_on": manifest.unit_on,
        "applicant": manifest.applicant.to_json(),
        "submitter": manifest.submitter.to_json() if manifest.submitter else None,
        "case": manifest.case,
        "answers": dict(manifest.answers),
        "helper": asdict(manifest.helper) if manifest.helper else None,
        "notice_version": manifest.notice_version,
        "consents": list(manifest.consents),
        "assurance": manifest.assurance.value,
        "time_evidence": asdict(manifest.time_evidence),
        "created_at": manifest.created_at,
        "papers": [
            {
                "component": paper.component,
                "file": names[paper.component],
                "media_type": paper.media_type,
                "size": paper.size,
                "sha256": paper.sha256,
            }
            for paper in manifest.papers
        ],
    }


def _lines(value: Any, indent: str = "") -> list[str]:
    """A report as indented lines."""
    lines: list[str] = []
    numbered = {str(number): item for number, item in enumerate(value, 1)}
    entries = value if isinstance(value, dict) else numbered
    for name, item in entries.items():
        if isinstance(item, dict | list) and item:
            lines += [f"{indent}{_harmless(name)}:", *_lines(item, indent + "  ")]
        else:
            shown = "–" if item is None or item in ({}, []) else str(item)
            lines.append(f"{indent}{_harmless(name)}: {_harmless(shown)}")
    return lines


def _harmless(text: str) -> str:
    """Text as typed at a kiosk, without what would steer an officer's terminal or turn its direction."""
    return "".join(letter if letter.isprintable() else "�" for letter in text.replace("\n", " / "))


def _file_names(papers: tuple[Paper, ...]) -> dict[str, str]:
    """Flat, safe file names of our own making, by component; what the packet calls them is not trusted."""
    names: dict[str, str] = {}
    for paper in papers:
        stem = _UNSAFE.sub("-", paper.component).strip("-")[:80] or "paper"
        extension = _EXTENSIONS.get(paper.media_type, "bin")
        name = f"{stem}.{extension}"
        number = 2
        while name in names.values():
            name, number = f"{stem}-{number}.{extension}", number + 1
        names[paper.component] = name
    return names


def _write_papers(folder: Path, names: dict[str, str], papers: dict[str, bytes]) -> None:
    """Write all or nothing; KnownError ``file-exists``, ``files-unwritable``."""
    written: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for component, name in names.items():
            _write_new(folder / name, papers[component], written)
    except FileExistsError as error:
        _undo(written)
        raise KnownError("file-exists", file=Path(error.filename).name) from error
    except OSError as error:
        _undo(written)
        raise KnownError("files-unwritable", reason=error.strerror or type(error).__name__) from error


def _write_new(file: Path, data: bytes, written: list[Path]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    written.append(file)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)


def _undo(written: list[Path]) -> None:
    for file in written:
        file.unlink(missing_ok=True)


# ---- status


def status(context: Context, options: argparse.Namespace) -> int:
    context.home.check()
    text = sys.stdin.read(_LONGEST_TEXT + 1) if options.text == "-" else options.text
    text = text.strip() or None if text is not None else None
    if text is not None and len(text) > _LONGEST_TEXT:
        raise UsageError(f"--text: {_LONGEST_TEXT}")
    desk = Desk.open(context.home, context.clock)
    try:
        before = desk.cases.set_status(options.id, options.status, options.officer, text, options.due)
        desk.taking.file_statements()
    finally:
        desk.close()
    print_lines([f"{before.official_code}: {before.status} → {int(options.status)}"])
    return DONE
