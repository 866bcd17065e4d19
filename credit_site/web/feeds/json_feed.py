"""JSON Feed 1.1 (jsonfeed.org/version/1.1); what it has no word for stands in extensions."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import orjson

from credit_site.domain.feed_addresses import FeedFormat
from credit_site.domain.public_form import JsonValue
from credit_site.web.feeds.content import clean, content_html
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.values import LANGUAGE, Author, Feed, FeedItem, Tombstone

VERSION = "https://jsonfeed.org/version/1.1"


def build_json(feed: Feed, known: KnownEntries) -> bytes:
    """The feed as a JSON Feed document, UTF-8."""
    document: dict[str, object] = {
        "version": VERSION,
        "title": clean(feed.title),
        "description": clean(feed.subtitle),
        "home_page_url": feed.page_url,
        "feed_url": feed.place.urls[FeedFormat.JSON],
        "language": LANGUAGE,
        "authors": [_author(feed.author)],
        **_beside(feed, known),
        "items": [known.get(("json", *item.name), partial(_written, item)) for item in feed.items],
    }
    return orjson.dumps(document)


def _beside(feed: Feed, known: KnownEntries) -> dict[str, object]:
    """Where to go on, the hub, and extensions: archives (RFC 5005) and tombstones (RFC 6721)."""
    place, found = feed.place, dict[str, object]()
    onwards = place.older or place.following
    if onwards is not None:
        found["next_url"] = onwards[FeedFormat.JSON]
    if feed.hub:
        found["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    if place.archive and place.current is not None:
        found["_archive"] = {
            "about": "https://www.rfc-editor.org/rfc/rfc5005",
            "current": place.current[FeedFormat.JSON],
            **({"next_archive": place.newer[FeedFormat.JSON]} if place.newer else {}),
        }
    if feed.tombstones:
        found["_tombstones"] = {
            "about": "https://www.rfc-editor.org/rfc/rfc6721",
            "deleted_entries": [
                known.get(("json tombstone", one), partial(_gone, one)) for one in feed.tombstones
            ],
        }
    return found


def _written(item: FeedItem) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(_item(item)))


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


def _gone(tombstone: Tombstone) -> orjson.Fragment:
    comment = clean(tombstone.comment)
    said = {"ref": tombstone.ref, "when": _moment(tombstone.when), "comment": comment}
    return orjson.Fragment(orjson.dumps(said))


def _author(author: Author) -> dict[str, JsonValue]:
    return {"name": clean(author.name), "url": author.url}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
