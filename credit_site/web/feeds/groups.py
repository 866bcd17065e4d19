"""The standing feeds in groups, as the page and the outline show them."""

from __future__ import annotations

from dataclasses import dataclass

from credit_site.domain.feed_addresses import FeedKind
from credit_site.domain.rulebook import load_rulebook
from credit_site.web.feeds.links import FeedLink, feed_links
from credit_site.web.feeds.subjects import FeedSubject, standing_subjects

GROUPS = {
    FeedKind.ALL: "全部信息",
    FeedKind.LIST: "按名单",
    FeedKind.CAMPAIGN: "按专项行动",
    FeedKind.DIVISION: "按区县",
    FeedKind.AGENCY: "按机关",
}


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One line of the page: whose feed, and its formats."""

    name: str
    links: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds of one kind under one heading."""

    anchor: str
    title: str
    rows: tuple[FeedRow, ...]


def feed_groups() -> tuple[FeedGroup, ...]:
    """All standing feeds, kind by kind."""
    subjects = standing_subjects(load_rulebook())
    return tuple(
        FeedGroup(
            kind.value,
            title,
            tuple(_row(subject) for subject in subjects if subject.kind is kind),
        )
        for kind, title in GROUPS.items()
    )


def _row(subject: FeedSubject) -> FeedRow:
    return FeedRow(subject.name, feed_links(subject.kind.value, subject.key))
