"""Typing Vietnamese with tone keys: every syllable can be reached, whichever way it is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.typing_vi import Caps, Tone, press_backspace, press_letter, press_tone, tone_at

ONSETS = "b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x"
# Every rime, the letter that carries the tone written as a capital.
OPEN = """
A E Ê I O Ô Ơ U Ư Y Ai Ao Au Ay Âu Ây Eo Êu Ia Iu Oi Oa Oe Ôi Ơi Ua Ui Uy Ưa Ưi Ưu uÊ uƠ
iÊu yÊu oAi oAy oAo oEo uÂy uÔi ưƠi ưƠu uYa uYu
"""
CLOSED = """
Ac Ach Am An Ang Anh Ap At Ăc Ăm Ăn Ăng Ăp Ăt Âc Âm Ân Âng Âp Ât Ec Em En Eng Ep Et Êch Êm Ên Ênh
Êp Êt Ich Im In Inh Ip It Oc Om On Ong Op Ot Ôc Ôm Ôn Ông Ôp Ôt Ơm Ơn Ơp Ơt Uc Um Un Ung Up Ut
Ưc Ưm Ưn Ưng Ưt iÊc iÊm iÊn iÊng iÊp iÊt oAc oAch oAm oAn oAng oAnh oAt oĂc oĂm oĂn oĂng oĂt
oEn oEt uÂn uÂng uÂt uÊch uÊnh uÔc uÔm uÔn uÔng uÔt ưƠc ưƠm ưƠn ưƠng ưƠp ưƠt uYch uYn uYnh uYt
uYp uyÊn uyÊt yÊm yÊn yÊt oOc oOng
"""
AFTER_QU = """
A Ac Ach Ai An Ang Anh Ao Ay Ăn Ăng Ăt Ân Âng Ây Ât E En Eo Ê Ên Ênh Êt Êch Ơ Y Yt Ynh yÊn yÊt
"""
AFTER_GI = "A Ai An Ang Ao Ay Âm Ân Ây Eo Êng Êt O Oi On Ong Ô Ôi Ông Ơ U Ut Ư ưƠng"


def spelled(onset: str, rime: str) -> tuple[str, int]:
    """A syllable without tone, and the index of the letter that carries one."""
    at = next(index for index, letter in enumerate(rime) if letter.isupper())
    return onset + rime.lower(), len(onset) + at


def syllables() -> Iterator[tuple[str, int]]:
    for rime in (*OPEN.split(), *CLOSED.split()):
        for onset in ("", *ONSETS.split()):
            if onset != "g" or rime[0].lower() != "i":  # written gh there; gi is a consonant of its own
                yield spelled(onset, rime)
    yield from (spelled("qu", rime) for rime in AFTER_QU.split())
    yield from (spelled("gi", rime) for rime in AFTER_GI.split())
    yield from (("gi", 1), ("gin", 1), ("gim", 1))


def toned(bare: str, at: int, tone: Tone) -> str:
    return bare[:at] + unicodedata.normalize("NFC", bare[at] + tone.value) + bare[at + 1 :]


def typed(letters: str, caps: Caps = Caps.NONE) -> tuple[str, int]:
    text, cursor = "", 0
    for letter in letters:
        text, cursor = press_letter(text, cursor, letter, caps)
    return text, cursor


@pytest.mark.parametrize("tone", list(Tone))
def test_every_syllable_is_reached_by_its_tone_key(tone: Tone) -> None:
    for bare, at in syllables():
        text, cursor = press_tone(*typed(bare), tone)
        assert text == toned(bare, at, tone), bare
        assert cursor == len(text)
        assert unicodedata.is_normalized("NFC", text)
        assert tone_at(text, cursor) is tone


@pytest.mark.parametrize("tone", list(Tone))
def test_a_tone_typed_early_moves_to_its_place(tone: Tone) -> None:
    for bare, at in syllables():
        for early in range(1, len(bare)):
            text, cursor = press_tone(*typed(bare[:early]), tone)
            if tone_at(text, cursor) is None:
                continue  # no vowel yet: the key had nothing to act on
            for letter in bare[early:]:
                text, cursor = press_letter(text, cursor, letter)
            assert text == toned(bare, at, tone), (bare, early)


def test_the_same_tone_again_takes_it_off() -> None:
    for bare, _ in syllables():
        for tone in Tone:
            assert press_tone(*press_tone(*typed(bare), tone), tone) == (bare, len(bare))


def test_another_tone_replaces_the_first() -> None:
    assert press_tone("hóa", 3, Tone.HUYEN) == ("hòa", 3)


def test_a_letter_taken_away_brings_the_tone_back() -> None:
    assert press_backspace("hoán", 4) == ("hóa", 3)
    assert press_backspace("", 0) == ("", 0)


def test_a_name_is_capitalised_as_it_is_typed() -> None:
    text, cursor = typed("giang", Caps.NAMES)
    text, cursor = press_tone(text, cursor, Tone.HUYEN)
    for letter in " thi":
        text, cursor = press_letter(text, cursor, letter, Caps.NAMES)
    text, cursor = press_tone(text, cursor, Tone.NANG)
    for letter in " my":
        text, cursor = press_letter(text, cursor, letter, Caps.NAMES)
    assert press_tone(text, cursor, Tone.HOI)[0] == "Giàng Thị Mỷ"


def test_a_sentence_begins_with_a_capital() -> None:
    assert typed("đơn xin. em là con", Caps.SENTENCE)[0] == "Đơn xin. Em là con"
    assert typed("a.b", Caps.SENTENCE)[0] == "A.b"


def test_the_word_the_cursor_stands_in_is_changed_and_no_other() -> None:
    assert press_tone("Vang Thi Dơ", 4, Tone.HUYEN) == ("Vàng Thi Dơ", 4)
    assert press_tone("Vang Thi Dơ", 6, Tone.NANG) == ("Vang Thị Dơ", 6)


def test_a_foreign_name_keeps_its_own_marks() -> None:
    assert press_letter("Hélèn", 5, "e") == ("Hélène", 6)


@given(st.text(max_size=30), st.integers(0, 30), st.sampled_from(list(Tone)))
def test_any_text_survives_a_tone_key(text: str, cursor: int, tone: Tone) -> None:
    text = unicodedata.normalize("NFC", text)
    cursor = min(cursor, len(text))
    changed, at = press_tone(text, cursor, tone)
    assert 0 <= at <= len(changed)
    if unicodedata.is_normalized("NFC", text):
        again = press_tone(changed, at, tone)[0] if tone_at(text, cursor) is None else text
        assert again == text or tone_at(text, cursor) is not None


@given(st.text(max_size=30), st.integers(0, 30), st.characters())
def test_any_letter_can_be_typed_anywhere(text: str, cursor: int, letter: str) -> None:
    text = unicodedata.normalize("NFC", text)
    changed, at = press_letter(text, min(cursor, len(text)), letter)
    assert 0 <= at <= len(changed)
    changed, at = press_backspace(changed, at)
    assert 0 <= at <= len(changed)
