"""HTTP to one centre: every request bounded in time and size, every failure named.

LinkFault
  ├─ LinkDown        no connection, cut, or too slow
  ├─ NotOurServer    something else answered: a captive portal, a proxy's page
  ├─ NotAuthorised   the centre does not know this kiosk
  └─ CentreBusy      the centre asks to come back later, or is in trouble itself
"""

from __future__ import annotations

import datetime
import ipaddress
import math
import secrets
import time
from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import quote, urlsplit

import requests
import urllib3
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms

from kiosk.canonical import b64, decode_object
from kiosk.dossier.signing import BadSignature, Signed, SigningKey
from kiosk.errors import KnownError
from sync import protocol
from sync.protocol import BadMessage, CentreHello, EnrolAnswer, EnrolRequest

_CONNECT_S: Final = 5.0
_ANSWER_S: Final = 15.0
_SLOWEST_BYTES_PER_S: Final = 4_000  # a poor 2G link; slower than this is called down
_NONCE_LENGTH: Final = 16
_PIECE: Final = 16_384
_LABEL: Final = "mck"
_T = TypeVar("_T")


class LinkFault(Exception):
    """The exchange did not come about; nothing may be concluded about any dossier."""


class LinkDown(LinkFault):
    pass


class NotOurServer(LinkFault):
    pass


class NotAuthorised(LinkFault):
    pass


class CentreBusy(LinkFault):
    pass


class _Resolver(HTTPSignatureKeyResolver):
    def __init__(self, key: SigningKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> object:  # noqa: ARG002 - the library's name for it
        return self._key.private

    def resolve_public_key(self, key_id: str) -> object:  # noqa: ARG002
        return self._key.private.public_key()


def check_url(url: str) -> str:
    """The centre's address without a trailing slash. KnownError ``centre-url`` if it is none,
    ``centre-needs-tls`` for plain HTTP to anything but this very machine."""
    try:
        parts = urlsplit(url.strip())
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise KnownError("centre-url") from error
    if not sound or not parts.hostname or parts.query or parts.fragment:
        raise KnownError("centre-url")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise KnownError("centre-needs-tls")
    return url.strip().rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class CentreClient:
    """One centre as a kiosk sees it. ``adapter`` stands in for the network in tours and tests."""

    def __init__(
        self, url: str, key: SigningKey, adapter: requests.adapters.BaseAdapter | None = None
    ) -> None:
        self._url = check_url(url)
        self._key = key
        self._signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_Resolver(key))
        self._session = requests.Session()
        self._end_s = math.inf
        self._session.trust_env = not _is_loopback(urlsplit(self._url).hostname or "")
        if adapter:
            self._session.mount("http://", adapter)
            self._session.mount("https://", adapter)

    def close(self) -> None:
        self._session.close()

    def end_by(self, seconds: float) -> None:
        """No request goes on longer than ``seconds`` from now, whatever the other end does."""
        self._end_s = time.monotonic() + seconds

    def hello(self) -> CentreHello:
        """Who the centre says it is; nothing of it is trusted yet."""
        response, body = self._exchange(requests.Request("GET", self._url + protocol.CENTRE))
        return _understood(CentreHello.from_bytes, _ok(response, body))

    def ask_to_enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Ask for a certificate."""
        sent = requests.Request("POST", self._url + protocol.ENROLMENTS, data=request.to_bytes())
        sent.headers["Content-Type"] = "application/json"
        response, body = self._exchange(sent)
        return _understood(EnrolAnswer.from_bytes, _ok(response, body))

    def enrolment(self, enrolment_id: str) -> EnrolAnswer:
        """Where our request stands."""
        path = f"{protocol.ENROLMENTS}/{quote(enrolment_id, safe='')}"
        response, body = self._exchange(requests.Request("GET", self._url + path))
        return _understood(EnrolAnswer.from_bytes, _ok(response, body))

    def announce(self, message: bytes) -> Signed:
        """Send one signed announce; the answer as signed, not yet checked."""
        request = requests.Request("POST", self._url + protocol.ANNOUNCE, data=message)
        request.headers["Content-Type"] = "application/json"
        response, body = self._exchange(request, signed=protocol.SIGNED_ANNOUNCE, body=message)
        return _understood(lambda data: Signed.from_wire(decode_object(data)), _ok(response, body))

    def upload(self, dossier_id: str, offset: int, data: bytes) -> int | None:
        """Send bytes from ``offset``; the offset now, or None if the centre stands elsewhere."""
        request = requests.Request("PATCH", f"{self._url}{protocol.UPLOADS}/{dossier_id}", data=data)
        request.headers.update(
            {
                "Tus-Resumable": protocol.TUS_VERSION,
                "Upload-Offset": str(offset),
                "Content-Type": protocol.TUS_CONTENT,
                "Content-Length": str(len(data)),
            }
        )
        response, body = self._exchange(request, signed=protocol.SIGNED_PATCH)
        if response.status_code in (404, 409, 410):
            return None
        _ok(response, body)
        now = response.headers.get("Upload-Offset", "")
        if not (now.isascii() and now.isdigit()):
            raise NotOurServer("no offset")
        return int(now)

    def _exchange(
        self, request: requests.Request, signed: tuple[str, ...] = (), body: bytes | None = None
    ) -> tuple[requests.Response, bytes]:
        prepared = self._session.prepare_request(request)
        prepared.headers["Accept"] = "application/json"
        prepared.headers["Accept-Encoding"] = "identity"
        if signed:
            self._sign(prepared, signed, body)
        size = len(prepared.body) if isinstance(prepared.body, bytes) else 0
        read_s = min(_ANSWER_S + size / _SLOWEST_BYTES_PER_S, self._end_s - time.monotonic())
        if read_s <= 0:
            raise LinkDown("out of time")
        settings = self._session.merge_environment_settings(prepared.url, {}, True, None, None)
        try:
            response = self._session.send(
                prepared, timeout=(min(_CONNECT_S, read_s), read_s), allow_redirects=False, **settings
            )
            with response:
                return response, _body(response, time.monotonic() + read_s)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise LinkDown(type(error).__name__) from error

    def _sign(self, request: requests.PreparedRequest, covered: tuple[str, ...], body: bytes | None) -> None:
        self._signer.sign(
            request,
            key_id=self._key.id,
            created=datetime.datetime.now(datetime.UTC),
            nonce=b64(secrets.token_bytes(_NONCE_LENGTH)),
            label=_LABEL,
            covered_component_ids=covered,
            body=body,
        )


def _body(response: requests.Response, deadline_s: float) -> bytes:
    """The answer's bytes, up to one more than may come; LinkDown if they drip past ``deadline_s``."""
    body = b""
    while piece := response.raw.read1(_PIECE):
        body += piece
        if len(body) > protocol.MAX_ANSWER:
            break
        if time.monotonic() > deadline_s:
            raise LinkDown("dripping")
    return body


def _ok(response: requests.Response, body: bytes) -> bytes:
    """The body of a good answer; a LinkFault for every other."""
    code = response.status_code
    if len(body) > protocol.MAX_ANSWER:
        raise NotOurServer("endless answer")
    if code in (401, 403):
        raise NotAuthorised(str(code))
    if code in (408, 413, 429) or code >= 500:
        raise CentreBusy(str(code))
    if not 200 <= code < 300:
        raise NotOurServer(str(code))
    return body


def _understood(read: Callable[[bytes], _T], body: bytes) -> _T:
    """``body`` read as ours; NotOurServer if someone else wrote it."""
    try:
        return read(body)
    except (BadMessage, BadSignature, ValueError) as error:
        raise NotOurServer("answer") from error
