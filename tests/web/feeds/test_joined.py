"""Documents put together of parts that are kept: whole, and the same as made at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from credit_site.web.feeds.json_feed import build_json
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.values import Feed, Tombstone
from credit_site.web.feeds.xml_feeds import build_atom, build_rss
from tests.web.feeds.feed_examples import ADDRESSES, UPDATED, example_feed, example_item

Build = Callable[[Feed, KnownEntries], bytes]
XML = pytest.mark.parametrize("build", [build_atom, build_rss])
EVERY = pytest.mark.parametrize("build", [build_atom, build_rss, build_json])
GONE = tuple(
    Tombstone(ADDRESSES.record_tag(number), UPDATED, f"已停止公示 <{number}> & “重复处罚”")
    for number in (3, 5)
)
FEEDS = {
    "empty": example_feed(),
    "entries": example_feed(*map(example_item, (9, 4, 7))),
    "tombstones": replace(example_feed(example_item()), tombstones=GONE),
    "tombstones alone": replace(example_feed(), tombstones=GONE),
    "seen": replace(example_feed(example_item()), tombstones=GONE, seen=True),
}


@XML
@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS.keys())
def test_a_parser_writes_the_document_again_to_the_byte(build: Build, feed: Feed) -> None:
    document = build(feed, KnownEntries())
    tree = etree.fromstring(document).getroottree()
    assert etree.tostring(tree, encoding="UTF-8", xml_declaration=True) == document


@XML
@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS.keys())
def test_names_are_declared_once_at_the_beginning(build: Build, feed: Feed) -> None:
    document = build(feed, KnownEntries())
    body = document[document.index(b"<", document.index(b"xmlns")) :]
    assert b"xmlns" not in body


@EVERY
def test_parts_kept_from_other_feeds_change_nothing(build: Build) -> None:
    known = KnownEntries()
    for feed in FEEDS.values():
        build(feed, known)
    for feed in FEEDS.values():
        assert build(feed, known) == build(feed, KnownEntries())


@EVERY
def test_an_ending_that_is_told_otherwise_is_written_anew(build: Build) -> None:
    known = KnownEntries()
    build(FEEDS["tombstones"], known)
    otherwise = replace(FEEDS["tombstones"], tombstones=(replace(GONE[0], comment="因公示错误"),))
    document = build(otherwise, known).decode()
    assert "因公示错误" in document
    assert "重复处罚" not in document
