"""A crash between the commit and the receipt: the dossier is safe, and the kiosk says that there is one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk.cli.room import open_room
from kiosk.cli.services import RoomServices
from kiosk.clock import SystemClock
from kiosk.keyring import Keyring
from sync.worker import SyncWorker
from tests.house import ROOT, CentreKeys, kiosk

CRASH = """
import json, os, sys
from pathlib import Path
from kiosk.catalogue.example import example
from kiosk.cli.room import open_room
from kiosk.clock import SystemClock
from kiosk.dossier.application import attachment, read_application
from tests.house import PDF
with open_room(Path(sys.argv[1]), SystemClock()) as room:
    procedure = room.catalogue.procedure("1.001193")
    made = example(room.catalogue, procedure, "00901")
    application = read_application(made, [attachment("giay-chung-sinh", "x.pdf", PDF)])
    room.submission.submit(application, receipt_given=False)
    os.kill(os.getpid(), 9)
"""


def test_crash_between_commit_and_receipt(tmp_path: Path) -> None:
    data_dir = tmp_path / "kiosk"
    kiosk(data_dir, "queue")
    CentreKeys().enrol(Keyring(data_dir / "keys"))
    crashed = subprocess.run([sys.executable, "-c", CRASH, str(data_dir)], cwd=ROOT, check=False)
    assert crashed.returncode == -9
    with open_room(data_dir, SystemClock()) as room:
        services = RoomServices(room, SyncWorker(room.engine, room.store, room.clock, tmp_path))
        found = services.not_given()
        assert len(found) == 1
        row = kiosk(data_dir, "queue", "--json").json[0]
        assert (found[0].receipt, found[0].saved_at) == (row["receipt"], row["created_at"])
        assert row["state"] == "queued"
        services.receipt_given(found[0].dossier_id)
        assert services.not_given() == ()
