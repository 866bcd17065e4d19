"""The follower that tells subscribers of changes: in ledger order, at least once, each by itself.

What is to be sent stands in the database before it is sent; each request goes on a thread of its
own, so a slow receiver holds up neither the others nor the worker. Threads touch no database.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from credit_site.domain.web_hooks import Kind
from credit_site.extensions import Clock, CurrentClock
from credit_site.services.hook_addresses import Networks
from credit_site.services.hook_content import Reader
from credit_site.services.hook_letters import Due, due, items, letter
from credit_site.services.hook_plans import plan
from credit_site.services.hook_post import DEADLINE_SECONDS, Letter, Outcome, post
from credit_site.services.hook_results import nothing_to_say, purge, settle
from credit_site.vault import SealBroken, Vault

log = logging.getLogger(__name__)
MOST_AT_ONCE = 16
"""Requests under way at the same time."""
_WAIT_SECONDS = 0.2
_GIVEN_UP_SECONDS = 2 * DEADLINE_SECONDS
"""A thread that is not back by then (a name server that never answers) is forgotten."""


@dataclass(frozen=True, slots=True)
class HookTools:
    """What sending needs: secrets, time, our own address, where requests may go, whom to trust."""

    vault: Vault
    clock: Clock | CurrentClock
    site: str
    networks: Networks
    tls: ssl.SSLContext


@dataclass(frozen=True, slots=True)
class _Flight:
    """A request under way."""

    delivery: int
    items: int
    at: datetime
    began: float
    outcome: Future[Outcome]

    def result(self) -> Outcome | None:
        """What came of it, or None while it is under way."""
        if self.outcome.done():
            return self.outcome.result()
        elapsed = time.monotonic() - self.began
        lost = Outcome(None, "timeout", round(elapsed * 1000))
        return lost if elapsed > _GIVEN_UP_SECONDS else None


class HookFollower:
    """Plans deliveries, sends them and writes down what came of them, a little in every step."""

    def __init__(self, tools: HookTools) -> None:
        self._tools = tools
        self._flights: dict[int, _Flight] = {}
        """By subscriber: one request to each at a time."""
        self._purged: date | None = None

    def step(self, session: Session) -> int:
        """Settles what came back, begins what is due; how much was done or is under way."""
        now = self._tools.clock.now()
        if self._purged != now.date():
            purge(session, now)
            self._purged = now.date()
        done = self._settle(session)
        reader = Reader(session, now.date(), self._tools.site)
        done += plan(session, reader, now)
        done += self._begin(session, reader, now)
        session.rollback()
        if self._flights and not done:
            wait([one.outcome for one in self._flights.values()], _WAIT_SECONDS, FIRST_COMPLETED)
        return done + len(self._flights)

    def start_over(self) -> None:
        """After a failure: what was under way is sent again, with its id."""
        self._flights = {}

    def _settle(self, session: Session) -> int:
        back = {
            subscriber: outcome
            for subscriber, flight in self._flights.items()
            if (outcome := flight.result()) is not None
        }
        for subscriber, outcome in back.items():
            flight, now = self._flights[subscriber], self._tools.clock.now()
            settle(session, flight.delivery, outcome, flight.items, flight.at, now)
            del self._flights[subscriber]
        return len(back)

    def _begin(self, session: Session, reader: Reader, now: datetime) -> int:
        room = MOST_AT_ONCE - len(self._flights)
        waiting = due(session, now, list(self._flights), room) if room else []
        for one in waiting:
            told = items(reader, one)
            if not told and one.kind != Kind.TEST:
                nothing_to_say(session, one.id, now)
                continue
            try:
                written = letter(self._tools.vault, one, told, now)
            except SealBroken:
                settle(session, one.id, Outcome(None, "no_secret", 0), 0, now, now)
                continue
            self._fly(one, written, len(told), now)
        return len(waiting)

    def _fly(self, one: Due, written: Letter, told: int, now: datetime) -> None:
        outcome: Future[Outcome] = Future()
        tools = self._tools

        def run() -> None:
            try:
                outcome.set_result(post(written, tools.networks, tools.tls))
            except Exception as error:  # noqa: BLE001  # one request must not stop the others
                log.error("web hook %s failed: %s", one.id, type(error).__name__)
                outcome.set_result(Outcome(None, "broken", 0))

        threading.Thread(target=run, name=f"web hook {one.id}", daemon=True).start()
        self._flights[one.subscriber] = _Flight(one.id, told, now, time.monotonic(), outcome)
