from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.text import clean, fold, has_hidden, same_text, tokens, words


def test_d_with_stroke_folds_like_any_other_letter() -> None:
    assert fold("Đăng ký ĐẤT, ðường") == "dang ky dat, duong"


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_text_is_found_whatever_form_it_came_in(form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    typed = unicodedata.normalize(form, "Giấy khai sinh của Lù Thị Mỷ")
    assert clean(typed) == "Giấy khai sinh của Lù Thị Mỷ"
    assert " ".join(tokens(clean(typed))) == "giay khai sinh cua lu thi my"


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\x00", "\x7f", "\u00ad", "\ud800"]
)
def test_characters_nobody_sees_are_noticed_and_dropped(hidden: str) -> None:
    assert has_hidden(f"Lù{hidden} Páo")
    assert clean(f"Lù{hidden} Páo") == "Lù Páo"


@pytest.mark.parametrize(
    "one, other", [("hòa", "hoà"), ("Thủy", "thuỷ"), ("kỹ thuật", "kĩ thuật"), ("lý", "lí")]
)
def test_two_spellings_of_one_word_are_the_same(one: str, other: str) -> None:
    assert same_text(one, other)


@pytest.mark.parametrize(
    "one, other", [("mất", "mật"), ("quý", "quí ba"), ("hỗ trợ", "hộ chiếu"), ("ma", "má")]
)
def test_words_that_only_fold_alike_are_not_the_same(one: str, other: str) -> None:
    assert not same_text(one, other)


@given(st.text(max_size=60))
def test_words_and_tokens_agree_on_any_text(text: str) -> None:
    text = clean(text)
    assert [word.folded for word in words(text)] == tokens(text)
    assert all(text[word.start : word.end].lower() == word.marked for word in words(text))
    assert clean(text) == text
