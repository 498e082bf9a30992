"""The kiosk's log: ids and codes for the technician, never a name, a number or an answer."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

_SIZE: Final = 2_000_000  # bytes a file
_FILES: Final = 5


def log_bug(log: logging.Logger, reference: str, error: BaseException) -> None:
    """Where a bug happened and of what kind; never its text, which may hold what somebody typed."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("bug %s: %s\n%s", reference, type(error).__name__, where)


def start_logging(folder: Path) -> None:
    """Write to ``folder/kiosk.log``, rotated; nothing goes to the terminal. A second call changes nothing."""
    logging.raiseExceptions = False  # a full disk must not print tracebacks over a command's output
    root = logging.getLogger("kiosk")
    file = str((folder / "kiosk.log").absolute())
    if any(getattr(handler, "baseFilename", None) == file for handler in root.handlers):
        return
    handler = RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
