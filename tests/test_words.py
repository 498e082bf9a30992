"""Every sentence exists in both languages, says no more than is true, and no code goes without one."""

from __future__ import annotations

import ast
import json
import re
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "assets" / "locale"
FILES = sorted({file.name.split(".")[0] for file in LOCALE.glob("*.json")})
NEVER = re.compile(r"đã nộp|thành công|successfully|submitted", re.IGNORECASE)


def load(name: str, lang: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((LOCALE / f"{name}.{lang}.json").read_text(encoding="utf-8"))
    return found


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("name", FILES)
def test_both_languages_say_the_same_things(name: str) -> None:
    vi, en = load(name, "vi"), load(name, "en")
    assert vi.keys() == en.keys()
    for key, sentence in vi.items():
        assert places(sentence) == places(en[key]), key


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_sentence_claims_more_than_is_true(name: str, lang: str) -> None:
    for key, sentence in load(name, lang).items():
        assert sentence.strip(), key
        assert unicodedata.is_normalized("NFC", sentence), key
        assert not NEVER.search(sentence), f"{key}: {sentence}"


def raised_codes() -> Iterator[tuple[str, str]]:
    """Every code given to KnownError in the source, with where."""
    for room in ("kiosk", "sync", "ui", "central"):
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == "KnownError"
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    yield str(node.args[0].value), f"{file.relative_to(ROOT)}:{node.lineno}"


def test_every_known_error_has_its_sentence() -> None:
    sentences = load("errors", "vi")
    missing = [f"{where}: {code}" for code, where in raised_codes() if code not in sentences]
    assert missing == []


def test_codes_are_slugs_a_technician_can_read_aloud() -> None:
    for code in load("errors", "vi"):
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code), code
