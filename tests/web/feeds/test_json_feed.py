from __future__ import annotations

import orjson

from credit_site.web.feeds import json_feed
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.values import Feed
from tests.web.feeds.feed_examples import example_feed, example_item, spoiled_item


def build_json(feed: Feed) -> bytes:
    """The feed, by a process that has made nothing before."""
    return json_feed.build_json(feed, KnownEntries())


def test_a_json_feed_names_its_version_itself_and_its_page() -> None:
    feed = orjson.loads(build_json(example_feed()))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://credit.example/feeds/all.json"
    assert feed["home_page_url"] == "https://credit.example/"
    assert (feed["language"], feed["items"]) == ("zh-CN", [])


def test_an_item_has_the_same_id_and_moments_as_in_the_other_formats() -> None:
    (item,) = orjson.loads(build_json(example_feed(example_item(7))))["items"]
    assert item["id"] == "tag:credit.example,2026-01-01:records/7"
    assert item["url"] == "https://credit.example/records/7"
    assert item["date_published"] == "2026-05-06T01:02:03+00:00"
    assert item["date_modified"] == "2026-05-08T09:10:11+00:00"
    assert item["tags"] == ["行政处罚", "罚款"]
    assert item["authors"] == [
        {"name": "郑州市示例局", "url": "https://credit.example/agencies/example"}
    ]


def test_what_no_text_can_hold_is_left_out() -> None:
    (item,) = orjson.loads(build_json(example_feed(spoiled_item())))["items"]
    assert item["title"] == "甲乙"
