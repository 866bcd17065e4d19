"""The page that explains feeds to a citizen and lists those that always exist."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from credit_site.domain.rulebook import load_rulebook
from credit_site.web.feeds.assembly import MOST_ITEMS
from credit_site.web.feeds.links import FeedKind, FeedLink, feed_links
from credit_site.web.feeds.subjects import FeedSubject, standing_subjects
from credit_site.web.frame import site_settings


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


def feeds_page() -> str:
    """``/feeds/``: how to subscribe, and to what."""
    return render_template(
        "feeds/index.html",
        groups=feed_groups(),
        feeds=feed_links("all"),
        site_url=site_settings().url,
        most_items=MOST_ITEMS,
    )


def feed_groups() -> tuple[FeedGroup, ...]:
    """The standing feeds: all, then lists, then agencies."""
    subjects = standing_subjects(load_rulebook())
    titles = {FeedKind.ALL: "全部信息", FeedKind.LIST: "按名单", FeedKind.AGENCY: "按机关"}
    return tuple(
        FeedGroup(
            kind.value,
            title,
            tuple(_row(subject) for subject in subjects if subject.kind is kind),
        )
        for kind, title in titles.items()
    )


def _row(subject: FeedSubject) -> FeedRow:
    return FeedRow(subject.name, feed_links(subject.kind.value, subject.key))
