"""Every page of the screens, one file each: what it shows of a state, and what the person may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.dossier.pages import Page
from ui.pages.attract import AttractPage
from ui.pages.base import PageView
from ui.pages.check import CheckPage
from ui.pages.home import HomePage
from ui.pages.language import LanguagePage
from ui.pages.notice import NoticePage
from ui.pages.offline import OfflinePage
from ui.pages.out_of_service import OutOfServicePage
from ui.pages.papers import PapersPage
from ui.pages.procedure import ProcedurePage
from ui.pages.question import QuestionPage
from ui.pages.receipt import ReceiptPage
from ui.pages.results import ResultsPage
from ui.pages.submitting import SubmittingPage
from ui.pages.tracking import TrackingPage
from ui.pages.usb import UsbPage

PAGES: Final[Mapping[Page, type[PageView]]] = {
    Page.ATTRACT: AttractPage,
    Page.LANGUAGE: LanguagePage,
    Page.HOME: HomePage,
    Page.RESULTS: ResultsPage,
    Page.PROCEDURE: ProcedurePage,
    Page.NOTICE: NoticePage,
    Page.HELPER: QuestionPage,
    Page.APPLICANT: QuestionPage,
    Page.SUBMITTER: QuestionPage,
    Page.CASE: QuestionPage,
    Page.QUESTION: QuestionPage,
    Page.PAPERS: PapersPage,
    Page.USB: UsbPage,
    Page.CHECK: CheckPage,
    Page.SUBMITTING: SubmittingPage,
    Page.RECEIPT: ReceiptPage,
    Page.TRACKING: TrackingPage,
    Page.OFFLINE: OfflinePage,
    Page.OUT_OF_SERVICE: OutOfServicePage,
}
