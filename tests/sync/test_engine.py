"""A pass against a centre that is down, slow, lying or not ours: nothing is lost and nothing is believed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import requests
from requests.adapters import BaseAdapter

from kiosk.canonical import encode
from kiosk.dossier.packet import Envelope, envelope_hash
from kiosk.dossier.signing import Context, Signed, SigningKey
from kiosk.dossier.statements import Opened, Received
from kiosk.errors import KnownError
from kiosk.identifiers import new_dossier_id
from kiosk.keyring import Keyring
from kiosk.ports import Connectivity
from kiosk.storage.outbox import OutboxState
from kiosk.storage.store import Store, open_store
from sync.client import CentreClient, check_url
from sync.engine import PassReport, SyncEngine
from sync.protocol import Announce, Answer, EnvelopeVerdict, Refusal, Verdict
from tests.house import CentreKeys, FakeClock, new_dossier

Reply = tuple[int, bytes, dict[str, str]]


@dataclass
class PlayedCentre(BaseAdapter):
    """A centre played in memory behind the HTTP adapter; ``bend`` changes what it answers."""

    keys: CentreKeys
    kiosk: SigningKey
    bend: Callable[[Answer], Answer] = lambda answer: answer
    signer: SigningKey | None = None
    raw: Reply | None = None
    down: bool = False
    cut_after: int | None = None
    bytes_of: dict[str, bytes] = field(default_factory=dict)
    envelopes: dict[str, tuple[Envelope, str]] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    chokes_on: str = ""
    sent: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def close(self) -> None:
        pass

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:  # type: ignore[override]
        if self.down:
            raise requests.exceptions.ConnectionError("down")
        code, body, headers = self.raw or self._reply(request)
        response = requests.Response()
        response.status_code, response.url, response.request = code, str(request.url), request
        response.headers.update(headers)
        response.raw = _Raw(body)
        return response

    def _reply(self, request: requests.PreparedRequest) -> Reply:
        body = request.body if isinstance(request.body, bytes) else b""
        if request.method == "PATCH":
            return self._patch(
                str(request.url).rsplit("/", 1)[1], int(request.headers["Upload-Offset"]), body
            )
        announce = Announce.from_bytes(body)
        if self.chokes_on and any(self.chokes_on.encode() in each.body for each in announce.envelopes):
            return 500, b"", {}
        answer = Answer(
            nonce=announce.nonce,
            time="2026-11-22T10:42:00+07:00",
            verdicts=tuple(self._verdict(signed) for signed in announce.envelopes),
            notices=(),
            notice_cursor=0,
            key_list=None,
            enrol_again=False,
        )
        signer = self.signer or self.keys.intake
        signed = Signed.make(signer, Context.ANSWER, self.bend(answer).to_bytes())
        return 200, encode(signed.to_wire()), {}

    def _patch(self, dossier_id: str, offset: int, body: bytes) -> Reply:
        there = self.bytes_of[dossier_id]
        if offset != len(there):
            return 409, b"", {}
        if self.cut_after is not None:
            self.bytes_of[dossier_id] = there + body[: self.cut_after]
            self.cut_after = None
            raise requests.exceptions.ConnectionError("cut")
        self.sent += len(body)
        self.bytes_of[dossier_id] = there + body
        return 204, b"", {"Upload-Offset": str(offset + len(body))}

    def _verdict(self, signed: Signed) -> EnvelopeVerdict:
        envelope = Envelope.read(signed, self.kiosk.public)
        digest = envelope_hash(signed)
        there = self.bytes_of.setdefault(envelope.dossier_id, b"")
        blank = EnvelopeVerdict(envelope.dossier_id, Verdict.RESUME, len(there), 0, None, None, None)
        if envelope.dossier_id in self.refused:
            return replace(blank, verdict=Verdict.REFUSED, refusal=Refusal.SIZE)
        if len(there) < envelope.size:
            return blank
        received = Received(envelope.dossier_id, digest, "now").sign(self.keys.intake)
        opened = None
        if envelope.dossier_id in self.opened:
            opened = Opened(envelope.dossier_id, digest, "H60.08-261122-0001", "now").sign(self.keys.desk)
        return replace(blank, verdict=Verdict.RECEIVED, received=received, opened=opened)


class _Raw(io.BytesIO):
    """As much of urllib3's response as the client reads."""

    def release_conn(self) -> None:
        pass


@dataclass
class House:
    store: Store
    keyring: Keyring
    centre: PlayedCentre
    clock: FakeClock

    def save(self, sealed: bytes) -> str:
        dossier_id = new_dossier_id()
        key, epoch = self.keyring.signing_key(), self.keyring.epoch()
        self.store.submit(dossier_id, None, epoch, lambda n: new_dossier(dossier_id, n, sealed, epoch, key))
        return dossier_id

    def sync(self) -> PassReport:
        engine = SyncEngine(
            self.store, self.keyring, self.clock, lambda url, key: CentreClient(url, key, self.centre)
        )
        return engine.run(self.clock.monotonic() + 60)

    def state(self, dossier_id: str) -> OutboxState:
        item = self.store.find(dossier_id)
        assert item is not None
        return item.state


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    (tmp_path / "keys").mkdir()
    keyring, keys = Keyring(tmp_path / "keys"), CentreKeys()
    store = open_store(tmp_path / "kiosk.db", keyring)
    keys.enrol(keyring)
    yield House(store, keyring, PlayedCentre(keys, keyring.signing_key()), FakeClock())
    store.close()


def test_a_pass_brings_a_dossier_to_received_and_then_to_opened(house: House) -> None:
    sealed = bytes(700_000)
    dossier = house.save(sealed)
    report = house.sync()
    assert report == PassReport(1, 0, Connectivity.ONLINE, True)
    assert house.centre.bytes_of[dossier] == sealed
    assert house.state(dossier) is OutboxState.RECEIVED
    house.centre.opened.add(dossier)
    assert house.sync().opened == 1
    assert house.state(dossier) is OutboxState.OPENED
    assert house.store.sealed_bytes(dossier, 0, 10) == b""


def test_a_cut_in_the_middle_goes_on_at_the_byte(house: House) -> None:
    sealed = bytes(range(256)) * 2000
    dossier = house.save(sealed)
    house.centre.cut_after = 1234
    assert house.sync().connectivity is Connectivity.OFFLINE
    assert house.state(dossier) is OutboxState.QUEUED
    assert house.sync().received == 1
    assert house.centre.bytes_of[dossier] == sealed
    assert house.centre.sent == len(sealed) - 1234


def test_a_centre_that_is_down_costs_an_attempt_and_nothing_else(house: House) -> None:
    dossier = house.save(b"sealed")
    house.centre.down = True
    assert house.sync() == PassReport(0, 0, Connectivity.OFFLINE, False)
    item = house.store.find(dossier)
    assert item is not None
    assert (item.state, item.attempts) == (OutboxState.QUEUED, 1)


@pytest.mark.parametrize(
    "page",
    [
        (200, b"<html>Log in to the hotel</html>", {}),
        (302, b"", {"Location": "http://login.example"}),
        (200, b'{"body":"e30=","key_id":"x","signature":"eA=="}', {}),
        (200, b"[" * 100_000, {}),
        (200, b"x" * 4_100_000, {}),
    ],
)
def test_a_page_that_is_not_the_centres_is_a_captive_portal(house: House, page: Reply) -> None:
    house.save(b"sealed")
    house.centre.raw = page
    report = house.sync()
    assert (report.connectivity, report.answered) == (Connectivity.CAPTIVE, False)


def test_a_centre_that_does_not_know_us_and_one_in_trouble(house: House) -> None:
    house.save(b"sealed")
    house.centre.raw = (401, b"{}", {})
    assert house.sync().connectivity is Connectivity.UNAUTHORISED
    house.centre.raw = (503, b"", {})
    assert house.sync().connectivity is Connectivity.OFFLINE


def test_an_answer_under_another_key_or_to_another_question_is_not_believed(house: House) -> None:
    dossier = house.save(b"sealed")
    house.centre.signer = house.centre.keys.desk
    assert house.sync().connectivity is Connectivity.CAPTIVE
    house.centre.signer = None
    house.centre.bend = lambda answer: replace(answer, nonce=bytes(16))
    assert house.sync().connectivity is Connectivity.CAPTIVE
    assert house.state(dossier) is OutboxState.QUEUED


@pytest.mark.logs("a statement does not hold")
def test_an_intake_that_signs_opened_itself_purges_nothing(house: House) -> None:
    dossier = house.save(b"sealed")
    item = house.store.find(dossier)
    assert item is not None
    forged = Opened(dossier, item.envelope_sha256, "H60.08-261122-0001", "now").sign(house.centre.keys.intake)
    house.centre.bend = lambda answer: replace(
        answer, verdicts=tuple(replace(each, opened=forged) for each in answer.verdicts)
    )
    house.sync()
    assert house.state(dossier) is not OutboxState.OPENED
    assert house.store.sealed_bytes(dossier, 0, 6) == b"sealed"


@pytest.mark.logs("a statement does not hold")
def test_opened_for_another_envelope_purges_nothing(house: House) -> None:
    dossier = house.save(b"sealed")
    wrong = Opened(dossier, "0" * 64, "H60.08-261122-0001", "now").sign(house.centre.keys.desk)
    house.centre.bend = lambda answer: replace(
        answer, verdicts=tuple(replace(each, opened=wrong) for each in answer.verdicts)
    )
    house.sync()
    assert house.store.sealed_bytes(dossier, 0, 6) == b"sealed"


def test_an_intake_that_forgets_what_it_received_gets_it_again(house: House) -> None:
    dossier = house.save(b"sealed")
    house.sync()
    assert house.state(dossier) is OutboxState.RECEIVED
    house.centre.bytes_of.clear()
    assert house.sync().received == 1
    assert house.centre.bytes_of[dossier] == b"sealed"


@pytest.mark.logs("parked: size")
def test_one_refused_dossier_is_parked_and_blocks_no_other(house: House) -> None:
    bad, good = house.save(b"bad"), house.save(b"good")
    house.centre.refused.add(bad)
    assert house.sync().received == 1
    assert house.state(bad) is OutboxState.PARKED
    assert house.state(good) is OutboxState.RECEIVED
    item = house.store.find(bad)
    assert item is not None and item.reason == "size"


def test_a_newer_key_list_is_taken_and_an_older_one_never(house: House) -> None:
    newer, older = (house.centre.keys.key_list(number).signed.to_wire() for number in (5, 2))
    for wire in (newer, older):
        house.centre.bend = lambda answer, wire=wire: replace(answer, key_list=wire)  # type: ignore[misc]
        house.sync()
    assert house.keyring.require_enrolment().keys.number == 5


def test_the_trusted_time_comes_from_the_answer(house: House) -> None:
    house.sync()
    trusted = house.store.trusted_time()
    assert trusted is not None
    assert (trusted.trusted, trusted.monotonic_s) == ("2026-11-22T10:42:00+07:00", 1000.0)


def test_a_centre_that_chokes_on_one_dossier_still_gets_the_others(house: House) -> None:
    dossiers = [house.save(b"sealed") for _ in range(5)]
    house.centre.chokes_on = dossiers[2]
    assert house.sync().received == 4
    assert house.state(dossiers[2]) is OutboxState.QUEUED


@pytest.mark.logs("a statement does not hold")
def test_a_statement_about_another_dossier_changes_nothing(house: House) -> None:
    first, second = house.save(b"first"), house.save(b"second")
    item = house.store.find(second)
    assert item is not None
    opened = Opened(second, item.envelope_sha256, "H60.08-261122-0001", "now").sign(house.centre.keys.desk)
    house.centre.bend = lambda answer: replace(
        answer,
        verdicts=tuple(replace(each, opened=opened) for each in answer.verdicts if each.dossier_id == first),
    )
    house.sync()
    assert {house.state(first), house.state(second)} == {OutboxState.QUEUED}


@pytest.mark.parametrize("time", ["x", "9999-12-31T00:00:00+07:00", "0001-01-01T00:00:00+00:00"])
def test_a_time_no_centre_can_mean_is_not_believed(house: House, time: str) -> None:
    house.centre.bend = lambda answer: replace(answer, time=time)
    assert house.sync().connectivity is Connectivity.CAPTIVE
    assert house.store.trusted_time() is None


def test_keys_never_go_back_a_number_at_enrolling_again(house: House) -> None:
    house.keyring.newer_keys(house.centre.keys.key_list(5))
    with pytest.raises(KnownError, match="centre-differs"):
        house.centre.keys.enrol(house.keyring)
    assert house.keyring.require_enrolment().keys.number == 5


def test_a_lost_or_foreign_key_is_not_replaced(house: House, tmp_path: Path) -> None:
    (tmp_path / "keys" / "kiosk.key").unlink()
    with pytest.raises(KnownError, match="key-missing"):
        house.keyring.signing_key()
    (tmp_path / "keys" / "kiosk.key").write_bytes(SigningKey.generate().to_bytes())
    with pytest.raises(KnownError, match="key-missing"):
        house.keyring.signing_key()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://centre", "centre-url"),
        ("centre.example", "centre-url"),
        ("http://[::1", "centre-url"),
        ("https://localhost:99999", "centre-url"),
        ("http://10.0.0.1:8000", "centre-needs-tls"),
        ("http://localhost.evil.example", "centre-needs-tls"),
    ],
)
def test_only_tls_leaves_this_machine(url: str, code: str) -> None:
    with pytest.raises(KnownError, match=code):
        check_url(url)
    assert json.dumps(check_url("https://centre.example/")) == '"https://centre.example"'
