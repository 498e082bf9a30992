"""The page of third-party licences is in step with what is locked and installed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def licences(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "packaging" / "licences.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_page_is_in_step_with_the_lock_file(checkout: Path) -> None:
    done = licences(checkout, "--check")
    assert done.returncode == 0, done.stderr
    lock = (checkout / "requirements.lock").read_text(encoding="utf-8")
    page = (checkout / "THIRD-PARTY.md").read_text(encoding="utf-8")
    locked = re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE)
    assert len(locked) > 40
    for name, version in locked:
        assert f"| {name} | {version} |" in page


def test_nothing_that_runs_with_the_program_is_gpl_only(checkout: Path) -> None:
    page = (checkout / "THIRD-PARTY.md").read_text(encoding="utf-8")
    running = page.split("run with the program", 1)[1].split("###", 1)[0]
    licences_named = [line.split("|")[3] for line in running.splitlines() if line.startswith("| ")][1:]
    assert len(licences_named) > 20
    for words in licences_named:
        assert "GPL" not in words or "LGPL" in words


def test_texts_go_along_with_the_build(checkout: Path, tmp_path: Path) -> None:
    assert licences(checkout, "--texts", str(tmp_path / "texts")).returncode == 0
    for file in ("LGPL-3.0.txt", "GPL-3.0.txt", "sqlcipher3/LICENSE", "reportlab/LICENSE"):
        assert (tmp_path / "texts" / file).stat().st_size > 500


def test_lock_file_names_no_registry(checkout: Path) -> None:
    lock = (checkout / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert not re.search(r"^\s*(-i|--(extra-)?index-url|--find-links|-f)\b", lock, re.MULTILINE)


def test_what_stands_in_the_repository_brings_its_licence(checkout: Path) -> None:
    for file in ("assets/fonts/OFL.txt", "assets/icons/LICENSE", "assets/catalogue/LICENSE-units.txt"):
        assert (checkout / file).stat().st_size > 500
