"""Sticks as people bring them, and as people who mean harm bring them."""

from __future__ import annotations

import errno
import os
import socket
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices import usb
from kiosk.devices.source import EntryKind, Listing, Place
from kiosk.devices.usb import MAX_LOOKED_AT, MAX_SHOWN, UsbSticks, mount_points, shown
from kiosk.errors import KnownError

PDF = b"%PDF-1.4\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0 photo"
PNG = b"\x89PNG\r\n\x1a\n picture"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "media" / "KINGSTON"
    folder.mkdir(parents=True)
    (folder / "giay-chung-sinh.pdf").write_bytes(PDF)
    return folder


@pytest.fixture
def source(tmp_path: Path) -> UsbSticks:
    return UsbSticks([str(tmp_path / "media")], mounts=lambda: ())


def top(source: UsbSticks) -> Place:
    [only] = source.sticks()
    return only.top


def names(listing: Listing) -> list[str]:
    return [entry.shown for entry in listing.entries]


def refusal(source: UsbSticks, place: Place, name: bytes) -> str:
    with pytest.raises(KnownError) as refused:
        source.read(place, name)
    assert refused.value.sentence("vi")
    return refused.value.code


def test_papers_are_found_by_what_they_are_and_not_by_their_names(source: UsbSticks, stick: Path) -> None:
    (stick / "anh.txt").write_bytes(JPEG)
    (stick / "bia.png").write_bytes(PNG)
    (stick / "virus.pdf").write_bytes(b"MZ\x90")
    (stick / "rong.pdf").write_bytes(b"")
    (stick / "Nhà").mkdir()
    listing = source.browse(top(source))
    assert names(listing) == ["Nhà", "anh.txt", "bia.png", "giay-chung-sinh.pdf"]
    assert [entry.media_type for entry in listing.entries[1:]] == [
        "image/jpeg",
        "image/png",
        "application/pdf",
    ]
    assert listing.hidden == 2
    assert listing.shown == "KINGSTON"


def test_a_paper_in_a_folder_is_read_whole(source: UsbSticks, stick: Path) -> None:
    (stick / "Nhà" / "Mẹ").mkdir(parents=True)
    data = PDF + os.urandom(300_000)
    (stick / "Nhà" / "Mẹ" / "a.pdf").write_bytes(data)
    place = top(source).inside("Nhà".encode()).inside("Mẹ".encode())
    assert names(source.browse(place)) == ["a.pdf"]
    assert source.read(place, b"a.pdf") == data
    assert place.above == top(source).inside("Nhà".encode())


def test_no_link_leads_off_the_stick(source: UsbSticks, stick: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.pdf").write_bytes(PDF)
    (stick / "link.pdf").symlink_to(secret / "key.pdf")
    (stick / "folder").symlink_to(secret)
    place = top(source)
    assert names(source.browse(place)) == ["giay-chung-sinh.pdf"]
    assert refusal(source, place, b"link.pdf") == "usb-not-a-file"
    for folders in ((b"folder",), (b"..",), (b"..", b"..", b"secret"), (b"/",), (b"",), (b"a\0",)):
        with pytest.raises(KnownError) as refused:
            source.browse(Place(place.stick, folders))
        assert refused.value.code == "usb-not-a-file"
    for name in (b"../../secret/key.pdf", os.fsencode(secret / "key.pdf"), b"..", b".", b"", b"a\0b"):
        assert refusal(source, place, name) == "usb-not-a-file"


def test_a_place_that_is_no_stick_is_not_opened(source: UsbSticks, stick: Path) -> None:
    for path in ("/etc", str(stick.parent), f"{stick}/.", "relative"):
        with pytest.raises(KnownError) as refused:
            source.browse(Place(path))
        assert refused.value.code == "usb-gone"


def test_a_linked_stick_is_no_stick(source: UsbSticks, stick: Path) -> None:
    (stick.parent / "linked").symlink_to("/etc")
    assert len(source.sticks()) == 1


def test_pipes_sockets_and_folders_are_no_papers_and_hold_nobody_up(source: UsbSticks, stick: Path) -> None:
    os.mkfifo(stick / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(stick)  # a socket's path has a short limit
        server.bind("socket.pdf")
        os.chdir(here)
        place = top(source)
        assert names(source.browse(place)) == ["giay-chung-sinh.pdf"]
        for name in (b"pipe.pdf", b"socket.pdf"):
            assert refusal(source, place, name) in {"usb-not-a-file", "usb-gone"}
    (stick / "folder.pdf").mkdir()
    assert refusal(source, place, b"folder.pdf") == "usb-not-a-file"


def test_a_paper_over_ten_megabytes_is_shown_but_not_taken(source: UsbSticks, stick: Path) -> None:
    with (stick / "film.pdf").open("wb") as file:
        file.write(PDF)
        file.truncate(10 * 1024 * 1024 + 1)
    listing = source.browse(top(source))
    assert [entry.too_large for entry in listing.entries] == [True, False]
    assert refusal(source, top(source), b"film.pdf") == "usb-too-large"


def test_the_stick_is_pulled_out_in_the_middle(
    source: UsbSticks, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = top(source)

    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, "pulled out")

    monkeypatch.setattr(usb.os, "read", broken)
    assert refusal(source, place, b"giay-chung-sinh.pdf") == "usb-gone"
    with pytest.raises(KnownError) as refused:
        source.browse(place)
    assert refused.value.code == "usb-gone"


def test_a_file_that_ends_too_early_is_not_taken_for_whole(
    source: UsbSticks, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = os.read
    monkeypatch.setattr(usb.os, "read", lambda file, size: read(file, min(size, 8)) if size > 8 else b"")
    assert refusal(source, top(source), b"giay-chung-sinh.pdf") == "usb-gone"


def test_the_stick_was_pulled_out_before(source: UsbSticks, stick: Path) -> None:
    place = top(source)
    (stick / "giay-chung-sinh.pdf").unlink()
    stick.rmdir()
    assert source.sticks() == ()
    assert refusal(source, place, b"giay-chung-sinh.pdf") == "usb-gone"


def test_nothing_on_the_stick_changes_not_even_a_time(source: UsbSticks, stick: Path) -> None:
    file = stick / "giay-chung-sinh.pdf"
    os.utime(file, (1, 1))
    before = file.stat()
    source.browse(top(source))
    source.read(top(source), b"giay-chung-sinh.pdf")
    after = file.stat()
    assert (before.st_atime_ns, before.st_mtime_ns) == (after.st_atime_ns, after.st_mtime_ns)
    assert os.listdir(stick) == [file.name]  # noqa: PTH208


def test_a_folder_of_thousands_is_cut_and_says_so(source: UsbSticks, stick: Path) -> None:
    for number in range(MAX_LOOKED_AT + 5):
        (stick / f"{number:05d}.pdf").touch()
    listing = source.browse(top(source))
    assert listing.cut
    assert len(listing.entries) <= MAX_SHOWN


def test_what_the_system_put_there_is_not_shown(source: UsbSticks, stick: Path) -> None:
    for name in ("._giay.pdf", ".hidden.pdf"):
        (stick / name).write_bytes(PDF)
    (stick / "System Volume Information").mkdir()
    assert names(source.browse(top(source))) == ["giay-chung-sinh.pdf"]


def test_mounted_sticks_count_and_the_folder_above_them_does_not(tmp_path: Path) -> None:
    mounted = tmp_path / "media" / "user" / "LUAN VAN"
    mounted.mkdir(parents=True)
    root = str(tmp_path / "media")
    source = UsbSticks([root, "/nowhere"], mounts=lambda: (b"/", os.fsencode(mounted)))
    assert [stick.shown for stick in source.sticks()] == ["LUAN VAN"]


def test_mount_points_are_read_from_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    table.write_text("36 35 98:0 / /media/x/LUAN\\040VAN rw,noatime - vfat /dev/sdb1 rw\nbroken\n")
    monkeypatch.setattr(usb, "_MOUNTS", table)
    assert mount_points() == (b"/media/x/LUAN VAN",)
    monkeypatch.setattr(usb, "_MOUNTS", tmp_path / "none")
    assert mount_points() == ()


@pytest.mark.parametrize(
    ("name", "painted"),
    [
        ("Giấy khai sinh.pdf".encode(), "Giấy khai sinh.pdf"),
        ("invoice\u202efdp.exe".encode(), "invoicefdp.exe"),
        ("a\u200bb\u2066c.pdf".encode(), "abc.pdf"),
        (b"two\nlines\r.pdf", "two lines .pdf"),
        (b"\xff\xfe.pdf", "__.pdf"),
        ("a\u0301\u0301\u0301\u0301\u0301.pdf".encode(), "á\u0301\u0301.pdf"),
        ("\u200b".encode(), "…"),
    ],
)
def test_a_hostile_name_is_painted_as_it_is(name: bytes, painted: str) -> None:
    assert shown(name) == painted


def test_a_name_of_255_bytes_keeps_its_end(source: UsbSticks, stick: Path) -> None:
    name = b"a" * 236 + b"-trang-cuoi-09.pdf" + b"."
    (stick / os.fsdecode(name)).write_bytes(PDF)
    [entry, _] = source.browse(top(source)).entries
    assert len(entry.shown) <= 60
    assert entry.shown.endswith("cuoi-09.pdf.")
    assert source.read(top(source), name) == PDF


@given(st.binary(max_size=255))
def test_no_name_at_all_can_trick_the_screen(name: bytes) -> None:
    painted = shown(name)
    assert 0 < len(painted) <= 60
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in painted)


def test_names_that_are_no_text_can_still_be_read(source: UsbSticks, stick: Path) -> None:
    name = b"\xff\xfe\nkhai sinh.pdf"
    Path(os.fsdecode(os.fsencode(stick) + b"/" + name)).write_bytes(PDF)
    entries = [entry for entry in source.browse(top(source)).entries if entry.name == name]
    assert [entry.kind for entry in entries] == [EntryKind.PAPER]
    assert source.read(top(source), name) == PDF
