"""Importing national records and searching them, beside plain ways of doing the same in the same run.

Takes the real national file where it lies beside the checkout (or under ``$KIOSK_SHARED_DATA``), else as many
invented records.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.catalogue.store import Catalogue, open_catalogue
from kiosk.catalogue.text import fold, tokens
from kiosk.clock import SystemClock
from kiosk.resources import root

Row = tuple[str, float, str, float, str]
_RECORDS: Final = 2625
_RSS_LIMIT_MB: Final = 300.0
_ROUNDS: Final = 5
_QUERIES: Final = (
    "khai sinh",
    "dang ky ket hon",
    "tạm trú",
    "em can lam giay doc than de vay von",
    "giấy phép xây dựng nhà ở",
    "dkks",
    "can cuoc",
    "chung thuc chu ky",
)
_WORDS: Final = tokens(
    "cấp đổi lại giấy phép đăng ký khai sinh kết hôn thường trú tạm chứng thực bản sao đất đai nhà ở xe máy "
    "hộ chiếu căn cước bảo hiểm thuế thú y lâm nghiệp thủy sản xây dựng kinh doanh"
)


def run() -> list[Row]:
    """(name, value, baseline's name, baseline, unit) for each figure."""
    with tempfile.TemporaryDirectory() as folder:
        file = _national_file(Path(folder))
        import_s, rss_mb = _import_apart(file, Path(folder) / "catalogue")
        parse_s = _timed(lambda: _parse(file))
        catalogue = open_catalogue(Path(folder) / "catalogue", SystemClock())
        try:
            return [
                ("catalogue import", import_s, "json.loads of the same lines", parse_s, "s"),
                ("catalogue import, peak memory", rss_mb, "limit", _RSS_LIMIT_MB, "MB"),
                _opening(Path(folder) / "catalogue"),
                _searching(catalogue),
            ]
        finally:
            catalogue.close()


def _opening(folder: Path) -> Row:
    def opened() -> None:
        open_catalogue(folder, SystemClock()).close()

    data = folder / "catalogue.db"
    return ("catalogue open", _timed(opened) * 1000, "reading its file", _timed(data.read_bytes) * 1000, "ms")


def _searching(catalogue: Catalogue) -> Row:
    names = [fold(found.name) for code in catalogue.codes() if (found := catalogue.procedure(code))]
    for query in _QUERIES:
        catalogue.search(query)
    ours = statistics.median(_timed(lambda q=query: catalogue.search(q)) for query in _QUERIES)  # type: ignore[misc]
    scan = statistics.median(_timed(lambda q=query: _scan(q, names)) for query in _QUERIES)  # type: ignore[misc]
    return ("search, median", ours * 1000, "scan of folded names", scan * 1000, "ms")


def _scan(query: str, names: list[str]) -> list[str]:
    """The naive way: names that hold the most of the words typed."""
    wanted = tokens(query)
    return sorted(names, key=lambda name: -sum(word in name for word in wanted))[:10]


def _timed(work: Callable[[], object]) -> float:
    """The best of some rounds, in seconds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _parse(file: Path) -> int:
    with gzip.open(file) as lines:
        return sum(1 for line in lines if json.loads(line))


def _import_apart(file: Path, folder: Path) -> tuple[float, float]:
    """Seconds and peak MB of an import in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bench_catalogue", str(file), str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=root(), text=True)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def _import_here(file: Path, folder: Path) -> None:
    catalogue = open_catalogue(folder, SystemClock())
    start = time.perf_counter()
    catalogue.import_national(file)
    seconds = time.perf_counter() - start
    catalogue.close()
    sys.stdout.write(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def _national_file(folder: Path) -> Path:
    shared = Path(os.environ.get("KIOSK_SHARED_DATA", root().parent / "shared" / "data"))
    real = shared / "procedures_national.jsonl.gz"
    return real if real.exists() else _invented_file(folder / "invented.jsonl.gz")


def _invented_file(file: Path) -> Path:
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        for number in range(_RECORDS):
            lines.write(json.dumps(_invented(number), ensure_ascii=False) + "\n")
    return file


def _invented(number: int) -> dict[str, object]:
    chosen = [_WORDS[(number * step + step) % len(_WORDS)] for step in (1, 3, 7, 11, 13, 17)]
    items = [
        {"name": f"Giấy {' '.join(chosen[:3])} số {paper}", "originals": 1, "copies": 0, "photocopies": 0}
        for paper in range(6)
    ]
    return {
        "code": f"1.{500000 + number:06d}",
        "name": f"Thủ tục {' '.join(chosen)} {number}",
        "levels": ["Cấp xã"],
        "field": chosen[0],
        "steps_text": "Bước: nộp hồ sơ rồi chờ kết quả.\n" * 150,
        "methods": [{"channel": "online", "time_value": 3, "time_unit": "Ngày", "fee_amount": 0}],
        "components": [{"title": "", "items": items}],
    }


if __name__ == "__main__":
    _import_here(Path(sys.argv[1]), Path(sys.argv[2]))
