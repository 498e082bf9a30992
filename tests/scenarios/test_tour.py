"""The main job through the real screens, offline and back, against a real centre: portrait and laptop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import ROOT, Centre, kiosk, running_centre

MOST_MEMORY_MB = 250
MOST_RECEIPT = 60_000
PAGES = {"attract", "home", "results", "procedure", "notice", "papers", "check", "receipt", "tracking"}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with running_centre(tmp_path_factory.mktemp("centre") / "data", with_desk=True) as running:
        yield running


@pytest.mark.parametrize("size", [(1080, 1920), (1366, 768)], ids=["portrait", "laptop"])
def test_the_tour_does_the_main_job_by_itself(centre: Centre, tmp_path: Path, size: tuple[int, int]) -> None:
    data_dir, folder = tmp_path / "kiosk", tmp_path / "out"
    code = centre.run("enrol-code").out
    assert kiosk(data_dir, "enrol", centre.url, "-", stdin=code).code == 0
    done = subprocess.run(
        [sys.executable, "-m", "tests.scenarios.guarded_tour", str(data_dir), str(folder), *map(str, size)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    shots = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    assert done.returncode == 0, (done.stderr, shots[-1])
    assert done.stderr == ""
    assert all(shot["ok"] and (folder / shot["png"]).stat().st_size > 1000 for shot in shots)
    assert [shot["n"] for shot in shots] == list(range(1, len(shots) + 1))
    pages = {shot["page"] for shot in shots}
    assert pages >= {
        "attract",
        "home",
        "results",
        "procedure",
        "notice",
        "papers",
        "check",
        "receipt",
        "tracking",
    }
    assert 0 < (folder / "receipt.pdf").stat().st_size < MOST_RECEIPT
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["found"] == [], "forbidden on the UI thread"
    assert told["peak_mb"] < MOST_MEMORY_MB
    row = kiosk(data_dir, "queue", "--json").json[0]
    assert (row["state"], bool(row["official_code"])) == ("opened", True)
