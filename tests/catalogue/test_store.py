"""The catalogue on disk: built, swapped, damaged, imported into, kept from unsigned records."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue import national_file
from kiosk.catalogue.model import Origin
from kiosk.catalogue.store import Catalogue, open_catalogue
from kiosk.errors import KnownError
from tests.catalogue.conftest import StandingClock, method, write_lines

Record = Callable[..., dict[str, Any]]


def test_a_fresh_folder_holds_what_is_shipped(catalogue: Catalogue) -> None:
    info = catalogue.info()
    assert (info.procedures, info.units, info.version, info.signed) == (8, 3355, 0, True)
    assert info.age_days == 2
    birth = catalogue.procedure("1.001193.000.00.00.H60")
    assert birth is not None and birth.origin is Origin.SHIPPED
    assert catalogue.procedure("1.999999") is None
    assert catalogue.procedure("'; DROP TABLE procedure") is None
    assert not catalogue.has_unsigned
    assert catalogue.verify()


def test_the_general_form_speaks_of_the_procedure(catalogue: Catalogue) -> None:
    death = catalogue.procedure("1.000656")
    assert death is not None
    form = catalogue.form(death)
    assert form is not None
    texts = json.dumps(
        [form.example, [q.question for s in form.sections for q in s.questions]], ensure_ascii=False
    )
    assert death.name in texts and "{procedure}" not in texts


def test_a_procedure_for_the_desk_has_no_form(catalogue: Catalogue) -> None:
    desk_only = catalogue.procedure("2.000815")
    assert desk_only is not None and not desk_only.online
    assert catalogue.form(desk_only) is None


def test_tiles_show_only_what_is_at_hand(catalogue: Catalogue) -> None:
    events = catalogue.life_events()
    assert events
    small_child = catalogue.by_life_event("co-con-nho")
    assert small_child[0].code == "1.001193"
    assert {procedure.origin for procedure in small_child} == {Origin.SHIPPED}
    assert catalogue.by_life_event("nothing") == ()


def test_opening_an_up_to_date_file_builds_nothing(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr("kiosk.catalogue.store.build", never)
    again = open_catalogue(tmp_path / "catalogue", StandingClock())
    assert again.info().procedures == 8
    again.close()


def test_an_older_build_is_replaced(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (tmp_path / "catalogue" / "catalogue.db").stat().st_ino
    monkeypatch.setattr("kiosk.catalogue.store.FORMAT", 999)
    again = open_catalogue(tmp_path / "catalogue", StandingClock())
    assert (tmp_path / "catalogue" / "catalogue.db").stat().st_ino != before
    assert again.info().procedures == 8
    again.close()


# -- importing


def test_import_twice_is_import_once(catalogue: Catalogue, tmp_path: Path, record: Record) -> None:
    file = write_lines(tmp_path / "n.jsonl", [record(), record("1.999002", methods=[method(time_unit=None)])])
    first = catalogue.import_national(file)
    papers = catalogue.procedure("1.999001")
    second = catalogue.import_national(file)
    assert first == second
    assert (first.imported, first.rejected, first.untrusted) == (2, 0, {"no_unit": 1})
    assert catalogue.procedure("1.999001") == papers
    assert catalogue.info().procedures == 10
    assert catalogue.has_unsigned and not catalogue.info().signed


def test_packed_and_plain_files_give_the_same(catalogue: Catalogue, tmp_path: Path, record: Record) -> None:
    plain = write_lines(tmp_path / "n.jsonl", [record()])
    packed = tmp_path / "n.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert catalogue.import_national(plain) == catalogue.import_national(packed)


def test_a_later_file_adds_and_replaces(catalogue: Catalogue, tmp_path: Path, record: Record) -> None:
    catalogue.import_national(write_lines(tmp_path / "a", [record(), record("1.999002")]))
    catalogue.import_national(write_lines(tmp_path / "b", [record(name="Tên mới của thủ tục")]))
    replaced = catalogue.procedure("1.999001")
    assert replaced is not None and replaced.name == "Tên mới của thủ tục"
    assert catalogue.procedure("1.999002") is not None
    assert catalogue.info().procedures == 10


def test_our_own_records_are_never_replaced(catalogue: Catalogue, tmp_path: Path, record: Record) -> None:
    before = catalogue.procedure("1.001193")
    catalogue.import_national(write_lines(tmp_path / "n", [record("1.001193.000.00.00.H22", name="Giả")]))
    assert catalogue.procedure("1.001193") == before
    assert catalogue.info().procedures == 8
    assert "Giả" not in [hit.name for hit in catalogue.search("giả mạo").hits]


def test_hostile_lines_are_counted_and_the_rest_is_taken(
    catalogue: Catalogue, tmp_path: Path, record: Record
) -> None:
    bad = [
        "not json",
        "[" * 200_000,
        '{"code": "1.999009"',
        "null",
        '{"code": 5}',
        record("no-code"),
        record("1.999003", methods=[method(channel="smoke")]),
        '"' + "x" * (national_file.LONGEST_LINE + 10) + '"',
        "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        record(),  # given twice
    ]
    report = catalogue.import_national(write_lines(tmp_path / "n", [record(), "", *bad, record("1.999002")]))
    assert (report.imported, report.rejected) == (2, len(bad))
    assert report.untrusted == {"duplicate_code": 1}
    assert catalogue.info().procedures == 10


def test_a_file_of_nothing_but_rubbish_changes_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "n"
    file.write_bytes(bytes(range(256)) * 50)
    report = catalogue.import_national(file)
    assert report.imported == 0 and report.rejected > 0
    assert catalogue.info().procedures == 8 and not catalogue.has_unsigned


@pytest.mark.parametrize("cut", [10, 40, -9])
def test_a_packed_file_that_was_cut_off_is_refused_whole(
    catalogue: Catalogue, tmp_path: Path, record: Record, cut: int
) -> None:
    catalogue.import_national(write_lines(tmp_path / "a", [record()]))
    packed = tmp_path / "n.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(record("1.999002")).encode() * 50)[:cut])
    with pytest.raises(KnownError) as caught:
        catalogue.import_national(packed)
    assert caught.value.code == "import-unreadable" and caught.value.sentence()
    assert catalogue.info().procedures == 9
    assert sorted(file.name for file in (tmp_path / "catalogue").iterdir()) == [
        "build.lock",
        "catalogue.db",
        "national.jsonl.gz",
    ]


def test_a_bomb_is_put_down_early(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(national_file, "MOST_BYTES", 4 * 1024 * 1024)
    packed = tmp_path / "n.jsonl.gz"
    packed.write_bytes(gzip.compress(b"0" * (64 * 1024 * 1024)))
    with pytest.raises(KnownError) as caught:
        catalogue.import_national(packed)
    assert caught.value.code == "import-too-big" and caught.value.sentence()
    assert catalogue.info().procedures == 8


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_what_is_no_file_has_one_sentence(catalogue: Catalogue, tmp_path: Path, name: str) -> None:
    with pytest.raises(KnownError) as caught:
        catalogue.import_national(tmp_path / name)
    assert caught.value.code == "import-unreadable"


def test_an_enrolled_folder_neither_takes_nor_shows_unsigned_records(
    catalogue: Catalogue, tmp_path: Path, record: Record
) -> None:
    catalogue.import_national(write_lines(tmp_path / "n", [record()]))
    enrolled = open_catalogue(tmp_path / "catalogue", StandingClock(), enrolled=True)
    assert enrolled.info().procedures == 8 and not enrolled.has_unsigned
    assert enrolled.procedure("1.999001") is None
    assert "1.999001" not in [hit.code for hit in enrolled.search("nuôi ong lấy mật").hits]
    with pytest.raises(KnownError) as caught:
        enrolled.import_national(tmp_path / "n")
    assert caught.value.code == "unsigned"
    enrolled.close()


def test_a_record_that_vanishes_from_the_kept_file_is_gone(
    catalogue: Catalogue, tmp_path: Path, record: Record
) -> None:
    catalogue.import_national(write_lines(tmp_path / "n", [record()]))
    catalogue.close()
    (tmp_path / "catalogue" / "national.jsonl.gz").unlink()
    again = open_catalogue(tmp_path / "catalogue", StandingClock())
    assert again.info().procedures == 8
    again.close()


# -- damage


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100])
def test_a_damaged_file_is_built_anew_with_the_import(
    catalogue: Catalogue, tmp_path: Path, record: Record, damage: bytes
) -> None:
    catalogue.import_national(write_lines(tmp_path / "n", [record()]))
    catalogue.close()
    (tmp_path / "catalogue" / "catalogue.db").write_bytes(damage)
    again = open_catalogue(tmp_path / "catalogue", StandingClock())
    assert again.info().procedures == 9
    again.close()


def test_damage_deep_inside_is_mended_when_it_is_read(
    catalogue: Catalogue, tmp_path: Path, record: Record
) -> None:
    records = [record(f"1.99{n:04d}", steps_text="Bước. " * 500) for n in range(200)]
    catalogue.import_national(write_lines(tmp_path / "n", records))
    catalogue.close()
    file = tmp_path / "catalogue" / "catalogue.db"
    data = bytearray(file.read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file.write_bytes(data)
    again = open_catalogue(tmp_path / "catalogue", StandingClock())
    assert [hit.code for hit in again.search("dang ky khai sinh", 1).hits] == ["1.001193"]
    assert len(again.codes()) == 208
    assert again.procedure("1.990199") is not None
    again.close()


def test_a_damaged_kept_import_loses_only_what_is_lost(
    catalogue: Catalogue, tmp_path: Path, record: Record
) -> None:
    catalogue.import_national(write_lines(tmp_path / "n", [record(), record("1.999002")]))
    catalogue.close()
    kept = tmp_path / "catalogue" / "national.jsonl.gz"
    kept.write_bytes(kept.read_bytes()[:-12])
    again = open_catalogue(tmp_path / "catalogue", StandingClock())
    assert again.info().procedures >= 8
    again.close()


def test_a_folder_that_cannot_be_written_has_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KnownError) as caught:
        open_catalogue(tmp_path / "file" / "catalogue", StandingClock())
    assert caught.value.code == "catalogue-unwritable" and caught.value.sentence()


def test_a_full_disk_in_the_middle_of_an_import_leaves_all_as_it_was(
    catalogue: Catalogue, tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, content: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.catalogue.store.stamp", full)
    with pytest.raises(KnownError) as caught:
        catalogue.import_national(write_lines(tmp_path / "n", [record()]))
    assert caught.value.code == "catalogue-unwritable"
    monkeypatch.undo()
    assert catalogue.search("khai sinh").hits
    again = open_catalogue(tmp_path / "catalogue", StandingClock())
    assert again.procedure("1.001193") is not None
    again.close()


# -- several readers


def test_an_open_reader_sees_the_import_of_another_process(
    catalogue: Catalogue, tmp_path: Path, record: Record
) -> None:
    other = open_catalogue(tmp_path / "catalogue", StandingClock())
    assert other.procedure("1.999001") is None
    catalogue.import_national(write_lines(tmp_path / "n", [record()]))
    assert other.procedure("1.999001") is not None
    assert other.search("nuoi ong").hits[0].code == "1.999001"
    other.close()


def test_reading_from_several_threads(catalogue: Catalogue) -> None:
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(30):
                assert catalogue.search("khai sinh").hits
                assert catalogue.procedure("1.001193")
        except BaseException as error:  # noqa: BLE001 - told to the main thread
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
