"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson

from credit_site.domain.public_form import JsonValue
from credit_site.web.feeds.content import clean, content_html
from credit_site.web.feeds.links import FeedFormat
from credit_site.web.feeds.values import LANGUAGE, Author, Feed, FeedItem

VERSION = "https://jsonfeed.org/version/1.1"


def build_json(feed: Feed) -> bytes:
    """The feed as a JSON Feed document, UTF-8."""
    document: dict[str, JsonValue] = {
        "version": VERSION,
        "title": clean(feed.title),
        "description": clean(feed.subtitle),
        "home_page_url": feed.page_url,
        "feed_url": feed.urls[FeedFormat.JSON],
        "language": LANGUAGE,
        "authors": [_author(feed.author)],
        "items": [_item(item) for item in feed.items],
    }
    return orjson.dumps(document)


def _item(item: FeedItem) -> dict[str, JsonValue]:
    return {
        "id": item.id,
        "url": item.url,
        "title": clean(item.title),
        "summary": clean(item.sentence),
        "content_html": content_html(item),
        "date_published": _moment(item.published),
        "date_modified": _moment(item.updated),
        "authors": [_author(item.author)],
        "tags": [clean(category.label) for category in item.categories],
        "language": LANGUAGE,
    }


def _author(author: Author) -> dict[str, JsonValue]:
    return {"name": clean(author.name), "url": author.url}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
