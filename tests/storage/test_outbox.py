"""The outbox machine: no way leads to a purge but *opened*, and opened is the end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.storage.outbox import OutboxEffect, OutboxEvent, OutboxState, step


@given(st.lists(st.sampled_from(OutboxEvent), max_size=40))
def test_only_opened_ever_purges(events: list[OutboxEvent]) -> None:
    state = OutboxState.QUEUED
    for event in events:
        try:
            taken = step(state, event)
        except ValueError:
            continue
        if OutboxEffect.PURGE in taken.effects:
            assert event is OutboxEvent.OPENED
            assert taken.state is OutboxState.OPENED
        if state is OutboxState.OPENED:
            assert taken.state is OutboxState.OPENED
        state = taken.state


def test_every_state_survives_a_restart() -> None:
    after = {state: step(state, OutboxEvent.STARTED).state for state in OutboxState}
    assert after.pop(OutboxState.SENDING) is OutboxState.QUEUED
    assert all(old is new for old, new in after.items())


def test_every_state_can_still_be_opened() -> None:
    assert all(step(state, OutboxEvent.OPENED).state is OutboxState.OPENED for state in OutboxState)
