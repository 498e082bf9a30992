"""Receipt format 1, frozen: golden values hold it, and no forged receipt verifies."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from kiosk.dossier.keys import KeyList, KioskCertificate, ListedKey, Role, read_key_list, sign_key_list
from kiosk.dossier.receipt import PublicReceipt, lookup_id, notice_key
from kiosk.dossier.seal_key import SealKey
from kiosk.dossier.signing import BadSignature, SigningKey, key_id
from kiosk.dossier.statements import NoticeText, SealedNotice
from kiosk.errors import KnownError
from kiosk.identifiers import ReceiptNumber

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
ROOT, INTAKE, DESK, KIOSK = (SigningKey.from_bytes(bytes([n]) * 32) for n in (1, 2, 3, 4))


def key_list(*, number: int = 1, desk: SigningKey = DESK) -> KeyList:
    seal_public = SealKey.generate().public
    keys = tuple(
        ListedKey(key_id(public), role, public, NOW, None)
        for role, public in (
            (Role.INTAKE_SIGN, INTAKE.public),
            (Role.DESK_SIGN, desk.public),
            (Role.DESK_SEAL, seal_public),
        )
    )
    return sign_key_list(ROOT, number, NOW, keys)


def receipt(kiosk: str = "TQ01") -> PublicReceipt:
    certificate = KioskCertificate.issue(DESK, kiosk, KIOSK.public, NOW)
    return PublicReceipt.make(KIOSK, certificate, ReceiptNumber("TQ01", 1, 142), bytes(32))


def test_a_receipt_verifies_offline_from_its_text_alone() -> None:
    text = receipt().to_text()
    read = PublicReceipt.parse(text)
    read.verify(read_key_list(ROOT.public, key_list().signed.to_wire()))
    assert str(read.number) == "TQ01-01-000142-T3"
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567:1")
    assert len(text) < 400


def test_the_frozen_format_reads_the_same_for_ever() -> None:
    assert lookup_id("0123456789ABCDEFGHJKMNPQ") == "8d643cc342411c701c63a842708c7715"
    assert notice_key("0123456789ABCDEFGHJKMNPQ").hex()[:16] == "84db00ffeece27d4"
    assert receipt().to_text()[:40] == "MCK1:KRITAMJNGAYS2MBQGAYTIMRNKQZQAAAAAAA"
    assert hashlib.sha256(receipt().to_text().encode()).hexdigest()[:16] == "5bc69be4035a4874"


@pytest.mark.parametrize("at", [5, 40, 100, 200, 300])
def test_a_forged_receipt_is_refused(at: int) -> None:
    text = receipt().to_text()
    forged = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    with pytest.raises((KnownError, BadSignature)):
        PublicReceipt.parse(forged).verify(key_list())


def test_a_receipt_of_another_centre_or_another_kiosk_is_refused() -> None:
    with pytest.raises(BadSignature):
        receipt().verify(key_list(desk=SigningKey.generate()))
    with pytest.raises(BadSignature):
        receipt(kiosk="TQ02").verify(key_list())


@pytest.mark.parametrize("text", ["", "MCK1:", "https://example.org", "MCK1:" + "A" * 999, "MCK1:ĐĐ"])
def test_what_is_no_receipt_is_refused_kindly(text: str) -> None:
    with pytest.raises(KnownError):
        PublicReceipt.parse(text)


def test_a_key_list_of_another_root_is_refused() -> None:
    with pytest.raises(BadSignature):
        read_key_list(SigningKey.generate().public, key_list().signed.to_wire())
    for broken in (None, [], {}, {"body": "x", "key_id": "y", "signature": "z"}):
        with pytest.raises(BadSignature):
            read_key_list(ROOT.public, broken)


def test_a_notice_is_read_only_with_its_private_code() -> None:
    secret, other = "0123456789ABCDEFGHJKMNPQ", "1123456789ABCDEFGHJKMNPQ"
    text = NoticeText("TQ01-01-000142-T3", "H60.08-261122-0001", 1, None, None, "2026-11-22T10:42:00+07:00")
    notice = SealedNotice.make(DESK, secret, lookup_id(secret), 1, text)
    read = SealedNotice.read(key_list(), notice.signed)
    assert read.open(secret) == text
    with pytest.raises(BadSignature):
        read.open(other)
    with pytest.raises(BadSignature):
        SealedNotice.read(key_list(), SealedNotice.make(KIOSK, secret, "0" * 32, 1, text).signed)
