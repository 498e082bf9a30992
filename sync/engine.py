"""One pass of syncing: announce what is not opened yet, send the bytes asked for, take what the centre says.

Nothing the centre says is believed without its signature; nothing is purged before a verified *opened*. What
was received but not yet opened is announced again each time, so an intake that lost it gets it anew.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.clock import Clock, parse
from kiosk.dossier.keys import KeyList, Role, read_key_list
from kiosk.dossier.signing import BadSignature, Context, Signed, SigningKey
from kiosk.dossier.statements import SealedNotice, read_opened, read_received
from kiosk.keyring import Enrolment, Keyring
from kiosk.ports import Connectivity
from kiosk.storage.outbox import OutboxEvent, OutboxState
from kiosk.storage.records import QueueItem, TrustedTime
from kiosk.storage.store import Store
from sync.client import CentreBusy, CentreClient, LinkDown, LinkFault, NotAuthorised, NotOurServer
from sync.protocol import MAX_ENVELOPES, Announce, Answer, BadMessage, EnvelopeVerdict, Verdict

log = logging.getLogger("kiosk.sync")
PIECE: Final = 256 * 1024  # bytes of one PATCH: seconds on a slow link
_NONCE_LENGTH: Final = 16
_YEARS: Final = range(2024, 2101)  # a centre that tells another year has a broken clock itself
_BUSY_ANSWERS: Final = 12  # in one pass: enough to find a poison dossier among fifty
_LOOK_UP_S: Final = 20.0  # a person stands and waits
_ROUNDS: Final = 3  # announce, send, announce again; once more where the centre asked to start over


@dataclass(frozen=True, slots=True)
class PassReport:
    """What one pass changed. ``answered``: a signed answer of the centre was processed."""

    received: int
    opened: int
    connectivity: Connectivity
    answered: bool


@dataclass(frozen=True, slots=True)
class _Changes:
    """Counts within one pass, and what is to be sent now."""

    received: int
    opened: int
    to_send: tuple[tuple[QueueItem, int], ...]


class SyncEngine:
    """Brings the outbox and the centre together. Holds no transaction over HTTP."""

    def __init__(
        self,
        store: Store,
        keyring: Keyring,
        clock: Clock,
        connect: Callable[[str, SigningKey], CentreClient],
    ) -> None:
        self._store = store
        self._keyring = keyring
        self._clock = clock
        self._connect = connect
        self._between: Callable[[], None] = lambda: None

    def run(self, deadline_s: float, between: Callable[[], None] = lambda: None) -> PassReport:
        """Try every dossier that is not parked at least once, until ``deadline_s`` on the monotonic clock.

        ``between`` is called between two requests of a long pass, for what can't wait until its end.
        KnownError ``not-enrolled`` where there is no centre to talk to.
        """
        enrolment = self._keyring.require_enrolment()
        self._store.restart(self._clock.now())
        self._between = between
        client = self._connect(enrolment.url, self._keyring.signing_key())
        received = opened = 0
        answered = False
        client.end_by(deadline_s - self._clock.monotonic())
        fault: LinkFault | None = None
        busy = 0
        waiting = deque(_batches(self._store.unfinished()))
        try:
            while waiting:
                batch = waiting.popleft()
                try:
                    for changes in self._batch(client, batch, deadline_s):
                        answered = True
                        received += changes.received
                        opened += changes.opened
                except CentreBusy as trouble:
                    busy += 1
                    if busy > _BUSY_ANSWERS or not self._may_go_on(deadline_s):
                        raise
                    fault = trouble  # one dossier in the batch may be the cause: try smaller ones
                    waiting.extendleft(reversed(_halves(batch)))
        except LinkFault as down:
            fault = down
        finally:
            client.close()
        if fault is None or (answered and isinstance(fault, CentreBusy)):
            return PassReport(received, opened, Connectivity.ONLINE, answered)
        log.info("link: %s", type(fault).__name__)
        return PassReport(received, opened, _connectivity(fault), answered)

    def _may_go_on(self, deadline_s: float) -> bool:
        return self._clock.monotonic() < deadline_s

    def look_up(self, lookup_id: str) -> None:
        """Fetch the notices of a dossier that may be another kiosk's; a LinkFault if that can't be done."""
        enrolment = self._keyring.require_enrolment()
        client = self._connect(enrolment.url, self._keyring.signing_key())
        client.end_by(_LOOK_UP_S)
        try:
            self._announce(client, (), (lookup_id,))
        finally:
            client.close()

    def _batch(
        self, client: CentreClient, batch: Sequence[QueueItem], deadline_s: float
    ) -> Iterator[_Changes]:
        for _ in range(_ROUNDS):
            try:
                answer = self._announce(client, batch, ())
            except LinkFault:
                self._each(batch, OutboxEvent.LINK_FAILED)
                raise
            changes = self._apply(batch, answer)
            yield changes
            sent = [
                replace(item, state=OutboxState.SENDING)
                for item, offset in changes.to_send
                if self._send(client, item, offset, deadline_s)
            ]
            if not sent:
                return
            batch = sent
        self._each(batch, OutboxEvent.RETRY_LATER)

    def _each(self, batch: Sequence[QueueItem], event: OutboxEvent) -> None:
        for item in batch:
            self._store.advance(item.dossier_id, event, self._clock.now())

    def _announce(self, client: CentreClient, batch: Sequence[QueueItem], lookups: tuple[str, ...]) -> Answer:
        enrolment = self._keyring.require_enrolment()
        nonce = os.urandom(_NONCE_LENGTH)
        message = Announce(
            nonce=nonce,
            kiosk=enrolment.kiosk,
            key_list_number=enrolment.keys.number,
            envelopes=tuple(item.envelope for item in batch),
            lookups=lookups,
            notice_cursor=self._store.contact().notice_cursor,
        )
        signed = client.announce(message.to_bytes())
        monotonic_s = self._clock.monotonic()
        answer = self._believe(client, enrolment, signed, nonce)
        self._take_keys(enrolment, answer)
        self._take_notices(answer)
        self._store.heard_centre(
            answer.notice_cursor, TrustedTime(answer.time, self._clock.boot_id(), monotonic_s)
        )
        if answer.enrol_again:
            self._keyring.mark_again()
        return answer

    def _believe(self, client: CentreClient, enrolment: Enrolment, signed: Signed, nonce: bytes) -> Answer:
        """The answer, once it is signed by an intake key of the list and bound to our nonce."""
        try:
            keys = self._keys_for(client, enrolment, signed.key_id)
            body = signed.open(keys.find(Role.INTAKE_SIGN, signed.key_id), Context.ANSWER)
            answer = Answer.from_json(body)
        except (BadSignature, BadMessage) as error:
            raise NotOurServer("answer") from error
        if answer.nonce != nonce or not _sound(answer):
            raise NotOurServer("answer")
        return answer

    def _keys_for(self, client: CentreClient, enrolment: Enrolment, key_id: str) -> KeyList:
        """Our key list, or the centre's newer one where the intake's key is new to us."""
        if any(key.id == key_id for key in enrolment.keys.keys):
            return enrolment.keys
        newer = read_key_list(enrolment.root, client.hello().key_list)
        self._keyring.newer_keys(newer)
        return self._keyring.require_enrolment().keys

    def _take_keys(self, enrolment: Enrolment, answer: Answer) -> None:
        if answer.key_list is None:
            return
        try:
            self._keyring.newer_keys(read_key_list(enrolment.root, answer.key_list))
        except BadSignature:
            log.warning("key list refused: not signed by our root")

    def _take_notices(self, answer: Answer) -> None:
        keys = self._keyring.require_enrolment().keys
        for signed in answer.notices:
            try:
                self._store.keep_notice(SealedNotice.read(keys, signed), self._clock.now())
            except BadSignature:
                log.warning("notice refused: not signed by the desk")

    def _apply(self, batch: Sequence[QueueItem], answer: Answer) -> _Changes:
        keys = self._keyring.require_enrolment().keys
        verdicts = {verdict.dossier_id: verdict for verdict in answer.verdicts}
        received = opened = 0
        to_send = []
        for item in batch:
            verdict = verdicts.get(item.dossier_id)
            after = self._take_verdict(keys, item, verdict) if verdict else item.state
            received += after is OutboxState.RECEIVED and item.state is not OutboxState.RECEIVED
            opened += after is OutboxState.OPENED
            unsent = after in (OutboxState.QUEUED, OutboxState.SENDING)
            if verdict and verdict.verdict is Verdict.RESUME and not verdict.opened and unsent:
                to_send.append((item, verdict.offset))
            elif after is OutboxState.SENDING:  # nothing that can be believed was said of it
                self._store.advance(item.dossier_id, OutboxEvent.RETRY_LATER, self._clock.now())
        return _Changes(received, opened, tuple(to_send))

    def _take_verdict(self, keys: KeyList, item: QueueItem, verdict: EnvelopeVerdict) -> OutboxState:
        now = self._clock.now()
        try:
            if verdict.opened:
                opened = read_opened(keys, verdict.opened)
                _about(item, opened.dossier_id)
                return self._store.mark_opened(opened, verdict.opened, now)
            if verdict.verdict is Verdict.RECEIVED and verdict.received:
                received = read_received(keys, verdict.received)
                _about(item, received.dossier_id)
                return self._store.mark_received(received, verdict.received, now)
        except (BadSignature, ValueError):
            log.warning("dossier %s: a statement does not hold, kept as it is", item.dossier_id)
            return item.state
        if verdict.refusal:
            log.warning("dossier %s parked: %s", item.dossier_id, verdict.refusal.value)
            return self._store.advance(item.dossier_id, OutboxEvent.REFUSED, now, verdict.refusal.value)
        if verdict.verdict is Verdict.RETRY:
            return self._store.advance(item.dossier_id, OutboxEvent.RETRY_LATER, now)
        if verdict.verdict is Verdict.RESUME:
            return self._store.advance(item.dossier_id, OutboxEvent.LOST, now)
        return item.state

    def _send(self, client: CentreClient, item: QueueItem, offset: int, deadline_s: float) -> bool:
        """Send the rest of one packet; True when all of it is there or the centre stands elsewhere."""
        self._store.advance(item.dossier_id, OutboxEvent.SEND, self._clock.now())
        log.info("dossier %s: sending from %d of %d", item.dossier_id, offset, item.size)
        try:
            while offset < item.size:
                if not self._may_go_on(deadline_s):
                    self._store.advance(item.dossier_id, OutboxEvent.RETRY_LATER, self._clock.now())
                    return False
                self._between()
                piece = self._store.sealed_bytes(item.dossier_id, offset, PIECE)
                after = client.upload(item.dossier_id, offset, piece)
                if after is None or after <= offset:
                    break
                offset = after
        except CentreBusy:
            log.info("dossier %s: the centre is busy", item.dossier_id)
            self._store.advance(item.dossier_id, OutboxEvent.RETRY_LATER, self._clock.now())
            return False
        except LinkFault:
            self._store.advance(item.dossier_id, OutboxEvent.LINK_FAILED, self._clock.now())
            raise
        return True


def _about(item: QueueItem, dossier_id: str) -> None:
    if dossier_id != item.dossier_id:
        raise ValueError("statement about another dossier")


def _halves(batch: Sequence[QueueItem]) -> list[Sequence[QueueItem]]:
    """The batch in two; nothing where it can't be made smaller."""
    middle = len(batch) // 2
    return [batch[:middle], batch[middle:]] if middle else []


def _sound(answer: Answer) -> bool:
    """Whether time and cursor are such as a centre can mean."""
    try:
        told = parse(answer.time)
    except (ValueError, OverflowError):
        return False
    return told.year in _YEARS and 0 <= answer.notice_cursor < 2**62


def _batches(items: Sequence[QueueItem]) -> Iterator[Sequence[QueueItem]]:
    """Runs of at most what one announce carries; one empty run where there is nothing, to hear the centre."""
    if not items:
        yield ()
    for at in range(0, len(items), MAX_ENVELOPES):
        yield items[at : at + MAX_ENVELOPES]


def _connectivity(fault: LinkFault) -> Connectivity:
    match fault:
        case NotOurServer():
            return Connectivity.CAPTIVE
        case NotAuthorised():
            return Connectivity.UNAUTHORISED
        case LinkDown() | CentreBusy():
            return Connectivity.OFFLINE
        case _:
            raise AssertionError(fault)
