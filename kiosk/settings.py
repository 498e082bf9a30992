"""Where one kiosk's data lie and how it is set up. The layout of the data folder is said here only."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from kiosk.errors import KnownError
from kiosk.files import create_once

FORMAT: Final = 1  # of the data folder


@dataclass(frozen=True, slots=True)
class Tuning:
    """What a technician may set in ``settings.json`` of the data folder. Lengths say their unit."""

    unit: str = "00901"  # commune the kiosk stands in
    centre_name: str = "Trung tâm Phục vụ hành chính công"
    opening_hours: str = "sáng 7:30–11:30, chiều 13:30–17:00"
    centre_phone: str | None = None
    usb_roots: tuple[str, ...] = ("/media", "/run/media", "/mnt/usb")
    px_per_mm: float | None = None  # measured; None = asked of the screen
    min_free_mb: int = 500  # below this the kiosk takes no dossier (I9)
    idle_warning_s: int = 180
    idle_answer_s: int = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths of one data folder, and its tuning."""

    data_dir: Path
    tuning: Tuning

    @property
    def database(self) -> Path:
        return self.data_dir / "kiosk.db"

    @property
    def keys(self) -> Path:
        return self.data_dir / "keys"

    @property
    def catalogue(self) -> Path:
        return self.data_dir / "catalogue"

    @property
    def log(self) -> Path:
        return self.data_dir / "log"

    @property
    def locks(self) -> Path:
        return self.data_dir / "locks"


def default_data_dir() -> Path:
    """``$KIOSK_DATA_DIR``, else the XDG state folder."""
    if given := os.environ.get("KIOSK_DATA_DIR"):
        return Path(given)
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "mot-cua-kiosk"


def open_data_dir(path: Path) -> Settings:
    """Make (0700) or open a data folder. KnownError ``data-newer`` for one of a newer version,
    ``data-unwritable`` where it can't be made or written."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_format(path / "format")
        for name in ("keys", "catalogue", "log", "locks"):
            (path / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise KnownError("data-unwritable", reason=error.strerror or type(error).__name__) from error
    return Settings(path, _tuning(path / "settings.json"))


def _check_format(file: Path) -> None:
    text = create_once(file, f"{FORMAT}\n".encode()).decode("utf-8", "replace").strip()
    if not text.isdigit():
        raise KnownError("data-damaged", file=file.name)
    if int(text) > FORMAT:
        raise KnownError("data-newer", found=int(text), known=FORMAT)


def _tuning(file: Path) -> Tuning:
    if not file.exists():
        return Tuning()
    try:
        values: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        known = {field.name for field in fields(Tuning)}
        if unknown := set(values) - known:
            raise KnownError("settings-bad", reason=", ".join(sorted(unknown)))
        if "usb_roots" in values:
            values["usb_roots"] = tuple(values["usb_roots"])
        return Tuning(**values)
    except (ValueError, TypeError) as error:
        raise KnownError("settings-bad", reason=type(error).__name__) from error
