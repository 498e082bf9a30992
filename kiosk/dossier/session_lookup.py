"""The part of the session before and beside a dossier: home, results, a procedure, tracking."""

from __future__ import annotations

from dataclasses import replace

from kiosk.dossier.pages import Page
from kiosk.dossier.session_effects import LookUp
from kiosk.dossier.session_moves import Moved, ask, go, stay, with_visit
from kiosk.dossier.session_state import (
    BackPressed,
    Failed,
    Failure,
    LifeEventChosen,
    ProcedureChosen,
    QueryTyped,
    State,
    TrackAsked,
    Tracking,
    TrackingFound,
    TrackingOpened,
)
from kiosk.errors import KnownError
from kiosk.identifiers import parse_secret


def type_query(state: State, event: QueryTyped) -> Moved:
    """The first letter on the home page brings the results; there the words only change."""
    if state.page is Page.RESULTS:
        return with_visit(state, query=event.text, life_event=None)
    return go(state, Page.RESULTS, query=event.text, life_event=None) if event.text.strip() else stay(state)


def choose_life_event(state: State, event: LifeEventChosen) -> Moved:
    return go(state, Page.RESULTS, query="", life_event=event.life_event)


def choose_procedure(state: State, event: ProcedureChosen) -> Moved:
    return go(state, Page.PROCEDURE, procedure=event.code)


def back_from_procedure(state: State, _: BackPressed) -> Moved:
    searched = state.visit.query or state.visit.life_event
    return go(state, Page.RESULTS if searched else Page.HOME)


def open_tracking(state: State, _: TrackingOpened) -> Moved:
    return go(state, Page.TRACKING, tracking=Tracking())


def close_tracking(state: State, _: BackPressed) -> Moved:
    """The private code does not stay behind."""
    return go(state, Page.HOME, tracking=Tracking())


def ask_tracking(state: State, event: TrackAsked) -> Moved:
    tracking = Tracking(event.typed)
    try:
        code = parse_secret(event.typed)
    except KnownError as error:
        return with_visit(state, tracking=tracking, failure=Failure.of(error))
    return ask(state, lambda ticket: LookUp(ticket, code), tracking=tracking)


def show_tracking(state: State, event: TrackingFound) -> Moved:
    tracking = replace(state.visit.tracking, found=event.found)
    return with_visit(state, tracking=tracking, waiting=False)


def fail(state: State, event: Failed) -> Moved:
    """Say what failed where it was asked; nothing typed is lost."""
    return with_visit(state, failure=event.failure, waiting=False)
