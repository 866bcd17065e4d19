"""One turn of a channel: read receipts, cut what is due, deliver what waits."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.states import BatchState
from credit_site.extensions import CITY_TIME
from credit_site.models import ExchangeBatch, ExchangeChannel, LedgerEntry
from credit_site.services.exchange.cutting import cut
from credit_site.services.exchange.delivering import deliver_next
from credit_site.services.exchange.picking import again
from credit_site.services.exchange.receipt_sources import ReceiptReader
from credit_site.services.exchange.terms import ExchangeProblem, ExchangeTools, Schedule
from credit_site.services.ledger import head

QUIET = timedelta(minutes=1)
"""While publications come in one after the other, they gather into one batch."""
LONGEST_GATHERING = timedelta(minutes=10)
REST = timedelta(minutes=5)
"""How long a target that failed is left alone."""
LOOK = timedelta(seconds=20)
"""How long passes between two looks for receipts."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was done for a channel; ``problem`` in Chinese where it did not come to its end."""

    channel: str
    cut: int = 0
    delivered: int = 0
    receipts: int = 0
    problem: str = ""


@contextmanager
def alone(tools: ExchangeTools, channel_id: int, *, waiting: bool) -> Iterator[bool]:
    """Holds a channel, so that no other process of this installation works on it meanwhile.

    Whether it is held: one that does not wait goes without, where another has it. Raises OSError.
    """
    with (tools.work.parent / f"exchange-{channel_id}.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def run(session: Session, tools: ExchangeTools, channel_id: int) -> Turn:
    """Everything there is to do for a channel now, due or not; waits for whoever is at it."""
    session.rollback()
    with alone(tools, channel_id, waiting=True):
        return _run(session, tools, channel_id)


def _run(session: Session, tools: ExchangeTools, channel_id: int) -> Turn:
    now = tools.clock.now()
    name = session.get_one(ExchangeChannel, channel_id).name
    batches = delivered = receipts = 0
    problem = ""
    try:
        receipts = ReceiptReader(session, tools, channel_id, now).read()
    except ExchangeProblem as error:
        problem = str(error)
    try:
        complete = False
        while not complete:
            done = cut(session, tools, channel_id, now)
            batches, complete = batches + (done.batch is not None), done.complete
        while deliver_next(session, tools, channel_id, now):
            delivered += 1
    except ExchangeProblem as error:
        problem = str(error)
    return Turn(name, batches, delivered, receipts, problem)


class ExchangeFollower:
    """Does the same a piece at a time, when it is due."""

    def __init__(self, tools: ExchangeTools) -> None:
        self._tools = tools
        self._looked: dict[int, datetime] = {}

    def step(self, session: Session) -> int:
        """One piece of work of each channel; how much was done."""
        ids = list(session.scalars(select(ExchangeChannel.id).order_by(ExchangeChannel.id)))
        done = sum(self._turn(session, number) for number in ids)
        session.rollback()
        return done

    def start_over(self) -> None:
        """Nothing is held open between two steps."""
        self._looked.clear()

    def _turn(self, session: Session, number: int) -> int:
        """What fails stands on the channel and is tried again; the other pieces go on."""
        now = self._tools.clock.now()
        with alone(self._tools, number, waiting=False) as mine:
            pieces = (self._receipts, self._cut, self._deliver) if mine else ()
            return sum(_guarded(piece, session, number, now) for piece in pieces)

    def _receipts(self, session: Session, number: int, now: datetime) -> int:
        looked = self._looked.get(number)
        if looked is not None and now - looked < LOOK:
            return 0
        if resting(session.get_one(ExchangeChannel, number), now):
            return 0
        self._looked[number] = now
        return ReceiptReader(session, self._tools, number, now).read()

    def _cut(self, session: Session, number: int, now: datetime) -> int:
        if not due(session, number, now):
            return 0
        outcome = cut(session, self._tools, number, now)
        return outcome.rows or int(not outcome.complete)

    def _deliver(self, session: Session, number: int, now: datetime) -> int:
        if not can_deliver(session, number, now):
            return 0
        return bool(deliver_next(session, self._tools, number, now))


Piece = Callable[[Session, int, datetime], int]


def _guarded(piece: Piece, session: Session, number: int, now: datetime) -> int:
    try:
        return piece(session, number, now)
    except ExchangeProblem:
        return 0


def due(session: Session, channel_id: int, now: datetime) -> bool:
    """Whether it is time to cut a batch, and something may have changed."""
    channel = session.get_one(ExchangeChannel, channel_id)
    if not channel.active:
        return False
    newest = head(session)
    morning = channel.cut_on is None or channel.cut_on < now.date()
    behind = newest.seq > channel.position
    if channel.schedule == Schedule.DAILY:
        return morning and now.astimezone(CITY_TIME).hour >= channel.hour
    if morning or again(session, channel_id, 1):
        return True
    return behind and _gathered(session, channel.position, newest.changed_at or now, now)


def _gathered(session: Session, position: int, newest: datetime, now: datetime) -> bool:
    """Whether no more comes, or the first has waited long enough."""
    first = session.scalar(select(LedgerEntry.recorded_at).where(LedgerEntry.seq == position + 1))
    return now - newest >= QUIET or (first is not None and now - first >= LONGEST_GATHERING)


def can_deliver(session: Session, channel_id: int, now: datetime) -> bool:
    """Whether a batch waits whose target is not resting after a failure."""
    channel = session.get_one(ExchangeChannel, channel_id)
    if not channel.active or resting(channel, now):
        return False
    query = select(ExchangeBatch.id).where(
        ExchangeBatch.channel_id == channel_id,
        ExchangeBatch.state == BatchState.PREPARED.value,
    )
    return session.scalar(query.limit(1)) is not None


def resting(channel: ExchangeChannel, now: datetime) -> bool:
    """Whether its target failed a short while ago."""
    tried = channel.tried_at if channel.problem else None
    return tried is not None and now - tried < REST
