"""FILE.json of the command line, friendly and hostile."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.dossier.application import Attachment, attachment, media_type_of, read_application
from kiosk.errors import KnownError
from tests.dossier.desk import PDF, paper


def file_json(**changes: Any) -> dict[str, Any]:
    return {
        "procedure": "1.001193",
        "unit": "00901",
        "applicant": {
            "kind": "person",
            "name": "Giàng Thị Mỷ",
            "citizen_number": "002190001234",
            "birth_date": "1990-10-20",
            "phone": None,
            "address": "xã Lùng Tám",
        },
        "submitter": None,
        "case": "sinh-o-nha",
        "answers": {"child_name": "Lù Văn Páo", "has_witness": True},
        "helper": None,
        "notice_version": "2026-11-1",
        "consents": [],
        "request_id": "0c7b3d4e-6a1f-4b52-9f3e-1d2c3b4a5f60",
        **changes,
    }


def refusal(value: object) -> KnownError:
    with pytest.raises(KnownError) as refused:
        read_application(value, [])
    return refused.value


def test_a_whole_file_is_read_as_it_stands() -> None:
    application = read_application(file_json(), [paper("giay-lam-chung")])
    assert application.applicant.name == "Giàng Thị Mỷ"
    assert application.dossier_id is None
    assert application.attachments[0].media_type == "application/pdf"


def test_what_may_be_left_out_may_be_left_out() -> None:
    value = file_json()
    for key in ("submitter", "case", "helper", "consents", "request_id"):
        del value[key]
    assert read_application(value, []).request_id is None


def test_decomposed_letters_are_brought_together() -> None:
    value = file_json(answers={"child_name": "Lu\u0300"})
    assert read_application(value, []).answers["child_name"] == "Lù"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ([], "JSON"),
        (None, "JSON"),
        (file_json(procedure=None), "procedure"),
        (file_json(unit=901), "unit"),
        (file_json(extra=1), "extra"),
        (file_json(**{"Giàng Thị Mỷ": 1}), "?"),
        (file_json(applicant="Mỷ"), "applicant"),
        (file_json(applicant={"kind": "ghost", "name": "x"}), "applicant.kind"),
        (file_json(applicant={"kind": [], "name": "x"}), "applicant.kind"),
        (file_json(applicant={"kind": "person"}), "applicant.name"),
        (file_json(applicant={"kind": "person", "name": "x", "tax_code": "1"}), "applicant.tax_code"),
        (file_json(applicant={"kind": "person", "name": "x" * 6000}), "applicant.name"),
        (file_json(submitter={"kind": "person", "name": 1}), "submitter.name"),
        (file_json(answers=[]), "answers"),
        (file_json(answers={"child_name": "\ud800"}), "answers.child_name"),
        (file_json(answers={"copies": float("nan")}), "answers.copies"),
        (file_json(answers={"a": [[[[[[[[[[1]]]]]]]]]]}), "answers.a"),
        (file_json(helper={"name": "x", "age": 3}), "helper.age"),
        (file_json(consents="sms"), "consents"),
        (file_json(consents=[1]), "consents"),
        (file_json(request_id="x"), "request_id"),
        (file_json(request_id="00000000-0000-1000-8000-000000000000"), "request_id"),
    ],
)
def test_what_is_wrong_is_named_by_its_key_and_never_by_its_value(value: object, field: str) -> None:
    error = refusal(value)
    assert (error.code, error.facts) == ("application-bad", {"field": field})
    assert error.sentence("vi")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


@given(st.sampled_from(sorted(file_json())), JSON)
def test_no_json_at_all_breaks_the_reader(key: str, value: object) -> None:
    try:
        application = read_application(file_json(**{key: value}), [])
    except KnownError as error:
        assert error.code == "application-bad"
    else:
        assert json.loads(application.content())


def test_equal_requests_have_equal_content_and_no_others() -> None:
    first = read_application(file_json(), [paper("a"), paper("b")])
    again = read_application(
        file_json(request_id="9c7b3d4e-6a1f-4b52-9f3e-1d2c3b4a5f60"), [paper("b"), paper("a")]
    )
    assert first.content() == again.content()
    other_paper = read_application(file_json(), [paper("a"), paper("b", PDF + b"%")])
    other_case = read_application(file_json(case=None), [paper("a"), paper("b")])
    assert len({first.content(), other_paper.content(), other_case.content()}) == 3


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", None),
        (b"MZ%PDF-", None),
        (b"", None),
    ],
)
def test_papers_are_known_by_what_they_begin_with(data: bytes, media_type: str | None) -> None:
    assert media_type_of(data) == media_type


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "paper-empty"),
        (b"%PDF-" + bytes(10 * 1024 * 1024), "paper-too-large"),
        (b"PK\x03\x04", "paper-type"),
    ],
)
def test_a_paper_that_cannot_be_taken_says_why(data: bytes, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        attachment("giay-chung-sinh", "Giàng Thị Mỷ.pdf", data)
    assert refused.value.code == code
    assert "Mỷ" not in refused.value.sentence("vi")


def test_one_component_given_twice_is_refused() -> None:
    with pytest.raises(KnownError) as refused:
        read_application(file_json(), [paper("a"), paper("a")])
    assert refused.value.code == "paper-twice"


def test_the_parts_of_a_person_stay_out_of_what_is_printed() -> None:
    application = read_application(file_json(), [Attachment("a", "Mỷ.pdf", PDF, "application/pdf")])
    assert "Giàng" not in repr(application)
    assert "Páo" not in repr(application)
    assert "0c7b3d4e" not in repr(application)
