"""Power cuts, repeats, crowds: each dossier is at the centre exactly once, and what was said stays true."""

from __future__ import annotations

import datetime
import ipaddress
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from central.desk import tables as desk_tables
from central.desk.service import Round
from central.intake import store
from central.intake import tables as intake_tables
from central.intake.blobs import DirectoryBlobs
from kiosk.dossier.packet import envelope_hash
from kiosk.dossier.statements import read_opened, read_received
from sync.protocol import Verdict
from tests.central.conftest import Centre, SealedDossier, WireKiosk
from tests.central.test_cli import Served
from tests.central.test_desk import PowerCut, column

SCRIPT = "import sys; from central.cli import main; sys.exit(main())"


# ---- power cuts at the intake


@pytest.mark.parametrize("place", ["complete", "append"])
def test_power_cut_while_bytes_come_in(
    centre: Centre, wire_kiosk: WireKiosk, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.announce(dossier)
    with centre.intake.database.read() as connection:
        sender = store.kiosk_by_key(connection, wire_kiosk.key.id)
    assert sender
    real = getattr(DirectoryBlobs, place)
    with monkeypatch.context() as patched:

        def cut_after(*arguments: object) -> None:
            real(*arguments)
            raise PowerCut

        patched.setattr(DirectoryBlobs, place, cut_after)
        with pytest.raises(PowerCut):
            centre.intake.uploads.append(sender, dossier.dossier_id, 0, dossier.sealed)
    centre.restart()
    [verdict] = wire_kiosk.send(dossier).verdicts
    assert verdict.verdict is Verdict.RECEIVED
    assert centre.desk_once().opened == 1


def test_bytes_behind_the_committed_offset_do_not_count(centre: Centre, wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.announce(dossier)
    wire_kiosk.patch(dossier, 0, dossier.sealed[:1000])
    partial = centre.home.blobs / "partial" / dossier.dossier_id
    with partial.open("ab") as stream:
        stream.write(b"written, never committed")
    assert wire_kiosk.send(dossier).verdicts[0].verdict is Verdict.RECEIVED


def test_a_disk_that_lost_bytes_starts_the_upload_again(centre: Centre, wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.announce(dossier)
    wire_kiosk.patch(dossier, 0, dossier.sealed[:1000])
    os.truncate(centre.home.blobs / "partial" / dossier.dossier_id, 500)
    response = wire_kiosk.patch(dossier, 1000, dossier.sealed[1000:2000])
    assert (response.status_code, response.headers["Upload-Offset"]) == (409, "0")
    assert wire_kiosk.send(dossier).verdicts[0].verdict is Verdict.RECEIVED


@pytest.mark.logs("OSError .*(tried again|come again)")
def test_bytes_that_can_not_be_read_now_hold_up_no_other_dossier(
    centre: Centre, wire_kiosk: WireKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = wire_kiosk.dossier(), wire_kiosk.dossier()
    wire_kiosk.announce(bad)
    real = DirectoryBlobs.sha256

    def broken(self: DirectoryBlobs, dossier_id: str) -> str | None:
        if dossier_id == bad.dossier_id:
            raise OSError(5, "Input/output error")
        return real(self, dossier_id)

    with monkeypatch.context() as patched:
        patched.setattr(DirectoryBlobs, "sha256", broken)
        assert wire_kiosk.patch(bad, 0, bad.sealed).status_code == 503
        verdicts = wire_kiosk.send(good, bad).verdicts
        assert [verdict.verdict for verdict in verdicts] == [Verdict.RECEIVED, Verdict.RETRY]
    assert wire_kiosk.announce(bad).verdicts[0].verdict is Verdict.RECEIVED


def test_a_full_disk_is_no_refusal(
    centre: Centre, wire_kiosk: WireKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = wire_kiosk.dossier()
    with monkeypatch.context() as patched:
        patched.setattr(DirectoryBlobs, "has_room", lambda _self, _size: False)
        [verdict] = wire_kiosk.announce(dossier).verdicts
        assert verdict.verdict is Verdict.RETRY and 0 < verdict.retry_after_s <= 3600
    assert wire_kiosk.send(dossier).verdicts[0].verdict is Verdict.RECEIVED


def test_the_intake_killed_again_and_again_while_bytes_come_in(centre: Centre, wire_kiosk: WireKiosk) -> None:
    """Real processes, SIGKILL; each offset the intake has told is still there afterwards."""
    chance = random.Random(20261122)
    dossier = wire_kiosk.dossier({"anh": os.urandom(400_000)})
    centre.stop()
    told = 0
    for _ in range(4):
        served = Served(centre.home.path)
        centre.url = served.url
        [verdict] = wire_kiosk.announce(dossier).verdicts
        assert verdict.offset >= told
        for _ in range(chance.randint(1, 3)):
            told = _step(wire_kiosk, dossier, max(told, verdict.offset), chance.randint(1, 60_000))
            verdict = wire_kiosk.announce(dossier).verdicts[0]
        served.close()
    centre.start()
    assert wire_kiosk.announce(dossier).verdicts[0].offset == told
    assert wire_kiosk.send(dossier).verdicts[0].verdict is Verdict.RECEIVED
    assert centre.desk_once() == Round(0, 1, 0)


def _step(kiosk: WireKiosk, dossier: SealedDossier, offset: int, length: int) -> int:
    response = kiosk.patch(dossier, offset, dossier.sealed[offset : offset + length])
    return int(response.headers["Upload-Offset"])


# ---- many at once


def test_a_crowd_of_kiosks_and_two_desks(centre: Centre) -> None:
    kiosks = [WireKiosk(centre).enrol() for _ in range(4)]
    dossiers = [[kiosk.dossier({"a": os.urandom(9_000)}) for _ in range(4)] for kiosk in kiosks]

    def send_all(pair: tuple[WireKiosk, list[SealedDossier]]) -> list[Verdict]:
        kiosk, mine = pair
        kiosk.send(*mine)
        return [verdict.verdict for verdict in kiosk.send(*mine).verdicts]

    with ThreadPoolExecutor(6) as pool:
        desks = [pool.submit(centre.desk_once) for _ in range(2)]
        verdicts = list(pool.map(send_all, zip(kiosks, dossiers, strict=True)))
        for desk in desks:
            desk.result()
    assert verdicts == [[Verdict.RECEIVED] * 4] * 4
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: centre.desk_once(), range(3)))
    codes = column(centre, desk_tables.DOSSIER, "official_code")
    assert len(codes) == len(set(codes)) == 16
    assert len(column(centre, intake_tables.NOTICE, "number")) == 16
    for kiosk, mine in zip(kiosks, dossiers, strict=True):
        assert all(verdict.opened for verdict in kiosk.announce(*mine).verdicts)


# ---- any order, any repeats


STEPS = st.lists(
    st.tuples(st.sampled_from(["announce", "patch", "stale", "desk", "restart"]), st.integers(0, 1)),
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_repeated_or_reordered_each_dossier_is_there_once(
    centre: Centre, wire_kiosk: WireKiosk, steps: list[tuple[str, int]]
) -> None:
    pair = [wire_kiosk.dossier({}), wire_kiosk.dossier({"a": os.urandom(3_000)})]
    said: dict[tuple[str, str], object] = {}
    for step, which in steps:
        dossier = pair[which]
        if step == "announce":
            _hold_to_its_word(wire_kiosk, said, *pair[: which + 1])
        elif step == "desk":
            centre.desk_once()
        elif step == "restart":
            centre.restart()
        else:
            head = wire_kiosk.head(dossier)
            offset = int(head.headers.get("Upload-Offset", "0")) if step == "patch" else 0
            wire_kiosk.patch(dossier, offset, dossier.sealed[offset : offset + 2_500])
    wire_kiosk.send(*pair)
    centre.desk_once()
    _hold_to_its_word(wire_kiosk, said, *pair)
    opened = [word for (kind, _), word in said.items() if kind == "opened"]
    assert len(opened) == 2
    for dossier in pair:
        assert column(centre, desk_tables.DOSSIER, "dossier_id").count(dossier.dossier_id) == 1


def _hold_to_its_word(
    kiosk: WireKiosk, said: dict[tuple[str, str], object], *dossiers: SealedDossier
) -> None:
    """Announce; what the centre once signed it must sign again, word for word."""
    assert kiosk.keys
    for verdict, dossier in zip(kiosk.announce(*dossiers).verdicts, dossiers, strict=True):
        for kind, signed in (("received", verdict.received), ("opened", verdict.opened)):
            if signed is None:
                assert (kind, dossier.dossier_id) not in said
                continue
            read = read_received if kind == "received" else read_opened
            assert read(kiosk.keys, signed).envelope_sha256 == envelope_hash(dossier.envelope)
            assert said.setdefault((kind, dossier.dossier_id), signed) == signed


# ---- the edges of the programs


def test_tls(tmp_path: Path, centre: Centre) -> None:
    certificate, key = _self_signed(tmp_path)
    served = Served(centre.home.path, "--tls-cert", str(certificate), "--tls-key", str(key))
    try:
        assert served.url.startswith("https://127.0.0.1:")
        response = requests.get(f"{served.url}/healthz", verify=str(certificate), timeout=10)
        assert response.json()["ok"] is True
    finally:
        served.close()


def _self_signed(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "centre")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def test_a_reader_that_goes_away_is_no_traceback(centre: Centre) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", SCRIPT, "--data-dir", str(centre.home.path), "dossiers", "--json"]
    with os.fdopen(writer, "wb") as stdout:
        done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_desk_alone_ends_on_sigterm(centre: Centre, wire_kiosk: WireKiosk) -> None:
    command = [sys.executable, "-m", "central", "--data-dir", str(centre.home.path), "desk"]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        dossier = wire_kiosk.dossier()
        wire_kiosk.send(dossier)
        verdicts = (wire_kiosk.announce(dossier).verdicts[0] for _ in range(10_000))
        assert next(verdict for verdict in verdicts if verdict.opened)
        process.terminate()
        assert process.wait(5) == 0
        assert process.communicate() == (b"", b"")
