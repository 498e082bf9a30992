"""``python -m benchmarks``: every figure beside a named baseline of the same run. Asserts nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import bench_catalogue, bench_seal, bench_store

Row = tuple[str, float, str, float, str]
_BENCHES: tuple[Callable[[], list[Row]], ...] = (bench_catalogue.run, bench_seal.run, bench_store.run)


def main() -> None:
    print(f"{'what':44} {'value':>12} {'baseline':>34} {'value':>12}  ratio")  # noqa: T201
    for bench in _BENCHES:
        for name, value, baseline, base, unit in bench():
            ratio = f"{value / base:6.2f}×" if base else ""
            row = f"{name:44} {value:10.3f} {unit:3} {baseline:>32} {base:10.3f} {unit:3} {ratio}"
            print(row)  # noqa: T201
            sys.stdout.flush()


if __name__ == "__main__":
    main()
