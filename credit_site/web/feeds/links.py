"""Where each feed stands, and what a page says of the feeds that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from credit_site.domain.rulebook import load_rulebook


class FeedKind(StrEnum):
    """What a feed gathers: everything, what one agency, company or list has, or any search."""

    ALL = "all"
    AGENCY = "agency"
    COMPANY = "company"
    LIST = "list"
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


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One ``<link rel="alternate">`` of a page; ``label`` is the name of the format alone."""

    title: str
    href: str
    type: str
    label: str


_MEDIA_TYPES = {
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.RSS: "application/rss+xml",
    FeedFormat.JSON: "application/feed+json",
}
_LABELS = {FeedFormat.ATOM: "Atom", FeedFormat.RSS: "RSS", FeedFormat.JSON: "JSON Feed"}
_FOLDERS = {FeedKind.AGENCY: "agencies/", FeedKind.COMPANY: "companies/", FeedKind.LIST: "lists/"}


def feed_name(kind: FeedKind, key: str) -> str:
    """A feed's name below ``/feeds/``, without the ending: ``agencies/market-supervision``.

    The key of a search is the query part of its address.
    """
    if kind is FeedKind.SEARCH and key:
        return f"{kind.value}?{key}"
    return _FOLDERS[kind] + quote(key, safe="") if kind in _FOLDERS else kind.value


def feed_path(kind: FeedKind, key: str, ending: FeedFormat) -> str:
    """Path of a feed: ``/feeds/agencies/market-supervision.atom``; addresses never change."""
    if kind is FeedKind.SEARCH:
        return f"/feeds/search.{ending.value}" + (f"?{key}" if key else "")
    return f"/feeds/{feed_name(kind, key)}.{ending.value}"


def feed_links(kind: str, key: str = "") -> tuple[FeedLink, ...]:
    """The feeds of one page in all formats; ``kind`` is all, agency, company, list or search."""
    wanted = FeedKind(kind)
    name = _subject(wanted, key)
    return tuple(
        FeedLink(
            f"{name}（{ending.label}）",
            feed_path(wanted, key, ending),
            ending.media_type,
            ending.label,
        )
        for ending in FeedFormat
    )


def _subject(kind: FeedKind, key: str) -> str:
    match kind:
        case FeedKind.AGENCY:
            agency = load_rulebook().agencies.get(key)
            return f"{agency.name if agency else key}公示信息"
        case FeedKind.LIST:
            found = load_rulebook().lists.get(key)
            return found.name if found else key
        case FeedKind.COMPANY:
            return f"{key} 的公示信息"
        case FeedKind.SEARCH:
            return "这次查询的结果"
        case FeedKind.ALL:
            return "全部公示信息"
