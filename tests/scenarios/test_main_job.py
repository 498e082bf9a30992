"""The main job through real programs: a kiosk's command line, a centre as its own process, real HTTP."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import PDF, Centre, example_file, kiosk, running_centre


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with running_centre(tmp_path_factory.mktemp("centre") / "data") as running:
        yield running


@pytest.fixture
def enrolled(centre: Centre, tmp_path: Path) -> Path:
    data_dir = tmp_path / "kiosk"
    centre.enrol(data_dir)
    return data_dir


def submitted(data_dir: Path, folder: Path, code: str = "1.001193") -> dict[str, object]:
    file, attach, _ = example_file(data_dir, folder, code)
    done = kiosk(data_dir, "submit", file, *attach, "--json")
    assert done.code == 0, done.err
    saved: dict[str, object] = done.json
    return saved


def state_of(data_dir: Path, dossier_id: object) -> str:
    rows = {row["dossier_id"]: row for row in kiosk(data_dir, "queue", "--json").json}
    return str(rows[dossier_id]["state"])


def test_submit_offline_then_sync_then_opened(centre: Centre, enrolled: Path, tmp_path: Path) -> None:
    centre_port = centre.port
    centre.stop()
    saved = submitted(enrolled, tmp_path / "papers")
    offline = kiosk(enrolled, "sync", "--timeout", 5, "--json")
    assert (offline.code, offline.error) == (1, "centre-unreachable")
    assert offline.json["connectivity"] == "offline"
    assert offline.json["queued"] == 1

    centre.start(port=centre_port)
    online = kiosk(enrolled, "sync", "--json")
    assert (online.code, online.json["received"], online.json["queued"]) == (0, 1, 0)
    assert state_of(enrolled, saved["dossier_id"]) == "received"

    centre.open_all()
    assert kiosk(enrolled, "sync", "--json").json["opened"] == 1
    row = kiosk(enrolled, "queue", "--json").json[0]
    assert (row["state"], row["receipt"]) == ("opened", saved["receipt"])
    listed = {each["dossier_id"]: each for each in centre.run("dossiers", "--json").json}
    assert listed[saved["dossier_id"]]["official_code"] == row["official_code"] is not None

    shown = centre.run("show", saved["receipt"], "--as", "Hoàng Thị Sen", "--json").json
    assert [paper["sha256"] for paper in shown["papers"]] == [paper["sha256"] for paper in saved["papers"]]  # type: ignore[attr-defined]
    tracked = kiosk(enrolled, "track", "-", "--json", stdin=f"{saved['secret']}\n").json
    assert (tracked["state"], tracked["source"], tracked["status"]) == ("opened", "online", 1)
    assert tracked["official_code"] == row["official_code"]


def test_a_status_reaches_the_citizen_by_the_private_code_at_any_kiosk(
    centre: Centre, enrolled: Path, tmp_path: Path
) -> None:
    saved = submitted(enrolled, tmp_path / "papers", "1.004194")
    assert kiosk(enrolled, "sync", "--json").code == 0
    centre.open_all()
    assert centre.run("status", saved["receipt"], 2, "--as", "Sen", "--due", "2026-11-27").code == 0
    other = tmp_path / "other"
    centre.enrol(other)
    tracked = kiosk(other, "track", saved["secret"], "--json").json
    assert (tracked["receipt"], tracked["status"], tracked["due"]) == (saved["receipt"], 2, "2026-11-27")


def test_the_centre_answers_twice_and_the_dossier_is_there_once(
    centre: Centre, enrolled: Path, tmp_path: Path
) -> None:
    saved = submitted(enrolled, tmp_path / "papers")
    for _ in range(3):
        assert kiosk(enrolled, "sync", "--json").code == 0
        centre.open_all()
    codes = [
        each["official_code"]
        for each in centre.run("dossiers", "--json").json
        if each["dossier_id"] == saved["dossier_id"]
    ]
    assert len(codes) == 1 and codes[0]


def test_two_kiosks_never_share_a_number(centre: Centre, enrolled: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    centre.enrol(other)
    receipts = {
        submitted(data_dir, tmp_path / f"{data_dir.name}-{turn}")["receipt"]
        for data_dir in (enrolled, other)
        for turn in range(2)
    }
    assert len(receipts) == 4
    assert {kiosk(each, "sync", "--json").json["received"] for each in (enrolled, other)} == {2}


def test_an_intake_that_lied_about_received_gets_the_bytes_again(
    tmp_path: Path,
) -> None:
    with running_centre(tmp_path / "centre") as centre:
        data_dir = tmp_path / "kiosk"
        centre.enrol(data_dir)
        backup = tmp_path / "before"
        port = centre.port
        centre.stop()
        shutil.copytree(centre.data_dir, backup)
        centre.start(port=port)
        saved = submitted(data_dir, tmp_path / "papers")
        assert kiosk(data_dir, "sync", "--json").json["received"] == 1
        centre.stop()
        shutil.rmtree(centre.data_dir)
        shutil.copytree(backup, centre.data_dir)
        centre.start(port=port)
        again = kiosk(data_dir, "sync", "--json").json
        assert (again["received"], again["queued"]) == (1, 0)
        centre.open_all()
        assert kiosk(data_dir, "sync", "--json").json["opened"] == 1
        assert state_of(data_dir, saved["dossier_id"]) == "opened"


def test_a_repeated_request_is_the_same_dossier_and_another_content_is_refused(
    enrolled: Path, tmp_path: Path
) -> None:
    file, attach, application = example_file(enrolled, tmp_path / "papers")
    first = kiosk(enrolled, "submit", file, *attach, "--json").json
    receipt = tmp_path / "again.pdf"
    second = kiosk(enrolled, "submit", file, *attach, "--receipt", receipt, "--json").json
    assert (second["dossier_id"], second["secret"]) == (first["dossier_id"], None)
    assert receipt.read_bytes().startswith(b"%PDF-")
    application["applicant"]["address"] = "Thôn khác"
    file.write_text(json.dumps(application), encoding="utf-8")
    refused = kiosk(enrolled, "submit", file, *attach, "--json")
    assert (refused.code, refused.error, refused.out) == (1, "request-differs", "")
    assert len(kiosk(enrolled, "queue", "--json").json) == 1


def test_a_receipt_verifies_at_its_centres_kiosks_only(
    centre: Centre, enrolled: Path, tmp_path: Path
) -> None:
    saved = submitted(enrolled, tmp_path / "papers")
    from kiosk.keyring import Keyring
    from kiosk.storage.store import open_store

    store = open_store(enrolled / "kiosk.db", Keyring(enrolled / "keys"))
    item = store.find(str(saved["receipt"]))
    store.close()
    assert item is not None
    good = kiosk(enrolled, "verify-receipt", item.public_qr, "--json")
    assert (good.code, good.json["valid"], good.json["receipt"]) == (0, True, saved["receipt"])
    forged = item.public_qr[:-8] + "AAAAAAAA"
    bad = kiosk(enrolled, "verify-receipt", "-", "--json", stdin=forged)
    assert (bad.code, bad.json["valid"], bad.error) == (1, False, "receipt-forged")


@pytest.mark.parametrize("paper", [b"", b"MZ not a picture", PDF + bytes(10 * 1024 * 1024)])
def test_a_paper_that_is_none_is_refused_and_nothing_is_written(
    enrolled: Path, tmp_path: Path, paper: bytes
) -> None:
    file, attach, _ = example_file(enrolled, tmp_path / "papers")
    Path(attach[1].partition("=")[2]).write_bytes(paper)
    refused = kiosk(enrolled, "submit", file, *attach, "--json")
    assert (refused.code, refused.out) == (1, "")
    assert str(refused.error).startswith("paper-")
    assert kiosk(enrolled, "queue", "--json").json == []
