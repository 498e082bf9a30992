"""A complete FILE.json that ``submit`` takes as it stands, about people who do not exist."""

from __future__ import annotations

import uuid
from typing import Any

from kiosk.catalogue.forms import visible_answers
from kiosk.catalogue.model import Form, Procedure
from kiosk.catalogue.store import Catalogue


def example(catalogue: Catalogue, procedure: Procedure, unit: str) -> dict[str, Any] | None:
    """An application for ``procedure`` at ``unit``; None where it can't be sent from here.

    Every call gives a new ``request_id``: sent twice, it makes two dossiers.
    """
    form = catalogue.form(procedure)
    if form is None:
        return None
    case = example_case(procedure, form)
    return {
        "procedure": procedure.code,
        "unit": unit,
        "applicant": {
            "kind": "person",
            "name": "Giàng Thị Mỷ",
            "citizen_number": "002190001234",
            "birth_date": "1990-10-20",
            "phone": "0912345678",
            "address": "Thôn Lùng Hẩu, xã Lùng Tám, tỉnh Tuyên Quang",
        },
        "submitter": None,
        "case": case,
        "answers": visible_answers(form, form.example, case),
        "helper": None,
        "notice_version": catalogue.notice().version,
        "consents": [],
        "request_id": str(uuid.uuid4()),
    }


def example_case(procedure: Procedure, form: Form) -> str | None:
    """The form's own case where the procedure has it, else its first; None where it tells no cases apart."""
    cases = [case.id for case in procedure.cases]
    if form.example_case in cases:
        return form.example_case
    return cases[0] if cases else None
