"""What a page says of the feeds that belong to it."""

from __future__ import annotations

from dataclasses import dataclass

from credit_site.domain.feed_addresses import FeedFormat, FeedKind, feed_path
from credit_site.domain.rulebook import load_rulebook


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One ``<link rel="alternate">`` of a page; ``label`` is the name of the format alone."""

    title: str
    href: str
    type: str
    label: str


def feed_links(kind: str, key: str = "") -> tuple[FeedLink, ...]:
    """The feeds of one page in all formats; ``kind`` is the value of a FeedKind."""
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
    book = load_rulebook()
    match kind:
        case FeedKind.AGENCY:
            agency = book.agencies.get(key)
            return f"{agency.name if agency else key}公示信息"
        case FeedKind.DIVISION:
            division = book.divisions.get(key)
            return f"{division.name if division else key}公示信息"
        case FeedKind.LIST:
            found = book.lists.get(key)
            return found.name if found else key
        case FeedKind.CAMPAIGN:
            campaign = book.campaigns.get(key)
            return f"专项行动{campaign.name if campaign else key}"
        case FeedKind.COMPANY:
            return f"{key} 的公示信息"
        case FeedKind.SEARCH:
            return "这次查询的结果"
        case FeedKind.ALL:
            return "全部公示信息"
