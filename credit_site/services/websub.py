"""Telling a WebSub hub which standing feeds changed (W3C Recommendation of 2018-01-23).

How a publisher tells its hub is left open there; hubs agree on a form with ``hub.mode=publish``
and the feed's address, which this follows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.feed_addresses import FeedFormat, FeedKind, feed_path
from credit_site.extensions import Clock, CurrentClock
from credit_site.models import FollowerPosition
from credit_site.services.feed_changes import Scope, changed_scopes
from credit_site.services.followers import save_position
from credit_site.services.ledger import head

log = logging.getLogger(__name__)
NAME = "websub"
TIMEOUT_SECONDS = 10
FIRST_PAUSE_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 3_600.0
BATCH = 1_000

Post = Callable[[str, Mapping[str, str]], int]
"""Sends a form to an address; the status of the answer. Raises OSError for none."""


def post_form(url: str, form: Mapping[str, str]) -> int:
    """By HTTP, following nobody anywhere else. Raises OSError."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise OSError(f"the hub's address is not one of the web: {url}")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    request = Request(url, urlencode(form).encode(), headers)  # noqa: S310  # checked above
    try:
        with build_opener(_Staying).open(request, timeout=TIMEOUT_SECONDS) as response:
            return int(response.status)
    except HTTPError as error:
        with error:
            return error.code


class _Staying(HTTPRedirectHandler):
    """A redirect is an answer like another."""

    def redirect_request(self, *_given: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class HubSite:
    """The hub, the public address of the site (no slash at its end), campaigns by their names."""

    hub: str
    url: str
    campaigns: Mapping[str, str]

    def topics(self, scope: Scope) -> list[str]:
        """The addresses of a scope's feed in every format."""
        kind, name = scope
        key = self.campaigns.get(name, "") if kind is FeedKind.CAMPAIGN else name
        known = key or kind is FeedKind.ALL
        return [self.url + feed_path(kind, key, ending) for ending in FeedFormat] if known else []


class HubFollower:
    """Follows the ledger; what changed is told on a thread of its own, again until it is heard.

    Nothing waits for the hub. A feed may be told of twice, never not at all; what was published
    before there was a hub is nobody's news.
    """

    def __init__(self, site: HubSite, clock: Clock | CurrentClock, post: Post = post_form) -> None:
        self._site, self._clock, self._post = site, clock, post
        self._read: int | None = None
        self._saved = -1
        self._due: set[str] = set()
        self._executor: ThreadPoolExecutor | None = None
        self._telling: Future[set[str]] | None = None
        self._pause, self._resting_until = 0.0, 0.0

    def step(self, session: Session) -> int:
        """Reads up to BATCH changes and lets them be told; returns how many were read."""
        if self._read is None:
            self._begin(session)
        assert self._read is not None
        if not self._heard():
            return 0
        seq, scopes = changed_scopes(session, self._read, BATCH)
        session.rollback()
        if seq == self._read:
            self._tell(session)
            return 0
        count, self._read = seq - self._read, seq
        self._due.update(topic for scope in scopes for topic in self._site.topics(scope))
        return count

    def start_over(self) -> None:
        """After a failure: goes on from the stored position."""
        self._read = None

    def _begin(self, session: Session) -> None:
        query = select(FollowerPosition.seq).where(FollowerPosition.name == NAME)
        known = session.scalar(query)
        self._read = head(session).seq if known is None else known
        session.rollback()
        if known is None:
            save_position(session, NAME, self._read, self._clock.now())
        self._saved = self._read

    def _heard(self) -> bool:
        """Whether nothing is being told now; takes note of what was."""
        if self._telling is None:
            return True
        if not self._telling.done():
            return False
        left, self._telling = self._telling.result(), None
        self._due = left
        if left:
            self._pause = min(max(self._pause * 2, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
            self._resting_until = time.monotonic() + self._pause
            log.warning("the WebSub hub did not take %s feeds; again later", len(left))
        else:
            self._pause = 0.0
        return True

    def _tell(self, session: Session) -> None:
        assert self._read is not None
        if not self._due:
            if self._saved != self._read:
                save_position(session, NAME, self._read, self._clock.now())
                self._saved = self._read
            return
        if time.monotonic() < self._resting_until:
            return
        self._executor = self._executor or ThreadPoolExecutor(1, "websub")
        self._telling = self._executor.submit(self._told, frozenset(self._due))

    def _told(self, topics: frozenset[str]) -> set[str]:
        """Tells of each; returns those that were not taken. Silence ends the round."""
        left = set(topics)
        for topic in sorted(topics):
            form = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
            try:
                taken = 200 <= self._post(self._site.hub, form) < 300
            except OSError:
                break
            if taken:
                left.discard(topic)
        return left
