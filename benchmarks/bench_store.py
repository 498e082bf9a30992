"""A durable submit into the keyed store, beside the bare fdatasync it can't do without."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from kiosk.dossier.packet import Envelope, envelope_hash
from kiosk.dossier.signing import SigningKey
from kiosk.identifiers import ReceiptNumber, new_dossier_id
from kiosk.keyring import Keyring
from kiosk.storage.records import NewDossier
from kiosk.storage.store import Store, open_store

_TURNS = 100
_SEALED = os.urandom(200_000)


def _submit(store: Store, key: SigningKey) -> None:
    dossier_id = new_dossier_id()

    def make(sequence: int) -> NewDossier:
        number = ReceiptNumber("TQ01", 1, sequence)
        envelope = Envelope(dossier_id, str(number), "TQ01", len(_SEALED), "0" * 64, "k", "now").sign(key)
        return NewDossier(
            dossier_id,
            number,
            "now",
            os.urandom(16).hex(),
            envelope,
            envelope_hash(envelope),
            _SEALED,
            "MCK1:",
            False,
        )

    store.submit(dossier_id, None, 1, make)


def _bare(file: Path) -> float:
    times = []
    with file.open("wb") as out:
        for _ in range(_TURNS):
            start = time.perf_counter()
            out.write(_SEALED)
            out.flush()
            os.fdatasync(out.fileno())
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def run() -> list[tuple[str, float, str, float, str]]:
    """The median of a hundred submits of 200 KB."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        (folder / "keys").mkdir()
        store, key = open_store(folder / "kiosk.db", Keyring(folder / "keys")), SigningKey.generate()
        times = []
        for _ in range(_TURNS):
            start = time.perf_counter()
            _submit(store, key)
            times.append((time.perf_counter() - start) * 1000)
        store.close()
        bare = _bare(folder / "bare")
    return [("durable submit of 200 KB", statistics.median(times), "write + fdatasync of 200 KB", bare, "ms")]
