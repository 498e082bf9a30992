"""Commands that set the centre up and keep it going."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import threading
from dataclasses import asdict
from typing import Final

from sqlalchemy.exc import OperationalError

from central.cli.frame import Context
from central.desk.service import Desk
from central.home import initialise
from central.trouble import log_discreetly
from kiosk import clock, identifiers
from kiosk.commandline import DONE, print_json, print_lines
from kiosk.errors import KnownError

_POLL_S: Final = 0.3  # an officer or a kiosk should not notice the wait; a poll is three index look-ups
_log = logging.getLogger(__name__)


def init(context: Context, _options: argparse.Namespace) -> int:
    root = initialise(context.home.path, context.clock)
    print_lines([identifiers.grouped(root)])
    return DONE


def enrol_code(context: Context, options: argparse.Namespace) -> int:
    context.home.check()
    desk = Desk.open(context.home, context.clock)
    try:
        code, expires = desk.enrolling.new_code(options.name, options.ttl)
    finally:
        desk.close()
    if options.json:
        print_json({"code": str(code), "expires_at": clock.rfc3339(expires)})
    else:
        print_lines([str(code)])
    return DONE


def desk(context: Context, options: argparse.Namespace) -> int:
    context.home.check()
    log_discreetly("desk")
    desk = Desk.open(context.home, context.clock)
    try:
        if options.once:
            done = desk.once()
            print_lines(f"{name} {count}" for name, count in asdict(done).items())
        else:
            _keep_going(desk, tied=options.tied)
    finally:
        desk.close()
    return DONE


def _keep_going(desk: Desk, tied: bool) -> None:
    """Work until told to stop; ``tied`` to a parent that holds our stdin: die with it, however it dies."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN if tied else lambda _number, _frame: stop.set())
    if tied:
        threading.Thread(target=_die_with_parent, daemon=True).start()
    while not stop.is_set():
        try:
            desk.once()
        except OperationalError:
            _log.warning("database busy, trying again")
        stop.wait(_POLL_S)


def _die_with_parent() -> None:
    """The pipe ends when the parent is gone. Nothing to tidy up: every step may be cut off."""
    while os.read(0, 64):  # not sys.stdin: its lock would break a tidy end of the main thread
        pass
    os._exit(DONE)


def later(_context: Context, options: argparse.Namespace) -> int:
    raise KnownError("not-in-this-version", what=options.what)
