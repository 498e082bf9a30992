"""The sealed packet: only the desk opens it, and nothing in it can be cut, swapped or passed off."""

from __future__ import annotations

import hashlib
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.dossier.manifest import (
    ApplicantKind,
    Assurance,
    Helper,
    Manifest,
    Paper,
    Party,
    TimeEvidence,
)
from kiosk.dossier.packet import (
    CHUNK,
    MAX_SEALED,
    TAG,
    BadPacket,
    Binding,
    Envelope,
    bucket,
    envelope_hash,
    seal,
    unseal,
)
from kiosk.dossier.seal_key import SealKey
from kiosk.dossier.signing import BadSignature, SigningKey
from kiosk.identifiers import ReceiptNumber, new_dossier_id, new_secret

DESK = SealKey.generate()
KIOSK = "TQ01"


def manifest_with(papers: dict[str, bytes], name: str = "Giàng Thị Mỷ") -> Manifest:
    return Manifest(
        dossier_id=new_dossier_id(),
        receipt=str(ReceiptNumber(KIOSK, 1, 1)),
        procedure="1.001193",
        procedure_version="v",
        form_version="f",
        unit="00901",
        unit_on="2026-11-22",
        applicant=Party(ApplicantKind.PERSON, name, "002199000001", None, "1999-01-02", None, "Lùng Tám"),
        submitter=None,
        case=None,
        answers={"child_name": name, "sex": "nu", "copies": 2},
        helper=Helper("Lù Văn Páo", None),
        notice_version="2026-11-1",
        consents=("sms",),
        assurance=Assurance.NONE,
        time_evidence=TimeEvidence("2026-11-22T10:42:00+07:00", "boot", 1.5, None, None, True),
        created_at="2026-11-22T10:42:00+07:00",
        secret=new_secret(),
        papers=tuple(
            Paper(each, f"{each}.pdf", "application/pdf", len(data), hashlib.sha256(data).hexdigest())
            for each, data in papers.items()
        ),
    )


def binding_of(manifest: Manifest) -> Binding:
    return Binding(manifest.dossier_id, KIOSK, manifest.receipt)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=200_000), max_size=4))
def test_the_desk_reads_exactly_what_was_sealed(data: list[bytes]) -> None:
    papers = {f"giay-{number}": each for number, each in enumerate(data)}
    manifest = manifest_with(papers)
    sealed = seal(manifest, papers, KIOSK, DESK.public)
    assert unseal(sealed, DESK, binding_of(manifest)) == (manifest, papers)


def test_nothing_of_the_person_can_be_read_in_the_sealed_bytes() -> None:
    paper = b"%PDF-1.7 " + "Giàng Thị Mỷ".encode() * 10
    manifest = manifest_with({"giay": paper})
    sealed = seal(manifest, {"giay": paper}, KIOSK, DESK.public)
    for word in ("Giàng", "Thị Mỷ", "1.001193", "002199000001", manifest.secret, "giay"):
        assert word.encode() not in sealed


def test_the_size_tells_little() -> None:
    small = manifest_with({}, "A")
    long = manifest_with({}, "Hoàng Thị Ngọc Ánh Dương")
    assert len(seal(small, {}, KIOSK, DESK.public)) == len(seal(long, {}, KIOSK, DESK.public))


@given(st.integers(1, MAX_SEALED))
def test_a_bucket_holds_its_size_and_wastes_at_most_an_eighth(size: int) -> None:
    padded = bucket(size)
    assert padded >= max(size, 4096)
    assert padded <= max(4096, size * 1.12 + 1)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    manifest = manifest_with({"giay": b"%PDF-" + bytes(100_000)})
    sealed = bytearray(seal(manifest, {"giay": b"%PDF-" + bytes(100_000)}, KIOSK, DESK.public))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadPacket):
        unseal(bytes(sealed), DESK, binding_of(manifest))


def test_chunks_cut_off_or_swapped_are_noticed() -> None:
    paper = b"%PDF-" + os.urandom(3 * CHUNK)
    manifest = manifest_with({"giay": paper})
    sealed = seal(manifest, {"giay": paper}, KIOSK, DESK.public)
    step = CHUNK + TAG
    swapped = sealed[: -2 * step] + sealed[-step:] + sealed[-2 * step : -step]
    for broken in (sealed[:-1], sealed[:-step], swapped, sealed + sealed[-step:], b"", sealed[:40]):
        with pytest.raises(BadPacket):
            unseal(broken, DESK, binding_of(manifest))


def test_another_desk_or_another_binding_opens_nothing() -> None:
    manifest = manifest_with({})
    sealed = seal(manifest, {}, KIOSK, DESK.public)
    with pytest.raises(BadPacket):
        unseal(sealed, SealKey.generate(), binding_of(manifest))
    with pytest.raises(BadPacket):
        unseal(sealed, DESK, Binding(new_dossier_id(), KIOSK, manifest.receipt))


def test_a_paper_that_is_not_what_the_manifest_says_is_noticed() -> None:
    manifest = manifest_with({"giay": b"%PDF-1"})
    sealed = seal(manifest, {"giay": b"%PDF-2"}, KIOSK, DESK.public)
    with pytest.raises(BadPacket):
        unseal(sealed, DESK, binding_of(manifest))


def test_an_envelope_holds_only_under_its_kiosks_signature() -> None:
    key, other = SigningKey.generate(), SigningKey.generate()
    envelope = Envelope(new_dossier_id(), "TQ01-01-000001-00", KIOSK, 10, "0" * 64, "k", "now")
    signed = envelope.sign(key)
    assert Envelope.read(signed, key.public) == envelope
    assert len(envelope_hash(signed)) == 64
    with pytest.raises(BadSignature):
        Envelope.read(signed, other.public)
    assert b"1.001193" not in signed.body
