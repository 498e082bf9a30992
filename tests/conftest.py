"""What every test stands on: no log line goes unseen, no word is spoken to the network by chance."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or error in the log fails the test, unless ``@pytest.mark.logs(pattern)`` expects it."""
    expected = [re.compile(pattern) for mark in request.node.iter_markers("logs") for pattern in mark.args]
    yield
    for record in [*caplog.get_records("setup"), *caplog.get_records("call")]:
        if record.levelno < logging.WARNING:
            continue
        message = f"{record.name}: {record.getMessage()}"
        if not any(pattern.search(message) for pattern in expected):
            pytest.fail(f"unexpected log line: {message}")
