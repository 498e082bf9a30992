"""The receipt as it leaves the printer: what it says, what its codes say, what it must not say."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.clock import LOCAL
from kiosk.identifiers import ReceiptNumber, grouped, new_secret
from kiosk.paper.qr import qr_matrix
from kiosk.paper.receipt_pdf import ReceiptSheet, receipt_pdf
from kiosk.words import sentences

PUBLIC = "MCK1:" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 11 + "ABCDEFGHIJ"  # as long as a real one
SECRET = new_secret()
SHEET = ReceiptSheet(
    number=str(ReceiptNumber("TQ27", 1, 142)),
    saved_at=datetime(2026, 11, 23, 9, 58, tzinfo=LOCAL),
    centre_name="Trung tâm Phục vụ hành chính công",
    unit_name="Xã Lùng Tám, Tỉnh Tuyên Quang",
    procedure_name="Đăng ký khai sinh",
    public_qr_text=PUBLIC,
    secret=SECRET,
    papers=("Giấy chứng sinh", "Giấy tờ về nơi cư trú"),
    receive_by=date(2026, 11, 26),
    phone="0219 3 866 123",
    hours="sáng 7:30–11:30, chiều 13:30–17:00",
    helper_used=True,
    lang="vi",
)
DUPLICATE = dataclasses.replace(SHEET, secret=None)
LONGEST = dataclasses.replace(
    SHEET,
    centre_name="Trung tâm Phục vụ hành chính công " * 4,
    unit_name="Xã có tên rất dài " * 8,
    procedure_name="Thủ tục cấp giấy xác nhận tình trạng hôn nhân cho công dân Việt Nam " * 4,
    papers=tuple(f"Giấy chứng minh nơi cư trú hợp pháp số {number}" for number in range(20)),
)


def text_of(sheet: ReceiptSheet) -> str:
    """All words, one blank between them, as anybody's reader would copy them."""
    [page] = pypdf.PdfReader(io.BytesIO(receipt_pdf(sheet))).pages
    return unicodedata.normalize("NFC", " ".join(page.extract_text().split()))


def codes_of(sheet: ReceiptSheet, tmp_path: Path) -> set[str]:
    """What a phone reads from a print in grey at 200 dots an inch."""
    file = tmp_path / "receipt.pdf"
    file.write_bytes(receipt_pdf(sheet))
    command = ["pdftoppm", "-r", "200", "-gray", "-png", "-singlefile", str(file), str(tmp_path / "receipt")]
    subprocess.run(command, check=True, timeout=60)
    with Image.open(tmp_path / "receipt.png") as picture:
        return {code.text for code in zxingcpp.read_barcodes(picture)}


needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")


def test_the_receipt_says_what_is_true_and_no_more() -> None:
    text = text_of(SHEET)
    for words in (
        SHEET.number,
        "đã lưu tại máy",
        "Lưu lúc 09:58, thứ Hai 23/11/2026",
        "chưa phải mã hồ sơ",
        "từ khi trung tâm tiếp nhận",
        "Hết thứ Năm 26/11/2026",
        "0219 3 866 123",
        "rút hồ sơ",
        "một lần",
        "Đăng ký khai sinh",
        "Giấy chứng sinh; Giấy tờ về nơi cư trú",
        "Có người giúp",
        "legal time limit",
        grouped(SECRET),
    ):
        assert words in text, words
    assert not re.search(r"đã nộp|thành công|submitted", text, re.IGNORECASE)


def test_a_duplicate_says_that_it_is_one_and_holds_no_secret() -> None:
    text = text_of(DUPLICATE)
    assert "Bản in lại – không có mã riêng" in text
    assert SHEET.number in text
    assert grouped(SECRET) not in text
    assert "cắt tại đây" not in text


@needs_poppler
def test_both_codes_read_from_a_black_and_white_print(tmp_path: Path) -> None:
    assert codes_of(SHEET, tmp_path) == {PUBLIC, "MCKP1:" + SECRET}


@needs_poppler
def test_a_duplicate_has_only_the_public_code(tmp_path: Path) -> None:
    assert codes_of(DUPLICATE, tmp_path) == {PUBLIC}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("sheet", [SHEET, DUPLICATE, LONGEST])
def test_it_is_one_small_page_with_its_fonts_inside(sheet: ReceiptSheet, lang: str) -> None:
    data = receipt_pdf(dataclasses.replace(sheet, lang=lang))
    assert len(data) < 60_000
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert len(reader.pages) == 1
    width, height = reader.pages[0].mediabox[2:]
    assert (round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) == (148, 210)
    fonts = reader.pages[0]["/Resources"]["/Font"]
    embedded = [font.get_object() for font in fonts.values() if "BeVietnam" in font.get_object()["/BaseFont"]]
    assert embedded
    assert all("/FontFile2" in font["/FontDescriptor"] for font in embedded)


def test_every_font_the_sheet_names_is_inside_it() -> None:
    [page] = pypdf.PdfReader(io.BytesIO(receipt_pdf(SHEET))).pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "BeVietnamPro" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]


def test_the_properties_name_nobody_and_no_time() -> None:
    metadata = pypdf.PdfReader(io.BytesIO(receipt_pdf(SHEET))).metadata
    assert metadata is not None
    told = " ".join(str(value) for value in metadata.values())
    for secret in (SHEET.number, SECRET, "Lùng", "khai sinh", "2026"):
        assert secret not in told


def test_the_same_receipt_gives_the_same_bytes() -> None:
    assert receipt_pdf(SHEET) == receipt_pdf(SHEET)
    assert receipt_pdf(SHEET) != receipt_pdf(DUPLICATE)


def test_twenty_papers_and_a_long_name_leave_everything_else_in_its_place() -> None:
    text = text_of(LONGEST)
    assert "Gửi kèm 20 giấy" in text
    assert "rút hồ sơ" in text
    assert grouped(SECRET) in text


def test_the_time_is_the_one_of_here_wherever_it_was_taken() -> None:
    moved = dataclasses.replace(SHEET, saved_at=datetime(2026, 11, 22, 20, 30, tzinfo=UTC))
    assert "Lưu lúc 03:30, thứ Hai 23/11/2026" in text_of(moved)


@pytest.mark.parametrize("offset", range(7))
def test_every_day_of_the_week_has_its_name(offset: int) -> None:
    day = SHEET.receive_by + timedelta(days=offset)
    names = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
    moved = dataclasses.replace(SHEET, receive_by=day)
    assert f"{names[day.weekday()]} {day:%d/%m/%Y}" in text_of(moved)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_no_name_of_a_procedure_or_paper_breaks_the_sheet(name: str) -> None:
    hostile = dataclasses.replace(SHEET, procedure_name=f"<b>&{name}", papers=(f"</b><a href='x'>{name}",))
    assert receipt_pdf(hostile).startswith(b"%PDF")


def test_both_languages_say_the_same_things() -> None:
    places = {
        lang: {key: set(re.findall(r"\{\w+\}|</?b>", text)) for key, text in sentences("paper", lang).items()}
        for lang in ("vi", "en")
    }
    assert places["vi"] == places["en"]


def test_a_code_is_square_and_refuses_what_it_cannot_hold() -> None:
    matrix = qr_matrix("MCKP1:" + SECRET)
    assert {len(row) for row in matrix} == {len(matrix)}
    assert matrix[0][:8] == (True,) * 7 + (False,)
    for text in ("thường", "lower", "ă"):
        with pytest.raises(ValueError):
            qr_matrix(text)
