"""The desk: opens what is proven, sets aside what is not, tells only what is so, and forgets the rest."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DatabaseError

from central import ledger
from central.desk import tables as desk_tables
from central.desk.cases import NEXT, Status
from central.desk.service import Desk, Round
from central.desk.taking import Taking
from central.intake import tables as intake_tables
from kiosk.clock import LOCAL
from kiosk.dossier.keys import KioskCertificate
from kiosk.dossier.manifest import Paper
from kiosk.dossier.receipt import lookup_id
from kiosk.dossier.signing import SigningKey, key_id
from kiosk.dossier.statements import SealedNotice, read_opened
from kiosk.errors import KnownError
from sync.protocol import EnrolState, Verdict
from tests.central.conftest import PDF, Centre, MovingClock, SealedDossier, WireKiosk

PDF_HASH = hashlib.sha256(PDF).hexdigest()
OFFICER = "Vàng Thị Máy"


def events(centre: Centre) -> list[tuple[str, str | None]]:
    desk = centre.desk()
    sources = ((desk.intake, intake_tables.EVENT), (desk.desk, desk_tables.EVENT))
    try:
        return [(event.kind, event.dossier_id) for event in ledger.read(sources)]
    finally:
        desk.close()


def column(centre: Centre, table: Any, name: str) -> list[Any]:
    desk = centre.desk()
    database = desk.desk if table.metadata is desk_tables.METADATA else desk.intake
    try:
        with database.read() as connection:
            return list(connection.execute(select(table.c[name])).scalars())
    finally:
        desk.close()


# ---- enrolment


def test_an_enrolment_code_works_once(centre: Centre) -> None:
    code = centre.enrol_code()
    first, second = WireKiosk(centre), WireKiosk(centre)
    asked, late = first.ask(code), second.ask(code)
    assert centre.desk_once().enrolled == 1
    assert first.look(asked.id).state is EnrolState.GRANTED
    assert second.look(late.id).state is EnrolState.REFUSED
    assert ("code-granted", None) in events(centre)


def test_an_expired_or_a_wrong_code_is_refused(centre: Centre, clock: MovingClock) -> None:
    code = centre.enrol_code(ttl_s=60)
    clock.forward(seconds=61)
    kiosk = WireKiosk(centre)
    expired = kiosk.ask(code)
    wrong = kiosk.ask(type(code).new(code.fingerprint))
    other_centre = kiosk.ask(type(code)("0" * 17, centre.enrol_code().secret))
    centre.desk_once()
    for asked in (expired, wrong, other_centre):
        assert kiosk.look(asked.id).state is EnrolState.REFUSED


def test_a_desk_cut_off_while_granting_grants_the_same(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = WireKiosk(centre)
    asked = kiosk.ask(centre.enrol_code())
    with monkeypatch.context() as patched:
        patched.setattr("central.desk.enrolling._register", power_cut)
        with pytest.raises(PowerCut):
            centre.desk_once()
    assert kiosk.look(asked.id).state is EnrolState.WAITING
    centre.desk_once()
    granted = kiosk.look(asked.id)
    assert granted.certificate and KioskCertificate.from_bytes(granted.certificate).kiosk == "TQ01"


# ---- opening


class PowerCut(Exception):
    pass


def power_cut(*_arguments: object) -> None:
    raise PowerCut


def test_power_cut_between_opening_and_telling(
    centre: Centre, wire_kiosk: WireKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.send(dossier)
    with monkeypatch.context() as patched:
        patched.setattr("central.desk.taking._file", power_cut)
        with pytest.raises(PowerCut):
            centre.desk_once()
    assert wire_kiosk.announce(dossier).verdicts[0].opened is None
    assert centre.desk_once() == Round(0, 0, 0)
    answer = wire_kiosk.announce(dossier)
    assert wire_kiosk.keys and answer.verdicts[0].opened and len(answer.notices) == 1
    assert read_opened(wire_kiosk.keys, answer.verdicts[0].opened).official_code == "H60.08-261122-0001"


def test_official_codes_count_by_day(centre: Centre, wire_kiosk: WireKiosk, clock: MovingClock) -> None:
    wire_kiosk.send(wire_kiosk.dossier({}), wire_kiosk.dossier({}))
    centre.desk_once()
    clock.forward(days=1)
    wire_kiosk.send(wire_kiosk.dossier({}))
    centre.desk_once()
    assert column(centre, desk_tables.DOSSIER, "official_code") == [
        "H60.08-261122-0001",
        "H60.08-261122-0002",
        "H60.08-261123-0001",
    ]


@pytest.mark.logs("set aside")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"secret": "short"}, "manifest"),
        ({"secret": 5}, "manifest"),
        ({"procedure": None}, "manifest"),
        ({"procedure": "x" * 500}, "manifest"),
        ({"papers": (Paper("to-khai", "x", "application/pdf", len(PDF), "0" * 64),)}, "paper-hash"),
        ({"papers": (Paper("to-khai", "x", ["pdf"], len(PDF), PDF_HASH),)}, "manifest"),  # type: ignore[arg-type]
        ({"papers": (Paper("to-khai", "x", "x", -5, PDF_HASH),)}, "paper-hash"),
    ],
)
def test_a_kiosk_gone_bad_blocks_no_other_dossier(
    centre: Centre, wire_kiosk: WireKiosk, changes: dict[str, Any], reason: str
) -> None:
    bad, good = wire_kiosk.dossier(**changes), wire_kiosk.dossier()
    wire_kiosk.send(bad, good)
    assert centre.desk_once() == Round(0, 1, 1)
    assert column(centre, desk_tables.QUARANTINE, "reason") == [reason]
    assert ("quarantined", bad.dossier_id) in events(centre)
    assert centre.desk_once() == Round(0, 0, 0)
    [verdict] = wire_kiosk.announce(bad).verdicts
    assert verdict.verdict is Verdict.RECEIVED and verdict.opened is None


@pytest.mark.logs("set aside")
def test_a_quarantined_dossier_opens_once_its_cause_is_gone(
    centre: Centre, wire_kiosk: WireKiosk, tmp_path: Path
) -> None:
    [seal] = (centre.home.desk / "seal").iterdir()
    shutil.move(seal, tmp_path / seal.name)
    dossier = wire_kiosk.dossier()
    wire_kiosk.send(dossier)
    assert centre.desk_once() == Round(0, 0, 1)
    assert centre.desk_once() == Round(0, 0, 0)
    shutil.move(tmp_path / seal.name, seal)
    assert centre.desk_once() == Round(0, 1, 0)
    assert column(centre, desk_tables.QUARANTINE, "reason") == []


@pytest.mark.logs("set aside: certificate")
def test_an_intake_taken_over_can_not_slip_in_a_kiosk(centre: Centre, wire_kiosk: WireKiosk) -> None:
    key = SigningKey.generate()
    certificate = KioskCertificate.issue(key, "TQ66", key.public, centre.clock.now())
    desk = centre.desk()
    with desk.intake.write() as connection:
        connection.execute(
            insert(intake_tables.KIOSK).values(
                serial=99,
                key_id=key_id(key.public),
                kiosk="TQ66",
                public=key.public,
                certificate=certificate.to_bytes(),
            )
        )
    desk.close()
    ghost = WireKiosk(centre, key, certificate, wire_kiosk.keys)
    ghost.send(ghost.dossier())
    assert centre.desk_once() == Round(0, 0, 1)


@pytest.mark.logs("set aside: (hash|bytes-missing)")
@pytest.mark.parametrize("damage", ["flip", "remove"])
def test_bytes_damaged_at_the_intake_are_never_called_opened(
    centre: Centre, wire_kiosk: WireKiosk, damage: str
) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.send(dossier)
    [packet] = centre.home.blobs.rglob("*.packet")
    if damage == "flip":
        packet.write_bytes(packet.read_bytes()[:-1] + b"\0")
    else:
        packet.unlink()
    assert centre.desk_once().opened == 0
    packet.write_bytes(dossier.sealed)
    assert centre.desk_once().opened == 1


@pytest.mark.logs("set aside: binding")
def test_an_envelope_moved_to_another_dossier_is_set_aside(centre: Centre, wire_kiosk: WireKiosk) -> None:
    first, second = wire_kiosk.dossier(), wire_kiosk.dossier()
    wire_kiosk.send(first, second)
    desk = centre.desk()
    with desk.intake.write() as connection:
        connection.execute(
            update(intake_tables.DOSSIER)
            .where(intake_tables.DOSSIER.c.dossier_id == second.dossier_id)
            .values(envelope=intake_tables.to_text(first.envelope))
        )
    desk.close()
    assert centre.desk_once() == Round(0, 1, 1)


@pytest.mark.logs("tried again")
def test_trouble_of_the_machine_sets_nothing_aside(
    centre: Centre, wire_kiosk: WireKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire_kiosk.send(wire_kiosk.dossier())

    def broken(_self: Taking, _dossier: object) -> bool:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Taking, "_take", broken)
        assert centre.desk_once() == Round(0, 0, 0)
    assert centre.desk_once() == Round(0, 1, 0)


# ---- officers


@pytest.fixture
def opened(centre: Centre, wire_kiosk: WireKiosk) -> SealedDossier:
    dossier = wire_kiosk.dossier()
    wire_kiosk.send(dossier)
    centre.desk_once()
    return dossier


@pytest.fixture
def desk(centre: Centre, opened: SealedDossier) -> Any:
    made = centre.desk()
    yield made
    made.close()


def test_found_by_id_receipt_and_official_code(desk: Desk, opened: SealedDossier) -> None:
    for wanted in (
        opened.dossier_id,
        opened.receipt,
        opened.receipt.lower().replace("-", " "),
        "h60.08-261122-0001",
    ):
        assert desk.cases.find(wanted)[1].dossier_id == opened.dossier_id
    for unknown in ("", "x", "TQ01-01-000009-00", opened.dossier_id[:-1] + "x", "H60.08-261122-0002"):
        with pytest.raises(KnownError, match="dossier-unknown"):
            desk.cases.find(unknown)


def test_one_receipt_of_two_dossiers_is_ambiguous(centre: Centre, wire_kiosk: WireKiosk) -> None:
    copy = WireKiosk(centre, wire_kiosk.key, wire_kiosk.certificate, wire_kiosk.keys)
    mine, its = wire_kiosk.dossier(), copy.dossier()
    wire_kiosk.send(mine, its)
    centre.desk_once()
    desk = centre.desk()
    with pytest.raises(KnownError, match="dossier-ambiguous"):
        desk.cases.find(mine.receipt)
    desk.close()
    assert [kind for kind, dossier_id in events(centre) if kind == "clone"] == ["clone", "clone"]


def test_looking_inside_is_logged_even_if_nothing_can_be_seen(
    centre: Centre, desk: Desk, opened: SealedDossier
) -> None:
    _, content = desk.cases.look_inside(opened.receipt, OFFICER)
    assert content.manifest == dataclasses.replace(opened.manifest)
    [packet] = centre.home.blobs.rglob("*.packet")
    packet.unlink()
    with pytest.raises(KnownError, match="cannot-open"):
        desk.cases.look_inside(opened.receipt, OFFICER)
    assert column(centre, desk_tables.OPENING, "officer") == [OFFICER, OFFICER]
    assert column(centre, desk_tables.OPENING, "dossier_id") == [opened.dossier_id] * 2


def test_a_status_brings_the_citizen_a_sealed_notice(
    centre: Centre, wire_kiosk: WireKiosk, desk: Desk, opened: SealedDossier
) -> None:
    desk.cases.set_status(opened.dossier_id, Status.ACCEPTED, OFFICER, "Mời bạn đến lấy", "2026-11-30")
    desk.taking.file_statements()
    assert wire_kiosk.keys
    notices = [SealedNotice.read(wire_kiosk.keys, signed) for signed in wire_kiosk.announce().notices]
    assert [(notice.number, notice.open(opened.secret).status) for notice in notices] == [(1, 1), (2, 2)]
    words = notices[1].open(opened.secret)
    assert (words.text, words.due) == ("Mời bạn đến lấy", "2026-11-30")
    newest = wire_kiosk.announce(lookups=(lookup_id(opened.secret),), notice_cursor=10**6).notices
    assert [SealedNotice.read(wire_kiosk.keys, signed).number for signed in newest] == [2]
    assert ("status:2", opened.dossier_id) in events(centre)


def test_a_status_made_but_not_told_is_told_by_the_next_round(
    centre: Centre, wire_kiosk: WireKiosk, desk: Desk, opened: SealedDossier
) -> None:
    desk.cases.set_status(opened.dossier_id, Status.ACCEPTED, OFFICER, None, None)
    assert len(wire_kiosk.announce().notices) == 1
    centre.desk_once()
    assert len(wire_kiosk.announce().notices) == 2


def test_every_step_the_order_does_not_know_is_refused(
    centre: Centre, desk: Desk, opened: SealedDossier
) -> None:
    for now in Status:
        for wanted in set(Status) - NEXT[now]:
            with desk.desk.write() as connection:
                connection.execute(update(desk_tables.DOSSIER).values(status=int(now)))
            with pytest.raises(KnownError, match="status-transition"):
                desk.cases.set_status(opened.dossier_id, wanted, OFFICER, None, None)
    assert column(centre, desk_tables.OPENING, "officer") == []


def test_a_notice_of_another_dossier_can_not_be_read(
    wire_kiosk: WireKiosk, desk: Desk, opened: SealedDossier
) -> None:
    other = wire_kiosk.dossier()
    assert wire_kiosk.keys
    [signed] = wire_kiosk.announce().notices
    with pytest.raises(Exception, match="notice"):
        SealedNotice.read(wire_kiosk.keys, signed).open(other.secret)


# ---- what is kept


def test_ledger_and_opening_log_can_not_be_rewritten(desk: Desk, opened: SealedDossier) -> None:
    desk.cases.look_inside(opened.dossier_id, OFFICER)
    for table in ("event", "opening"):
        for words in (f"DELETE FROM {table}", f"UPDATE {table} SET dossier_id = ''"):
            with pytest.raises(DatabaseError, match="append-only"), desk.desk.write() as connection:
                connection.execute(text(words))
    with pytest.raises(DatabaseError, match="append-only"), desk.intake.write() as connection:
        connection.execute(text("DELETE FROM event"))


def test_the_ledger_tells_the_whole_way_with_both_times(
    centre: Centre, wire_kiosk: WireKiosk, clock: MovingClock
) -> None:
    clock.moment = clock.moment.replace(year=2027, tzinfo=LOCAL)
    dossier = wire_kiosk.dossier()
    wire_kiosk.send(dossier)
    clock.forward(minutes=5)
    centre.desk_once()
    desk = centre.desk()
    found = ledger.read(((desk.desk, desk_tables.EVENT), (desk.intake, intake_tables.EVENT)))
    desk.close()
    mine = [event for event in found if event.dossier_id == dossier.dossier_id]
    assert [event.kind for event in mine] == ["saved", "received", "opened", "status:1"]
    assert mine[0].event_time == "2026-11-22T10:42:00+07:00"
    assert mine[0].known_time == "2027-11-22T10:42:00+07:00"
    assert mine[2].known_time == "2027-11-22T10:47:00+07:00"


def test_nothing_a_citizen_said_stands_in_any_file(centre: Centre, opened: SealedDossier, desk: Desk) -> None:
    desk.cases.look_inside(opened.dossier_id, OFFICER)
    desk.cases.set_status(opened.dossier_id, Status.SUPPLEMENT, OFFICER, "Thiếu giấy chứng sinh", None)
    desk.taking.file_statements()
    marks = ("Giàng Thị Mỷ", "002199000001", "Giàng Mí Sò", "Lù Văn Páo", opened.secret, "chứng sinh")
    hidden = [form for mark in marks for form in (mark.encode(), json.dumps(mark)[1:-1].encode())]
    for file in centre.home.path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [mark for mark in hidden if mark in data], file.name
    intake = b"".join(file.read_bytes() for file in centre.home.intake.rglob("*") if file.is_file())
    assert b"1.001193" not in intake  # not even what it is about
