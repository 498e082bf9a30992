"""``python -m central``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command and leave with its exit code."""
    try:
        from central.cli import main as run

        code = run()
    except KeyboardInterrupt:  # while the program was still loading
        from kiosk.commandline import INTERRUPTED, complain, language_of
        from kiosk.errors import KnownError

        code = complain(KnownError("interrupted"), language_of(sys.argv), INTERRUPTED)
    sys.exit(code)


if __name__ == "__main__":
    main()
