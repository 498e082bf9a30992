"""The command line's contract, held as outside checks would hold it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.identifiers import is_dossier_id
from kiosk.keyring import Keyring
from tests.house import NATIONAL, PDF, ROOT, CentreKeys, command, example_file, kiosk, process

CODES = (
    "1.001193", "1.004873", "1.004194", "1.000656", "1.000894", "1.004222", "2.000635", "2.000815",
)  # fmt: skip


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "kiosk"


@pytest.fixture
def enrolled(data_dir: Path) -> Path:
    kiosk(data_dir, "queue")
    CentreKeys().enrol(Keyring(data_dir / "keys"))
    return data_dir


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("nonsense",), ("search", "--limit", "0"), ("search", "--limit", "many"), ("submit",),
        ("sync", "--timeout", "-1"), ("receipt", "TQ01-01-000001-00"), ("catalogue",),
        ("--lang", "fr", "queue"), ("procedure", "1.001193", "Giàng Thị Mỷ"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_and_exit_2(data_dir: Path, arguments: tuple[str, ...]) -> None:
    done = kiosk(data_dir, *arguments)
    assert (done.code, done.out, done.error) == (2, "", "usage")
    assert "Traceback" not in done.err
    assert "Giàng" not in done.err


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("procedure", "9.999999"), "no-such-procedure"),
        (("procedure", "../../etc/passwd"), "no-such-procedure"),
        (("receipt", "TQ01-01-000001-00", "--pdf", "x.pdf"), "receipt-number"),
        (("track", "not a code"), "private-code"),
        (("queue", "release", "x"), "no-such-dossier"),
        (("bundle", "export", "x"), "not-in-this-version"),
        (("bundle", "import", "x"), "not-in-this-version"),
        (("salvage", "x"), "not-in-this-version"),
        (("read-id", "x"), "not-in-this-version"),
        (("languages", "check", "x"), "not-in-this-version"),
        (("sync",), "not-enrolled"),
        (("verify-receipt", "MCK1:x"), "no-centre-keys"),
        (("enrol", "http://127.0.0.1:9", "AAAA"), "enrol-code"),
        (("search", "--batch", "no-such-file"), "file-unreadable"),
        (("catalogue", "import", "no-such-file"), "import-unreadable"),
    ],
)
def test_a_refusal_is_one_sentence_in_either_language(
    data_dir: Path, arguments: tuple[str, ...], error: str
) -> None:
    sentences = set()
    for lang in ("vi", "en"):
        done = kiosk(data_dir, "--lang", lang, *arguments)
        assert (done.code, done.out, done.error) == (1, "", error), done.err
        sentences.add(done.err)
    assert len(sentences) == 2


def test_the_empty_kiosk_answers_everything(data_dir: Path) -> None:
    assert kiosk(data_dir, "queue", "--json").json == []
    info = kiosk(data_dir, "catalogue", "info", "--json").json
    assert info["procedures"] == 8
    assert info["units"] >= 3321
    assert set(info) == {"procedures", "units", "version", "published_at", "signed", "age_days"}
    assert kiosk(data_dir, "catalogue", "verify", "--json").json == {"ok": True}
    doctor = kiosk(data_dir, "doctor", "--json")
    assert doctor.code == 0
    assert all(set(check) == {"id", "level", "sentence", "fix"} for check in doctor.json["checks"])


def test_json_is_utf8_and_not_escaped(data_dir: Path) -> None:
    done = process("kiosk", data_dir, "search", "khai sinh", "--json")
    assert "Đăng ký khai sinh" in done.out
    assert done.json["results"][0]["code"] == "1.001193"
    assert set(done.json) == {"query", "ms", "kind", "results", "choices", "signpost"}


def test_a_batch_gives_one_line_for_each_line(data_dir: Path, tmp_path: Path) -> None:
    batch = tmp_path / "queries.txt"
    batch.write_text('khai sinh\n\n"; DROP TABLE\nđăng ký kết hôn\n', encoding="utf-8")
    done = kiosk(data_dir, "search", "--batch", batch)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["query"] for row in rows] == ["khai sinh", "", '"; DROP TABLE', "đăng ký kết hôn"]
    assert rows[1]["kind"] == "none"
    assert rows[3]["results"][0]["code"] == "1.000894"


@pytest.mark.parametrize("code", CODES)
def test_every_procedures_example_can_be_submitted_as_it_stands(
    enrolled: Path, tmp_path: Path, code: str
) -> None:
    procedure = kiosk(enrolled, "procedure", code, "--json").json
    assert set(procedure) == {
        "code", "version", "name", "online", "fee", "time", "components", "form", "example",
    }  # fmt: skip
    if not procedure["online"]:
        assert (procedure["form"], procedure["example"]) == (None, None)
        return
    file, attach, _ = example_file(enrolled, tmp_path / "papers", code)
    receipt = tmp_path / "receipt.pdf"
    done = kiosk(enrolled, "submit", file, *attach, "--receipt", receipt, "--json")
    assert done.code == 0, done.err
    assert re.fullmatch(r"[A-Z0-9]{4}-[0-9]{2}-[0-9]{6}-[0-9A-Z]{2}", done.json["receipt"])
    assert done.json["state"] == "queued"
    assert is_dossier_id(done.json["dossier_id"])
    assert receipt.stat().st_size < 60_000


def test_where_there_is_no_online_channel_nothing_is_taken(enrolled: Path, tmp_path: Path) -> None:
    file, _, application = example_file(enrolled, tmp_path / "papers")
    application |= {"procedure": "2.000815", "case": None, "answers": {}}
    file.write_text(json.dumps(application), encoding="utf-8")
    assert kiosk(enrolled, "submit", file, "--json").error == "no-online-channel"
    assert kiosk(enrolled, "queue", "--json").json == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "null",
        "{}",
        '{"procedure": 1}',
        "[" * 100_000,
        '{"a":' * 5000,
        "\x00",
        '"\\ud800"',
    ],
)
def test_broken_and_hostile_json_is_refused_kindly(enrolled: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    done = kiosk(enrolled, "submit", file, "--json")
    assert (done.code, done.out, done.error) == (1, "", "application-bad")


def test_files_that_are_none(enrolled: Path, tmp_path: Path) -> None:
    file, attach, _ = example_file(enrolled, tmp_path / "papers")
    assert kiosk(enrolled, "submit", tmp_path, "--json").error == "file-unreadable"
    assert kiosk(enrolled, "submit", file, "--attach", "giay-chung-sinh=/no/such", "--json").error == (
        "file-unreadable"
    )
    assert kiosk(enrolled, "submit", file, "--attach", "nonsense", "--json").code == 2
    assert kiosk(enrolled, "submit", file, "--json").error == "paper-missing"
    unknown = tmp_path / "x.pdf"
    unknown.write_bytes(PDF)
    assert kiosk(enrolled, "submit", file, *attach, "--attach", f"x={unknown}", "--json").error == (
        "paper-unknown"
    )
    assert kiosk(enrolled, "submit", file, *attach, "--receipt", "/no/such/r.pdf", "--json").error == (
        "receipt-unwritable"
    )
    assert kiosk(enrolled, "queue", "--json").json == []


@pytest.mark.parametrize(
    "name",
    ["Giàng Thị Mỷ\u202e", "A\u200bB", "Nguyễn\x00", "   ", "12345", "a\u0301" + "\u0301" * 40, "x" * 4000],
)
def test_tricks_in_names_are_refused_without_repeating_them(
    enrolled: Path, tmp_path: Path, name: str
) -> None:
    file, attach, application = example_file(enrolled, tmp_path / "papers")
    application["applicant"]["name"] = name
    file.write_text(json.dumps(application), encoding="utf-8")
    done = kiosk(enrolled, "submit", file, *attach, "--json")
    assert (done.code, done.error) == (1, "answers-bad")
    assert "applicant.name" in done.err
    assert not name.strip() or name not in done.err


def test_names_with_every_vietnamese_letter_are_taken(enrolled: Path, tmp_path: Path) -> None:
    file, attach, application = example_file(enrolled, tmp_path / "papers")
    application["applicant"]["name"] = "Ằng Ắt Ẵm Ặc Ầm Ấm Ẫm Ậm Đỗ Ế Ề Ễ Ệ Ồ Ố Ỗ Ộ Ờ Ớ Ỡ Ợ Ừ Ứ Ữ Ự Ỳ Ý Ỹ Ỵ"
    file.write_text(json.dumps(application), encoding="utf-8")
    assert kiosk(enrolled, "submit", file, *attach, "--json").code == 0


def test_low_storage_takes_no_dossier_and_looking_up_goes_on(enrolled: Path, tmp_path: Path) -> None:
    file, attach, _ = example_file(enrolled, tmp_path / "papers")
    (enrolled / "settings.json").write_text('{"min_free_mb": 1000000000}', encoding="utf-8")
    assert kiosk(enrolled, "submit", file, *attach, "--json").error == "storage-low"
    assert kiosk(enrolled, "queue", "--json").json == []
    assert kiosk(enrolled, "search", "khai sinh", "--json").json["kind"] == "results"
    assert kiosk(enrolled, "doctor", "--json").code == 1


def test_a_data_folder_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    assert kiosk(file, "queue").error == "data-unwritable"
    newer = tmp_path / "newer"
    newer.mkdir()
    (newer / "format").write_text("99\n", encoding="ascii")
    assert kiosk(newer, "queue").error == "data-newer"
    assert [each.name for each in newer.iterdir()] == ["format"]


def test_an_enrolled_kiosk_takes_no_unsigned_records(enrolled: Path, tmp_path: Path) -> None:
    if not NATIONAL.exists():
        pytest.skip("the national records are not here (../shared)")
    assert kiosk(enrolled, "catalogue", "import", NATIONAL, "--json").error == "unsigned"
    assert kiosk(enrolled, "catalogue", "info", "--json").json["procedures"] == 8


def test_records_imported_before_enrolling_are_gone_after_it(data_dir: Path) -> None:
    if not NATIONAL.exists():
        pytest.skip("the national records are not here (../shared)")
    report = kiosk(data_dir, "catalogue", "import", NATIONAL, "--json").json
    assert (report["imported"], report["rejected"]) == (2625, 0)
    assert kiosk(data_dir, "catalogue", "info", "--json").json["signed"] is False
    kiosk(data_dir, "queue")
    CentreKeys().enrol(Keyring(data_dir / "keys"))
    info: dict[str, Any] = kiosk(data_dir, "catalogue", "info", "--json").json
    assert (info["procedures"], info["signed"]) == (8, True)


def test_a_second_screen_on_the_same_data_is_refused(data_dir: Path) -> None:
    from kiosk.locks import screen_lock

    kiosk(data_dir, "queue")
    with screen_lock(data_dir / "locks"):
        done = process("kiosk", data_dir, "run", "--windowed")
        assert (done.code, done.error) == (1, "screen-taken")
        assert kiosk(data_dir, "queue", "--json").code == 0


def test_the_program_starts_as_a_module_too(data_dir: Path) -> None:
    assert command("kiosk", data_dir, "queue")[1:3] == ["-m", "kiosk"]
    assert process("kiosk", data_dir, "queue", "--json").json == []


@pytest.mark.logs("receipt of dossier .*: receipt-unwritable")
def test_a_receipt_that_can_not_be_written_costs_no_secret(
    enrolled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full stick after the commit: the dossier is saved, so its private code must still be told."""
    import kiosk.cli.dossiers as dossiers

    def full(file: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    file, attach, _ = example_file(enrolled, tmp_path / "papers")
    monkeypatch.setattr(dossiers, "write_atomically", full)
    receipt = tmp_path / "receipt.pdf"
    done = kiosk(enrolled, "submit", file, *attach, "--receipt", receipt, "--json")
    assert (done.code, done.json["warnings"]) == (0, ["receipt-unwritable"])
    assert done.json["secret"]
    assert kiosk(enrolled, "submit", file, *attach, "--receipt", tmp_path, "--json").error == (
        "receipt-unwritable"
    )


def test_a_text_too_long_for_a_file_name_is_no_receipt(enrolled: Path) -> None:
    done = kiosk(enrolled, "verify-receipt", "x" * 400, "--json")
    assert (done.code, done.json["valid"], done.error) == (1, False, "receipt-qr")


def test_pipes_are_no_files(enrolled: Path, tmp_path: Path) -> None:
    """A FIFO would make a program wait for ever."""
    file, _, _ = example_file(enrolled, tmp_path / "papers")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    attach = ("--attach", f"giay-chung-sinh={pipe}")
    assert kiosk(enrolled, "submit", pipe, "--json").error == "file-unreadable"
    assert kiosk(enrolled, "submit", file, *attach, "--json").error == "file-unreadable"
    assert kiosk(enrolled, "search", "--batch", pipe).error == "file-unreadable"
    assert kiosk(tmp_path / "fresh", "catalogue", "import", pipe).error == "import-unreadable"


def test_the_doctor_speaks_even_where_nothing_opens(enrolled: Path) -> None:
    (enrolled / "settings.json").write_text("[]", encoding="utf-8")
    broken = kiosk(enrolled, "doctor", "--json")
    assert (broken.code, broken.json["ok"], broken.error) == (1, False, "settings-bad")
    (enrolled / "settings.json").unlink()
    (enrolled / "keys" / "enrolment.json").write_text("{", encoding="utf-8")
    damaged = kiosk(enrolled, "doctor", "--json")
    levels = {check["id"]: check["level"] for check in damaged.json["checks"]}
    assert (damaged.code, levels["enrolment"], levels["database"]) == (1, "stop", "ok")
    assert kiosk(enrolled, "search", "khai sinh", "--json").code == 0


def test_output_is_utf8_whatever_the_terminal_speaks(data_dir: Path) -> None:
    done = subprocess.run(
        command("kiosk", data_dir, "search", "khai sinh", "--json"),
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert "Đăng ký khai sinh" in done.stdout.decode("utf-8")


def test_an_interruption_while_loading_is_130_and_one_line(data_dir: Path) -> None:
    for program in ("kiosk", "central"):
        loading = "import sys; sys.argv = ['x', 'queue']; import builtins; real = builtins.__import__\n"
        loading += "def stopped(name, *rest):\n    if name.endswith('.cli'): raise KeyboardInterrupt\n"
        loading += f"    return real(name, *rest)\nimport {program}.__main__ as entry\n"
        loading += "builtins.__import__ = stopped\nentry.main()"
        done = subprocess.run(
            [sys.executable, "-c", loading], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (130, "")
        assert done.stderr.startswith("error[interrupted]: ")


def test_a_scanned_private_code_is_read(enrolled: Path, tmp_path: Path) -> None:
    file, attach, _ = example_file(enrolled, tmp_path / "papers")
    saved = kiosk(enrolled, "submit", file, *attach, "--json").json
    scanned = f"MCKP1:{saved['secret'].replace('-', '')}\n"
    found = kiosk(enrolled, "track", "-", "--json", stdin=scanned)
    assert (found.code, found.json["receipt"], found.json["source"]) == (0, saved["receipt"], "cache")


def test_a_parked_dossier_can_be_released(enrolled: Path, tmp_path: Path) -> None:
    from datetime import datetime

    from kiosk.clock import LOCAL
    from kiosk.storage.outbox import OutboxEvent
    from kiosk.storage.store import open_store

    file, attach, _ = example_file(enrolled, tmp_path / "papers")
    saved = kiosk(enrolled, "submit", file, *attach, "--json").json
    assert kiosk(enrolled, "queue", "release", saved["receipt"]).error == "not-parked"
    store = open_store(enrolled / "kiosk.db", Keyring(enrolled / "keys"))
    store.advance(saved["dossier_id"], OutboxEvent.REFUSED, datetime.now(LOCAL), "size")
    store.close()
    row = kiosk(enrolled, "queue", "--json").json[0]
    assert (row["state"], row["reason"]) == ("parked", "size")
    released = kiosk(enrolled, "queue", "release", saved["receipt"], "--json")
    assert (released.code, released.json["state"], released.json["reason"]) == (0, "queued", None)
