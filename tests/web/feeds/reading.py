"""Feeds read as programs read them: ids in order, tombstones, links, by format."""

from __future__ import annotations

from dataclasses import dataclass

import feedparser
import orjson
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
}

NOTICE = ["停止公示通知"]


@dataclass(frozen=True)
class Read:
    """What a feed of any format says; ``notices`` are titles of entries that have left."""

    ids: list[str]
    notices: dict[str, str]
    gone: dict[str, str]
    links: dict[str, str]
    archive: bool


def read(client: FlaskClient, path: str) -> Read:
    """Fetches a feed and reads it; what is no sound feed fails."""
    return understood(client.get(path), path)


def understood(response: TestResponse, path: str) -> Read:
    """Reads an answer."""
    assert response.status_code == 200, path
    return _json(response.data) if path.partition("?")[0].endswith("json") else _xml(response)


def _json(body: bytes) -> Read:
    feed = orjson.loads(body)
    archive = feed.get("_archive", {})
    gone = feed.get("_tombstones", {}).get("deleted_entries", [])
    links = {"next": feed.get("next_url", ""), "current": archive.get("current", "")}
    items = feed["items"]
    return Read(
        [_local(item["id"]) for item in items if item["tags"] != NOTICE],
        {_local(item["id"]): item["title"] for item in items if item["tags"] == NOTICE},
        {_local(one["ref"]): one["comment"] for one in gone},
        {rel: href for rel, href in links.items() if href},
        bool(archive),
    )


def _xml(response: TestResponse) -> Read:
    found = feedparser.parse(response.data)
    assert not found.bozo, found.get("bozo_exception")
    root = etree.fromstring(response.data)
    top = root if root.tag.endswith("feed") else root[0]
    gone = top.findall("at:deleted-entry", NAMES)
    links = {link.get("rel"): link.get("href") for link in top.findall("a:link", NAMES)}
    notices = [entry for entry in found.entries if _is_notice(entry)]
    return Read(
        [_local(entry.id) for entry in found.entries if entry not in notices],
        {_local(entry.id): entry.title for entry in notices},
        {_local(one.get("ref")): one.findtext("at:comment", "", NAMES) for one in gone},
        {rel: href for rel, href in links.items() if rel not in ("self", "alternate")},
        top.find("fh:archive", NAMES) is not None,
    )


def _is_notice(entry: feedparser.FeedParserDict) -> bool:
    return [tag.label or tag.term for tag in entry.get("tags", [])] in (NOTICE, ["notice"])


def _local(tag: str) -> str:
    authority, _, specific = tag.rpartition(":")
    assert authority == "tag:credit.example,2026-01-01"
    return specific.removeprefix("records/")
