"""Who else may be meant by a name: offered to choose from, looked up anew each time."""

from __future__ import annotations

from collections.abc import Iterable

from credit_site.services.lookups.views import LineView
from credit_site.services.matching import Asked, Match, Matcher

_EACH = 3
MOST_LINES = 50
"""So many lines of a page get their offers: each is searched for by likeness."""


def offers(matcher: Matcher, lines: Iterable[LineView], most: int) -> dict[int, list[Match]]:
    """By position, the matches to choose from, for the first ``most`` lines that have any.

    Raises SearchUnavailable.
    """
    wanted = [line for line in lines if line.offered][:most]
    return {
        line.position: matcher.candidates(Asked(line.row, name=line.name), _EACH) for line in wanted
    }
