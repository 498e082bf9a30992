"""The catalogue that is part of the build: the files of ``assets/catalogue`` as values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.catalogue.model import Choice, Consent, LifeEvent, Notice, Signpost
from kiosk.catalogue.reader import Reader, load_list, load_object
from kiosk.catalogue.text import Word, fold, sound, words
from kiosk.clock import parse

_NOT_KEPT: Final = ("units.json",)  # read from the asset itself


@dataclass(frozen=True, slots=True)
class Package:
    version: int
    published_at: str | None


@dataclass(frozen=True, slots=True)
class Guide:
    """A signpost with the phrases that lead to it."""

    signpost: Signpost
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Words that mean two things, and what to ask back."""

    words: tuple[str, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """What people say, for the search."""

    phrases: Mapping[str, tuple[str, ...]]  # phrase -> codes
    abbreviations: Mapping[str, tuple[str, ...]]  # one word -> what it may stand for
    guides: tuple[Guide, ...]
    questions: tuple[Question, ...]
    noise_words: frozenset[str]  # folded; courtesy and asking, they never tell procedures apart
    noise_sounds: frozenset[str]  # the same and more, as ``text.sound`` of the marked word
    noise_phrases: tuple[tuple[Word, ...], ...]


def content_hash(folder: Path) -> str:
    """Changes whenever a shipped record does; hex."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.json")):
        if file.name not in _NOT_KEPT:
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def load_package(file: Path) -> Package:
    r = Reader(load_object(file), file.name)
    version, published_at = r.count("version"), r.optional_text("published_at")
    r.done()
    try:
        if published_at:
            parse(published_at)
    except ValueError:
        r.fail("published_at", "not a time")
    if version is None:
        r.fail("version", "missing")
    return Package(version, published_at)


def load_life_events(file: Path) -> tuple[LifeEvent, ...]:
    events = tuple(_life_event(Reader(value, file.name)) for value in load_list(file))
    Reader({}, file.name).unique("id", [event.id for event in events])
    return events


def _life_event(r: Reader) -> LifeEvent:
    event = LifeEvent(r.text("id"), r.text("title"), r.text("icon"), r.texts("codes"))
    r.done()
    return event


def load_notice(file: Path) -> Notice:
    r = Reader(load_object(file), file.name)
    notice = Notice(
        r.text("version"), r.text("title"), r.texts("paragraphs"), r.list_of("consents", _consent)
    )
    r.done()
    r.unique("consents", [consent.purpose for consent in notice.consents])
    return notice


def _consent(r: Reader) -> Consent:
    consent = Consent(r.text("purpose"), r.text("label"), r.text("text"))
    r.done()
    return consent


def load_language(folder: Path) -> Language:
    """Synonyms, signposts and questions to ask back."""
    r = Reader(load_object(folder / "synonyms.json"), "synonyms.json")
    phrases, abbreviations = _lists(r, "phrases"), _lists(r, "abbreviations")
    r.done()
    guides = load_list(folder / "signposts.json")
    questions = load_list(folder / "clarify.json")
    noise = Reader(load_object(folder / "noise.json"), "noise.json")
    plain, marked = noise.texts("words"), noise.texts("only_with_marks")
    noise_phrases = noise.texts("phrases")
    noise.done()
    return Language(
        phrases=phrases,
        abbreviations=abbreviations,
        guides=tuple(_guide(Reader(value, "signposts.json")) for value in guides),
        questions=tuple(_question(Reader(value, "clarify.json")) for value in questions),
        noise_words=frozenset(fold(word) for word in plain),
        noise_sounds=frozenset(sound(word) for word in (*plain, *marked)),
        noise_phrases=tuple(tuple(words(phrase)) for phrase in noise_phrases),
    )


def _lists(r: Reader, key: str) -> dict[str, tuple[str, ...]]:
    value = r.raw(key)
    if not isinstance(value, dict):
        r.fail(key, "not an object")
    inner = Reader(value, "synonyms.json", key)
    return {name: inner.texts(name) for name in value}


def _guide(r: Reader) -> Guide:
    guide = Guide(Signpost(r.text("title"), r.text("desk")), r.texts("words"))
    r.done()
    return guide


def _question(r: Reader) -> Question:
    question = Question(r.texts("words"), r.list_of("choices", _choice))
    r.done()
    return question


def _choice(r: Reader) -> Choice:
    choice = Choice(r.text("label"), r.text("query"))
    r.done()
    return choice
