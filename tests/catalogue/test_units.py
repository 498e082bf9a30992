from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.catalogue.units import Units
from kiosk.errors import KnownError


@pytest.fixture(scope="module")
def units(shipped_assets: Path) -> Units:
    return Units(shipped_assets / "units.json")


def test_every_unit_in_force_is_shipped(units: Units) -> None:
    assert (len(units.provinces), len(units.communes), len(units)) == (34, 3321, 3355)
    assert all(units.get(unit.province) for unit in units.communes)
    assert len([unit for unit in units.communes if unit.province == "08"]) == 124


def test_what_is_my_old_commune_called_now(units: Units) -> None:
    assert [unit.full_name for unit in units.by_old_name("xã Du Tiến")] == ["Xã Du Già"]
    assert "Tỉnh Tuyên Quang" in [unit.full_name for unit in units.by_old_name("tinh ha giang")]


def test_a_commune_is_found_without_marks_kind_or_end(units: Units) -> None:
    for typed in ("Lùng Tám", "lung tam", "xã lung ta", "LÙNG TÁM "):
        assert units.search(typed)[0].name == "Lùng Tám", typed
    assert units.label(units.search("lung tam")[0]) == "Xã Lùng Tám, Tỉnh Tuyên Quang"


def test_right_marks_and_this_province_come_first(units: Units) -> None:
    assert units.search("Thuận Hoá")[0].full_name == "Phường Thuận Hoá"
    assert units.search("thuan hoa", province="08")[0].province == "08"
    assert units.search("Thuận Hòa", province="08")[0].name == "Thuận Hoà"


@pytest.mark.parametrize("typed", ["", "  ", "%%%", "xã", "\u202e", "x" * 5000, "'; DROP"])
def test_nothing_typed_breaks_the_search(units: Units, typed: str) -> None:
    units.search(typed)
    units.by_old_name(typed)


def test_numbered_wards_keep_their_kind(units: Units) -> None:
    assert units.by_old_name("phường 4")
    assert not units.by_old_name("4")


def test_a_broken_table_is_one_known_error(tmp_path: Path) -> None:
    file = tmp_path / "units.json"
    for text in ("", "[]", '{"types": [], "provinces": [[1]], "communes": []}', '{"types": 3}'):
        file.write_text(text)
        with pytest.raises(KnownError) as caught:
            Units(file)
        assert caught.value.code == "catalogue-bad"


def test_the_licence_of_the_units_is_shipped_with_them(shipped_assets: Path) -> None:
    notice = (shipped_assets / "LICENSE-units.txt").read_text(encoding="utf-8")
    assert "MIT License" in notice
    assert "vietnamese-provinces-database" in notice
