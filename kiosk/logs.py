"""The kiosk's log: ids and codes for the technician, never a name, a number or an answer."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

_SIZE: Final = 2_000_000  # bytes a file
_FILES: Final = 5


def start_logging(folder: Path) -> None:
    """Write to ``folder/kiosk.log``, rotated; nothing goes to the terminal. A second call changes nothing."""
    root = logging.getLogger("kiosk")
    file = str((folder / "kiosk.log").absolute())
    if any(getattr(handler, "baseFilename", None) == file for handler in root.handlers):
        return
    handler = RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
