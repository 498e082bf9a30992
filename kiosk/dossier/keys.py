"""Who may sign what: the root's numbered key list and the kiosk's certificate."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kiosk import canonical, clock
from kiosk.dossier.signing import BadSignature, Context, Signed, SigningKey, check, key_id

_CERTIFICATE_FORMAT: Final = 1
CERTIFICATE_LENGTH: Final = 1 + 4 + 32 + 4 + 8 + 64


class Role(enum.Enum):
    """What a key of the centre is for."""

    INTAKE_SIGN = "intake-sign"  # signs answers and *received*
    DESK_SIGN = "desk-sign"  # signs *opened*, notices, kiosk certificates
    DESK_SEAL = "desk-seal"  # packets are sealed to it
    CATALOGUE = "catalogue"  # signs catalogue packages


_ROLES: Final = frozenset(role.value for role in Role)  # others belong to a later version, and are left out


@dataclass(frozen=True, slots=True)
class ListedKey:
    """One key of the centre. Old keys stay listed so that old packets and certificates still hold."""

    id: str
    role: Role
    public: bytes
    not_before: datetime
    not_after: datetime | None


@dataclass(frozen=True, slots=True)
class KeyList:
    """The centre's keys, numbered and signed by the root; newest of a role last."""

    number: int
    keys: tuple[ListedKey, ...]
    signed: Signed

    def newest(self, role: Role) -> ListedKey:
        """The key to use now for ``role``. A list without one is refused when read."""
        return list(self._of(role))[-1]

    def find(self, role: Role, wanted: str) -> bytes:
        """The public key ``wanted`` of that role; BadSignature if the root never listed it."""
        for key in self._of(role):
            if key.id == wanted:
                return key.public
        raise BadSignature(f"{role.value} key")

    def _of(self, role: Role) -> Iterator[ListedKey]:
        return (key for key in self.keys if key.role is role)


def sign_key_list(root: SigningKey, number: int, issued_at: datetime, keys: tuple[ListedKey, ...]) -> KeyList:
    """Issue list ``number``; the caller sees to it that numbers only grow."""
    body = {
        "format": 1,
        "number": number,
        "issued_at": clock.rfc3339(issued_at),
        "keys": [
            {
                "id": key.id,
                "role": key.role.value,
                "public": canonical.b64(key.public),
                "not_before": clock.rfc3339(key.not_before),
                "not_after": clock.rfc3339(key.not_after) if key.not_after else None,
            }
            for key in keys
        ],
    }
    return KeyList(number, keys, Signed.make(root, Context.KEY_LIST, canonical.encode(body)))


def read_key_list(root_public: bytes, wire: object) -> KeyList:
    """A key list from its wire form, once the root's signature holds; BadSignature otherwise."""
    signed = Signed.from_wire(wire)
    body = signed.open(root_public, Context.KEY_LIST)
    try:
        keys = tuple(_listed(entry) for entry in body["keys"] if entry["role"] in _ROLES)
        number = int(body["number"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadSignature("key list") from error
    if not {key.role for key in keys} >= {Role.INTAKE_SIGN, Role.DESK_SIGN, Role.DESK_SEAL}:
        raise BadSignature("key list lacks a role")
    return KeyList(number, keys, signed)


def _listed(entry: dict[str, Any]) -> ListedKey:
    public = canonical.unb64(entry["public"])
    if entry["id"] != key_id(public):
        raise ValueError("key id")
    return ListedKey(
        id=entry["id"],
        role=Role(entry["role"]),
        public=public,
        not_before=clock.parse(entry["not_before"]),
        not_after=clock.parse(entry["not_after"]) if entry["not_after"] else None,
    )


@dataclass(frozen=True, slots=True)
class KioskCertificate:
    """The desk's word that a public key is kiosk ``kiosk``'s. 113 bytes: fits in a QR."""

    kiosk: str
    public: bytes
    issued_at: int  # Unix seconds
    desk_key_id: str
    signature: bytes

    def _body(self) -> bytes:
        return (
            bytes([_CERTIFICATE_FORMAT])
            + self.kiosk.encode("ascii")
            + self.public
            + self.issued_at.to_bytes(4, "big")
            + bytes.fromhex(self.desk_key_id)
        )

    def to_bytes(self) -> bytes:
        return self._body() + self.signature

    @classmethod
    def issue(cls, desk: SigningKey, kiosk: str, public: bytes, issued_at: datetime) -> KioskCertificate:
        blank = cls(kiosk, public, int(issued_at.timestamp()), desk.id, b"")
        signature = desk.sign(Context.CERTIFICATE, blank._body())
        return cls(kiosk, public, blank.issued_at, desk.id, signature)

    @classmethod
    def from_bytes(cls, data: bytes) -> KioskCertificate:
        """Read the 113 bytes; BadSignature for another form. Says nothing of the signature yet."""
        if len(data) != CERTIFICATE_LENGTH or data[0] != _CERTIFICATE_FORMAT:
            raise BadSignature("certificate")
        try:
            kiosk = data[1:5].decode("ascii")
        except UnicodeDecodeError as error:
            raise BadSignature("certificate") from error
        issued_at = int.from_bytes(data[37:41], "big")
        return cls(kiosk, data[5:37], issued_at, data[41:49].hex(), data[49:])

    def check(self, keys: KeyList) -> None:
        """BadSignature unless a desk key of the list signed this certificate."""
        desk = keys.find(Role.DESK_SIGN, self.desk_key_id)
        check(desk, Context.CERTIFICATE, self._body(), self.signature)
