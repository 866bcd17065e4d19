from __future__ import annotations

import locale
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from credit_site.web.feeds import xml_feeds
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.values import Feed
from tests.web.feeds.feed_examples import example_feed, example_item, spoiled_item

Builder = Callable[[Feed], bytes]


def build_atom(feed: Feed) -> bytes:
    """Atom, by a process that has made nothing before."""
    return xml_feeds.build_atom(feed, KnownEntries())


def build_rss(feed: Feed) -> bytes:
    """RSS, likewise."""
    return xml_feeds.build_rss(feed, KnownEntries())


BUILDERS = pytest.mark.parametrize("build", [build_atom, build_rss])
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def parsed(document: bytes) -> feedparser.FeedParserDict:
    found = feedparser.parse(document)
    assert not found.bozo, found.get("bozo_exception")
    return found


@BUILDERS
def test_a_feed_reader_finds_the_record_under_its_lasting_id(build: Builder) -> None:
    (entry,) = parsed(build(example_feed(example_item(7)))).entries
    assert entry.id == "tag:credit.example,2026-01-01:records/7"
    assert entry.link == "https://credit.example/records/7"
    assert entry.title == "郑州示例食品有限公司：罚款（郑示处罚〔2026〕7号）"
    assert entry.author == "郑州市示例局"


@BUILDERS
def test_an_amendment_changes_updated_and_neither_published_nor_the_id(build: Builder) -> None:
    before = example_item()
    after = replace(before, updated=datetime(2026, 6, 1, tzinfo=UTC))
    (old,) = parsed(build(example_feed(before))).entries
    (new,) = parsed(build(example_feed(after))).entries
    assert (old.id, old.published) == (new.id, new.published)
    assert old.updated != new.updated


@BUILDERS
def test_the_content_is_html_that_shows_the_facts_as_written(build: Builder) -> None:
    (entry,) = parsed(build(example_feed(example_item()))).entries
    html = entry.content[0].value
    assert entry.content[0].type == "text/html"
    assert "<b>违法事实：</b>销售&lt;假冒&gt;商品 &amp; 拒不改正<br />共两次" in html
    assert html.startswith("<p>2026年4月30日，郑州市示例局")


@BUILDERS
def test_categories_carry_a_word_for_people(build: Builder) -> None:
    (entry,) = parsed(build(example_feed(example_item()))).entries
    assert {tag.label or tag.term for tag in entry.tags} == {"行政处罚", "罚款"}


@BUILDERS
def test_items_keep_their_order(build: Builder) -> None:
    entries = parsed(build(example_feed(*map(example_item, (9, 4, 7))))).entries
    assert [entry.id.rpartition("/")[2] for entry in entries] == ["9", "4", "7"]


@BUILDERS
def test_an_empty_feed_is_a_feed(build: Builder) -> None:
    found = parsed(build(example_feed()))
    assert found.entries == []
    assert found.feed.title == "全部公示信息 - 信用信息公示"


@BUILDERS
def test_the_same_values_make_the_same_bytes(build: Builder) -> None:
    feed = example_feed(example_item())
    assert build(feed) == build(feed)


@BUILDERS
def test_characters_that_xml_forbids_are_left_out(build: Builder) -> None:
    feed = replace(example_feed(spoiled_item()), title="甲\x00乙", subtitle="甲\x01乙")
    (entry,) = parsed(build(feed)).entries
    assert entry.title == "甲乙"
    assert entry.content[0].value == "<p>甲乙</p><ul><li><b>甲乙：</b>甲乙</li></ul>"


def test_atom_says_its_language_itself_and_its_other_forms() -> None:
    root = etree.fromstring(build_atom(example_feed(example_item())))
    assert root.get(LANGUAGE) == "zh-CN"
    links = {
        (link.get("rel"), link.get("type")): link.get("href")
        for link in root.xpath("a:link", namespaces=ATOM)
    }
    assert links == {
        ("self", "application/atom+xml"): "https://credit.example/feeds/all.atom",
        ("alternate", "application/rss+xml"): "https://credit.example/feeds/all.rss",
        ("alternate", "application/feed+json"): "https://credit.example/feeds/all.json",
        ("alternate", "text/html"): "https://credit.example/",
    }


def test_rss_says_its_language_itself_and_its_page() -> None:
    (channel,) = etree.fromstring(build_rss(example_feed(example_item()))).iter("channel")
    assert channel.findtext("language") == "zh-CN"
    assert channel.findtext("link") == "https://credit.example/"
    (itself,) = channel.xpath("a:link", namespaces=ATOM)
    assert dict(itself.attrib) == {
        "rel": "self",
        "type": "application/rss+xml",
        "href": "https://credit.example/feeds/all.rss",
    }


@pytest.fixture
def restless_threads() -> Iterator[None]:
    """Threads that give way to each other a thousand times more often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless_threads")
def test_threads_that_build_rss_at_once_leave_the_locale_as_it_was() -> None:
    before = locale.setlocale(locale.LC_ALL)
    feed = example_feed(*map(example_item, range(20)))
    with ThreadPoolExecutor(4) as threads:
        built = set(threads.map(build_rss, [feed] * 40))
    assert len(built) == 1
    assert locale.setlocale(locale.LC_ALL) == before


def test_the_guid_of_rss_is_the_id_of_atom_and_no_address() -> None:
    (guid,) = etree.fromstring(build_rss(example_feed(example_item(7)))).iter("guid")
    assert guid.text == "tag:credit.example,2026-01-01:records/7"
    assert guid.get("isPermaLink") == "false"
