"""The whole national file, where it is at hand: figures the import must keep to."""

from __future__ import annotations

from pathlib import Path

from kiosk.catalogue.model import Origin
from kiosk.catalogue.store import Catalogue, open_catalogue
from tests.catalogue.conftest import NATIONAL_FILE, StandingClock


def test_every_record_is_taken_and_again_the_same(shared: Path, tmp_path: Path) -> None:
    catalogue = open_catalogue(tmp_path, StandingClock())
    first = catalogue.import_national(shared / NATIONAL_FILE)
    built = (tmp_path / "national.jsonl.gz").read_bytes()
    second = catalogue.import_national(shared / NATIONAL_FILE)
    assert first == second
    assert (tmp_path / "national.jsonl.gz").read_bytes() == built
    assert (first.imported, first.rejected) == (2625, 0)
    assert first.untrusted["no_unit"] >= 660
    assert first.untrusted["fee_set_by_province"] >= 76
    assert first.untrusted["explanatory_component"] == 1153
    assert catalogue.info().procedures == 2625
    catalogue.close()


def test_no_imported_record_claims_more_than_its_source(nation: Catalogue) -> None:
    for code in nation.codes():
        procedure = nation.procedure(code)
        assert procedure is not None
        assert len({component.id for component in procedure.components}) == len(procedure.components)
        if procedure.origin is Origin.SHIPPED:
            continue
        assert procedure.effective_from is None and procedure.updated is None
        assert procedure.time is None or procedure.time.strip()
        if procedure.fee is not None and procedure.fee.amount_vnd == 0:
            assert procedure.fee.text == "Không mất phí", code


def test_what_the_provincial_council_sets_is_never_free(nation: Catalogue) -> None:
    suspended = nation.procedure("1.001570")
    assert suspended is not None and suspended.fee is not None
    assert suspended.fee.amount_vnd is None and "Tỉnh quy định" in suspended.fee.text
    foreign_birth = nation.procedure("2.000528")
    assert foreign_birth is not None and foreign_birth.fee is not None
    assert foreign_birth.fee.exemption is not None and "hộ nghèo" in foreign_birth.fee.exemption
