"""THIRD-PARTY.md from the lock file and the metadata of what is installed.

python packaging/licences.py            write the tables anew
python packaging/licences.py --check    exit 1 where the page is out of step
python packaging/licences.py --texts D  copy the licence texts of what the kiosk and centre run on into D
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "THIRD-PARTY.md"
TABLES: Final = re.compile(r"(<!-- tables: .*? -->\n).*?(<!-- end of tables -->)", re.DOTALL)

# Where a package's metadata name no licence, name it in words only, or leave out what is built in.
READ_BY_HAND: Final = {
    "cryptography": "Apache-2.0 OR BSD-3-Clause; OpenSSL inside: Apache-2.0",
    "pathspec": "MPL-2.0",
    "pyinstaller": "GPL-2.0-or-later with the bootloader exception",
    "pyinstaller-hooks-contrib": "GPL-2.0-or-later (build hooks), Apache-2.0 (run-time hooks)",
    "qrcode": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "sqlcipher3": "Zlib; inside: SQLite (public domain), SQLCipher (BSD-3-Clause), OpenSSL (Apache-2.0)",
}
BY_CLASSIFIER: Final = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One locked package. ``shipped`` is true for what the kiosk or the centre needs to run."""

    name: str
    version: str
    licence: str
    shipped: bool


def locked(lock: Path = ROOT / "requirements.lock") -> dict[str, str]:
    """Canonical name -> version of every line of the lock file."""
    lines = re.findall(r"^([\w.-]+)==([^\s;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in lines}


def shipped(names: dict[str, str]) -> set[str]:
    """The run-time dependencies of pyproject.toml and, in turn, theirs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    waiting = list(_needed(project["dependencies"]))
    while waiting:
        name = waiting.pop()
        if name not in found and name in names:
            found.add(name)
            waiting.extend(_needed(distribution(name).requires or []))
    return found


def _needed(requirements: list[str]) -> Iterator[str]:
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def licence_of(package: Distribution) -> str:
    """An SPDX expression, or words where only words are known."""
    metadata = package.metadata
    name = canonicalize_name(metadata["Name"])
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    for classifier in metadata.get_all("Classifier") or []:
        if not metadata["License-Expression"] and classifier in BY_CLASSIFIER:
            return BY_CLASSIFIER[classifier]
    words: str | None = metadata["License-Expression"] or metadata["License"]
    if not words or "\n" in words:
        raise SystemExit(f"licences: {name} names no licence; read it and add it to READ_BY_HAND")
    return words


def parts() -> list[Part]:
    """Every locked package, by name."""
    names = locked()
    running = shipped(names)
    return [
        Part(name, version, licence_of(distribution(name)), name in running)
        for name, version in sorted(names.items())
    ]


def page_text(old: str, found: list[Part]) -> str:
    """The page with its tables made anew; what people wrote around them stays."""
    running = _table([part for part in found if part.shipped])
    tools = _table([part for part in found if not part.shipped])
    tables = f"\n### Chạy cùng chương trình / run with the program\n\n{running}\n"
    tables += f"### Chỉ để phát triển / only for developing and building\n\n{tools}\n"
    return TABLES.sub(lambda match: match[1] + tables + match[2], old)


def _table(rows: list[Part]) -> str:
    lines = [f"| {part.name} | {part.version} | {part.licence} |\n" for part in rows]
    return "| package | version | licence |\n|---|---|---|\n" + "".join(lines)


def copy_texts(folder: Path) -> int:
    """Copy the licence files of the shipped packages to ``folder/NAME/``, and Qt's, which its wheels lack,
    to ``folder``; returns how many."""
    shutil.copytree(ROOT / "packaging" / "texts", folder, dirs_exist_ok=True)
    count = len(list(folder.iterdir()))
    for name in sorted(shipped(locked())):
        for file in distribution(name).files or []:
            if re.match(r"(licen[cs]e|copying|notice|authors)", file.name, re.IGNORECASE):
                (folder / name).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), folder / name / file.name)
                count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--texts", type=Path, metavar="D")
    args = parser.parse_args()
    if args.texts:
        copy_texts(args.texts)
        return
    old = PAGE.read_text(encoding="utf-8")
    try:
        new = page_text(old, parts())
    except PackageNotFoundError as error:
        sys.exit(f"licences: {error.name} is locked but not installed; run ./dev setup")
    if args.check and new != old:
        sys.exit("licences: THIRD-PARTY.md is out of step; run packaging/licences.py")
    if not args.check:
        PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
