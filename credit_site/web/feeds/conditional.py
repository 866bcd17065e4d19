"""Answers that say what changed: strong tags, 304 before any query, packed where it is wanted.

A tag is ``state-digest-variant-held``: the digest names the bytes; the state names what they follow
from (ledger, day, address, settings); the variant says that they are packed, or meant for a
browser; the last part names the records that its reader was given (holdings). Whoever comes back
in the same state is answered without a query. In another state the document is made, and where
its bytes are the same, so is the answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from flask import Response, request

from credit_site.domain.feed_addresses import FeedFormat
from credit_site.extensions import CITY_TIME
from credit_site.web.feeds.documents import Served
from credit_site.web.feeds.holdings import read, written
from credit_site.web.feeds.memory import FeedAddress, Standing
from credit_site.web.varying import vary_on

_XML = "application/xml"
_OPEN = "open"
"""Stands in tags of documents that may change by themselves; no state is called so."""
_SETTLED = timedelta(seconds=5)
"""Times of change are told in whole seconds: two changes within one cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Variant:
    """In which type and coding a feed is wanted, and whether somebody looks at it."""

    media_type: str
    seen: bool
    packed: bool

    @property
    def name(self) -> str:
        """As tags have it."""
        return ("x" if self.seen else "f") + ("z" if self.packed else "")


def wanted_variant(ending: FeedFormat) -> Variant:
    """What the present request would rather have of a format.

    Browsers ask for pages: they show XML with its stylesheet, but feeds as source, or save them.
    """
    wanted = {value for value, _ in request.accept_mimetypes}
    plain = ending.media_type
    seen = ending is not FeedFormat.JSON and "text/html" in wanted and plain not in wanted
    packed = request.accept_encodings.quality("gzip") > 0
    return Variant(_XML if seen else plain, seen, packed)


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


def conditional(
    state: State, variant: Variant, make: Callable[[tuple[int, ...] | None], Served]
) -> Response:
    """The answer to the present request; ``make`` is asked for the document only if need be.

    It is told which records the reader names as his, None where he comes without a tag.
    """
    given = list(_given())
    for one in given:
        if (one.state, one.variant) == (state.name or None, variant.name):
            return _finished(Response(status=304), one.tag, state)
    served = make(_held(given))
    digest, held = served.document.digest, written(served.held)
    tag = f"{state.name or _OPEN}-{digest}-{variant.name}-{held}"
    for one in given:
        if (one.digest, one.variant) == (digest, variant.name):
            return _finished(Response(status=304), one.tag, state)
    if _not_modified_since(state):
        return _finished(Response(status=304), tag, state)
    body = served.document.packed if variant.packed else served.document.body
    response = Response(body, content_type=f"{variant.media_type}; charset=utf-8")
    if variant.packed:
        response.headers["Content-Encoding"] = "gzip"
    return _finished(response, tag, state, own=served.own)


def _finished(response: Response, tag: str, state: State, *, own: bool = False) -> Response:
    response.set_etag(tag)
    # Told a little early while a second change may still bear the same second.
    response.last_modified = state.since if state.settled else state.since - _SETTLED
    vary_on(response, "Accept", "Accept-Encoding")
    # Kept by whoever likes, shown only after asking: what has ended must vanish at once.
    response.headers["Cache-Control"] = f"{'private' if own else 'public'}, no-cache"
    return response


@dataclass(frozen=True, slots=True)
class _Given:
    """A tag of the request that may be one of ours, in its parts."""

    tag: str
    state: str
    digest: str
    variant: str
    held: str


def _given() -> Iterator[_Given]:
    for tag in request.if_none_match.as_set(include_weak=True):
        parts = (tag or "").split("-")  # of an empty tag the library makes None
        if len(parts) == 4:
            yield _Given(tag, *parts)


def _held(given: Sequence[_Given]) -> tuple[int, ...] | None:
    """The records that the tags name, falling; None where no tag is ours."""
    if not given:
        return None
    return tuple(sorted({number for one in given for number in read(one.held)}, reverse=True))


def _not_modified_since(state: State) -> bool:
    """Only where no tag is given, and only for the very time that was told."""
    asked = request.if_modified_since
    if asked is None or request.if_none_match or not state.settled:
        return False
    return asked == state.since.astimezone(UTC).replace(microsecond=0)
