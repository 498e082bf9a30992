"""``kiosk run --tour``: what the tour needs of the real world – a stick with papers, a network to cut."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.catalogue.example import example
from kiosk.cli.room import Room
from kiosk.devices.usb import UsbSticks
from kiosk.dossier.application import Application, read_application
from kiosk.dossier.people import answers_of
from kiosk.errors import KnownError
from kiosk.paper.sample import sample_pdf
from kiosk.ports import Connectivity, SavedDossier
from kiosk.storage.outbox import OutboxState

if TYPE_CHECKING:
    from kiosk.cli.running import Running
    from ui.app import ScreenParts
    from ui.tour_script import TourPlan

PROCEDURE: Final = "1.001193"
QUERY: Final = "dang ky khai sinh"
SIZE: Final = (1080, 1920)


def walk(running: Running, parts: ScreenParts, folder: Path) -> bool:
    """Do the main job through the screens; False if stuck. Pictures, receipt, list in ``folder``."""
    from PySide6.QtWidgets import QApplication

    from ui.app import open_screen
    from ui.tour import Guide
    from ui.tour_script import main_job

    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance()
    assert app is not None
    done: list[bool] = []
    saved: list[SavedDossier] = []
    made, application = _example(running.room)
    with _stick() as roots:
        plan = _plan(running, made, application, saved)
        screen = open_screen(replace(parts, size=SIZE, source=UsbSticks(roots)))
        guide = Guide(screen, folder, lambda guide: main_job(guide, plan))
        guide.finished.connect(done.append)
        guide.finished.connect(app.quit)
        guide.start()
        app.exec()
        screen.close()
    for dossier in saved:
        pdf = running.room.receipts.pdf(dossier.receipt, dossier.secret, application)
        (folder / "receipt.pdf").write_bytes(pdf)
    return bool(done and done[0])


def _plan(
    running: Running, made: dict[str, Any], application: Application, saved: list[SavedDossier]
) -> TourPlan:
    from ui.tour_script import TourPlan

    room = running.room

    def network(on: bool) -> None:
        running.network.switch(on)
        running.worker.wake()

    def opened() -> bool:
        found = room.store.find(saved[0].dossier_id)
        if found is not None and found.state is not OutboxState.OPENED:
            running.worker.wake()
        return found is not None and found.state is OutboxState.OPENED

    return TourPlan(
        query=QUERY,
        case=made["case"],
        people=answers_of(application.applicant, application.submitter, application.helper),
        answers=made["answers"],
        network=network,
        online=lambda: running.status().connectivity is Connectivity.ONLINE,
        opened=opened,
        keep=saved.append,
    )


def _example(room: Room) -> tuple[dict[str, Any], Application]:
    procedure = room.catalogue.procedure(PROCEDURE)
    made = example(room.catalogue, procedure, room.settings.tuning.unit) if procedure else None
    if made is None:
        raise KnownError("no-such-procedure")
    return made, read_application(made, ())


@contextmanager
def _stick() -> Iterator[tuple[str, ...]]:
    """A mount root with one stick on it, as a person would bring it."""
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as name:
        papers = Path(name) / "USB-GIANG" / "Giay to"
        papers.mkdir(parents=True)
        (papers / "giay chung sinh.pdf").write_bytes(sample_pdf("Giấy chứng sinh"))
        yield (name,)
