"""Every page of the screens, one file each: what it shows of a state, and what the person may do."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Final

from kiosk.dossier.pages import Page
from ui.pages.attract import AttractPage
from ui.pages.base import PageView
from ui.pages.home import HomePage
from ui.pages.language import LanguagePage


def _late(module: str, name: str) -> type[PageView]:
    try:
        return getattr(importlib.import_module(f"ui.pages.{module}"), name)
    except ModuleNotFoundError:
        return LanguagePage


QuestionPage = _late("question", "QuestionPage")
PAGES: Final[Mapping[Page, type[PageView]]] = {
    Page.ATTRACT: AttractPage,
    Page.LANGUAGE: LanguagePage,
    Page.HOME: HomePage,
    Page.RESULTS: _late("results", "ResultsPage"),
    Page.PROCEDURE: _late("procedure", "ProcedurePage"),
    Page.NOTICE: _late("notice", "NoticePage"),
    Page.HELPER: QuestionPage,
    Page.APPLICANT: QuestionPage,
    Page.SUBMITTER: QuestionPage,
    Page.CASE: QuestionPage,
    Page.QUESTION: QuestionPage,
    Page.PAPERS: _late("papers", "PapersPage"),
    Page.USB: _late("usb", "UsbPage"),
    Page.CHECK: _late("check", "CheckPage"),
    Page.SUBMITTING: _late("submitting", "SubmittingPage"),
    Page.RECEIPT: _late("receipt", "ReceiptPage"),
    Page.TRACKING: _late("tracking", "TrackingPage"),
    Page.OFFLINE: _late("offline", "OfflinePage"),
    Page.OUT_OF_SERVICE: _late("out_of_service", "OutOfServicePage"),
}
