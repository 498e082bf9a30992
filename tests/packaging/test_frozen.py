"""The frozen program: what is in it, and that it does the main job from its own folder."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.frozen

SOURCES = ("kiosk", "sync", "ui", "assets", "packaging/licences.py", "packaging/texts")
SOURCE_FILES = ("kiosk.spec", "requirements.lock", "THIRD-PARTY.md", "LICENSE")

# The operating system's, by the installer's word (packaging/README.md): they belong to the graphics driver.
FROM_THE_SYSTEM = re.compile(r"lib(EGL|GL|GLX|OpenGL|GLdispatch|gbm|drm|wayland-\w+)\.so")
GPL_ONLY = re.compile(
    r"(VirtualKeyboard|Charts|DataVisualization|Graphs|Lottie|Quick|Qml|3D|WaylandCompositor|NetworkAuth"
    r"|HttpServer|Mqtt|Coap|libreadline|libgdbm|_gdbm)",
    re.IGNORECASE,
)


def fingerprint(checkout: Path) -> str:
    """Changes with anything that goes into the build."""
    files = [file for name in SOURCES for file in (checkout / name).rglob("*")] + [
        checkout / name for name in SOURCE_FILES
    ]
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(
                f"{file.relative_to(checkout)}\0".encode() + hashlib.sha256(file.read_bytes()).digest()
            )
    return digest.hexdigest()


@pytest.fixture(scope="session")
def build() -> Path:
    """The program's folder, built if anything in it changed since the last time."""
    if importlib.util.find_spec("PyInstaller") is None:
        pytest.skip("PyInstaller is not installed: run ./dev setup")
    checkout = Path(__file__).resolve().parents[2]
    folder = checkout / "build" / "frozen-test"
    mark = folder / "fingerprint"
    wanted = fingerprint(checkout)
    if not mark.exists() or mark.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        places = ["--distpath", str(folder), "--workpath", str(folder / "work")]
        command = [
            sys.executable,
            "-m",
            "PyInstaller",
            "--noconfirm",
            "--log-level",
            "ERROR",
            *places,
            "kiosk.spec",
        ]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        mark.write_text(wanted)
    return folder / "kiosk"


@pytest.fixture
def clean(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has no Python of ours."""
    (tmp_path / "home").mkdir()
    return {
        "PATH": os.defpath,
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
    }


def inside(build: Path) -> list[str]:
    return [str(file.relative_to(build)) for file in build.rglob("*")]


def test_no_gpl_only_part_is_inside(build: Path) -> None:
    names = [name for name in inside(build) if "/licenses/" not in name and "/assets/" not in name]
    assert [name for name in names if GPL_ONLY.search(name)] == []


def test_all_that_it_reads_is_inside(build: Path, checkout: Path) -> None:
    names = set(inside(build))
    for platform in ("offscreen", "xcb", "wayland", "eglfs"):
        assert f"_internal/PySide6/Qt/plugins/platforms/libq{platform}.so" in names
    for folder in ("assets", "kiosk/storage/migrations"):
        for file in (checkout / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert f"_internal/{file.relative_to(checkout)}" in names
    assert {"_internal/THIRD-PARTY.md", "_internal/LICENSE", "_internal/licenses/LGPL-3.0.txt"} <= names


def test_neither_the_centre_nor_tools_are_inside(build: Path) -> None:
    folders = {name.split("/")[1] for name in inside(build) if name.count("/") == 1}
    assert folders.isdisjoint(
        {"central", "tests", "fastapi", "pydantic_core", "mypy", "_pytest", "setuptools"}
    )


def test_every_library_finds_the_others(build: Path, clean: dict[str, str]) -> None:
    internal = build / "_internal"
    libraries = [str(file) for file in internal.rglob("*.so*") if not file.is_symlink()]
    assert len(libraries) > 50
    environment = clean | {"LD_LIBRARY_PATH": str(internal)}
    done = subprocess.run(["ldd", *libraries], env=environment, capture_output=True, text=True, check=False)
    lost = {line.split()[0] for line in done.stdout.splitlines() if "not found" in line}
    assert {name for name in lost if not FROM_THE_SYSTEM.match(name)} == set()


def test_size_is_bounded(build: Path) -> None:
    size_mb = sum(file.lstat().st_size for file in build.rglob("*") if file.is_file()) / 1e6
    print(f"\nfrozen kiosk: {size_mb:.0f} MB")  # noqa: T201
    assert size_mb < 260


def test_help_from_any_folder(build: Path, tmp_path: Path, clean: dict[str, str]) -> None:
    done = subprocess.run(
        [str(build / "kiosk"), "--help"], cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "submit" in done.stdout


@contextmanager
def centre(data_dir: Path) -> Iterator[tuple[str, str]]:
    """A centre with its desk, run from source; gives its URL and an enrolment code."""
    central = [sys.executable, "-m", "central", "--data-dir", str(data_dir)]
    checkout = Path(__file__).resolve().parents[2]
    subprocess.run([*central, "init"], cwd=checkout, check=True, capture_output=True)
    serve = [*central, "serve", "--port", "0", "--with-desk"]
    with subprocess.Popen(
        serve, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as serving:
        assert serving.stdout is not None
        try:
            listening, url = serving.stdout.readline().split()
            assert listening == "listening"
            code = subprocess.run(
                [*central, "enrol-code"], cwd=checkout, check=True, capture_output=True, text=True
            )
            yield url, code.stdout.strip()
        finally:
            serving.terminate()


def test_main_job_through_the_screens_from_the_frozen_folder(
    build: Path, tmp_path: Path, clean: dict[str, str]
) -> None:
    kiosk = [str(build / "kiosk"), "--data-dir", str(tmp_path / "kiosk")]
    out = tmp_path / "out"
    with centre(tmp_path / "central") as (url, code):
        subprocess.run(
            [*kiosk, "enrol", url, "-"], cwd=tmp_path, env=clean, input=code, text=True, check=True
        )
        done = subprocess.run(
            [*kiosk, "run", "--tour", str(out)],
            cwd=tmp_path,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert done.returncode == 0, done.stderr
    pages = json.loads((out / "tour.json").read_text(encoding="utf-8"))
    assert len(pages) > 5
    assert all(page["ok"] and (out / page["png"]).stat().st_size > 1000 for page in pages)
    assert (out / "receipt.pdf").read_bytes().startswith(b"%PDF")
