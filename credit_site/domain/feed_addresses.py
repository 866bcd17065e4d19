"""Where feeds stand: kinds, formats and paths; none of them changes once published."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import quote


class FeedKind(StrEnum):
    """What a feed gathers: everything, what one of a kind has, or what a search finds."""

    ALL = "all"
    AGENCY = "agency"
    DIVISION = "division"
    COMPANY = "company"
    LIST = "list"
    CAMPAIGN = "campaign"
    SEARCH = "search"


class FeedFormat(StrEnum):
    """A feed's format, named by the ending of its address."""

    ATOM = "atom"
    RSS = "rss"
    JSON = "json"

    @property
    def media_type(self) -> str:
        """The registered type, without parameters."""
        return _MEDIA_TYPES[self]

    @property
    def label(self) -> str:
        """The name people know the format by."""
        return _LABELS[self]


_MEDIA_TYPES = {
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.RSS: "application/rss+xml",
    FeedFormat.JSON: "application/feed+json",
}
_LABELS = {FeedFormat.ATOM: "Atom", FeedFormat.RSS: "RSS", FeedFormat.JSON: "JSON Feed"}
_FOLDERS = {
    FeedKind.AGENCY: "agencies/",
    FeedKind.DIVISION: "divisions/",
    FeedKind.COMPANY: "companies/",
    FeedKind.LIST: "lists/",
    FeedKind.CAMPAIGN: "campaigns/",
}


def feed_name(kind: FeedKind, key: str) -> str:
    """A feed's name below ``/feeds/``, without the ending: ``agencies/market-supervision``.

    The key of a search is the query part of its address.
    """
    if kind is FeedKind.SEARCH and key:
        return f"{kind.value}?{key}"
    return _FOLDERS[kind] + quote(key, safe="") if kind in _FOLDERS else kind.value


def feed_path(kind: FeedKind, key: str, ending: FeedFormat) -> str:
    """Path of a feed: ``/feeds/agencies/market-supervision.atom``."""
    if kind is FeedKind.SEARCH:
        return f"/feeds/search.{ending.value}" + (f"?{key}" if key else "")
    return f"/feeds/{feed_name(kind, key)}.{ending.value}"


def archive_path(kind: FeedKind, key: str, span: tuple[int, int], ending: FeedFormat) -> str:
    """Path of what a feed holds from one ledger number to another, both included.

    ``/feeds/agencies/market-supervision/1-50.atom``
    """
    first, last = span
    return f"/feeds/{feed_name(kind, key)}/{first}-{last}.{ending.value}"
