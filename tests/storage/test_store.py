"""The store: durable at once, never reset, never readable without its key, never two numbers alike."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.clock import LOCAL
from kiosk.dossier.statements import NoticeText, Opened, Received, SealedNotice
from kiosk.errors import KnownError
from kiosk.identifiers import new_dossier_id, new_secret
from kiosk.keyring import Keyring
from kiosk.storage.engine import open_engine
from kiosk.storage.migrate import back_up
from kiosk.storage.outbox import OutboxEvent, OutboxState
from kiosk.storage.records import NewDossier, RequestMark
from kiosk.storage.store import Store, open_store
from tests.house import KIOSK_KEY, ROOT, new_dossier

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=LOCAL)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    (tmp_path / "keys").mkdir()
    return Keyring(tmp_path / "keys")


@pytest.fixture
def store(tmp_path: Path, keyring: Keyring) -> Iterator[Store]:
    opened = open_store(tmp_path / "kiosk.db", keyring)
    yield opened
    opened.close()


def saved(store: Store, sealed: bytes = b"sealed") -> str:
    dossier_id = new_dossier_id()
    store.submit(dossier_id, None, 1, lambda sequence: new_dossier(dossier_id, sequence, sealed))
    return dossier_id


def test_a_double_tap_is_one_dossier(store: Store) -> None:
    dossier_id = new_dossier_id()
    first, fresh = store.submit(dossier_id, None, 1, lambda n: new_dossier(dossier_id, n))
    second, again = store.submit(dossier_id, None, 1, lambda n: new_dossier(dossier_id, n))
    assert (fresh, again) == (True, False)
    assert first == second


def test_many_at_once_get_numbers_without_gaps(tmp_path: Path, store: Store, keyring: Keyring) -> None:
    other = open_store(tmp_path / "kiosk.db", keyring)
    threads = [threading.Thread(target=saved, args=(each,)) for each in (store, other) * 10]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(int(item.receipt.split("-")[2]) for item in store.queue(NOW))
    assert numbers == list(range(1, 21))
    other.close()


def test_what_fails_while_sealing_leaves_nothing_and_takes_no_number(store: Store) -> None:
    def broken(sequence: int) -> NewDossier:
        raise KnownError("storage-full")

    with pytest.raises(KnownError):
        store.submit(new_dossier_id(), None, 1, broken)
    assert store.queue(NOW) == ()
    saved(store)
    assert store.queue(NOW)[0].receipt.startswith("TQ01-01-000001-")


def test_the_same_request_with_other_content_is_refused(store: Store) -> None:
    dossier_id = new_dossier_id()
    mark = RequestMark("request", "content")
    store.submit(dossier_id, mark, 1, lambda n: new_dossier(dossier_id, n))
    other = new_dossier_id()
    same, fresh = store.submit(other, mark, 1, lambda n: new_dossier(other, n))
    assert (same.dossier_id, fresh) == (dossier_id, False)
    with pytest.raises(KnownError, match="request-differs"):
        store.submit(other, replace(mark, content_hmac="x"), 1, lambda n: new_dossier(other, n))


def test_sealed_bytes_come_back_from_any_offset_and_are_purged_only_when_opened(store: Store) -> None:
    sealed = os.urandom(200_000)
    dossier_id = saved(store, sealed)
    for offset, length in ((0, 200_000), (65_535, 2), (65_536, 70_000), (199_999, 500), (200_000, 10)):
        assert store.sealed_bytes(dossier_id, offset, length) == sealed[offset : offset + length]
    item = store.find(dossier_id)
    assert item is not None
    received = Received(dossier_id, item.envelope_sha256, "now")
    assert store.mark_received(received, received.sign(KIOSK_KEY), NOW) is OutboxState.RECEIVED
    assert store.sealed_bytes(dossier_id, 0, 10) == sealed[:10]
    opened = Opened(dossier_id, item.envelope_sha256, "H60.08-261122-0001", "now")
    with pytest.raises(ValueError, match="another envelope"):
        store.mark_opened(replace(opened, envelope_sha256="0" * 64), opened.sign(KIOSK_KEY), NOW)
    assert store.sealed_bytes(dossier_id, 0, 10) == sealed[:10]
    assert store.mark_opened(opened, opened.sign(KIOSK_KEY), NOW) is OutboxState.OPENED
    assert store.sealed_bytes(dossier_id, 0, 200_000) == b""


def test_a_power_cut_while_sending_queues_it_again(tmp_path: Path, store: Store, keyring: Keyring) -> None:
    dossier_id = saved(store)
    store.advance(dossier_id, OutboxEvent.SEND, NOW)
    after = open_store(tmp_path / "kiosk.db", keyring)
    after.restart(NOW)
    item = after.find(dossier_id)
    assert item is not None
    assert (item.state, item.attempts) == (OutboxState.QUEUED, 1)
    after.close()


def test_a_receipt_nobody_saw_is_remembered_until_it_is_given(store: Store) -> None:
    dossier_id = saved(store)
    assert [item.dossier_id for item in store.receipts_not_given()] == [dossier_id]
    store.give_receipt(dossier_id, NOW)
    assert store.receipts_not_given() == ()


def test_an_older_notice_never_replaces_a_newer_one(store: Store) -> None:
    secret = new_secret()
    text = NoticeText("r", "c", 1, None, None, "now")
    notices = [SealedNotice.make(KIOSK_KEY, secret, "0" * 32, number, text) for number in (1, 2)]
    assert store.keep_notice(notices[1], NOW)
    assert not store.keep_notice(notices[0], NOW)
    assert not store.keep_notice(notices[1], NOW)
    kept = store.notice("0" * 32)
    assert kept is not None and kept[0] == notices[1].signed


def test_nothing_readable_lies_on_the_disk(tmp_path: Path, store: Store) -> None:
    saved(store, b"SEALED-BYTES" * 1000)
    for file in tmp_path.rglob("kiosk.db*"):
        data = file.read_bytes()
        for word in (b"SQLite format", b"SEALED-BYTES", b"TQ01-01", b"MCK1:TEST", b"envelope"):
            assert word not in data, f"{word!r} in {file.name}"


def test_a_new_database_begins_a_new_epoch(tmp_path: Path, store: Store, keyring: Keyring) -> None:
    assert keyring.epoch() == 1
    store.close()
    for file in tmp_path.glob("kiosk.db*"):
        file.unlink()
    open_store(tmp_path / "kiosk.db", keyring).close()
    assert keyring.epoch() == 2


def test_a_database_of_a_newer_version_is_refused_untouched(
    tmp_path: Path, store: Store, keyring: Keyring
) -> None:
    store.close()
    file = tmp_path / "kiosk.db"
    engine = open_engine(file, keyring.database_key(file))
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA user_version = 99")
        db.commit()
    engine.dispose()
    before = file.read_bytes()
    with pytest.raises(KnownError, match="data-newer"):
        open_store(file, keyring)
    assert file.read_bytes() == before


def test_a_damaged_database_and_a_lost_key_are_refused_and_nothing_is_reset(
    tmp_path: Path, store: Store, keyring: Keyring
) -> None:
    store.close()
    file = tmp_path / "kiosk.db"
    file.write_bytes(os.urandom(8192))
    before = file.read_bytes()
    with pytest.raises(KnownError, match="database-damaged"):
        open_store(file, keyring)
    (tmp_path / "keys" / "database.key").unlink()
    with pytest.raises(KnownError, match="key-missing"):
        open_store(file, keyring)
    assert file.read_bytes() == before


def test_a_migration_backs_up_first(tmp_path: Path, store: Store, keyring: Keyring) -> None:
    saved(store)
    store.close()
    file = tmp_path / "kiosk.db"
    engine = open_engine(file, keyring.database_key(file))
    back_up(engine, file, 0)
    engine.dispose()
    copy = tmp_path / "copy.db"
    (tmp_path / "kiosk.db.v0.backup").rename(copy)
    engine = open_engine(copy, keyring.database_key(file))
    with engine.connect() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM dossier").scalar_one() == 1
    engine.dispose()


def test_two_programs_starting_at_once_make_one_database(tmp_path: Path) -> None:
    """Both find an empty folder; what either saves can still be opened afterwards."""
    script = (
        "import sys; from pathlib import Path; from kiosk.keyring import Keyring;"
        "from kiosk.settings import open_data_dir; from kiosk.storage.store import open_store;"
        "s = open_data_dir(Path(sys.argv[1])); sys.stdin.readline();"
        "open_store(s.database, Keyring(s.keys)).counts()"
    )
    for turn in range(4):
        folder = tmp_path / str(turn)
        both = [
            subprocess.Popen(
                [sys.executable, "-c", script, str(folder)], stdin=subprocess.PIPE, cwd=ROOT, text=True
            )
            for _ in range(2)
        ]
        for each in both:
            each.communicate("go\n")
        assert [each.returncode for each in both] == [0, 0]
        keyring = Keyring(folder / "keys")
        store = open_store(folder / "kiosk.db", keyring)
        assert store.queue(NOW) == ()
        assert keyring.epoch() == 1
        store.close()
