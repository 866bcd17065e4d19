"""Answers that say what changed: strong tags, 304 before any query, packed where it is wanted.

A tag is ``state-digest``: the digest names the bytes; the state names what they follow from
(ledger, day, address, settings). Whoever comes back in the same state is answered without a
query. In another state the document is made, and where its bytes are the same, so is the answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from flask import Response, request

from credit_site.extensions import CITY_TIME
from credit_site.web.feeds.memory import Document, FeedAddress, Standing

_PACKED = "-gz"
_SETTLED = timedelta(seconds=5)
"""Times of change are told in whole seconds: two changes within one cannot be told apart."""


@dataclass(frozen=True, slots=True)
class State:
    """What a document follows from; ``name`` is empty while it may change by itself.

    ``since`` is when it last can have changed: the newest ledger entry or the day's beginning.
    """

    name: str
    since: datetime
    settled: bool


def state_of(
    standing: Standing, address: FeedAddress, site: str, now: datetime, *, lasting: bool
) -> State:
    """The state of a document; ``site`` names the settings that stand in it."""
    midnight = datetime.combine(standing.today, time(), CITY_TIME)
    since = max(midnight, standing.changed_at) if standing.changed_at else midnight
    said = repr((standing, address, site))
    name = hashlib.sha256(said.encode()).hexdigest()[:16] if lasting else ""
    return State(name, since, lasting and now - since >= _SETTLED)


def conditional(state: State, media_type: str, make: Callable[[], Document]) -> Response:
    """The answer to the present request; ``make`` is asked for the document only if need be."""
    coding = _PACKED if _takes_gzip() else ""
    if tag := _same_state(state, coding):
        return _finished(Response(status=304), tag, state)
    document = make()
    tag = f"{state.name or 'open'}-{document.digest}{coding}"
    if known := _same_bytes(document, coding):
        return _finished(Response(status=304), known, state)
    if _not_modified_since(state):
        return _finished(Response(status=304), tag, state)
    body = document.packed if coding else document.body
    response = Response(body, content_type=f"{media_type}; charset=utf-8")
    if coding:
        response.headers["Content-Encoding"] = "gzip"
    return _finished(response, tag, state)


def _finished(response: Response, tag: str, state: State) -> Response:
    response.set_etag(tag)
    # Told a little early while a second change may still bear the same second.
    response.last_modified = state.since if state.settled else state.since - _SETTLED
    response.vary.add("Accept-Encoding")
    # Kept by whoever likes, shown only after asking: what has ended must vanish at once.
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _takes_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _tags() -> set[str]:
    return request.if_none_match.as_set(include_weak=True)


def _same_state(state: State, coding: str) -> str:
    """The tag of the request that was given in this state, if there is one."""
    if not state.name:
        return ""
    return next(
        (tag for tag in _tags() if tag.startswith(f"{state.name}-") and _of(tag, coding)), ""
    )


def _same_bytes(document: Document, coding: str) -> str:
    """The tag of the request that names these bytes, whatever state it was given in."""
    ending = f"-{document.digest}{coding}"
    return next((tag for tag in _tags() if tag.endswith(ending)), "")


def _of(tag: str, coding: str) -> bool:
    return tag.endswith(_PACKED) == bool(coding)


def _not_modified_since(state: State) -> bool:
    """Only where no tag is given, and only for the very time that was told."""
    asked = request.if_modified_since
    if asked is None or request.if_none_match or not state.settled:
        return False
    return asked == state.since.astimezone(UTC).replace(microsecond=0)
