"""Screen words: nothing is shown that is not written, nothing asked for that is not there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.resources import root
from ui.messages import Language, MissingWords, Words


def asked_for() -> Iterator[tuple[str, str]]:
    """Every constant key given to ``words(...)`` in the screens' source, with where."""
    for file in sorted(Path(root(), "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) != 1:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name == "words" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, f"{file.name}:{node.lineno}"


@pytest.mark.parametrize("language", list(Language))
def test_every_key_in_the_source_has_its_words(language: Language) -> None:
    words = Words.load(language)
    assert [where for key, where in asked_for() if not words.has(key)] == []


def test_missing_words_and_missing_facts_are_loud() -> None:
    words = Words(Language.VI, {"row.change_name": "Thay đổi: {label}"})
    assert words("row.change_name", label="họ tên") == "Thay đổi: họ tên"
    with pytest.raises(MissingWords):
        words("row.unknown")
    with pytest.raises(MissingWords):
        words("row.change_name")
