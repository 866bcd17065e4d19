"""The page that explains feeds to a citizen and lists those that always exist."""

from __future__ import annotations

from flask import render_template

from credit_site.services.feed_windows import MOST_ITEMS
from credit_site.web.feeds.documents import MOST_UNASKED, TOLD_FOR
from credit_site.web.feeds.groups import feed_groups
from credit_site.web.feeds.links import feed_links
from credit_site.web.frame import site_settings


def feeds_page() -> str:
    """``/feeds/``: how to subscribe, and to what."""
    return render_template(
        "feeds/index.html",
        groups=feed_groups(),
        feeds=feed_links("all"),
        site_url=site_settings().url,
        hub=site_settings().websub_hub,
        most_items=MOST_ITEMS,
        most_unasked=MOST_UNASKED,
        told_days=TOLD_FOR.days,
    )
