"""./dev, with stand-ins for the system's commands: what it does when, and that it leaves nothing running."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = subprocess.CompletedProcess[str]

# Stands in for every Python: makes "environments" of itself, and notes what pip was asked.
PYTHON = r"""
case "$1 ${2:-}" in
"-c "*) exit 0 ;;
"-V"* ) echo "Python 3.11.9" ;;
"-m venv") echo venv >>"$NOTES"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
"-m pip")
    [ "$3" = install ] || exit 0
    echo pip >>"$NOTES"
    [ ! -e "$NO_NETWORK" ] || exit 1
    for name in kiosk central; do cp "$PROGRAMS/$name" "$(dirname "$0")/$name"; done ;;
*) echo "python $*" >>"$NOTES" ;;
esac
"""
KIOSK = r"""
case "$1" in
enrol) read -r code; echo "enrol $2 $code" >>"$NOTES" ;;
run)
    echo "kiosk $* $QT_QPA_PLATFORM" >>"$NOTES"
    [ "$2" != --tour ] || [ -n "${NO_RECEIPT:-}" ] || echo PDF >"$3/receipt.pdf"
    if [ -e "$HANG" ]; then echo $$ >"$HANG"; exec sleep 60; fi
    exit "${TOUR_ENDS:-0}" ;;
esac
"""
CENTRAL = r"""
case "$1" in
init) mkdir "$CENTRAL_DATA_DIR" ;;
enrol-code) echo THE-CODE ;;
serve)
    [ -z "${CENTRE_BROKEN:-}" ] || { echo "error[x]: broken" >&2; exit 1; }
    trap 'echo "centre stopped" >>"$NOTES"; exit 0' TERM
    echo "listening http://127.0.0.1:4711"
    mkfifo "$CENTRAL_DATA_DIR/wait"
    while :; do read -r _ <"$CENTRAL_DATA_DIR/wait"; done ;;
esac
"""


class Bench:
    """A copy of ./dev in a folder with a space, all of whose commands are stand-ins."""

    def __init__(self, checkout: Path, folder: Path, stand_in: Callable[[str, str], Path]) -> None:
        self.tree = folder / "một cửa"
        self.tree.mkdir()
        self.notes = folder / "notes"
        self.no_network = folder / "no network"
        self.hang = folder / "hang"
        for name in ("dev", "requirements.lock", "pyproject.toml"):
            shutil.copy(checkout / name, self.tree)
        programs = folder / "programs"
        programs.mkdir()
        for name, script in (("kiosk", KIOSK), ("central", CENTRAL)):
            (programs / name).write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
            (programs / name).chmod(0o755)
        for name in ("python3", "python3.11", "python3.12", "python3.13"):
            self.path = stand_in(name, PYTHON)
        self.packages(present=True)
        stand_in("apt-get", 'echo "apt-get $DEBIAN_FRONTEND $*" >>"$NOTES"')
        self.environment = {
            "PATH": f"{self.path}:{os.defpath}",
            "NOTES": str(self.notes),
            "NO_NETWORK": str(self.no_network),
            "HANG": str(self.hang),
            "PROGRAMS": str(programs),
        }

    def packages(self, *, present: bool) -> None:
        """Make dpkg-query list every package that ./dev asks for, or all but one."""
        text = (self.tree / "dev").read_text(encoding="utf-8")
        names = text.split('packages="', 1)[1].split('"', 1)[0].split()
        lines = "\n".join(f"installed {name}" for name in names if present or name != "libegl1")
        script = f"#!/bin/sh\ncat <<'END'\n{lines}\nEND\n"
        (self.path / "dpkg-query").write_text(script, encoding="utf-8")
        (self.path / "dpkg-query").chmod(0o755)

    def dev(self, *arguments: str, **more: str) -> Run:
        return subprocess.run(
            [str(self.tree / "dev"), *arguments],
            cwd="/",
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def noted(self) -> list[str]:
        """What was called since the last look."""
        lines = self.notes.read_text(encoding="utf-8").splitlines() if self.notes.exists() else []
        self.notes.unlink(missing_ok=True)
        return lines


@pytest.fixture
def bench(checkout: Path, tmp_path: Path, stand_in: Callable[[str, str], Path]) -> Bench:
    return Bench(checkout, tmp_path, stand_in)


@pytest.mark.parametrize("arguments", [[], ["tset"], ["setup", "now"], ["build", "now"], ["run", "--away"]])
def test_wrong_usage_explains_and_does_nothing(bench: Bench, arguments: list[str]) -> None:
    done = bench.dev(*arguments)
    assert done.returncode == 2
    assert "./dev setup" in done.stderr
    assert bench.noted() == []


def test_help_is_no_error(bench: Bench) -> None:
    done = bench.dev("--help")
    assert done.returncode == 0
    assert "./dev run" in done.stdout


def test_setup_twice_works_once(bench: Bench) -> None:
    assert bench.dev("setup").returncode == 0
    assert bench.noted() == ["venv", "pip", "pip"]
    again = bench.dev("setup")
    assert (again.returncode, again.stderr) == (0, "")
    assert bench.noted() == []


def test_setup_cut_short_is_made_anew(bench: Bench) -> None:
    bench.no_network.touch()
    failed = bench.dev("setup")
    assert failed.returncode == 1
    assert "run ./dev setup again" in failed.stderr
    bench.no_network.unlink()
    bench.noted()
    assert bench.dev("setup").returncode == 0
    assert bench.noted() == ["venv", "pip", "pip"]


def test_changed_lock_installs_into_what_is_there(bench: Bench) -> None:
    bench.dev("setup")
    bench.noted()
    with (bench.tree / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    assert bench.dev("setup").returncode == 0
    assert bench.noted() == ["pip", "pip"]


def test_moved_checkout_is_set_up_again(bench: Bench) -> None:
    bench.dev("setup")
    bench.noted()
    bench.tree = bench.tree.rename(bench.tree.with_name("moved"))
    assert bench.dev("setup").returncode == 0
    assert bench.noted() == ["pip", "pip"]


def test_lost_program_comes_back(bench: Bench) -> None:
    bench.dev("setup")
    bench.noted()
    (bench.tree / ".venv/bin/kiosk").unlink()
    assert bench.dev("setup").returncode == 0
    assert (bench.tree / ".venv/bin/kiosk").exists()


def test_only_the_missing_package_is_installed(bench: Bench, stand_in: Callable[[str, str], Path]) -> None:
    bench.packages(present=False)
    (bench.path / "id").write_text("#!/bin/sh\necho 0\n")
    (bench.path / "id").chmod(0o755)
    assert bench.dev("setup").returncode == 0
    update, install, *_ = bench.noted()
    assert update.startswith("apt-get noninteractive") and update.endswith("update -qq")
    assert install.endswith("install -qq -y --no-install-recommends libegl1")


def test_sudo_is_said_where_not_root(bench: Bench) -> None:
    bench.packages(present=False)
    for name, script in (("id", "echo 1000"), ("sudo", 'echo "sudo" >>"$NOTES"; exec "$@"')):
        (bench.path / name).write_text(f"#!/bin/sh\n{script}\n")
        (bench.path / name).chmod(0o755)
    done = bench.dev("setup")
    assert done.returncode == 0
    assert "using sudo" in done.stderr
    assert bench.noted()[0] == "sudo"


def test_tour_without_display_and_the_centre_is_stopped(bench: Bench) -> None:
    done = bench.dev("run")
    assert done.returncode == 0, done.stderr
    assert bench.noted()[3:] == [
        "enrol http://127.0.0.1:4711 THE-CODE",
        f"kiosk run --tour {bench.tree}/out offscreen",
        "centre stopped",
    ]


def test_tour_in_a_virtual_screen_and_the_screen_is_stopped(bench: Bench) -> None:
    screen = """#!/bin/sh
trap 'echo "screen stopped" >>"$NOTES"; exit 0' TERM
echo 77 >&5
exec 5>&-
mkfifo "$CENTRAL_DATA_DIR/screen"
while :; do read -r _ <"$CENTRAL_DATA_DIR/screen"; done
"""
    (bench.path / "Xvfb").write_text(screen)
    (bench.path / "Xvfb").chmod(0o755)
    done = bench.dev("run", "--xvfb", WAYLAND_DISPLAY="wayland-0")
    assert done.returncode == 0, done.stderr
    assert bench.noted()[4:] == [f"kiosk run --tour {bench.tree}/out xcb", "centre stopped", "screen stopped"]


def test_failed_tour_fails_and_the_centre_is_stopped(bench: Bench) -> None:
    done = bench.dev("run", TOUR_ENDS="7")
    assert done.returncode == 7
    assert "tour failed" in done.stderr
    assert bench.noted()[-1] == "centre stopped"


def test_tour_without_a_receipt_is_no_tour(bench: Bench) -> None:
    (bench.tree / "out").mkdir()
    (bench.tree / "out/receipt.pdf").write_text("of the tour before")
    assert bench.dev("run", NO_RECEIPT="1").returncode == 1


def test_tour_starts_on_a_machine_of_its_first_day(bench: Bench) -> None:
    old = [bench.tree / "out" / name for name in ("03-page.png", "tour.json", "dev-tour/kiosk/kiosk.db")]
    for file in old:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert bench.dev("run", "--tour", DISPLAY=":9").returncode == 0
    assert not [file for file in old if file.exists()]


def test_window_keeps_its_state_between_calls(bench: Bench) -> None:
    for _ in range(2):
        assert bench.dev("run", DISPLAY=":9", QT_QPA_PLATFORM="xcb").returncode == 0
        assert "kiosk run --windowed xcb" in bench.noted()
    assert (bench.tree / "out/dev/central").is_dir()
    assert (bench.tree / "out/dev").stat().st_mode & 0o777 == 0o700


def test_centre_that_does_not_start_is_shown(bench: Bench) -> None:
    done = bench.dev("run", CENTRE_BROKEN="1")
    assert done.returncode == 1
    assert "error[x]: broken" in done.stderr
    assert "centre did not start" in done.stderr


def test_ended_from_outside_it_takes_kiosk_and_centre_along(bench: Bench) -> None:
    os.mkfifo(bench.hang)
    with subprocess.Popen(
        [str(bench.tree / "dev"), "run"], env=bench.environment, stderr=subprocess.DEVNULL
    ) as running:
        kiosk = int(bench.hang.read_text())
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=30) == 143
    with pytest.raises(ProcessLookupError):
        os.kill(kiosk, 0)
    assert bench.noted()[-1] == "centre stopped"


def test_checks_run_offscreen_and_hand_arguments_to_pytest(bench: Bench) -> None:
    assert bench.dev("test", "-k", "one story").returncode == 0
    assert bench.noted()[3:] == [
        "python -m ruff check .",
        "python -m ruff format --check .",
        "python -m mypy",
        "python -m pytest -k one story",
    ]


def test_shell_files_are_clean(checkout: Path) -> None:
    shellcheck = shutil.which("shellcheck")
    if shellcheck is None:
        pytest.skip("shellcheck is not installed: run ./dev setup")
    files = ["dev", ".ci/run", "packaging/install.sh"]
    files += ["packaging/system/usr/local/bin/mot-cua-kiosk", "packaging/system/opt/mot-cua-kiosk/session"]
    done = subprocess.run([shellcheck, *files], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
