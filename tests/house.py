"""Real parts for tests: an enrolled kiosk without a centre, a real centre as its own process, the CLI."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.clock import LOCAL
from kiosk.dossier.keys import KeyList, KioskCertificate, ListedKey, Role, sign_key_list
from kiosk.dossier.packet import Envelope, envelope_hash
from kiosk.dossier.seal_key import SealKey
from kiosk.dossier.signing import SigningKey, key_id
from kiosk.identifiers import ReceiptNumber
from kiosk.keyring import Enrolment, Keyring
from kiosk.storage.records import NewDossier

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NATIONAL = SHARED / "data" / "procedures_national.jsonl.gz"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


KIOSK_KEY = SigningKey.generate()


def new_dossier(
    dossier_id: str, sequence: int, sealed: bytes = b"sealed", epoch: int = 1, key: SigningKey | None = None
) -> NewDossier:
    """What a submit would save, without sealing anything: for tests of the way after it."""
    key = key or KIOSK_KEY
    number = ReceiptNumber("TQ01", epoch, sequence)
    digest = hashlib.sha256(sealed).hexdigest()
    envelope = Envelope(dossier_id, str(number), "TQ01", len(sealed), digest, "desk", "now").sign(key)
    return NewDossier(
        dossier_id=dossier_id,
        number=number,
        created_at="2026-11-22T10:42:00+07:00",
        lookup_id=os.urandom(16).hex(),
        envelope=envelope,
        envelope_sha256=envelope_hash(envelope),
        sealed=sealed,
        public_qr="MCK1:TEST",
        receipt_given=False,
    )


@dataclass
class FakeClock:
    """A clock that goes only when told."""

    wall: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 10, 42, tzinfo=LOCAL))
    monotonic_s: float = 1000.0
    boot: str = "boot-1"

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.monotonic_s

    def boot_id(self) -> str:
        return self.boot

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.monotonic_s += seconds


@dataclass(frozen=True)
class CentreKeys:
    """All keys of a centre, for tests that play it."""

    root: SigningKey = field(default_factory=SigningKey.generate)
    intake: SigningKey = field(default_factory=SigningKey.generate)
    desk: SigningKey = field(default_factory=SigningKey.generate)
    seal: SealKey = field(default_factory=SealKey.generate)

    def key_list(self, number: int = 1) -> KeyList:
        since = datetime(2026, 1, 1, tzinfo=UTC)
        keys = (
            (Role.INTAKE_SIGN, self.intake.public),
            (Role.DESK_SIGN, self.desk.public),
            (Role.DESK_SEAL, self.seal.public),
        )
        listed = tuple(ListedKey(key_id(public), role, public, since, None) for role, public in keys)
        return sign_key_list(self.root, number, since, listed)

    def enrol(self, keyring: Keyring, kiosk: str = "TQ01", url: str = "http://127.0.0.1:9") -> Enrolment:
        """Make ``keyring`` belong to this centre, as a granted enrolment would."""
        certificate = KioskCertificate.issue(
            self.desk, kiosk, keyring.signing_key().public, datetime.now(UTC)
        )
        enrolment = Enrolment(url, self.root.public, self.key_list(), certificate)
        keyring.enrol(enrolment)
        return enrolment


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)

    @property
    def error(self) -> str | None:
        """The code in the last line of standard error."""
        lines = self.err.strip().splitlines()
        match = re.match(r"error\[([a-z-]+)\]: \S", lines[-1]) if lines else None
        return match[1] if match else None


def kiosk(data_dir: Path, *arguments: object, stdin: str = "") -> Ran:
    """One ``kiosk`` command in this process: fast, and the same code."""
    from kiosk.cli import main as kiosk_main

    out, err = io.StringIO(), io.StringIO()
    before = sys.stdin
    sys.stdin = io.StringIO(stdin)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = kiosk_main(["--data-dir", str(data_dir), *(str(each) for each in arguments)])
    finally:
        sys.stdin = before
    return Ran(code, out.getvalue(), err.getvalue())


def command(program: str, data_dir: Path, *arguments: object) -> list[str]:
    """The command line of ``kiosk`` or ``central`` as a process of its own."""
    return [sys.executable, "-m", program, "--data-dir", str(data_dir), *(str(each) for each in arguments)]


def process(program: str, data_dir: Path, *arguments: object, stdin: str = "") -> Ran:
    """One command as a real process."""
    done = subprocess.run(
        command(program, data_dir, *arguments),
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


class Centre:
    """A real centre: its data folder, and ``central serve`` as its own process."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.url = ""
        self._server: subprocess.Popen[str] | None = None
        assert process("central", data_dir, "init").code == 0

    def run(self, *arguments: object) -> Ran:
        return process("central", self.data_dir, *arguments)

    def start(self, *, port: int = 0, with_desk: bool = False) -> None:
        """Serve until ``stop``; the same port can be asked for again."""
        self._server = subprocess.Popen(
            command(
                "central", self.data_dir, "serve", "--port", port, *(["--with-desk"] if with_desk else [])
            ),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self._server.stdout is not None
        line = self._server.stdout.readline()
        assert line.startswith("listening http"), line
        self.url = line.split()[1]

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def kill(self) -> None:
        """Pull the plug."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._server is None:
            return
        self._server.send_signal(how)
        self._server.wait(10)
        if self._server.stdout:
            self._server.stdout.close()
        self._server = None

    def open_all(self) -> None:
        """The desk opens what has come."""
        assert self.run("desk", "--once").code == 0

    def enrol(self, data_dir: Path) -> Any:
        """Enrol a kiosk with a fresh code; the desk grants it meanwhile."""
        code = self.run("enrol-code").out.strip()
        asking = subprocess.Popen(
            command("kiosk", data_dir, "enrol", self.url, "-", "--json"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert asking.stdin is not None and asking.stdout is not None
        asking.stdin.write(code + "\n")
        asking.stdin.close()
        while asking.poll() is None:
            self.open_all()
        with asking.stdout:
            return json.loads(asking.stdout.read())


@contextlib.contextmanager
def running_centre(data_dir: Path, *, with_desk: bool = False) -> Iterator[Centre]:
    centre = Centre(data_dir)
    centre.start(with_desk=with_desk)
    try:
        yield centre
    finally:
        centre.kill()


def example_file(data_dir: Path, folder: Path, code: str = "1.001193") -> tuple[Path, list[str], Any]:
    """FILE.json of a procedure's example, the ``--attach`` options it needs, and the JSON itself."""
    procedure = kiosk(data_dir, "procedure", code, "--json").json
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "application.json"
    file.write_text(json.dumps(procedure["example"], ensure_ascii=False), encoding="utf-8")
    options: list[str] = []
    for component in procedure["components"]:
        if component["required"]:
            paper = folder / f"{component['id']}.pdf"
            paper.write_bytes(PDF + component["id"].encode())
            options += ["--attach", f"{component['id']}={paper}"]
    return file, options, procedure["example"]
