"""Real kills at random moments: whatever was said before the cut holds after it."""

from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path

from kiosk.keyring import Keyring
from tests.house import ROOT, CentreKeys, command, example_file, kiosk

TURNS = 12


def test_power_cut_during_submit(tmp_path: Path) -> None:
    """kill -9 anywhere in a submit: no receipt without a dossier (I1), and a retry is the same dossier."""
    data_dir = tmp_path / "kiosk"
    kiosk(data_dir, "queue")
    CentreKeys().enrol(Keyring(data_dir / "keys"))
    chance = random.Random(20261122)
    slowest_s = _time_one(data_dir, tmp_path / "first")
    said: dict[str, str] = {}
    for turn in range(TURNS):
        file, attach, _ = example_file(data_dir, tmp_path / str(turn))
        submit = command("kiosk", data_dir, "submit", file, *attach, "--json")
        cut = subprocess.Popen(submit, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            out, _ = cut.communicate(timeout=chance.uniform(0.3, 1.1) * slowest_s)
        except subprocess.TimeoutExpired:
            cut.kill()
            out, _ = cut.communicate()
        durable = {row["receipt"]: row["dossier_id"] for row in kiosk(data_dir, "queue", "--json").json}
        if out:
            saved = json.loads(out)
            assert durable[saved["receipt"]] == saved["dossier_id"]
            said[saved["receipt"]] = saved["dossier_id"]
        retried = kiosk(data_dir, "submit", file, *attach, "--json")
        assert retried.code == 0, retried.err
        if out:
            assert retried.json["dossier_id"] == json.loads(out)["dossier_id"]
    rows = kiosk(data_dir, "queue", "--json").json
    assert len(rows) == TURNS + 1
    numbers = sorted(int(row["receipt"].split("-")[2]) for row in rows)
    assert numbers == list(range(1, TURNS + 2))
    assert all({row["receipt"]: row["dossier_id"] for row in rows}[each] == said[each] for each in said)


def _time_one(data_dir: Path, folder: Path) -> float:
    file, attach, _ = example_file(data_dir, folder)
    start = time.monotonic()
    subprocess.run(
        command("kiosk", data_dir, "submit", file, *attach, "--json"),
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return time.monotonic() - start
