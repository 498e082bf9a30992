"""How an unexpected error is told: where it happened, never what it says."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any


def reference(error: BaseException) -> str:
    """``ValueError opening.py:96``. The text of an error may quote a dossier, so it is left out."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return " ".join([type(error).__name__, *places[-1:]])


class DiscreetFormatter(logging.Formatter):
    """Writes an exception as its reference: a traceback ends with the exception's text."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return reference(ei[1]) if ei[1] else ""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another formatter may have put a whole traceback here
        return super().format(record)


def log_discreetly(program: str) -> None:
    """Send warnings of this process to stderr, libraries' included."""
    handler: logging.StreamHandler[Any] = logging.StreamHandler()
    handler.setFormatter(DiscreetFormatter(f"{program}: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
