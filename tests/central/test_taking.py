"""What the desk signs is only what it has itself seen, and one dossier's trouble is no other's."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from central.desk import tables as desk_tables
from central.desk.opening import Opener
from central.desk.service import Round
from central.intake import tables as intake_tables
from central.intake.blobs import DirectoryBlobs
from central.trouble import DiscreetFormatter
from kiosk import canonical
from kiosk.dossier.manifest import Manifest
from kiosk.dossier.packet import envelope_hash
from kiosk.dossier.statements import Opened, read_opened
from kiosk.identifiers import new_secret
from tests.central.conftest import Centre, SealedDossier, WireKiosk
from tests.central.test_desk import column

NAME = "Giàng Thị Mỷ"


def opened_of(kiosk: WireKiosk, dossier: SealedDossier) -> Opened:
    signed = kiosk.announce(dossier).verdicts[0].opened
    assert signed and kiosk.keys
    return read_opened(kiosk.keys, signed)


def test_an_intake_taken_over_can_not_have_an_unseen_dossier_called_opened(
    centre: Centre, wire_kiosk: WireKiosk
) -> None:
    mine, victim = wire_kiosk.dossier(), wire_kiosk.dossier()
    wire_kiosk.send(mine)
    wire_kiosk.announce(victim)
    desk = centre.desk()
    with desk.intake.write() as connection:
        connection.execute(
            update(intake_tables.DOSSIER)
            .where(intake_tables.DOSSIER.c.dossier_id == mine.dossier_id)
            .values(envelope_sha256=envelope_hash(victim.envelope))
        )
    desk.close()
    assert centre.desk_once() == Round(0, 1, 0)
    [signed] = [
        intake_tables.from_text(text) for text in column(centre, intake_tables.DOSSIER, "opened") if text
    ]
    assert wire_kiosk.keys
    assert read_opened(wire_kiosk.keys, signed).envelope_sha256 == envelope_hash(mine.envelope)


# ---- an intake restored from an older copy


class Restorable:
    """A centre whose intake folder can be put back to how it was."""

    def __init__(self, centre: Centre, copy: Path) -> None:
        self._centre = centre
        self._copy = copy
        centre.stop()
        shutil.copytree(centre.home.intake, copy)
        centre.start()

    def restore(self) -> None:
        self._centre.stop()
        shutil.rmtree(self._centre.home.intake)
        shutil.copytree(self._copy, self._centre.home.intake)
        self._centre.start()


def test_what_a_restored_intake_forgot_is_said_again(
    centre: Centre, wire_kiosk: WireKiosk, tmp_path: Path
) -> None:
    dossier = wire_kiosk.dossier()
    intake = Restorable(centre, tmp_path / "copy")
    wire_kiosk.send(dossier)
    assert centre.desk_once() == Round(0, 1, 0)
    before, notices = opened_of(wire_kiosk, dossier), wire_kiosk.announce().notices
    intake.restore()
    assert wire_kiosk.send(dossier).verdicts[0].opened is None
    assert centre.desk_once() == Round(0, 0, 0)
    assert opened_of(wire_kiosk, dossier) == before
    assert wire_kiosk.announce().notices == notices and len(notices) == 1
    assert centre.desk_once() == Round(0, 0, 0)
    assert column(centre, desk_tables.DOSSIER, "official_code") == [before.official_code]


@pytest.mark.logs("set aside: bytes-missing")
def test_a_restored_intake_that_lost_the_bytes_gets_no_opened(
    centre: Centre, wire_kiosk: WireKiosk, tmp_path: Path
) -> None:
    """An *opened* lets the kiosk delete what may now be the only copy."""
    dossier = wire_kiosk.dossier()
    wire_kiosk.send(dossier)
    intake = Restorable(centre, tmp_path / "copy")
    centre.desk_once()
    intake.restore()
    [packet] = centre.home.blobs.rglob("*.packet")
    packet.unlink()
    assert centre.desk_once() == Round(0, 0, 1)
    assert wire_kiosk.announce(dossier).verdicts[0].opened is None
    packet.write_bytes(dossier.sealed)
    centre.desk_once()
    assert opened_of(wire_kiosk, dossier).official_code == "H60.08-261122-0001"


@pytest.mark.logs("set aside: other-envelope")
def test_another_envelope_under_an_opened_id_gets_no_opened(
    centre: Centre, wire_kiosk: WireKiosk, tmp_path: Path
) -> None:
    dossier = wire_kiosk.dossier()
    intake = Restorable(centre, tmp_path / "copy")
    wire_kiosk.send(dossier)
    centre.desk_once()
    intake.restore()
    other = wire_kiosk.dossier(dossier_id=dossier.dossier_id, secret=new_secret())
    wire_kiosk.send(other)
    assert centre.desk_once() == Round(0, 0, 1)
    assert wire_kiosk.announce(other).verdicts[0].opened is None


# ---- one dossier's trouble


@pytest.fixture
def half_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Manifests may hold half characters, escaped as JSON can."""
    real = Manifest.to_bytes

    def escaped(manifest: Manifest) -> bytes:
        return real(manifest).replace(b"HALF", b"\\ud800")

    monkeypatch.setattr(Manifest, "to_bytes", escaped)


@pytest.mark.logs("set aside: manifest")
@pytest.mark.usefixtures("half_characters")
@pytest.mark.parametrize("field", ["procedure", "procedure_version", "secret"])
def test_half_characters_do_not_stop_the_desk(centre: Centre, wire_kiosk: WireKiosk, field: str) -> None:
    changes: dict[str, Any] = {field: "HALF"}
    bad, good = wire_kiosk.dossier(**changes), wire_kiosk.dossier()
    wire_kiosk.send(bad, good)
    assert centre.desk_once() == Round(0, 1, 1)
    assert centre.desk_once() == Round(0, 0, 0)


@pytest.mark.logs(
    r"^central.desk.taking: dossier [0-9a-z-]+: LookupError test_taking.py:\d+, will be tried again$"
)
def test_a_bug_met_in_one_dossier_holds_up_no_other_and_tells_nothing(
    centre: Centre, wire_kiosk: WireKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = wire_kiosk.dossier(), wire_kiosk.dossier()
    wire_kiosk.send(bad, good)
    real = Opener.open

    def buggy(self: Opener, dossier: Any) -> Any:
        if dossier.dossier_id == bad.dossier_id:
            raise LookupError(NAME)
        return real(self, dossier)

    with monkeypatch.context() as patched:
        patched.setattr(Opener, "open", buggy)
        assert centre.desk_once() == Round(0, 1, 0)
    assert centre.desk_once() == Round(0, 1, 0)
    assert len(wire_kiosk.announce().notices) == 2


@pytest.mark.logs("set aside: manifest", "OSError .*tried again")
def test_a_disk_that_fails_while_one_is_set_aside_holds_up_no_other(
    centre: Centre, wire_kiosk: WireKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire_kiosk.send(wire_kiosk.dossier(secret="short"), wire_kiosk.dossier())

    def broken(_self: DirectoryBlobs, _dossier_id: str) -> str:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(DirectoryBlobs, "stamp", broken)
        assert centre.desk_once() == Round(0, 1, 0)
    assert centre.desk_once() == Round(0, 0, 1)


def test_an_exception_in_the_log_tells_where_not_what() -> None:
    try:
        canonical.decode_object(b"[]")
        raise AssertionError
    except ValueError as error:
        error.args = (NAME,)
        record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    logging.Formatter().format(record)  # another handler was first
    words = DiscreetFormatter("serve: %(message)s").format(record)
    assert words.startswith("serve: failed\nValueError canonical.py:") and NAME not in words
