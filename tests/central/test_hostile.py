"""Whatever is sent to the intake, by whomever: a short refusal, nothing taken, nobody else disturbed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.canonical import b64, encode
from kiosk.dossier.packet import MAX_SEALED, Envelope
from kiosk.dossier.signing import Context, Signed, SigningKey
from sync import protocol
from sync.protocol import EnrolRequest, EnrolState, Refusal, Verdict
from tests.central.conftest import Centre, MovingClock, WireKiosk, send


def refused_with(response: requests.Response, status: int) -> str:
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert isinstance(error, str)
    return error


def announce_body(sender: WireKiosk, **changes: Any) -> bytes:
    fields = {
        "version": 1,
        "nonce": b64(os.urandom(16)),
        "kiosk": sender.code,
        "key_list_number": 1,
        "envelopes": [],
        "lookups": [],
        "notice_cursor": 0,
    }
    return json.dumps(fields | changes).encode()


# ---- who is asking


def test_unsigned_announce(wire_kiosk: WireKiosk) -> None:
    url = wire_kiosk.centre.url + protocol.ANNOUNCE
    refused_with(requests.post(url, data=announce_body(wire_kiosk), timeout=10), 401)


def test_announce_signed_by_a_stranger(wire_kiosk: WireKiosk) -> None:
    body = announce_body(wire_kiosk)
    wire_kiosk.key = SigningKey.generate()
    refused_with(wire_kiosk.post_announce(body), 401)


def test_announce_in_the_name_of_another_kiosk(wire_kiosk: WireKiosk) -> None:
    refused_with(wire_kiosk.post_announce(announce_body(wire_kiosk, kiosk="TQ99")), 401)


@pytest.mark.parametrize("components", [("@method",), ("@method", "@path", "content-length")])
def test_signature_that_does_not_cover_the_body(wire_kiosk: WireKiosk, components: tuple[str, ...]) -> None:
    body = announce_body(wire_kiosk)
    request = requests.Request("POST", wire_kiosk.centre.url + protocol.ANNOUNCE, data=body)
    refused_with(wire_kiosk.send_signed(request, components), 401)


def test_body_changed_on_the_way(wire_kiosk: WireKiosk) -> None:
    body = announce_body(wire_kiosk)
    request = requests.Request("POST", wire_kiosk.centre.url + protocol.ANNOUNCE, data=body)
    prepared = wire_kiosk.prepared(request, ("@method", "@path"), body)
    prepared.body = body.replace(b'"notice_cursor": 0', b'"notice_cursor": 9')
    refused_with(send(prepared), 401)


@pytest.mark.parametrize("header", ["Signature", "Signature-Input", "Content-Digest"])
@pytest.mark.parametrize(
    "value", [b"", b"x", b"a=b, a=b", b"sig=:AAAA:", b'x=("@method");keyid=5', b"\xe9" * 50]
)
def test_broken_signature_headers(wire_kiosk: WireKiosk, header: str, value: bytes) -> None:
    body = announce_body(wire_kiosk)
    request = requests.Request("POST", wire_kiosk.centre.url + protocol.ANNOUNCE, data=body)
    prepared = wire_kiosk.prepared(request, ("@method", "@path"), body)
    prepared.headers[header] = value  # type: ignore[assignment]
    refused_with(send(prepared), 401)


def test_a_signed_upload_can_not_be_sent_elsewhere(wire_kiosk: WireKiosk) -> None:
    mine, other = wire_kiosk.dossier(), wire_kiosk.dossier()
    wire_kiosk.announce(mine, other)
    request = requests.Request(
        "PATCH",
        f"{wire_kiosk.centre.url}{protocol.UPLOADS}/{mine.dossier_id}",
        data=b"bytes",
        headers={"Tus-Resumable": "1.0.0", "Content-Type": protocol.TUS_CONTENT, "Upload-Offset": "0"},
    )
    prepared = wire_kiosk.prepared(request, protocol.SIGNED_PATCH)
    assert prepared.url
    prepared.url = prepared.url.replace(mine.dossier_id, other.dossier_id)
    refused_with(send(prepared), 401)


# ---- what is said


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"version": 1, "nonce": ' + b"9" * 5_000 + b"}",
        b'{"version": 2}',
    ],
    ids=["empty", "list", "cut", "null", "not-utf8", "deep", "huge-number", "newer"],
)
def test_announce_that_is_no_announce(wire_kiosk: WireKiosk, body: bytes) -> None:
    assert refused_with(wire_kiosk.post_announce(body), 400) == "message"


@pytest.mark.parametrize(
    "changes",
    [
        {"envelopes": [{}]},
        {"envelopes": [None]},
        {"envelopes": [{"body": "@", "key_id": "", "signature": ""}]},
        {"envelopes": [{"body": "", "key_id": 5, "signature": ""}] * 51},
        {"lookups": ["short"]},
        {"lookups": ["0" * 32] * 201},
        {"lookups": {"a": 1}},
        {"nonce": "é"},
        {"nonce": 5},
        {"notice_cursor": True},
        {"notice_cursor": "1"},
    ],
)
def test_announce_with_wrong_parts(wire_kiosk: WireKiosk, changes: dict[str, Any]) -> None:
    assert refused_with(wire_kiosk.post_announce(announce_body(wire_kiosk, **changes)), 400) == "message"


@pytest.mark.parametrize(
    "changes",
    [
        {"lookups": ["\ud800" * 32]},
        {"lookups": ["\0" * 32]},
        {"notice_cursor": 2**80},
        {"notice_cursor": -(2**80)},
        {"key_list_number": 2**80},
        {"envelopes": [{"body": "", "key_id": "\ud800", "signature": ""}]},
        {"envelopes": [{"body": b64(b"{" * 9), "key_id": "\0" * 16, "signature": "AAAA"}]},
    ],
)
def test_announce_with_odd_but_possible_parts(wire_kiosk: WireKiosk, changes: dict[str, Any]) -> None:
    assert wire_kiosk.post_announce(announce_body(wire_kiosk, **changes)).status_code == 200


def test_announce_too_large(wire_kiosk: WireKiosk) -> None:
    refused_with(wire_kiosk.post_announce(b" " * (protocol.MAX_REQUEST + 1)), 413)


def test_endless_body_is_not_read_to_its_end(centre: Centre) -> None:
    given_away = 0

    def endless() -> Iterator[bytes]:
        nonlocal given_away
        while given_away < 200_000_000:
            given_away += 65_536
            yield bytes(65_536)

    try:
        response = requests.post(centre.url + protocol.ENROLMENTS, data=endless(), timeout=10)
        assert response.status_code == 413
    except requests.ConnectionError:
        pass  # it hung up on us: as good
    assert given_away < 100_000_000


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'{"kiosk_public": "AA==", "nonce": "", "mac": ""}'])
def test_enrolment_that_is_none(centre: Centre, body: bytes) -> None:
    response = requests.post(centre.url + protocol.ENROLMENTS, data=body, timeout=10)
    refused_with(response, 400)


def test_unknown_paths_and_methods(centre: Centre) -> None:
    for path in ("/", "/v1/enrolments/x", f"/v1/enrolments/{'0' * 32}", "/v1/enrolments/%00", "/docs"):
        refused_with(requests.get(centre.url + path, timeout=10), 404)
    refused_with(requests.get(centre.url + protocol.ANNOUNCE, timeout=10), 405)


def test_a_flood_of_enrolments_is_bounded_and_passes(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask() -> requests.Response:
        request = EnrolRequest(os.urandom(32), os.urandom(16), os.urandom(32))
        return requests.post(centre.url + protocol.ENROLMENTS, data=request.to_bytes(), timeout=10)

    monkeypatch.setattr("central.intake.enrolments.MAX_WAITING", 3)
    answers = [ask() for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [503] * 2
    assert answers[-1].headers["Retry-After"]
    centre.desk_once()
    assert ask().json()["state"] == EnrolState.WAITING.value


def test_a_patient_flood_of_refused_enrolments_is_bounded(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, clock: MovingClock
) -> None:
    """The desk refuses each at once: nothing waits, yet the rows must not pile up."""

    def ask() -> str:
        request = EnrolRequest(os.urandom(32), os.urandom(16), os.urandom(32))
        answer = requests.post(centre.url + protocol.ENROLMENTS, data=request.to_bytes(), timeout=10)
        clock.forward(seconds=1)
        centre.desk_once()
        return str(answer.json()["id"])

    monkeypatch.setattr("central.intake.enrolments.MAX_REFUSED", 3)
    asked = [ask() for _ in range(6)]
    granted = WireKiosk(centre).enrol()
    found = [requests.get(f"{centre.url}{protocol.ENROLMENTS}/{name}", timeout=10) for name in asked]
    assert [answer.status_code for answer in found] == [404] * 3 + [200] * 3
    assert granted.code == "TQ01"


# ---- uploads


def test_uploads_that_are_no_tus(wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.announce(dossier)
    url = f"{wire_kiosk.centre.url}{protocol.UPLOADS}/{dossier.dossier_id}"
    good = {"Tus-Resumable": "1.0.0", "Content-Type": protocol.TUS_CONTENT, "Upload-Offset": "0"}
    for changes, status in (
        ({"Tus-Resumable": "0.2.0"}, 412),
        ({"Content-Type": "text/plain"}, 415),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "1e3"}, 400),
        ({"Upload-Offset": "٣"}, 400),
        ({"Upload-Offset": "9" * 40}, 400),
    ):
        headers = {name: value.encode() for name, value in (good | changes).items()}
        request = requests.Request("PATCH", url, data=b"x", headers=headers)
        prepared = request.prepare()
        refused_with(send(prepared), status)
    refused_with(requests.patch(url, data=b"x", headers=good, timeout=10), 401)
    options = requests.options(url, timeout=10)
    assert (options.status_code, options.headers["Tus-Version"]) == (204, "1.0.0")


def test_upload_larger_than_one_request_or_than_announced(wire_kiosk: WireKiosk) -> None:
    dossier = wire_kiosk.dossier()
    wire_kiosk.announce(dossier)
    refused_with(wire_kiosk.patch(dossier, 0, bytes(protocol.MAX_PATCH + 1)), 413)
    refused_with(wire_kiosk.patch(dossier, 0, dossier.sealed + b"x"), 413)
    assert wire_kiosk.announce(dossier).verdicts[0].offset == 0
    assert wire_kiosk.send(dossier).verdicts[0].verdict is Verdict.RECEIVED


# ---- envelopes


def test_bad_envelopes_are_refused_for_what_they_are_and_block_no_other(
    centre: Centre, wire_kiosk: WireKiosk
) -> None:
    stranger = WireKiosk(centre, certificate=wire_kiosk.certificate, keys=wire_kiosk.keys)
    unknown, good = stranger.dossier(), wire_kiosk.dossier()
    bent = wire_kiosk.dossier()
    assert wire_kiosk.keys
    desk = wire_kiosk.keys.keys[-1].id
    forged = Signed(bent.envelope.body.replace(b'"size":', b'"size":1'), bent.envelope.key_id, bytes(64))
    huge = Envelope(
        bent.dossier_id, bent.receipt, wire_kiosk.code, MAX_SEALED + 1, "0" * 64, desk, "2026-11-22T00:00:00Z"
    ).sign(wire_kiosk.key)
    other_desk = wire_kiosk.envelope(bent.dossier_id, bent.receipt, bent.sealed, "0" * 16)
    bad_time = Envelope(
        bent.dossier_id, bent.receipt, wire_kiosk.code, 9, "0" * 64, desk, "9999-12-31T23:59:59-12:00"
    ).sign(wire_kiosk.key)
    odd_time = Envelope(
        bent.dossier_id, bent.receipt, wire_kiosk.code, 9, "0" * 64, desk, "2026-11-22~10:42:00Z"
    ).sign(wire_kiosk.key)
    half = Signed.make(wire_kiosk.key, Context.ENVELOPE, odd_time.body.replace(b"~", b"\\ud800"))
    no_id = Signed.make(wire_kiosk.key, Context.ENVELOPE, encode({"format": 1}))
    sent = (unknown.envelope, forged, huge, other_desk, bad_time, half, no_id, good.envelope)
    verdicts = wire_kiosk.announce(envelopes=sent).verdicts
    assert [verdict.refusal for verdict in verdicts] == [
        Refusal.UNKNOWN_KEY,
        Refusal.SIGNATURE,
        Refusal.SIZE,
        Refusal.UNKNOWN_KEY,
        Refusal.SIGNATURE,
        Refusal.SIGNATURE,
        Refusal.SIGNATURE,
        None,
    ]
    assert [verdict.dossier_id for verdict in verdicts[:2]] == [unknown.dossier_id, bent.dossier_id]
    assert wire_kiosk.send(good).verdicts[0].verdict is Verdict.RECEIVED


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
NAMES = ("version", "nonce", "kiosk", "key_list_number", "envelopes", "lookups", "notice_cursor")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4))
def test_no_announce_brings_the_intake_down(wire_kiosk: WireKiosk, changes: dict[str, Any]) -> None:
    response = wire_kiosk.post_announce(announce_body(wire_kiosk, **changes))
    assert response.status_code in (200, 400, 401)


ENVELOPE_NAMES = (
    "format",
    "dossier_id",
    "receipt",
    "kiosk",
    "size",
    "sha256",
    "desk_key_id",
    "created_at",
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from(ENVELOPE_NAMES), JSON, min_size=1, max_size=3))
def test_no_envelope_that_a_kiosk_signs_brings_the_intake_down(
    wire_kiosk: WireKiosk, changes: dict[str, Any]
) -> None:
    body = json.loads(wire_kiosk.dossier({}).envelope.body) | changes
    data = json.dumps(body).encode()
    signed = Signed.make(wire_kiosk.key, Context.ENVELOPE, data)
    [verdict] = wire_kiosk.announce(envelopes=(signed,)).verdicts
    assert verdict.verdict in (Verdict.REFUSED, Verdict.RESUME)
