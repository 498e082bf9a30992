"""Build ``assets/catalogue/units.json`` from two tables of units (see ``LICENSE-units.txt`` beside it).

    python packaging/make_units.py PROVINCES.csv COMMUNES.csv OUT.json

Format: ``{"format": 1, "types": […], "provinces": [row], "communes": [row]}`` with
row = ``[code, name, index of type, province code, what it was merged from or null, [old names]]``.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = "list[str | int | list[str] | None]"

_UNCHANGED = {"", "giữ nguyên"}
_KIND = re.compile(
    r"^(?:.*\b)?(?:các xã|xã|các phường|phường|thị trấn|đặc khu|huyện|thành phố|tỉnh)\s+(?=[A-ZĐÀ-Ỹ0-9])",
    re.I,
)
_NAME = re.compile(r"^(?:[A-ZĐÀ-Ỹ][^\s]*|\d+[A-Z]?)(?:[ -](?:[A-ZĐÀ-Ỹ(][^\s]*|\d+[A-Z]?))*")


def old_names(merged_from: str) -> list[str]:
    """Names of units in the source's words, in order, without their kind and without repeats."""
    names: list[str] = []
    for part in re.split(r"[,;]|\bvà\b", re.sub(r"\([^)]*\)", " ", merged_from)):
        bare = _KIND.sub("", part.strip())
        found = _NAME.match(bare)
        name = found[0].rstrip(".") if found else ""
        if name.isdigit():  # "Phường 4" is known by its kind too
            name = f"Phường {name}"
        if name not in {"", "TN", *names}:  # "diện tích TN": natural area
            names.append(name)
    return names


def rows(table: Path, types: list[str]) -> list[Row]:
    made: list[Row] = []
    with table.open(encoding="utf-8-sig", newline="") as file:
        for raw in csv.DictReader(file):
            line = {key: unicodedata.normalize("NFC", value.strip()) for key, value in raw.items()}
            if line["type"] not in types:
                types.append(line["type"])
            merged = line["merged_from"]
            source = None if merged.lower() in _UNCHANGED else merged
            province = line.get("province_code") or line["code"]
            kind = types.index(line["type"])
            made.append([line["code"], line["name"], kind, province, source, old_names(source or "")])
    return sorted(made, key=lambda row: str(row[0]))


def main(provinces: str, communes: str, out: str) -> None:
    types: list[str] = []
    table = {
        "format": 1,
        "types": types,
        "provinces": rows(Path(provinces), types),
        "communes": rows(Path(communes), types),
    }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    Path(out).write_text(text.replace('],["', '],\n["') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
