"""The on-screen keyboard, key by key, as fingers use it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.typing_vi import Caps, Tone
from tests.ui.conftest import PageMaker
from ui.look import Look
from ui.stylesheet import SKIN, Skin
from ui.widgets.field import Field, SearchField
from ui.widgets.keyboard import Key, Keyboard, KeyButton, KeyKind, Pad


def key(keyboard: Keyboard, letters: str = "", kind: KeyKind = KeyKind.LETTER) -> KeyButton:
    return next(
        button for button in keyboard.keys if button.key.kind is kind and letters in ("", button.key.letters)
    )


def tone(keyboard: Keyboard, which: Tone) -> KeyButton:
    return next(button for button in keyboard.keys if button.key.tone is which)


def tap(qtbot: QtBot, *buttons: KeyButton) -> None:
    for button in buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def tap_letters(qtbot: QtBot, keyboard: Keyboard, letters: str) -> None:
    for letter in letters:
        tap(qtbot, key(keyboard, letter))


def test_a_name_is_typed_with_marks_and_capitals(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    keyboard, field = Keyboard(look), Field(look, "Họ và tên", caps=Caps.NAMES)
    page = show_page(field, keyboard)
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    keyboard.set_target(field)
    tap_letters(qtbot, keyboard, "giang")
    tap(qtbot, tone(keyboard, Tone.HUYEN))
    tap_letters(qtbot, keyboard, " thi")
    tap(qtbot, tone(keyboard, Tone.NANG))
    tap_letters(qtbot, keyboard, " đươ")
    tap(qtbot, key(keyboard, kind=KeyKind.BACKSPACE))
    tap_letters(qtbot, keyboard, "a")
    assert field.text() == "Giàng Thị Đưa"
    assert field.edit.hasFocus()


def test_the_key_of_the_tone_that_is_on_is_locked(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    keyboard, field = Keyboard(look), Field(look, "Họ và tên")
    show_page(field, keyboard)
    keyboard.set_target(field)
    field.set_text("Mỷ")
    assert tone(keyboard, Tone.HOI).property(SKIN) == Skin.KEY_LOCKED.value
    tap(qtbot, tone(keyboard, Tone.HOI))
    assert field.text() == "My"
    assert tone(keyboard, Tone.HOI).property(SKIN) == Skin.KEY_MARK.value


def test_shift_is_for_one_letter(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    keyboard, field = Keyboard(look), Field(look, "Ghi chú")
    show_page(field, keyboard)
    keyboard.set_target(field)
    tap(qtbot, key(keyboard, kind=KeyKind.SHIFT))
    tap_letters(qtbot, keyboard, "đa")
    assert field.text() == "Đa"


def test_signs_and_letters_change_places(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    keyboard, field = Keyboard(look), SearchField(look, hint="")
    show_page(field, keyboard)
    keyboard.set_target(field)
    tap(qtbot, key(keyboard, kind=KeyKind.LAYER))
    assert keyboard.pad is Pad.SIGNS
    tap_letters(qtbot, keyboard, "12/3@")
    tap(qtbot, key(keyboard, kind=KeyKind.LAYER))
    assert keyboard.pad is Pad.LETTERS
    assert field.text() == "12/3@"


def test_the_number_pad_has_numbers_only(look: Look, qtbot: QtBot) -> None:
    keyboard = Keyboard(look, Pad.NUMBERS)
    qtbot.addWidget(keyboard)
    letters = {button.key.letters for button in keyboard.keys if button.key.kind is KeyKind.LETTER}
    assert letters == {*"0123456789", "/"}


def test_a_real_keyboard_works_beside_it(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    keyboard, field = Keyboard(look), Field(look, "Họ và tên")
    show_page(field, keyboard)
    keyboard.set_target(field)
    qtbot.keyClicks(field.edit, "Pao")
    tap(qtbot, tone(keyboard, Tone.SAC))
    assert field.text() == "Páo"


def test_a_full_field_takes_no_more_and_loses_nothing(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    keyboard, field = Keyboard(look), Field(look, "Mã")
    show_page(field, keyboard)
    field.set_limit(3)
    keyboard.set_target(field)
    tap_letters(qtbot, keyboard, "abcd")
    assert field.text() == "abc"
    assert field.caret() == 3


def test_hiding_is_asked_for_and_keys_are_told(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    keyboard = Keyboard(look)
    show_page(keyboard)
    pressed: list[Key] = []
    keyboard.pressed.connect(pressed.append)
    with qtbot.waitSignal(keyboard.hide_wanted):
        tap(qtbot, key(keyboard, kind=KeyKind.HIDE))
    assert [press.kind for press in pressed] == [KeyKind.HIDE]


def test_a_field_let_go_hears_no_more_keys(show_page: PageMaker, qtbot: QtBot, look: Look) -> None:
    keyboard, one, two = Keyboard(look), Field(look, "Một"), Field(look, "Hai")
    show_page(one, two, keyboard)
    keyboard.set_target(one)
    tap_letters(qtbot, keyboard, "a")
    keyboard.set_target(two)
    tap_letters(qtbot, keyboard, "b")
    keyboard.set_target(None)
    tap_letters(qtbot, keyboard, "c")
    assert (one.text(), two.text()) == ("a", "b")
