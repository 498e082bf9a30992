"""The command line as a program: what it prints, how it ends, and what is left when it is killed."""

from __future__ import annotations

import io
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
import requests

from central.cli import main
from central.home import Home
from kiosk.clock import SystemClock, parse
from kiosk.dossier.keys import KioskCertificate
from kiosk.identifiers import EnrolCode, fingerprint
from sync.protocol import Verdict
from tests.central.conftest import PDF, Centre, MovingClock, SealedDossier, WireKiosk

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "central"


def central(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    code = main(list(arguments))
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


class Runner:
    """Calls commands on one centre."""

    def __init__(self, capture: pytest.CaptureFixture[bytes], home: Path) -> None:
        self._capture = capture
        self.home = home

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        return central(self._capture, "--data-dir", str(self.home), *arguments)

    def fails(self, *arguments: str, code: int = 1) -> str:
        """The error's code; stdout must be empty and the last line must be the error."""
        found, out, err = self(*arguments)
        assert (found, out) == (code, "")
        match = re.fullmatch(r"error\[([a-z-]+)\]: \S.*", err.splitlines()[-1])
        assert match and "Traceback" not in err, err
        return match[1]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], home: Path) -> Runner:
    return Runner(capfdbinary, home)


# ---- init


def test_init_twice_changes_nothing(run: Runner, home: Path) -> None:
    code, out, _ = run("init")
    assert code == 0 and out.strip()
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    assert run.fails("init") == "initialised"
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before
    assert all(file.stat().st_mode & 0o077 == 0 for file in [home, *home.rglob("*")])


def test_an_interrupted_init_leaves_no_half_centre(
    run: Runner, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("central.home._sync_folder", lambda folder: 1 / 0 if folder == home else None)
        assert run.fails("init") == "bug"
        (home / "format").unlink()
    assert run.fails("dossiers") == "not-initialised"
    assert run("init")[0] == 0
    assert run("dossiers", "--json")[1] == "[]\n"
    assert len(list(home.glob(".unfinished-*/root/root.key"))) == 1  # keys are never deleted


def test_init_keeps_out_of_a_folder_with_other_things(run: Runner, home: Path) -> None:
    home.mkdir()
    (home / "thesis.txt").write_text("mine")
    assert run.fails("init") == "folder-in-use"
    assert [file.name for file in home.iterdir()] == ["thesis.txt"]


def test_a_newer_or_damaged_folder_is_refused(run: Runner, home: Path) -> None:
    run("init")
    (home / "format").write_text("2\n")
    assert run.fails("dossiers", "--json") == "data-newer"
    (home / "format").write_text("?")
    assert run.fails("dossiers") == "data-damaged"
    (home / "format").write_text("1\n")
    (home / "desk" / "sign.key").write_bytes(b"short")
    assert run.fails("enrol-code") == "data-damaged"
    (home / "intake" / "intake.db").write_bytes(b"not a database" * 100)
    assert run.fails("dossiers") == "data-damaged"


# ---- usage


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("status", "x", "11", "--as", "A"),
        ("status", "x", "two", "--as", "A"),
        ("status", "x", "2"),
        ("status", "x", "2", "--as", " "),
        ("status", "x", "2", "--as", "A", "--due", "2026-02-30"),
        ("status", "x", "2", "--as", "A", "--due", "20260228"),
        ("show", "x"),
        ("show", "x", "--as", ""),
        ("enrol-code", "--ttl", "-5"),
        ("serve", "--port", "70000"),
        ("dossiers", "--jsonn"),
        ("bundle",),
    ],
)
def test_wrong_usage(run: Runner, arguments: tuple[str, ...]) -> None:
    assert run.fails(*arguments, code=2) == "usage"


def test_errors_speak_the_language_asked_for(capfdbinary: pytest.CaptureFixture[bytes], home: Path) -> None:
    _, _, vi = central(capfdbinary, "--data-dir", str(home), "dossiers")
    _, _, en = central(capfdbinary, "--lang", "en", "--data-dir", str(home), "dossiers")
    assert "Chưa có trung tâm" in vi and "There is no centre" in en


@pytest.mark.parametrize("arguments", [("bundle", "take", "x"), ("reconcile", "--json"), ("publish", "x")])
def test_what_is_not_in_this_version_says_so(run: Runner, arguments: tuple[str, ...]) -> None:
    run("init")
    assert run.fails(*arguments) == "not-in-this-version"


# ---- commands


def test_enrol_code(run: Runner, home: Path) -> None:
    run("init")
    _, plain, _ = run("enrol-code")
    code, out, _ = run("enrol-code", "--name", "Bàn 1", "--ttl", "60", "--json")
    answer = json.loads(out)
    assert code == 0 and sorted(answer) == ["code", "expires_at"]
    assert answer["expires_at"].endswith("+07:00")
    assert 0 < (parse(answer["expires_at"]) - SystemClock().now()).total_seconds() <= 60
    root = fingerprint(Home(home).intake_keys().root)
    assert EnrolCode.parse(answer["code"]).fingerprint == EnrolCode.parse(plain).fingerprint == root


@pytest.fixture
def sent(centre: Centre, wire_kiosk: WireKiosk) -> SealedDossier:
    dossier = wire_kiosk.dossier({"to-khai": PDF, "../../anh": b"\xff\xd8\xff" + PDF})
    wire_kiosk.announce(wire_kiosk.dossier())  # announced only: not the centre's yet
    wire_kiosk.send(dossier)
    return dossier


def test_dossiers_before_and_after_opening(run: Runner, centre: Centre, sent: SealedDossier) -> None:
    [row] = json.loads(run("dossiers", "--json")[1])
    assert list(row) == [
        "dossier_id",
        "receipt",
        "kiosk",
        "received_at",
        "opened_at",
        "official_code",
        "procedure",
        "status",
    ]
    assert (row["dossier_id"], row["receipt"], row["kiosk"]) == (sent.dossier_id, sent.receipt, "TQ01")
    assert row["received_at"] == "2026-11-22T10:42:00+07:00"
    assert [row[name] for name in ("opened_at", "official_code", "procedure", "status")] == [None] * 4
    assert run.fails("show", sent.receipt, "--as", "Vàng Thị Máy") == "not-opened"
    assert run("desk", "--once")[0] == 0
    [row] = json.loads(run("dossiers", "--json")[1])
    assert re.fullmatch(r"H60\.08-[0-9]{6}-0001", row["official_code"])
    assert (row["procedure"], row["status"]) == ("1.001193", 1) and row["opened_at"]


def test_show_and_its_files(run: Runner, centre: Centre, sent: SealedDossier, tmp_path: Path) -> None:
    run("desk", "--once")
    papers = tmp_path / "papers"
    code, out, _ = run("show", sent.receipt, "--as", "Vàng Thị Máy", "--json", "--files", str(papers))
    assert code == 0 and out.count("\n") == 1 and "Giàng Thị Mỷ" in out
    shown = json.loads(out)
    assert sent.secret not in out and "secret" not in shown
    assert shown["applicant"]["citizen_number"] == "002199000001"
    assert shown["answers"] == {"child_name": "Giàng Mí Sò"}
    assert shown["assurance"] == "none" and shown["helper"] == {"name": "Lù Văn Páo", "phone": None}
    assert [paper["file"] for paper in shown["papers"]] == ["to-khai.pdf", "anh.pdf"]
    assert [paper["sha256"] for paper in shown["papers"]] == [paper.sha256 for paper in sent.manifest.papers]
    assert {file.name: file.read_bytes() for file in papers.iterdir()} == {
        "to-khai.pdf": PDF,
        "anh.pdf": b"\xff\xd8\xff" + PDF,
    }
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in papers.iterdir())
    before = (papers / "anh.pdf").stat().st_mtime_ns
    assert run.fails("show", sent.receipt, "--as", "A", "--files", str(papers)) == "file-exists"
    assert (papers / "anh.pdf").stat().st_mtime_ns == before and len(list(papers.iterdir())) == 2
    assert "applicant:" in run("show", sent.receipt, "--as", "A")[1]


def test_papers_are_not_written_through_a_link(
    run: Runner, centre: Centre, sent: SealedDossier, tmp_path: Path
) -> None:
    run("desk", "--once")
    papers, target = tmp_path / "papers", tmp_path / "target"
    papers.mkdir()
    (papers / "anh.pdf").symlink_to(target)
    assert run.fails("show", sent.receipt, "--as", "A", "--files", str(papers)) == "file-exists"
    assert not target.exists() and [file.name for file in papers.iterdir()] == ["anh.pdf"]
    assert run.fails("show", sent.receipt, "--as", "A", "--files", "/proc/none") == "files-unwritable"


def test_status_from_the_command_line(
    run: Runner, centre: Centre, sent: SealedDossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("desk", "--once")
    assert run.fails("status", sent.receipt, "9", "--as", "A") == "status-transition"
    assert run("status", sent.receipt, "5", "--as", "A", "--text", "Thiếu ảnh", "--due", "2026-12-01")[0] == 0
    assert json.loads(run("dossiers", "--json")[1])[0]["status"] == 5
    assert run.fails("status", "TQ01-01-000099-00", "2", "--as", "A") == "dossier-unknown"
    monkeypatch.setattr("sys.stdin", io.StringIO("Đã bổ sung\n"))
    assert run("status", sent.receipt, "4", "--as", "A", "--text", "-")[0] == 0


def test_dossiers_where_the_desk_is_on_another_machine(
    run: Runner, centre: Centre, sent: SealedDossier, tmp_path: Path
) -> None:
    run("desk", "--once")
    centre.home.desk.rename(tmp_path / "away")
    [row] = json.loads(run("dossiers", "--json")[1])
    assert row["official_code"] and row["procedure"] is None and row["status"] is None
    assert run.fails("show", sent.receipt, "--as", "A") == "part-absent"


def test_hostile_answers_do_not_steer_the_officers_terminal(
    run: Runner, centre: Centre, wire_kiosk: WireKiosk
) -> None:
    wire_kiosk.send(wire_kiosk.dossier(answers={"x\x1b[2J": "a\u202eb\nc", "half": "Giàng"}))
    run("desk", "--once")
    shown = run("show", "TQ01-01-000001-6J", "--as", "A")[1]
    assert "\x1b" not in shown and "\u202e" not in shown and "a�b / c" in shown


# ---- serve


class Served:
    """A ``central serve`` process that says it listens."""

    def __init__(self, home: Path, *options: str) -> None:
        command = [sys.executable, "-m", "central", "--data-dir", str(home), "serve", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        assert self.process.stdout
        self.first_line = _line(self.process.stdout)
        self.url = self.first_line.removeprefix("listening ")
        self.port = int(self.url.rpartition(":")[2])

    def children(self) -> list[int]:
        """Of any of its threads."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def _line(stream: IO[bytes]) -> str:
    guard = threading.Timer(20, stream.close)
    guard.start()
    try:
        return stream.readline().decode().rstrip("\n")
    finally:
        guard.cancel()


@pytest.fixture
def served(run: Runner, home: Path) -> Iterator[Served]:
    run("init")
    made = Served(home, "--with-desk")
    yield made
    made.close()


def gone(child: int) -> bool:
    """Waits, at most some seconds, until a process that is not ours has ended."""
    try:
        descriptor = os.pidfd_open(child)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], 5)[0])
    finally:
        os.close(descriptor)


def test_serve_listens_answers_and_ends_on_sigterm(served: Served, home: Path) -> None:
    assert re.fullmatch(r"listening http://127\.0\.0\.1:[0-9]+", served.first_line)
    assert requests.get(f"{served.url}/healthz", timeout=10).json()["ok"] is True
    [child] = served.children()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(5) == 0
    assert gone(child)
    out, err = served.process.communicate()
    assert (out, err) == (b"", b"")


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /healthz HTTP/1.1\r\n",
        b"POST /v1/announce HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n{",
    ],
)
def test_a_dawdling_client_does_not_hold_up_the_end(served: Served, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as dawdler:
        dawdler.sendall(sent)
        assert requests.get(f"{served.url}/healthz", timeout=10).ok
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(5) == 0


def test_the_desk_dies_with_a_killed_parent_and_the_port_is_free(served: Served, home: Path) -> None:
    [child] = served.children()
    opened = [str(entry.readlink()) for entry in Path(f"/proc/{child}/fd").iterdir()]
    assert not [name for name in opened if name.startswith("socket:")]
    with socket.create_connection(("127.0.0.1", served.port)):
        served.process.kill()
        served.process.wait()
        again = Served(home, "--port", str(served.port))
    assert again.port == served.port
    again.close()
    assert gone(child)


def test_a_whole_dossier_through_the_processes(served: Served, home: Path, run: Runner) -> None:
    centre = Centre.__new__(Centre)
    centre.home, centre.url, centre.clock = Home(home), served.url, MovingClock()
    kiosk = WireKiosk(centre)
    asked = kiosk.ask(EnrolCode.parse(run("enrol-code")[1]))
    answers = (kiosk.look(asked.id) for _ in range(10_000))
    granted = next(answer for answer in answers if answer.certificate)
    assert granted.certificate
    kiosk.certificate = KioskCertificate.from_bytes(granted.certificate)
    dossier = kiosk.dossier()
    assert kiosk.send(dossier).verdicts[0].verdict is Verdict.RECEIVED
    verdicts = (kiosk.announce(dossier).verdicts[0] for _ in range(10_000))
    assert next(verdict for verdict in verdicts if verdict.opened)
    [row] = json.loads(run("dossiers", "--json")[1])
    assert row["status"] == 1
    assert run("show", row["official_code"], "--as", "A", "--json")[0] == 0


def test_a_desk_that_dies_is_started_again(served: Served) -> None:
    [child] = served.children()
    os.kill(child, signal.SIGKILL)
    assert served.process.stderr
    assert "starting it again" in _line(served.process.stderr)
    found = (served.children() for _ in range(100_000))
    assert next(children for children in found if children and children != [child])


def test_serve_says_what_is_wrong(run: Runner, served: Served, tmp_path: Path) -> None:
    assert run.fails("serve", "--port", str(served.port)) == "listen-failed"
    assert run.fails("serve", "--host", "no.such.host.invalid") == "listen-failed"
    assert run.fails("serve", "--tls-cert", "x", code=2) == "usage"
    assert run.fails("serve", "--tls-cert", str(tmp_path / "x"), "--tls-key", "y") == "tls-bad"
