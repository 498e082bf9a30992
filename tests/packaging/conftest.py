"""What the packaging tests share: the checkout, and stand-ins for the system's commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "frozen: builds the frozen program first, which takes a minute")


@pytest.fixture
def checkout() -> Path:
    return ROOT


@pytest.fixture
def stand_in(tmp_path: Path) -> Callable[[str, str], Path]:
    """``stand_in(name, script)`` puts a shell script in ``tmp_path/bin``, to stand first on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def write(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return folder

    return write
