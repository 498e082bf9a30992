"""Receipts on paper, from what the store still knows: a duplicate never has the private code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kiosk import clock as times
from kiosk.errors import KnownError
from kiosk.paper.receipt_pdf import ReceiptSheet, receipt_pdf
from kiosk.settings import Settings
from kiosk.storage.store import Store

if TYPE_CHECKING:
    from kiosk.catalogue.store import Catalogue

RECEIVE_WITHIN: Final = timedelta(days=3)  # an offline kiosk is visited or online again by then


@dataclass(frozen=True, slots=True)
class Receipts:
    """Makes receipt sheets. Call from the media lane: laying out a PDF takes tenths of a second."""

    settings: Settings
    store: Store
    catalogue: Catalogue

    def pdf(self, number: str, secret: str | None, lang: str = "vi") -> bytes:
        """The A5 receipt of ``number``; without ``secret`` it says that it is a duplicate.

        KnownError ``no-such-dossier`` where this kiosk never gave that number.
        """
        item = self.store.find(number)
        if item is None:
            raise KnownError("no-such-dossier")
        saved_at = times.parse(item.created_at)
        unit = self.catalogue.units.get(self.settings.tuning.unit)
        sheet = ReceiptSheet(
            number=item.receipt,
            saved_at=saved_at,
            centre_name=self.settings.tuning.centre_name,
            unit_name=unit.full_name if unit else "",
            procedure_name=None,
            public_qr_text=item.public_qr,
            secret=secret,
            papers=(),
            receive_by=(saved_at + RECEIVE_WITHIN).date(),
            phone=self.settings.tuning.centre_phone,
            hours=self.settings.tuning.opening_hours,
            helper_used=False,
            lang=lang,
        )
        return receipt_pdf(sheet)
