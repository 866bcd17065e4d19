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


@pytest.mark.parametrize(
    ("kind", "key", "title"),
    [
        ("all", "", "全部公示信息（Atom）"),
        ("agency", "market-supervision", "郑州市市场监督管理局公示信息（Atom）"),
        ("list", "serious-dishonesty", "严重失信主体名单（Atom）"),
        ("company", "91410100341656665H", "91410100341656665H 的公示信息（Atom）"),
    ],
)
def test_a_link_s_title_says_whose_feed_it_is(kind: str, key: str, title: str) -> None:
    assert feed_links(kind, key)[0].title == title


def test_a_kind_that_is_none_is_a_broken_promise() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        feed_links("nonsense")
