"""Joining a centre: check who it is by the code's fingerprint, prove the code without sending it, wait."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Final

from kiosk.dossier.keys import KeyList, KioskCertificate, read_key_list
from kiosk.dossier.signing import BadSignature, SigningKey
from kiosk.errors import KnownError
from kiosk.identifiers import EnrolCode, fingerprint
from kiosk.keyring import Enrolment, Keyring
from sync.client import CentreClient, LinkFault, NotOurServer
from sync.protocol import CentreHello, EnrolAnswer, EnrolRequest, EnrolState, enrol_message

_NONCE_LENGTH: Final = 16


def enrol(
    url: str, code: EnrolCode, keyring: Keyring, client: CentreClient, wait: Callable[[], bool]
) -> Enrolment:
    """Enrol this kiosk, or confirm that it is enrolled with this very centre already.

    ``wait`` pauses between two questions and says whether to go on asking. KnownError ``enrolled-elsewhere``,
    ``centre-differs`` (its root key does not fit the code), ``enrol-refused``, ``enrol-waiting``,
    ``centre-unreachable`` or ``centre-not-ours``.
    """
    known = keyring.enrolment()
    if known and known.centre_fingerprint != code.fingerprint:
        raise KnownError("enrolled-elsewhere")
    if known and not known.again:
        return known
    try:
        root, keys = _trusted(client.hello(), code)
        key = keyring.signing_key()
        answer = client.ask_to_enrol(_request(key, code))
        while answer.state is EnrolState.WAITING:
            if not wait():
                raise KnownError("enrol-waiting")
            answer = client.enrolment(answer.id)
    except NotOurServer as error:
        raise KnownError("centre-not-ours") from error
    except LinkFault as error:
        raise KnownError("centre-unreachable") from error
    enrolment = Enrolment(url, root, keys, _certificate(answer, key, keys))
    keyring.enrol(enrolment)
    return enrolment


def _trusted(hello: CentreHello, code: EnrolCode) -> tuple[bytes, KeyList]:
    if fingerprint(hello.root) != code.fingerprint:
        raise KnownError("centre-differs")
    try:
        return hello.root, read_key_list(hello.root, hello.key_list)
    except BadSignature as error:
        raise KnownError("centre-differs") from error


def _request(key: SigningKey, code: EnrolCode) -> EnrolRequest:
    """The same request for the same code and key, so that one cut off is asked again, not anew."""
    secret = code.secret.encode("ascii")
    nonce = hmac.digest(secret, b"mck/1/enrol-nonce" + key.public, hashlib.sha256)[:_NONCE_LENGTH]
    message = enrol_message(key.public, code.fingerprint, nonce)
    return EnrolRequest(key.public, nonce, hmac.digest(secret, message, hashlib.sha256))


def _certificate(answer: EnrolAnswer, key: SigningKey, keys: KeyList) -> KioskCertificate:
    if answer.state is not EnrolState.GRANTED or answer.certificate is None:
        raise KnownError("enrol-refused")
    try:
        certificate = KioskCertificate.from_bytes(answer.certificate)
        certificate.check(keys)
    except BadSignature as error:
        raise KnownError("centre-differs") from error
    if certificate.public != key.public:
        raise KnownError("centre-differs")
    return certificate
