"""``python -m kiosk``: the composition root of the kiosk."""

from __future__ import annotations

import sys

from kiosk.cli import main as run


def main() -> None:
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
