"""The client against real sockets that cut, drip or babble: always a named fault, never a hang or a bug."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kiosk.dossier.signing import SigningKey
from sync import client as client_module
from sync.client import CentreBusy, CentreClient, LinkDown, NotOurServer

Behaviour = Callable[[socket.socket], None]


@contextmanager
def server(behave: Behaviour) -> Iterator[str]:
    """One connection is taken, its request read, then ``behave`` has it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65_536)
            behave(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()
        thread.join(5)


def ask(url: str) -> None:
    client = CentreClient(url, SigningKey.generate())
    try:
        client.hello()
    finally:
        client.close()


def test_a_link_cut_inside_an_answer_is_a_link_that_is_down() -> None:
    def cut(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")

    with server(cut) as url, pytest.raises(LinkDown):
        ask(url)


def test_a_link_cut_before_any_answer_is_down() -> None:
    with server(lambda connection: None) as url, pytest.raises(LinkDown):
        ask(url)


@pytest.mark.parametrize(
    ("head", "drop"),
    [(b"Transfer-Encoding: chunked", b"1\r\nx\r\n"), (b"Content-Length: 1000000", b"x")],
    ids=["chunked", "of a length"],
)
def test_a_dripping_answer_ends_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch, head: bytes, drop: bytes
) -> None:
    monkeypatch.setattr(client_module, "_ANSWER_S", 0.3)
    gone = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n")
        while not gone.wait(0.05):
            try:
                connection.sendall(drop)
            except OSError:
                return

    start = time.monotonic()
    with server(drip) as url:
        with pytest.raises(LinkDown):
            ask(url)
        gone.set()
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        ("503 Busy", CentreBusy),
        ("413 Large", CentreBusy),
        ("302 Found", NotOurServer),
        ("200 OK", NotOurServer),
    ],
)
def test_pages_of_others_and_a_centre_in_trouble(status: str, fault: type[Exception]) -> None:
    def page(connection: socket.socket) -> None:
        body = b"<html>log in</html>"
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + body)

    with server(page) as url, pytest.raises(fault):
        ask(url)


def test_what_is_no_http_at_all() -> None:
    with (
        server(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n")) as url,
        pytest.raises(LinkDown),
    ):
        ask(url)
