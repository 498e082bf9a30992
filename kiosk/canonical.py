"""One way to turn values into bytes that are signed or hashed."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any


def encode(value: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: equal values give equal bytes."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def decode_object(data: bytes) -> dict[str, Any]:
    """A JSON object from bytes; ValueError if it is anything else (too deep nesting included)."""
    try:
        value = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """Strict base 64; ValueError if it is none."""
    return base64.b64decode(text.encode("ascii"), validate=True)
