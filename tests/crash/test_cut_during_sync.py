"""kill -9 of the kiosk in the middle of an upload: it goes on at the byte, and the centre has it once."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

from tests.house import PDF, ROOT, command, example_file, kiosk, running_centre

PAPERS = ("giay-chung-sinh", "giay-lam-chung", "giay-to-cu-tru")
CUTS = 5


def test_power_cut_in_the_middle_of_an_upload(tmp_path: Path) -> None:
    data_dir = tmp_path / "kiosk"
    with running_centre(tmp_path / "centre") as centre:
        centre.enrol(data_dir)
        file, _, _ = example_file(data_dir, tmp_path / "papers")
        attach = []
        for name in PAPERS:
            paper = tmp_path / f"{name}.pdf"
            paper.write_bytes(PDF + os.urandom(9_000_000))
            attach += ["--attach", f"{name}={paper}"]
        saved = kiosk(data_dir, "submit", file, *attach, "--json").json
        chance, states = random.Random(20261122), set()
        for _ in range(CUTS):
            cut = subprocess.Popen(
                command("kiosk", data_dir, "sync"),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            try:
                cut.communicate(timeout=chance.uniform(0.5, 1.6))
            except subprocess.TimeoutExpired:
                cut.kill()
                cut.communicate()
            states.add(kiosk(data_dir, "queue", "--json").json[0]["state"])
        assert states <= {"queued", "sending", "received"}
        assert kiosk(data_dir, "sync", "--json").code == 0
        centre.open_all()
        assert kiosk(data_dir, "sync", "--json").code == 0
        assert kiosk(data_dir, "queue", "--json").json[0]["state"] == "opened"
        shown = centre.run("show", saved["receipt"], "--as", "Hoàng Thị Sen", "--json").json
        assert [paper["sha256"] for paper in shown["papers"]] == [
            paper["sha256"] for paper in saved["papers"]
        ]
        assert len(centre.run("dossiers", "--json").json) == 1
