"""The kiosk's keys and its enrolment: small files beside the database, never in it.

The files are readable by the kiosk's user only. That protects against a copied database, not against someone
who takes the whole machine: what was submitted stays sealed to the desk even then.
"""

from __future__ import annotations

import json
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from kiosk import canonical
from kiosk.dossier.keys import KeyList, KioskCertificate, read_key_list
from kiosk.dossier.signing import BadSignature, SigningKey
from kiosk.errors import KnownError
from kiosk.files import alone, create_once, write_atomically
from kiosk.identifiers import fingerprint

_DATABASE_KEY_LENGTH: Final = 32
_LAST_EPOCH: Final = 99


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Whom this kiosk belongs to: the centre's root key, its newest key list, our certificate."""

    url: str
    root: bytes
    keys: KeyList
    certificate: KioskCertificate
    again: bool = False  # the centre saw our numbers from another copy: enrol again

    @property
    def kiosk(self) -> str:
        return self.certificate.kiosk

    @property
    def centre_fingerprint(self) -> str:
        return fingerprint(self.root)


class Keyring:
    """The ``keys`` folder of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def database_key(self, database: Path) -> bytes:
        """32 raw bytes; made with the first database. KnownError ``key-missing`` if that one is lost."""
        file = self._folder / "database.key"
        if not file.exists() and database.exists():
            raise KnownError("key-missing")
        key = self._made_once(file, os.urandom(_DATABASE_KEY_LENGTH))
        if len(key) != _DATABASE_KEY_LENGTH:
            raise KnownError("data-damaged", file=file.name)
        return key

    def signing_key(self) -> SigningKey:
        """The kiosk's own key; made at the first call. KnownError ``key-missing`` if our certificate is for
        another one: a new key would make every envelope a stranger's."""
        file, enrolment = self._folder / "kiosk.key", self.enrolment()
        if enrolment and not file.exists():
            raise KnownError("key-missing")
        try:
            key = SigningKey.from_bytes(self._made_once(file, SigningKey.generate().to_bytes()))
        except ValueError as error:
            raise KnownError("data-damaged", file=file.name) from error
        if enrolment and key.public != enrolment.certificate.public:
            raise KnownError("key-missing")
        return key

    def _made_once(self, file: Path, data: bytes) -> bytes:
        return file.read_bytes() if file.exists() else create_once(file, data)

    def alone(self) -> AbstractContextManager[None]:
        """Held while this folder, or the database it opens, is changed in more than one step."""
        return alone(self._folder / "lock")

    def epoch(self) -> int:
        """Which run of receipt numbers we are in: 0 before the first database."""
        file = self._folder / "epoch"
        if not file.exists():
            return 0
        text = file.read_text(encoding="ascii", errors="replace").strip()
        if not text.isdigit():
            raise KnownError("data-damaged", file=file.name)
        return int(text)

    def next_epoch(self) -> int:
        """Begin a new run, so that no number is ever given twice; KnownError ``epochs-used-up`` after 99.

        Call with ``alone`` held.
        """
        epoch = self.epoch() + 1
        if epoch > _LAST_EPOCH:
            raise KnownError("epochs-used-up")
        write_atomically(self._folder / "epoch", f"{epoch}\n".encode())
        return epoch

    def enrolment(self) -> Enrolment | None:
        """Our enrolment, its signatures checked again; None before the first."""
        file = self._folder / "enrolment.json"
        if not file.exists():
            return None
        try:
            return _read(canonical.decode_object(file.read_bytes()))
        except (ValueError, KeyError, TypeError, BadSignature) as error:
            raise KnownError("data-damaged", file=file.name) from error

    def has_enrolment(self) -> bool:
        """Whether this folder was ever enrolled, even if the file can't be read now."""
        return (self._folder / "enrolment.json").exists()

    def require_enrolment(self) -> Enrolment:
        """Our enrolment; KnownError ``not-enrolled`` where there is none."""
        enrolment = self.enrolment()
        if enrolment is None:
            raise KnownError("not-enrolled")
        return enrolment

    def enrol(self, enrolment: Enrolment) -> None:
        """Belong to a centre from now on, under a new run of numbers. KnownError ``centre-differs`` for keys
        older than those we have."""
        with self.alone():
            known = self.enrolment()
            if known and enrolment.keys.number < known.keys.number:
                raise KnownError("centre-differs")
            self.next_epoch()
            self._write(enrolment)

    def newer_keys(self, keys: KeyList) -> None:
        """Take a newer key list; an older or equal one is ignored, a kiosk never goes back a number.

        BadSignature for one under which our own certificate no longer holds: nothing would after it.
        """
        with self.alone():
            enrolment = self.require_enrolment()
            if keys.number > enrolment.keys.number:
                enrolment.certificate.check(keys)
                self._write(replace(enrolment, keys=keys))

    def mark_again(self) -> None:
        """Remember that the centre told us to enrol again."""
        with self.alone():
            enrolment = self.require_enrolment()
            if not enrolment.again:
                self._write(replace(enrolment, again=True))

    def _write(self, enrolment: Enrolment) -> None:
        value: dict[str, Any] = {
            "url": enrolment.url,
            "root": canonical.b64(enrolment.root),
            "key_list": enrolment.keys.signed.to_wire(),
            "certificate": canonical.b64(enrolment.certificate.to_bytes()),
            "again": enrolment.again,
        }
        text = json.dumps(value, indent=1) + "\n"
        write_atomically(self._folder / "enrolment.json", text.encode())


def _read(value: dict[str, Any]) -> Enrolment:
    root = canonical.unb64(value["root"])
    keys = read_key_list(root, value["key_list"])
    certificate = KioskCertificate.from_bytes(canonical.unb64(value["certificate"]))
    certificate.check(keys)
    return Enrolment(value["url"], root, keys, certificate, bool(value.get("again", False)))
