"""A dossier's way at the centre: announced, uploaded, received, opened, with a notice for the citizen."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest
import requests

from central.desk.service import Round
from kiosk.dossier.packet import envelope_hash
from kiosk.dossier.receipt import lookup_id
from kiosk.dossier.statements import SealedNotice, read_opened, read_received
from kiosk.identifiers import ReceiptNumber
from sync import protocol
from sync.protocol import Refusal, Verdict
from tests.central.conftest import Centre, MovingClock, WireKiosk


def test_announced_uploaded_received_opened(centre: Centre, wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier()
    [first] = wire_kiosk.announce(dossier).verdicts
    assert (first.verdict, first.offset) == (Verdict.RESUME, 0)
    wire_kiosk.upload(dossier)
    [received] = wire_kiosk.announce(dossier).verdicts
    assert received.verdict is Verdict.RECEIVED and received.received and received.opened is None
    assert wire_kiosk.keys
    word = read_received(wire_kiosk.keys, received.received)
    assert (word.dossier_id, word.envelope_sha256) == (dossier.dossier_id, envelope_hash(dossier.envelope))

    assert centre.desk_once().opened == 1
    answer = wire_kiosk.announce(dossier)
    opened = answer.verdicts[0].opened
    assert opened
    said = read_opened(wire_kiosk.keys, opened)
    assert said.official_code == "H60.08-261122-0001"
    assert said.envelope_sha256 == envelope_hash(dossier.envelope)
    [notice] = [SealedNotice.read(wire_kiosk.keys, signed) for signed in answer.notices]
    assert notice.lookup_id == lookup_id(dossier.secret)
    assert notice.open(dossier.secret).status == 1


def test_the_same_answers_when_all_is_said_twice(centre: Centre, wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier()
    first = wire_kiosk.send(dossier)
    centre.desk_once()
    centre.desk_once()
    again = wire_kiosk.send(dossier)
    assert again.verdicts[0].received == first.verdicts[0].received  # made once, kept
    assert again.verdicts == wire_kiosk.announce(dossier, dossier).verdicts[1:]
    assert centre.desk_once() == Round(0, 0, 0)


def test_upload_goes_on_at_the_byte_after_the_centre_restarted(centre: Centre, wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.announce(dossier)
    assert wire_kiosk.patch(dossier, 0, dossier.sealed[:10_001]).status_code == 204
    centre.restart()
    head = wire_kiosk.head(dossier)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (
        "10001",
        str(len(dossier.sealed)),
    )
    [verdict] = wire_kiosk.announce(dossier).verdicts
    assert (verdict.verdict, verdict.offset) == (Verdict.RESUME, 10_001)
    wrong = wire_kiosk.patch(dossier, 10_000, b"x")
    assert (wrong.status_code, wrong.headers["Upload-Offset"]) == (409, "10001")
    wire_kiosk.upload(dossier, 10_001)
    assert wire_kiosk.announce(dossier).verdicts[0].verdict is Verdict.RECEIVED


def test_bytes_that_came_before_the_link_was_cut_are_kept(centre: Centre, wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.announce(dossier)
    request = requests.Request("PATCH", f"{centre.url}{protocol.UPLOADS}/{dossier.dossier_id}")
    request.data = dossier.sealed
    request.headers = {
        "Tus-Resumable": "1.0.0",
        "Content-Type": protocol.TUS_CONTENT,
        "Upload-Offset": "0",
    }
    prepared = wire_kiosk.prepared(request, protocol.SIGNED_PATCH)
    lines = [f"PATCH {prepared.path_url} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in prepared.headers.items()]
    with socket.create_connection(("127.0.0.1", centre.port)) as link:
        link.sendall("\r\n".join([*lines, "", ""]).encode() + dossier.sealed[:5000])
        link.shutdown(socket.SHUT_WR)
        while link.recv(4096):
            pass
    offsets = (wire_kiosk.announce(dossier).verdicts[0].offset for _ in range(100))
    assert next(filter(None, offsets)) == 5000  # the intake hears of the cut in its own time


def test_bytes_that_are_not_the_envelopes_start_over_once_then_are_refused(
    wire_kiosk: WireKiosk, clock: MovingClock
) -> None:
    dossier, good = wire_kiosk.dossier(), wire_kiosk.dossier()
    wrong = bytes(len(dossier.sealed))
    wire_kiosk.announce(dossier)
    response = wire_kiosk.patch(dossier, 0, wrong)
    assert (response.status_code, response.headers["Upload-Offset"]) == (409, "0")
    again = wire_kiosk.announce(dossier, good).verdicts
    assert [(verdict.verdict, verdict.offset) for verdict in again] == [(Verdict.RESUME, 0)] * 2
    assert wire_kiosk.patch(dossier, 0, wrong).status_code == 409
    assert wire_kiosk.patch(dossier, 0, wrong).status_code == 410
    bad, other = wire_kiosk.announce(dossier, good).verdicts
    assert (bad.verdict, bad.refusal) == (Verdict.REFUSED, Refusal.HASH)
    assert other.verdict is Verdict.RESUME
    # A technician mends the cause and releases it: not suppressed for ever.
    clock.forward(minutes=11)
    assert wire_kiosk.send(dossier).verdicts[0].verdict is Verdict.RECEIVED


def test_another_envelope_under_a_known_id_never_overwrites(wire_kiosk: WireKiosk) -> None:
    first = wire_kiosk.dossier()
    wire_kiosk.send(first)
    other = wire_kiosk.dossier(dossier_id=first.dossier_id)
    [verdict] = wire_kiosk.announce(other).verdicts
    assert (verdict.verdict, verdict.refusal) == (Verdict.REFUSED, Refusal.HASH)
    assert wire_kiosk.announce(first).verdicts[0].verdict is Verdict.RECEIVED


def test_two_kiosks_do_not_see_each_others_dossiers(centre: Centre, wire_kiosk: WireKiosk) -> None:
    other = WireKiosk(centre).enrol()
    assert (wire_kiosk.code, other.code) == ("TQ01", "TQ02")
    dossier = wire_kiosk.dossier()
    wire_kiosk.announce(dossier)
    assert other.patch(dossier, 0, b"x").status_code == 404
    assert other.head(dossier).status_code == 404
    wire_kiosk.send(dossier)
    other.send(other.dossier())
    centre.desk_once()
    assert len(other.announce().notices) == 1
    found = other.announce(lookups=(lookup_id(dossier.secret), "0" * 32)).notices
    assert other.keys
    assert {SealedNotice.read(other.keys, signed).lookup_id for signed in found} >= {
        lookup_id(dossier.secret)
    }


def test_a_carried_envelope_is_taken_from_another_kiosk(centre: Centre, wire_kiosk: WireKiosk) -> None:
    courier = WireKiosk(centre).enrol()
    dossier = wire_kiosk.dossier()
    assert courier.send(dossier).verdicts[0].verdict is Verdict.RECEIVED
    assert centre.desk_once().opened == 1


def test_a_copied_kiosk_is_told_to_enrol_again_and_both_dossiers_are_taken(
    centre: Centre, wire_kiosk: WireKiosk
) -> None:
    copy = WireKiosk(centre, wire_kiosk.key, wire_kiosk.certificate, wire_kiosk.keys)
    mine, its = wire_kiosk.dossier(), copy.dossier()
    assert mine.receipt == its.receipt and mine.dossier_id != its.dossier_id
    assert not wire_kiosk.send(mine).enrol_again
    answer = copy.send(its)
    assert answer.verdicts[0].verdict is Verdict.RECEIVED
    assert answer.enrol_again and wire_kiosk.announce().enrol_again
    assert centre.desk_once().opened == 2
    code = wire_kiosk.code
    assert wire_kiosk.enrol().code == code
    assert not wire_kiosk.announce().enrol_again


def test_intake_works_without_the_desks_and_the_roots_folders(
    centre: Centre, wire_kiosk: WireKiosk, tmp_path: Path
) -> None:
    code = centre.enrol_code()
    for name in ("desk", "root"):
        shutil.move(centre.home.path / name, tmp_path / f"away-{name}")
    centre.restart()
    dossier = wire_kiosk.dossier()
    assert wire_kiosk.send(dossier).verdicts[0].verdict is Verdict.RECEIVED
    assert WireKiosk(centre).ask(code).state is protocol.EnrolState.WAITING
    for name in ("desk", "root"):
        shutil.move(tmp_path / f"away-{name}", centre.home.path / name)
    assert centre.desk_once().opened == 1


def test_notices_come_in_batches_after_the_cursor(centre: Centre, wire_kiosk: WireKiosk) -> None:
    wire_kiosk.send(wire_kiosk.dossier({}), wire_kiosk.dossier({}))
    centre.desk_once()
    answer = wire_kiosk.announce()
    assert len(answer.notices) == 2
    assert wire_kiosk.announce(notice_cursor=answer.notice_cursor).notices == ()
    assert wire_kiosk.announce(notice_cursor=answer.notice_cursor - 1).notices == answer.notices[1:]


def test_long_notices_come_in_answers_of_bounded_size(
    centre: Centre, wire_kiosk: WireKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [wire_kiosk.dossier({}) for _ in range(5)]
    wire_kiosk.send(*sent)
    centre.desk_once()
    [first, second, *_] = wire_kiosk.announce().notices
    room = sum(len(json.dumps(notice.to_wire())) for notice in (first, second))
    monkeypatch.setattr("central.intake.announcing.NOTICE_ROOM", room)
    cursor, batches = 0, []
    while notices := (answer := wire_kiosk.announce(notice_cursor=cursor)).notices:
        cursor = answer.notice_cursor
        batches.append(notices)
    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert len({notice.body for batch in batches for notice in batch}) == 5
    lookups = tuple(lookup_id(dossier.secret) for dossier in sent)
    assert len(wire_kiosk.announce(lookups=lookups, notice_cursor=cursor).notices) == 2
    monkeypatch.setattr("central.intake.announcing.NOTICE_ROOM", 1)
    assert wire_kiosk.announce().notices == (first,)  # even one that is too long for all goes out


def test_key_list_comes_to_a_kiosk_that_is_behind(wire_kiosk: WireKiosk) -> None:
    assert wire_kiosk.announce().key_list is None
    assert wire_kiosk.announce(key_list_number=0).key_list is not None


@pytest.mark.parametrize("year", [2000, 2099])
def test_a_kiosk_with_a_dead_clock_gets_through(wire_kiosk: WireKiosk, year: int) -> None:
    wire_kiosk.created = wire_kiosk.centre.clock.now().replace(year=year)
    assert wire_kiosk.send(wire_kiosk.dossier()).verdicts[0].verdict is Verdict.RECEIVED


def test_receipt_numbers_of_another_kiosk_are_refused(centre: Centre, wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier(receipt=str(ReceiptNumber("TQ77", 1, 1)))
    assert wire_kiosk.keys
    forged = wire_kiosk.envelope(
        dossier.dossier_id, "TQ77-01-000001-XX", dossier.sealed, wire_kiosk.keys.keys[-1].id
    )
    [verdict] = wire_kiosk.announce(envelopes=(forged,)).verdicts
    assert (verdict.verdict, verdict.refusal) == (Verdict.REFUSED, Refusal.SIGNATURE)
