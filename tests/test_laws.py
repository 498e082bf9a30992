"""The laws between the rooms: a walk over every import in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
QT = ("PySide6", "shiboken6")
HTTP = ("requests", "urllib3", "httpx", "http.client", "urllib.request", "fastapi", "starlette", "uvicorn")
SQL = ("sqlalchemy", "sqlcipher3", "sqlite3", "alembic")
PURE_FOR_CENTRAL = (
    "kiosk.catalogue",
    "kiosk.dossier.signing",
    "kiosk.dossier.keys",
    "kiosk.dossier.manifest",
    "kiosk.dossier.packet",
    "kiosk.dossier.seal_key",
    "kiosk.dossier.receipt",
    "kiosk.dossier.statements",
    "kiosk.identifiers",
    "kiosk.errors",
    "kiosk.canonical",
    "kiosk.clock",
    "kiosk.commandline",
    "kiosk.files",
    "kiosk.resources",
    "kiosk.words",
)


def imports_of(file: Path) -> Iterator[str]:
    """Every module a file imports, however deep inside a function."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def breaches(room: str, forbidden: tuple[str, ...], but: tuple[str, ...] = ()) -> list[str]:
    found = []
    for file in sorted((ROOT / room).rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        if name.startswith(but) if but else False:
            continue
        found += [f"{name}: {module}" for module in imports_of(file) if within(module, forbidden)]
    return found


@pytest.mark.parametrize(
    ("room", "forbidden", "but"),
    [
        ("kiosk", (*QT, *HTTP, "ui", "sync", "central"), ("kiosk/__main__.py", "kiosk/cli/")),
        ("sync", (*QT, *SQL, "ui", "central"), ()),
        ("ui", (*HTTP, *SQL, "sync", "central", "kiosk.storage"), ()),
        ("central", (*QT, "ui", "kiosk.storage"), ()),
    ],
)
def test_no_room_reaches_where_it_may_not(
    room: str, forbidden: tuple[str, ...], but: tuple[str, ...]
) -> None:
    assert breaches(room, forbidden, but) == []


def test_central_knows_only_the_wire_and_the_pure_parts() -> None:
    for file in sorted((ROOT / "central").rglob("*.py")):
        for module in imports_of(file):
            if module.startswith("sync"):
                assert within(module, ("sync.protocol",)) or module == "sync", f"{file}: {module}"
            if module.startswith("kiosk.") and module != "kiosk.dossier":
                assert within(module, PURE_FOR_CENTRAL), f"{file}: {module}"


def test_only_storage_and_catalogue_speak_sql_in_the_kiosk() -> None:
    allowed = ("kiosk/storage/", "kiosk/catalogue/")
    assert breaches("kiosk", SQL, allowed) == []
