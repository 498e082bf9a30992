"""The tour with a guard: ``python -m tests.scenarios.guarded_tour DATA FOLDER WIDTH HEIGHT``.

Prints as JSON what was called on the UI thread that may not be: HTTP, SQL writes, sealing, PDF work. Exits as
the tour does.
"""

from __future__ import annotations

import json
import re
import sys
import threading
from pathlib import Path
from typing import Any

import requests
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Engine, event

from kiosk import submission
from kiosk.cli import main, tour
from kiosk.devices.usb import UsbSticks
from ui.tour import Guide

found: list[str] = []
walking = threading.Event()


def _note(what: str) -> None:
    if walking.is_set() and threading.current_thread() is threading.main_thread():
        found.append(what)


def _guard(owner: Any, name: str, what: str) -> None:
    before = getattr(owner, name)

    def guarded(*args: Any, **kwargs: Any) -> Any:
        _note(what)
        return before(*args, **kwargs)

    setattr(owner, name, guarded)


def _while_the_loop_runs() -> None:
    """Guard only while the screens are up: composing and closing are not the event loop."""
    before = Guide.start

    def start(guide: Guide) -> None:
        guide.finished.connect(walking.clear)
        walking.set()
        before(guide)

    Guide.start = start  # type: ignore[method-assign]


def _peak_mb() -> float:
    """The most memory this program ever held; ``ru_maxrss`` would count what started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def run(data_dir: str, folder: str, size: tuple[int, int]) -> int:
    _guard(requests.Session, "send", "HTTP")
    _guard(Canvas, "save", "PDF")
    _guard(submission, "seal", "sealing")
    _guard(UsbSticks, "read", "reading a stick")
    _guard(UsbSticks, "browse", "reading a stick")
    tour.SIZE = size
    _while_the_loop_runs()

    def on_sql(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().split(" ", 1)[0].upper() in {"INSERT", "UPDATE", "DELETE", "BEGIN IMMEDIATE"}:
            _note("SQL write")

    event.listen(Engine, "before_cursor_execute", on_sql)
    code = main(["--data-dir", data_dir, "run", "--tour", folder])
    peak_mb = _peak_mb()
    sys.stdout.write(json.dumps({"found": sorted(set(found)), "peak_mb": peak_mb}) + "\n")
    return code


if __name__ == "__main__":
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    sys.exit(run(sys.argv[1], sys.argv[2], (int(sys.argv[3]), int(sys.argv[4]))))
