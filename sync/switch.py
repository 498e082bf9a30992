"""A network that can be cut by hand, for the tour: off, every request ends as with a pulled cable."""

from __future__ import annotations

import threading
from typing import Any

import requests
from requests.adapters import HTTPAdapter


class SwitchedAdapter(HTTPAdapter):
    """The real adapter behind a switch. Starts switched on."""

    def __init__(self) -> None:
        super().__init__()
        self._on = threading.Event()
        self._on.set()

    def switch(self, on: bool) -> None:
        if on:
            self._on.set()
        else:
            self._on.clear()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if not self._on.is_set():
            raise requests.exceptions.ConnectionError("cut by hand")
        return super().send(request, *args, **kwargs)
