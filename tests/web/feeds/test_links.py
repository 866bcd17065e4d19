from __future__ import annotations

import pytest

from credit_site.web.feeds.links import feed_links


def test_a_page_announces_its_feed_in_three_formats() -> None:
    links = feed_links("agency", "market-supervision")
    assert [(link.href, link.type) for link in links] == [
        ("/feeds/agencies/market-supervision.atom", "application/atom+xml"),
        ("/feeds/agencies/market-supervision.rss", "application/rss+xml"),
        ("/feeds/agencies/market-supervision.json", "application/feed+json"),
    ]


@pytest.mark.parametrize(
    ("kind", "key", "path"),
    [
        ("all", "", "/feeds/all.atom"),
        ("company", "91410100341656665H", "/feeds/companies/91410100341656665H.atom"),
        ("list", "serious-dishonesty", "/feeds/lists/serious-dishonesty.atom"),
        ("list", "a/b", "/feeds/lists/a%2Fb.atom"),
    ],
)
def test_each_kind_has_its_place(kind: str, key: str, path: str) -> None:
    assert feed_links(kind, key)[0].href == path


def test_a_kind_that_is_none_is_a_broken_promise() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        feed_links("nonsense")
