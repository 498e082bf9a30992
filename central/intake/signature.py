"""Who sent this request: RFC 9421 signatures by kiosk keys.

The clock of a request is not judged: a kiosk with a dead clock must get through. What a request may do is
bound by its content (a nonce in an announce, an offset in an upload), so a repeated one changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)
from starlette.datastructures import Headers

from central.intake.refusal import Refused


@dataclass(frozen=True, slots=True)
class RequestHead:
    """The parts of a request that a signature covers. ``path`` as it was sent, percent signs included."""

    method: str
    path: str
    headers: Headers

    @property
    def url(self) -> str:
        """A whole URL as the verifier wants one; the authority is never covered (proxies change it)."""
        return f"http://centre.invalid{self.path}"


class _Verifier(HTTPMessageVerifier):
    """Judges no clock."""

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Any ``created`` and ``expires`` will do."""


class _Resolver(HTTPSignatureKeyResolver):
    def __init__(self, public_of: Callable[[str], bytes | None]) -> None:
        self._public_of = public_of

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        public = self._public_of(key_id)
        return Ed25519PublicKey.from_public_bytes(public) if public else None


def signer_of(
    head: RequestHead,
    components: tuple[str, ...],
    body: bytes | None,
    public_of: Callable[[str], bytes | None],
) -> str:
    """The key id that signed ``components`` (and ``body``, if given); Refused 401 if no known one did."""
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=_Resolver(public_of))
    try:
        results = verifier.verify(head, max_age=None, require_components=components, body=body)
    except (HTTPMessageSignaturesException, ValueError) as error:
        raise Refused(401, "signature") from error
    if len(results) != 1:
        raise Refused(401, "signature")
    return str(results[0].parameters["keyid"])
