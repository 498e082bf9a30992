"""``python -m kiosk``: the composition root of the kiosk."""

from __future__ import annotations

import os
import resource
import sys

from kiosk.cli import main as run


def main() -> None:
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold what people typed
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
