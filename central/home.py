"""Where a centre's data lie: three folders with three kinds of trust, and how they come to be.

format        number of this layout; written last by ``init``, so a half-made centre is none
root/         root.key, root.pub: used at init and rotation; may leave the machine
intake/       config.json (root key, key list), intake.key, intake.db, blobs/: faces the network
desk/         config.json (root key, key list, agency), sign.key, seal/ID.key, desk.db: opens packets
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from central.database import Database
from central.desk import tables as desk_tables
from central.intake import tables as intake_tables
from kiosk import canonical
from kiosk.clock import Clock
from kiosk.dossier.keys import KeyList, ListedKey, Role, read_key_list, sign_key_list
from kiosk.dossier.seal_key import SealKey
from kiosk.dossier.signing import BadSignature, SigningKey, key_id
from kiosk.errors import KnownError
from kiosk.identifiers import fingerprint

FORMAT: Final = 1
DEFAULT_AGENCY: Final = "H60.08"
_FOLDERS: Final = ("root", "intake", "desk")


def default_data_dir() -> Path:
    """``$CENTRAL_DATA_DIR``, else the XDG state folder."""
    if given := os.environ.get("CENTRAL_DATA_DIR"):
        return Path(given)
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "mot-cua-central"


@dataclass(frozen=True, slots=True)
class Home:
    """The paths of one centre."""

    path: Path

    @property
    def intake(self) -> Path:
        return self.path / "intake"

    @property
    def desk(self) -> Path:
        return self.path / "desk"

    @property
    def blobs(self) -> Path:
        return self.intake / "blobs"

    def check(self) -> None:
        """KnownError ``not-initialised``, ``data-newer``, ``data-damaged`` unless this centre can be used."""
        try:
            text = (self.path / "format").read_text(encoding="utf-8", errors="replace").strip()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise KnownError("not-initialised") from error
        if not text.isdigit():
            raise KnownError("data-damaged", file="format")
        if int(text) > FORMAT:
            raise KnownError("data-newer", found=int(text), known=FORMAT)

    def open_intake_db(self) -> Database:
        return Database.open(self.intake / "intake.db", intake_tables.VERSION)

    def open_desk_db(self) -> Database:
        return Database.open(self.desk / "desk.db", desk_tables.VERSION)

    def intake_keys(self) -> IntakeKeys:
        """What the intake holds; read from ``intake/`` alone."""
        config = _config(self.intake)
        root, keys = _trust(config)
        return IntakeKeys(root, keys, SigningKey.from_bytes(_secret(self.intake / "intake.key", 32)))

    def desk_keys(self) -> DeskKeys:
        """What the desk holds; read from ``desk/`` alone, so that no word of the intake is trusted."""
        config = _config(self.desk)
        root, keys = _trust(config)
        seals = {}
        for file in sorted((self.desk / "seal").glob("*.key")):
            key = SealKey.from_bytes(_secret(file, 96))
            seals[key_id(key.public)] = key
        sign = SigningKey.from_bytes(_secret(self.desk / "sign.key", 32))
        return DeskKeys(root, keys, sign, seals, str(config.get("agency", DEFAULT_AGENCY)))


@dataclass(frozen=True, slots=True)
class IntakeKeys:
    """The intake's signing key and the public word of the root."""

    root: bytes
    key_list: KeyList
    sign: SigningKey


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """The desk's private keys; ``seals`` by key id, old ones included."""

    root: bytes
    key_list: KeyList
    sign: SigningKey
    seals: dict[str, SealKey]
    agency: str


def _config(folder: Path) -> dict[str, Any]:
    file = folder / "config.json"
    try:
        return canonical.decode_object(file.read_bytes())
    except FileNotFoundError as error:
        raise KnownError("part-absent", part=folder.name) from error
    except ValueError as error:
        raise KnownError("data-damaged", file=f"{folder.name}/{file.name}") from error


def _trust(config: dict[str, Any]) -> tuple[bytes, KeyList]:
    try:
        root = canonical.unb64(config["root"])
        return root, read_key_list(root, config["key_list"])
    except (KeyError, ValueError, TypeError, AttributeError, BadSignature) as error:
        raise KnownError("data-damaged", file="config.json") from error


def _secret(file: Path, length: int) -> bytes:
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise KnownError("data-damaged", file=file.name) from error
    if len(data) != length:
        raise KnownError("data-damaged", file=file.name)
    return data


# ---- init


def initialise(path: Path, clock: Clock) -> str:
    """Make a new centre in ``path`` and return its root key's fingerprint.

    KnownError ``initialised`` if there is one, ``folder-in-use`` if ``path`` holds anything else. What an
    interrupted call left is set aside, never deleted: keys are among it.
    """
    if (path / "format").exists():
        raise KnownError("initialised")
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        _set_leftovers_aside(path)
        fresh = path / f".init-{secrets.token_hex(4)}"
        fresh.mkdir(mode=0o700)
        root = _make_folders(fresh, clock)
        for name in _FOLDERS:
            (fresh / name).rename(path / name)
        fresh.rmdir()
        _write(path / "format.new", f"{FORMAT}\n".encode())
        (path / "format.new").rename(path / "format")
        _sync_folder(path)
    except OSError as error:
        raise KnownError("data-unwritable", reason=error.strerror or type(error).__name__) from error
    return fingerprint(root)


def _set_leftovers_aside(path: Path) -> None:
    ours = [entry for entry in path.iterdir() if not entry.name.startswith(".unfinished-")]
    if not ours:
        return
    if any(entry.name not in (*_FOLDERS, "format.new") and entry.name[:6] != ".init-" for entry in ours):
        raise KnownError("folder-in-use")
    aside = path / f".unfinished-{secrets.token_hex(4)}"
    aside.mkdir(mode=0o700)
    for entry in ours:
        entry.rename(aside / entry.name)


def _make_folders(fresh: Path, clock: Clock) -> bytes:
    for name in (*_FOLDERS, "desk/seal", "intake/blobs"):
        (fresh / name).mkdir(mode=0o700)
    root, intake, desk, seal = (
        SigningKey.generate(),
        SigningKey.generate(),
        SigningKey.generate(),
        SealKey.generate(),
    )
    now = clock.now()
    roles = ((Role.INTAKE_SIGN, intake.public), (Role.DESK_SIGN, desk.public), (Role.DESK_SEAL, seal.public))
    listed = tuple(ListedKey(key_id(public), role, public, now, None) for role, public in roles)
    keys = sign_key_list(root, 1, now, listed)
    config = {"format": FORMAT, "root": canonical.b64(root.public), "key_list": keys.signed.to_wire()}
    _write(fresh / "root" / "root.key", root.to_bytes())
    _write(fresh / "root" / "root.pub", root.public)
    _write(fresh / "root" / "key-list.json", _json({"number": 1, "key_list": keys.signed.to_wire()}))
    _write(fresh / "intake" / "config.json", _json(config))
    _write(fresh / "intake" / "intake.key", intake.to_bytes())
    _write(fresh / "desk" / "config.json", _json({**config, "agency": DEFAULT_AGENCY}))
    _write(fresh / "desk" / "sign.key", desk.to_bytes())
    _write(fresh / "desk" / "seal" / f"{key_id(seal.public)}.key", seal.to_bytes())
    Database.create(fresh / "intake" / "intake.db", intake_tables.METADATA, intake_tables.VERSION)
    Database.create(fresh / "desk" / "desk.db", desk_tables.METADATA, desk_tables.VERSION)
    for name in (*_FOLDERS, "desk/seal"):
        _sync_folder(fresh / name)
    return root.public


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def _write(file: Path, data: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
