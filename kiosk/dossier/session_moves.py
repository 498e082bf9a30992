"""The few moves that every part of the session machine is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from kiosk.catalogue.model import Json
from kiosk.dossier.pages import QUESTION_PAGES, Page
from kiosk.dossier.route import judge
from kiosk.dossier.session_effects import Effect, MarkReceiptGiven, Wipe
from kiosk.dossier.session_state import State, Visit

Moved: TypeAlias = tuple[State, tuple[Effect, ...]]


def stay(state: State) -> Moved:
    return state, ()


def go(state: State, page: Page, **visit: Any) -> Moved:
    """Show ``page``. What was asked for on the page before is no longer waited for."""
    fresh: dict[str, Any] = {
        "waiting": False,
        "failure": None,
        "problems": (),
        "secret_shown": False,
        "back_to": None,
    }
    changed = replace(state.visit, **(fresh | visit))
    return replace(state, page=page, visit=changed, ticket=state.ticket + 1), ()


def with_visit(state: State, **visit: Any) -> Moved:
    """The same page with something changed on it."""
    return replace(state, visit=replace(state.visit, **visit)), ()


def ask(state: State, make: Callable[[int], Effect], **visit: Any) -> Moved:
    """Ask the world under a new ticket; an answer to an earlier question is then late."""
    ticket = state.ticket + 1
    changed = replace(state.visit, **({"waiting": True, "failure": None} | visit))
    return replace(state, visit=changed, ticket=ticket), (make(ticket),)


def wiped(state: State) -> Moved:
    """Nobody is here. A receipt that was on the screen counts as given: whoever it was for has gone."""
    page = Page.OUT_OF_SERVICE if state.machine.out_of_service else Page.ATTRACT
    saved = state.visit.saved
    given = (MarkReceiptGiven(saved.dossier_id),) if saved else ()
    return State(page, state.machine, visit=Visit(), ticket=state.ticket + 1), (*given, Wipe())


def keep_typed(state: State, typed: Json) -> State:
    """Nothing typed is lost by leaving a question in the middle; what is wrong stays as typed."""
    draft, at = state.visit.draft, state.visit.at
    if typed is None or draft is None or at is None or state.page not in QUESTION_PAGES:
        return state
    if typed == draft.shown(at) or (typed == "" and draft.shown(at) is None):
        return state
    value, finding = judge(draft, at, typed)
    kept = draft.with_typed(at, typed) if finding else draft.with_answer(at, value)
    return replace(state, visit=replace(state.visit, draft=kept))
