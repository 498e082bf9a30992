"""The installer, into a folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = subprocess.CompletedProcess[str]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    return tmp_path / "an image"


@pytest.fixture
def install(checkout: Path, image: Path) -> Callable[..., Run]:
    def run(*arguments: object, path: Path | None = None, destdir: str | None = None) -> Run:
        environment = {
            "PATH": f"{path}:{os.defpath}" if path else os.defpath,
            "DESTDIR": str(image) if destdir is None else destdir,
        }
        command = ["sh", str(checkout / "packaging" / "install.sh"), *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def make_build(folder: Path, words: str, queue: str = "[]") -> Path:
    """A folder shaped like a build; ``words`` make its content its own."""
    (folder / "_internal" / "assets").mkdir(parents=True)
    (folder / "_internal" / "words").write_text(words, encoding="utf-8")
    script = f"""#!/bin/sh
case "$*" in
--help) exit 0 ;;
'queue --json') [ -d "$KIOSK_DATA_DIR" ] && echo '{queue}' ;;
*) exit 2 ;;
esac
"""
    (folder / "kiosk").write_text(script, encoding="utf-8")
    (folder / "kiosk").chmod(0o755)
    return folder


def tree(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Every file with its mode, time and content or target."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            str(path.readlink()) if path.is_symlink() else path.read_text(encoding="utf-8"),
        )
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_first_install_puts_everything_below_the_image(
    tmp_path: Path, image: Path, install: Callable[..., Run]
) -> None:
    done = install(make_build(tmp_path / "first build", "1"))
    assert done.returncode == 0, done.stderr
    opt = image / "opt/mot-cua-kiosk"
    assert (opt / "current/_internal/words").read_text() == "1"
    assert os.access(opt / "current/kiosk", os.X_OK)
    assert os.access(opt / "session", os.X_OK)
    assert os.access(image / "usr/local/bin/mot-cua-kiosk", os.X_OK)
    assert not (opt / "current").readlink().is_absolute()
    assert (image / "var/lib/mot-cua-kiosk").stat().st_mode & 0o777 == 0o700
    wanted = image / "etc/systemd/system/multi-user.target.wants/mot-cua-kiosk.service"
    assert "ExecStart=/opt/mot-cua-kiosk/session" in wanted.read_text(encoding="utf-8")


def test_service_keeps_plain_text_off_the_disk_and_comes_back(checkout: Path) -> None:
    unit = checkout / "packaging/system/etc/systemd/system/mot-cua-kiosk.service"
    lines = unit.read_text(encoding="utf-8").splitlines()
    for line in (
        "Restart=always",
        "LimitCORE=0",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ReadWritePaths=/var/lib/mot-cua-kiosk",
        "StartLimitIntervalSec=0",
        "User=kiosk",
    ):
        assert line in lines
    assert [line for line in lines if line.startswith("TemporaryFileSystem=/tmp:")]
    # A login session is moved out of its service's cgroup: only the slice can keep it off the swap.
    session = unit.parent / "user-.slice.d/90-mot-cua-kiosk.conf"
    assert "MemorySwapMax=0" in session.read_text(encoding="utf-8")


def test_same_build_again_changes_no_version(
    tmp_path: Path, image: Path, install: Callable[..., Run]
) -> None:
    build = make_build(tmp_path / "build", "1")
    install(build)
    before = tree(image / "opt/mot-cua-kiosk/versions")
    again = install(build)
    assert again.returncode == 0
    assert "already installed" in again.stdout
    assert tree(image / "opt/mot-cua-kiosk/versions") == before
    assert not (image / "opt/mot-cua-kiosk/previous").exists()


def test_upgrade_keeps_the_version_before_and_no_other(
    tmp_path: Path, image: Path, install: Callable[..., Run]
) -> None:
    opt = image / "opt/mot-cua-kiosk"
    for number in "123":
        assert install(make_build(tmp_path / number, number)).returncode == 0
    assert (opt / "current/_internal/words").read_text() == "3"
    assert (opt / "previous/_internal/words").read_text() == "2"
    assert len(list((opt / "versions").iterdir())) == 2
    assert install(tmp_path / "2").returncode == 0  # the way back
    assert (opt / "current/_internal/words").read_text() == "2"
    assert (opt / "previous/_internal/words").read_text() == "3"


def test_upgrade_after_a_power_cut_in_the_copy(
    tmp_path: Path, image: Path, install: Callable[..., Run]
) -> None:
    install(make_build(tmp_path / "1", "1"))
    half = image / "opt/mot-cua-kiosk/versions/.new"
    (half / "_internal").mkdir(parents=True)
    (half / "rest of a broken copy").touch()
    assert install(make_build(tmp_path / "2", "2")).returncode == 0
    assert not half.exists()
    assert not (image / "opt/mot-cua-kiosk/current/rest of a broken copy").exists()


def test_refuses_what_is_no_build(tmp_path: Path, image: Path, install: Callable[..., Run]) -> None:
    (tmp_path / "holiday pictures").mkdir()
    for folder in (tmp_path / "holiday pictures", tmp_path / "not there"):
        refused = install(folder)
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1
        assert "./dev build" in refused.stderr
    assert not image.exists()


def test_refuses_a_build_that_does_not_start(
    tmp_path: Path, image: Path, install: Callable[..., Run]
) -> None:
    build = make_build(tmp_path / "build", "1")
    (build / "kiosk").write_text("#!/bin/sh\nexit 127\n")
    refused = install(build)
    assert refused.returncode == 1
    assert "does not start" in refused.stderr
    assert not image.exists()


def test_refuses_a_disk_too_small(
    tmp_path: Path, image: Path, install: Callable[..., Run], stand_in: Callable[[str, str], Path]
) -> None:
    path = stand_in("df", "printf 'Filesystem M Used Available\\n/dev/x 900 800 100 88%% /\\n'")
    refused = install(make_build(tmp_path / "build", "1"), path=path)
    assert refused.returncode == 1
    assert "100 MB free" in refused.stderr
    assert not image.exists()


def test_refuses_without_rights_on_the_machine_itself(
    tmp_path: Path, install: Callable[..., Run], stand_in: Callable[[str, str], Path]
) -> None:
    path = stand_in("id", "echo 1000")
    for arguments in ([make_build(tmp_path / "build", "1")], ["--uninstall"]):
        refused = install(*arguments, path=path, destdir="")
        assert refused.returncode == 1
        assert "sudo" in refused.stderr


@pytest.mark.parametrize(
    "arguments", [["--remove"], ["one", "two"], ["--purge-data", "one"], ["--uninstall", "one"]]
)
def test_wrong_usage_changes_nothing(image: Path, install: Callable[..., Run], arguments: list[str]) -> None:
    refused = install(*arguments)
    assert refused.returncode == 2
    assert "--uninstall" in refused.stderr
    assert not image.exists()


def test_uninstall_takes_the_program_and_keeps_the_data(
    tmp_path: Path, image: Path, install: Callable[..., Run]
) -> None:
    install(make_build(tmp_path / "build", "1"))
    (image / "var/lib/mot-cua-kiosk/kiosk.db").touch()
    done = install("--uninstall")
    assert done.returncode == 0, done.stderr
    assert set(tree(image)) == {"var/lib/mot-cua-kiosk/kiosk.db"}


@pytest.mark.parametrize("state", ["queued", "sending", "received", "parked"])
def test_purge_refused_while_a_dossier_waits(
    tmp_path: Path, image: Path, install: Callable[..., Run], state: str
) -> None:
    install(make_build(tmp_path / "build", "1", f'[{{"state": "opened"}}, {{"state": "{state}"}}]'))
    (image / "var/lib/mot-cua-kiosk/kiosk.db").touch()
    before = tree(image)
    refused = install("--uninstall", "--purge-data")
    assert refused.returncode == 1
    assert "data kept" in refused.stderr
    assert tree(image) == before
    assert install("--uninstall", "--purge-data=even-unopened").returncode == 0
    assert not tree(image)


def test_purge_where_all_is_opened(tmp_path: Path, image: Path, install: Callable[..., Run]) -> None:
    install(make_build(tmp_path / "build", "1", '[{"state": "opened"}]'))
    (image / "var/lib/mot-cua-kiosk/kiosk.db").touch()
    assert install("--uninstall", "--purge-data").returncode == 0
    assert not (image / "var/lib/mot-cua-kiosk").exists()


@pytest.mark.parametrize(
    ("there", "started"),
    [
        (["cage", "xinit", "openbox"], "cage wayland -d -- /opt/mot-cua-kiosk/current/kiosk run"),
        (["xinit", "openbox"], "xinit  {session} inside-x -- :0 vt1 -keeptty -nolisten tcp"),
        (["xinit"], None),
    ],
)
def test_session_takes_what_the_machine_has(
    checkout: Path,
    tmp_path: Path,
    stand_in: Callable[[str, str], Path],
    there: list[str],
    started: str | None,
) -> None:
    for name in there:
        stand_in(name, f'echo "{name} ${{QT_QPA_PLATFORM:-}} $*"')
    session = checkout / "packaging/system/opt/mot-cua-kiosk/session"
    environment = {"PATH": str(tmp_path / "bin")}
    done = subprocess.run(
        ["/bin/sh", str(session)], env=environment, capture_output=True, text=True, check=False
    )
    if started is None:
        assert done.returncode == 1
        assert "neither cage nor xinit" in done.stderr
    else:
        assert done.stdout.strip() == started.format(session=session)
