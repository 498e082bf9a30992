"""A real catalogue in a fresh folder, a clock that stands, and national records made up for a story."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue.store import Catalogue, open_catalogue
from kiosk.clock import LOCAL
from kiosk.resources import asset, root

NATIONAL_FILE = "procedures_national.jsonl.gz"


class StandingClock:
    """Ten in the morning of 24 November 2026, for ever."""

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 10, 0, tzinfo=LOCAL)

    def monotonic(self) -> float:
        return 1000.0

    def boot_id(self) -> str:
        return "test"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def catalogue(tmp_path: Path, clock: StandingClock) -> Iterator[Catalogue]:
    """Only what is shipped."""
    made = open_catalogue(tmp_path / "catalogue", clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def shipped_assets() -> Path:
    return asset("catalogue")


def shared_data() -> Path | None:
    """The folder with the whole national file, where a developer has it."""
    folder = Path(os.environ.get("KIOSK_SHARED_DATA", root().parent / "shared" / "data"))
    return folder if (folder / NATIONAL_FILE).exists() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_data()
    if folder is None:
        pytest.skip("the national records are not on this machine")
    return folder


@pytest.fixture(scope="session")
def nation(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """All 2,625 national records, imported once for all tests that need them."""
    made = open_catalogue(tmp_path_factory.mktemp("nation"), StandingClock())
    made.import_national(shared / NATIONAL_FILE)
    yield made
    made.close()


@pytest.fixture
def record() -> Callable[..., dict[str, Any]]:
    """A small, clean national record; keyword arguments replace its fields."""

    def make(code: str = "1.999001", **changes: Any) -> dict[str, Any]:
        made: dict[str, Any] = {
            "code": code,
            "name": "Cấp giấy phép nuôi ong lấy mật",
            "field": "Chăn nuôi",
            "levels": ["Cấp xã"],
            "executing_agency": "Ủy ban nhân dân xã",
            "steps_text": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
            "methods": [method()],
            "components": [{"title": "", "items": [paper("Đơn đề nghị theo mẫu")]}],
            "results": [{"name": "Giấy phép", "code": "KQ.1"}],
            "url": "https://dichvucong.gov.vn/x",
            "channels": ["online"],
            "fee_set_by_province": False,
            "has_exemption_text": False,
        }
        return made | changes

    return make


def method(**changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "channel": "online",
        "time_value": 3,
        "time_unit": "Ngày làm việc",
        "fee_text": "Miễn phí",
        "fee_amount": 0,
        "fee_currency": "VND",
        "fee_note": "",
        "description": "",
    }
    return made | changes


def paper(name: str, originals: int = 1, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": name,
        "originals": originals,
        "copies": 0,
        "photocopies": 0,
        "form_file": None,
        "note_only": False,
    }
    return made | changes


def write_lines(file: Path, records: list[Any]) -> Path:
    text = "".join(
        (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n" for one in records
    )
    file.write_text(text, encoding="utf-8")
    return file
