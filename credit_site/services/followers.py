"""How far the followers of the ledger have come."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from credit_site.models import FollowerPosition
from credit_site.services.ledger import head
from credit_site.services.transactions import write_transaction

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 60.0
"""How long a follower that failed is left alone."""


class Follower(Protocol):
    """Follows the ledger or the clock beside the search index, a piece at a time.

    Every step is safe to repeat and to break off; what it needs to go on stands in the database or
    beside its own files. A step leaves no transaction open.
    """

    def step(self, session: Session) -> int:
        """One piece of work; how much was done, 0 where there is nothing to do now."""

    def start_over(self) -> None:
        """After a failure: lets go of everything held open."""


class Round:
    """Takes followers in turn; one that fails is left alone for a while, the others go on."""

    def __init__(self, followers: Sequence[Follower]) -> None:
        self._followers = tuple(followers)
        self._resting: dict[int, float] = {}

    def step(self, session: Session) -> int:
        """A piece of each follower's work; how much was done in all.

        Raises OperationalError for a database out of reach.
        """
        return sum(self._step(place, one, session) for place, one in enumerate(self._followers))

    def start_over(self) -> None:
        """After a failure of something that followers share."""
        for follower in self._followers:
            follower.start_over()

    def _step(self, place: int, follower: Follower, session: Session) -> int:
        if time.monotonic() < self._resting.get(place, 0):
            return 0
        try:
            return follower.step(session)
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  # one that fails must not stop the others
            session.rollback()
            follower.start_over()
            self._resting[place] = time.monotonic() + PATIENCE_SECONDS
            log.error("%s failed: %s", type(follower).__name__, type(error).__name__)
            return 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A follower's last ledger number and how many entries lie ahead of it."""

    name: str
    seq: int
    behind: int


_PLACES = FollowerPosition.__table__.c
_POSITION = select(_PLACES.seq).where(_PLACES.name == bindparam("follower"))
"""Put together once: every search asks for it."""


def position(session: Session, name: str) -> int:
    """The last ledger number a follower has carried out; 0 before its first."""
    return session.scalar(_POSITION, {"follower": name}) or 0


def save_position(session: Session, name: str, seq: int, now: datetime) -> None:
    """Stores how far a follower has come."""
    with write_transaction(session):
        put_position(session, name, seq, now)


def put_position(session: Session, name: str, seq: int, now: datetime) -> None:
    """The same in the open transaction of a follower whose work stands in the database, too."""
    session.merge(FollowerPosition(name=name, seq=seq, updated_at=now))


def standing(session: Session, name: str) -> Standing:
    """Where a follower stands against the ledger's head."""
    seq = position(session, name)
    return Standing(name, seq, max(0, head(session).seq - seq))
