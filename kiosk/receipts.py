"""Receipts on paper, from what the store still knows: a duplicate never has the private code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import clock as times
from kiosk.catalogue.model import Procedure
from kiosk.dossier.application import Application
from kiosk.dossier.receipt import RECEIVE_WITHIN
from kiosk.errors import KnownError
from kiosk.paper.receipt_pdf import ReceiptSheet, receipt_pdf
from kiosk.settings import Settings
from kiosk.storage.store import Store

if TYPE_CHECKING:
    from kiosk.catalogue.store import Catalogue


@dataclass(frozen=True, slots=True)
class Receipts:
    """Makes receipt sheets. Call from the media lane: laying out a PDF takes tenths of a second."""

    settings: Settings
    store: Store
    catalogue: Catalogue

    def pdf(
        self,
        number: str,
        secret: str | None = None,
        application: Application | None = None,
        lang: str = "vi",
    ) -> bytes:
        """The A5 receipt of ``number``; without ``secret`` it says that it is a duplicate.

        ``application``: what was just saved under it, still in memory, so that the sheet can say what for.
        KnownError ``no-such-dossier`` where this kiosk never gave that number.
        """
        item = self.store.find(number)
        if item is None:
            raise KnownError("no-such-dossier")
        saved_at = times.parse(item.created_at)
        procedure = self.catalogue.procedure(application.procedure) if application else None
        unit = self.catalogue.units.get(self.settings.tuning.unit)
        sheet = ReceiptSheet(
            number=item.receipt,
            saved_at=saved_at,
            centre_name=self.settings.tuning.centre_name,
            unit_name=unit.full_name if unit else "",
            procedure_name=procedure.name if procedure else None,
            public_qr_text=item.public_qr,
            secret=secret,
            papers=_papers(procedure, application),
            receive_by=(saved_at + RECEIVE_WITHIN).date(),
            phone=self.settings.tuning.centre_phone,
            hours=self.settings.tuning.opening_hours,
            helper_used=application is not None and application.helper is not None,
            lang=lang,
        )
        return receipt_pdf(sheet)


def _papers(procedure: Procedure | None, application: Application | None) -> tuple[str, ...]:
    """Names of the papers handed over, in the procedure's order."""
    if procedure is None or application is None:
        return ()
    attached = {paper.component for paper in application.attachments}
    return tuple(component.name for component in procedure.components if component.id in attached)
