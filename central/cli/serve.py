"""``serve``: the intake on a port and, if asked, a desk beside it in its own process."""

from __future__ import annotations

import argparse
import logging
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn

from central.cli.frame import Context
from central.home import Home
from central.intake.app import create_app
from central.intake.service import Intake
from central.trouble import log_discreetly
from kiosk.commandline import DONE, UsageError, print_lines
from kiosk.errors import KnownError

_GRACE_S: Final = 2  # for requests under way at SIGTERM; all must be over in 5
_DESK_STOP_S: Final = 2.0
_DESK_RESTART_S: Final = 1.0  # a desk that can't start must not spin
_BACKLOG: Final = 512
_log = logging.getLogger(__name__)


def serve(context: Context, options: argparse.Namespace) -> int:
    context.home.check()
    if (options.tls_cert is None) != (options.tls_key is None):
        raise UsageError("--tls-cert, --tls-key")
    log_discreetly("serve")
    intake = Intake.open(context.home, context.clock)
    # Before the socket is there, so that no child can ever hold it.
    desk = DeskProcess(context.home) if options.with_desk else None
    try:
        with _listening_socket(options.host, options.port) as listener, _ended_by_signals():
            _Server(_config(intake, options), _url(listener, options)).run(sockets=[listener])
    finally:
        if desk:
            desk.stop()
        intake.close()
    return DONE


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """uvicorn stops on these, then puts our handlers back and raises the signal again: that is no news."""
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda _number, _frame: None) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def _config(intake: Intake, options: argparse.Namespace) -> uvicorn.Config:
    config = uvicorn.Config(
        create_app(intake),
        log_config=None,  # its lines go where ours go
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_GRACE_S,
        ssl_certfile=options.tls_cert,
        ssl_keyfile=options.tls_key,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise KnownError("tls-bad", reason=error.strerror or type(error).__name__) from error
    return config


class _Server(uvicorn.Server):
    """Says where it listens as soon as it does."""

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print_lines([f"listening {self._url}"])


def _listening_socket(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise KnownError("listen-failed", reason=error.strerror or type(error).__name__) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise KnownError("listen-failed", reason=error.strerror or type(error).__name__) from error
    return listener


def _url(listener: socket.socket, options: argparse.Namespace) -> str:
    scheme = "https" if options.tls_cert else "http"
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"{scheme}://{host}:{listener.getsockname()[1]}"


class DeskProcess:
    """A desk as a child that ends with us, even by SIGKILL: it watches a pipe that only we hold open."""

    def __init__(self, home: Home) -> None:
        self._command = [sys.executable, "-m", "central", "--data-dir", str(home.path), "desk", "--tied"]
        self._stopping = threading.Event()
        self._change = threading.Lock()
        self._child = self._start()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, close_fds=True
        )

    def _keep(self) -> None:
        """Start the desk again when it ends by itself."""
        while True:
            code = self._child.wait()
            _close_pipe(self._child)
            self._stopping.wait(_DESK_RESTART_S)
            with self._change:
                if self._stopping.is_set():
                    return
                _log.warning("desk ended with %s, starting it again", code)
                self._child = self._start()

    def stop(self) -> None:
        """End the child; SIGKILL if it does not go by itself."""
        with self._change:
            self._stopping.set()
            child = self._child
        child.terminate()
        try:
            child.wait(_DESK_STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()
        self._watch.join()


def _close_pipe(child: subprocess.Popen[bytes]) -> None:
    if child.stdin:
        child.stdin.close()
