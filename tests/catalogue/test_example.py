"""The example of every procedure must be one that ``submit`` takes: nothing wrong, a case that exists."""

from __future__ import annotations

import uuid
from datetime import date

from kiosk.catalogue.example import example
from kiosk.catalogue.forms import required_components
from kiosk.catalogue.store import Catalogue
from kiosk.catalogue.validation import check_answers, check_case

TODAY = date(2026, 11, 24)
UNIT = "00901"
KEYS = {
    *("procedure", "unit", "applicant", "submitter", "case", "answers", "helper"),
    *("notice_version", "consents", "request_id"),
}


def holds(catalogue: Catalogue, code: str) -> bool:
    """Check one example; whether the procedure has one at all."""
    procedure = catalogue.procedure(code)
    assert procedure is not None
    made = example(catalogue, procedure, UNIT)
    assert (made is not None) == procedure.online, code
    if made is None:
        return False
    form = catalogue.form(procedure)
    assert form is not None and set(made) == KEYS
    assert check_case(procedure, made["case"]) is None, code
    assert check_answers(form, made["answers"], made["case"], TODAY, catalogue.units) == [], code
    required = required_components(procedure, made["answers"], made["case"])
    assert all(component.attach for component in required)
    return True


def test_examples_of_what_is_shipped(catalogue: Catalogue) -> None:
    assert catalogue.units.is_commune(UNIT)
    assert [holds(catalogue, code) for code in catalogue.codes()].count(True) == 7


def test_each_call_is_a_new_request(catalogue: Catalogue) -> None:
    birth = catalogue.procedure("1.001193")
    assert birth is not None
    ids = [uuid.UUID((example(catalogue, birth, UNIT) or {})["request_id"]) for _ in range(2)]
    assert ids[0] != ids[1] and ids[0].version == 4


def test_examples_of_the_whole_nation(nation: Catalogue) -> None:
    assert [holds(nation, code) for code in nation.codes()].count(True) > 2000
