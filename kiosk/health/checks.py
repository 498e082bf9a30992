"""Is this kiosk fit for work: one check a part, each with a sentence and what to do."""

from __future__ import annotations

import enum
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.errors import KnownError
from kiosk.evidence import time_evidence
from kiosk.keyring import Keyring
from kiosk.settings import Settings
from kiosk.storage.store import Store
from kiosk.words import words


class Level(enum.Enum):
    OK = "ok"
    WARN = "warn"
    STOP = "stop"  # the kiosk can't do its main job


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``id`` names the part; sentences come from ``health.<lang>.json``."""

    id: str
    level: Level
    sentence: str
    fix: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    """What is looked at; the store and the catalogue open on demand, since either may be what is broken."""

    settings: Settings
    keyring: Keyring
    clock: Clock
    store: Callable[[], Store]
    catalogue_procedures: Callable[[], int]


def check_all(parts: Parts, lang: str) -> tuple[Check, ...]:
    """Every check, in the order a technician would go."""
    return tuple(_each(parts, lang))


def _each(parts: Parts, lang: str) -> Iterator[Check]:
    def check(part: str, level: Level, **facts: object) -> Check:
        key = f"{part}-{level.value}"
        fix = None if level is Level.OK else words("health", lang, f"{key}-fix", **facts)
        return Check(part, level, words("health", lang, key, **facts), fix)

    yield check("storage", *_storage(parts.settings), free_mb=_free_mb(parts.settings))
    yield _opened(check, "database", lambda: parts.store().counts(), lang)
    yield _opened(check, "catalogue", parts.catalogue_procedures, lang)
    if parts.keyring.has_enrolment():
        yield _opened(check, "enrolment", parts.keyring.enrolment, lang)
    else:
        yield check("enrolment", Level.WARN)
    yield from _from_store(parts, check)
    for part, program in (("printer", "lpstat"), ("scanner", "scanimage")):
        yield check(part, Level.OK if shutil.which(program) else Level.WARN)


def _free_mb(settings: Settings) -> int:
    return shutil.disk_usage(settings.data_dir).free // 1_000_000


def _storage(settings: Settings) -> tuple[Level]:
    free = _free_mb(settings)
    low = settings.tuning.min_free_mb
    return (Level.STOP if free < low else Level.WARN if free < 2 * low else Level.OK,)


def _opened(check: Callable[..., Check], part: str, use: Callable[[], object], lang: str) -> Check:
    try:
        use()
    except KnownError as error:
        return check(part, Level.STOP, reason=error.sentence(lang))
    return check(part, Level.OK)


def _from_store(parts: Parts, check: Callable[..., Check]) -> Iterator[Check]:
    try:
        store = parts.store()
        counts, trusted = store.counts(), store.trusted_time()
    except KnownError:
        return
    yield check("queue", Level.WARN if counts.parked else Level.OK, parked=counts.parked)
    uncertain = time_evidence(parts.clock, trusted).uncertain
    yield check("clock", Level.WARN if uncertain else Level.OK)
