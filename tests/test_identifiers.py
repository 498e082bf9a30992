"""Numbers and codes: what people copy by hand is checked, and no two are alike."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KnownError
from kiosk.identifiers import (
    ALPHABET,
    EnrolCode,
    ReceiptNumber,
    check_characters,
    fingerprint,
    grouped,
    is_dossier_id,
    new_dossier_id,
    new_secret,
    parse_secret,
)

CONTRACT = re.compile(r"^[A-Z0-9]{4}-[0-9]{2}-[0-9]{6}-[0-9A-Z]{2}$")
numbers = st.builds(
    ReceiptNumber,
    kiosk=st.text(ALPHABET, min_size=4, max_size=4),
    epoch=st.integers(0, 99),
    sequence=st.integers(1, 999_999),
)


@given(numbers)
def test_a_receipt_number_reads_back_as_it_was_printed(number: ReceiptNumber) -> None:
    assert CONTRACT.match(str(number))
    assert ReceiptNumber.parse(str(number)) == number
    assert ReceiptNumber.parse(f"  {str(number).lower()} ") == number


@given(numbers, st.integers(0, 13), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(number: ReceiptNumber, at: int, letter: str) -> None:
    plain = str(number).replace("-", "")
    wrong = plain[:at] + letter + plain[at + 1 :]
    if wrong == plain:
        return
    with pytest.raises(KnownError):
        ReceiptNumber.parse(wrong)


@given(st.text(ALPHABET, min_size=2, max_size=30), st.data())
def test_two_swapped_neighbours_are_noticed(body: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body) - 2))
    swapped = body[:at] + body[at + 1] + body[at] + body[at + 2 :]
    if swapped != body:
        assert check_characters(swapped) != check_characters(body)


def test_a_private_code_is_read_however_it_is_typed() -> None:
    secret = new_secret()
    assert len(secret) == 24
    typed = grouped(secret).lower().replace("0", "o").replace("1", "l")
    assert parse_secret(typed) == secret
    assert parse_secret(secret.replace("", " ")) == secret


@pytest.mark.parametrize("text", ["", "abc", "x" * 10_000, "ĐĐĐĐ" * 6, "\u202e" * 24, "U" * 24])
def test_what_is_no_private_code_is_refused_kindly(text: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse_secret(text)
    assert "24" in caught.value.sentence("vi")


def test_an_enrolment_code_carries_fingerprint_and_secret() -> None:
    code = EnrolCode.new(fingerprint(b"a public key"))
    assert EnrolCode.parse(str(code).lower()) == code
    assert EnrolCode.parse(str(code)).fingerprint == fingerprint(b"a public key")
    assert EnrolCode.new(code.fingerprint).secret != code.secret


def test_dossier_ids_are_version_7_and_sort_by_time() -> None:
    ids = [new_dossier_id() for _ in range(100)]
    assert all(is_dossier_id(each) for each in ids)
    assert len(set(ids)) == 100
    assert [each[:13] for each in ids] == sorted(each[:13] for each in ids)
    assert not is_dossier_id(ids[0].upper())
    assert not is_dossier_id("../../etc/passwd")
