"""A request the intake does not grant, as an HTTP status and a short code."""

from __future__ import annotations


class Refused(Exception):
    """Answered with ``status`` and ``{"error": code}``; ``offset`` goes into Upload-Offset where it helps."""

    def __init__(self, status: int, code: str, offset: int | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.offset = offset
