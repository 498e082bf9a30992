"""Where the files shipped with the program lie, from source or from a frozen build."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    """Folder that holds ``assets/``: the bundle's when frozen, else the checkout's."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def asset(*parts: str) -> Path:
    """Path of one shipped file or folder below ``assets/``."""
    return root().joinpath("assets", *parts)
