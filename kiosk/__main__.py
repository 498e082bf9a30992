"""``python -m kiosk``: the composition root of the kiosk."""

from __future__ import annotations

import os
import resource
import sys


def main() -> None:
    """Run one command and leave with its exit code."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold what people typed
    try:
        from kiosk.cli import main as run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while the program was still loading
        from kiosk.commandline import INTERRUPTED, complain, language_of
        from kiosk.errors import KnownError

        code = complain(KnownError("interrupted"), language_of(sys.argv), INTERRUPTED)
    sys.exit(code)


if __name__ == "__main__":
    main()
