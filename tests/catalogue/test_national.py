"""One national record at a time: what is believed, what is counted, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.catalogue.loader import procedure_json, read_procedure
from kiosk.catalogue.model import Channel, Origin, Procedure, Verified
from kiosk.catalogue.national import Rejected, convert
from tests.catalogue.conftest import method, paper

Record = Callable[..., dict[str, Any]]
COUNCIL = "Mức lệ phí do Hội đồng nhân dân tỉnh quyết định. Miễn lệ phí cho người thuộc hộ nghèo."


def one(record: dict[str, Any]) -> Procedure:
    return convert(record).procedure


def counted(record: dict[str, Any], kind: str) -> int:
    return convert(record).untrusted[kind]


def test_a_clean_record_is_taken_as_it_stands(record: Record) -> None:
    procedure = one(record())
    assert procedure.time == "3 ngày làm việc"
    assert procedure.fee is not None and procedure.fee.amount_vnd == 0
    assert procedure.channels == {Channel.ONLINE} and procedure.form_id == "general"
    assert [c.required for c in procedure.components] == [True]
    assert procedure.steps == ("Bước 1: Nộp hồ sơ.", "Bước 2: Nhận kết quả.")
    assert (procedure.origin, procedure.verified) == (Origin.UNSIGNED, Verified.NATIONAL_RECORD)
    assert procedure.updated is None and procedure.effective_from is None
    assert not +convert(record()).untrusted


def test_the_store_can_read_back_what_was_made(record: Record) -> None:
    procedure = one(record())
    assert read_procedure(procedure_json(procedure), "x", Origin.UNSIGNED) == procedure


def test_without_an_online_channel_there_is_no_form(record: Record) -> None:
    procedure = one(record(methods=[method(channel="in_person")]))
    assert procedure.form_id is None and not procedure.online


# -- time


def test_a_time_without_its_unit_is_unknown_not_days(record: Record) -> None:
    odd = record(methods=[method(time_value=7, time_unit=None)])
    assert one(odd).time is None
    assert counted(odd, "no_unit") == 1


def test_a_fee_in_the_column_of_time_is_no_time(record: Record) -> None:
    odd = record(methods=[method(time_value=120, time_unit=None, description="VNĐ(Theo khoản 1")])
    assert one(odd).time is None
    assert counted(odd, "fee_in_time") == 1


def test_channels_with_different_times_are_told_apart(record: Record) -> None:
    methods = [method(), method(channel="in_person", time_value=5), method(channel="postal", time_value=None)]
    assert one(record(methods=methods)).time == (
        "Nộp trực tuyến: 3 ngày làm việc · Nộp tại quầy: 5 ngày làm việc · Gửi bưu điện: Chưa rõ – hỏi cán bộ"
    )


# -- money


def test_province_set_fee_never_shown_as_free(record: Record) -> None:
    for odd in (
        record(methods=[method(fee_note=COUNCIL)]),
        record(methods=[method(), method(channel="postal", fee_note=COUNCIL)]),
        record(methods=[method()], fee_set_by_province=True),
        record(methods=[method(description="Lệ phí theo quy định của HĐND tỉnh")]),
        record(methods=[method(fee_note="do Ủy ban nhân dân cấp tỉnh quy định.")]),
    ):
        fee = one(odd).fee
        assert fee is not None and fee.amount_vnd is None
        assert "phí" not in fee.text.lower().replace("mức phí", "")
        assert counted(odd, "fee_set_by_province") == 1


def test_a_fee_is_never_shown_without_its_exemption(record: Record) -> None:
    fee = one(record(methods=[method(fee_note=COUNCIL)])).fee
    assert fee is not None and fee.exemption == "Miễn lệ phí cho người thuộc hộ nghèo."
    flagged = one(record(has_exemption_text=True, methods=[method(fee_text="", fee_amount=None)])).fee
    assert flagged is not None and flagged.exemption is not None and flagged.amount_vnd is None


def test_free_beside_a_note_that_names_a_fee_is_not_free(record: Record) -> None:
    odd = record(methods=[method(fee_note="150.000 đồng/giấy")])
    fee = one(odd).fee
    assert fee is not None and fee.amount_vnd is None and fee.text == "150.000 đồng/giấy"
    assert counted(odd, "free_but_fee_text") == 1


@pytest.mark.parametrize(
    "note", ["", "Không", "Không có.", "không có", "Miễn lệ phí", "- Không thu phí, lệ phí;"]
)
def test_a_note_that_only_repeats_it_leaves_free_free(record: Record, note: str) -> None:
    fee = one(record(methods=[method(fee_note=note)])).fee
    assert fee is not None and fee.amount_vnd == 0


@pytest.mark.parametrize("note", ["Không quy định", "Chưa quy định.", "a", "2"])
def test_a_note_that_says_nothing_clear_leaves_the_fee_unknown(record: Record, note: str) -> None:
    assert one(record(methods=[method(fee_note=note)])).fee is None


def test_fifty_dong_is_not_believed(record: Record) -> None:
    odd = record(methods=[method(fee_text="50 VNĐ", fee_amount=50)])
    assert one(odd).fee is None
    assert counted(odd, "fee_too_small") == 1
    told = one(record(methods=[method(fee_text="50 VNĐ", fee_amount=50, fee_note="50.000đ/giấy phí")])).fee
    assert told is not None and told.text == "50.000đ/giấy phí" and told.amount_vnd is None


def test_dollars_are_no_dong(record: Record) -> None:
    fee = one(record(methods=[method(fee_text="10 USD", fee_amount=10, fee_currency="USD")])).fee
    assert fee is not None and fee.text == "10 USD" and fee.amount_vnd is None


def test_a_plain_fee_is_an_amount(record: Record) -> None:
    fee = one(record(methods=[method(fee_text="50,000 Việt Nam Đồng", fee_amount=50000)])).fee
    assert fee is not None and fee.text == "50.000 đồng" and fee.amount_vnd == 50000


def test_a_silent_source_stays_silent(record: Record) -> None:
    odd = record(methods=[method(fee_text="", fee_amount=None, fee_currency=None)])
    assert one(odd).fee is None
    assert counted(odd, "no_fee") == 1
    assert one(record(methods=[])).fee is None and one(record(methods=[])).time is None


# -- papers


def group(*items: dict[str, Any], title: str = "") -> dict[str, Any]:
    return {"title": title, "items": list(items)}


def test_a_line_with_no_copies_is_an_explanation_not_a_paper(record: Record) -> None:
    odd = record(components=[group(paper("Lưu ý: mang bản chính", 0), paper("Đơn"))])
    assert [c.name for c in one(odd).components] == ["Đơn"]
    assert counted(odd, "explanatory_component") == 1


@pytest.mark.parametrize(
    "name",
    [
        "Trường hợp trẻ bị bỏ rơi: biên bản",
        "Giấy ủy quyền (nếu có)",
        "Đối với hộ nghèo: giấy xác nhận",
        "Giấy tờ chứng minh là người đại diện hợp pháp của người dưới 14 tuổi",
        "x" * 500,
    ],
)
def test_a_paper_asked_for_under_a_condition_is_never_required(record: Record, name: str) -> None:
    assert [c.required for c in one(record(components=[group(paper(name))])).components] == [False]


def test_papers_of_several_groups_or_of_a_case_are_not_required(record: Record) -> None:
    cases = [group(paper("Đơn"), title="Cấp mới"), group(paper("Giấy cũ"), title="Cấp lại")]
    assert not any(c.required for c in one(record(components=cases)).components)
    assert not any(c.required for c in one(record(components=cases[:1])).components)
    plain = [group(paper("Đơn"), title="a) Thành phần hồ sơ:")]
    assert all(c.required for c in one(record(components=plain)).components)


def test_after_one_of_the_following_nothing_is_required(record: Record) -> None:
    items = [paper("Đơn"), paper("Một trong các giấy tờ sau:", 0), paper("Sổ hồng"), paper("Hợp đồng thuê")]
    made = one(record(components=[group(*items)])).components
    assert [c.required for c in made] == [True, False, False]


def test_the_same_paper_twice_is_one_paper(record: Record) -> None:
    odd = record(components=[group(paper("a) Đơn đề nghị;"), paper("1. ĐƠN  đề nghị"))])
    assert len(one(odd).components) == 1
    assert counted(odd, "duplicate_component") == 1


def test_component_ids_do_not_depend_on_order_or_numbering(record: Record) -> None:
    first = one(record(components=[group(paper("1. Đơn"), paper("2. Ảnh thẻ"))])).components
    later = one(record(components=[group(paper("a) Ảnh thẻ."), paper("- Đơn"))])).components
    assert {c.id for c in first} == {c.id for c in later}


def test_a_year_is_no_number_of_copies(record: Record) -> None:
    odd = record(components=[group(paper("Mẫu số 05", 20251))])
    made = one(odd).components[0]
    assert made.originals is None and not made.required
    assert counted(odd, "odd_count") == 1


def test_lines_without_words_are_no_papers(record: Record) -> None:
    odd = record(components=[group(paper("."), paper(""), paper(" ; "))])
    assert one(odd).components == ()
    assert counted(odd, "empty_component") == 3
    assert counted(odd, "no_component") == 1


def test_the_file_name_glued_to_a_paper_is_cut_off(record: Record) -> None:
    odd = record(components=[group(paper("Tờ khai theo mẫumau05.docx", form_file="mau05.docx"))])
    assert one(odd).components[0].name == "Tờ khai theo mẫu"


def test_titles_that_are_notes_are_counted(record: Record) -> None:
    assert counted(record(components=[group(paper("Đơn"), title="* Lưu ý:")]), "mistitled_group") == 1


def test_stale_levels_and_districts_are_counted(record: Record) -> None:
    assert counted(record(levels=["Cấp bộ"], executing_agency="Công an tỉnh"), "stale_level") == 1
    assert counted(record(executing_agency="Ủy ban nhân dân cấp huyện"), "district_named") == 1


# -- hostile


@pytest.mark.parametrize(
    "changes",
    [
        {"code": 1.001193},
        {"code": "../../etc/passwd"},
        {"code": ""},
        {"name": ""},
        {"name": ["x"]},
        {"name": "\u202e\u200b"},
        {"name": "x" * 5000},
        {"methods": "online"},
        {"methods": [1]},
        {"methods": [method(channel="fax")]},
        {"methods": [method(channel=["online"])]},
        {"methods": [method(time_value="3")]},
        {"methods": [method(time_value=True)]},
        {"methods": [method(time_value=float("inf"))]},
        {"methods": [method(time_value=float("nan"))]},
        {"methods": [method(fee_amount=-5)]},
        {"methods": [method(fee_amount=10**40)]},
        {"methods": [method(fee_amount=0.5)]},
        {"components": [{"title": 1}]},
        {"components": [{"items": {}}]},
        {"components": [{"items": [paper("x", "1")]}]},  # type: ignore[arg-type]
        {"components": [{}] * 1001},
        {"levels": [1]},
        {"steps_text": {}},
        {"fee_set_by_province": "no"},
        {"url": 4},
    ],
)
def test_a_record_of_wrong_types_is_refused_whole(record: Record, changes: dict[str, Any]) -> None:
    with pytest.raises(Rejected):
        convert(record(**changes))


@pytest.mark.parametrize("value", [None, 1, "x", [], True])
def test_what_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(Rejected):
        convert(value)


def test_hidden_characters_and_script_addresses_do_not_come_through(record: Record) -> None:
    procedure = one(record(name="Cấp \u202egiấy\u200b", url="javascript:alert(1)", steps_text="a\ud800b"))
    assert procedure.name == "Cấp giấy"
    assert procedure.source is None
    assert procedure.steps == ("ab",)


def test_endless_punctuation_takes_no_endless_time(record: Record) -> None:
    one(record(methods=[method(fee_note=", " * 500_000, description="phí " * 200_000)]))
