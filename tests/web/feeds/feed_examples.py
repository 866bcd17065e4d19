"""An invented feed in plain values, as builders take it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from credit_site.domain.feed_addresses import FeedKind
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.values import Author, Category, Fact, Feed, FeedItem, FeedPlace

ADDRESSES = SiteAddresses("https://credit.example")
PUBLISHED = datetime(2026, 5, 6, 1, 2, 3, 456789, tzinfo=UTC)
UPDATED = datetime(2026, 5, 8, 9, 10, 11, tzinfo=UTC)


def example_item(number: int = 7) -> FeedItem:
    """One invented penalty."""
    return FeedItem(
        id=ADDRESSES.record_tag(number),
        version=number,
        url=ADDRESSES.record(number),
        title="郑州示例食品有限公司：罚款（郑示处罚〔2026〕7号）",
        sentence="2026年4月30日，郑州市示例局因销售假冒商品，对郑州示例食品有限公司作出处罚：罚款。",
        facts=(
            Fact("违法事实", "销售<假冒>商品 & 拒不改正\n共两次"),
            Fact("罚款金额", "10,000.00 元"),
        ),
        author=Author("郑州市示例局", ADDRESSES.agency("example")),
        categories=(
            Category("penalty", "行政处罚", ADDRESSES.scheme("registers")),
            Category("罚款", "罚款"),
        ),
        published=PUBLISHED,
        updated=UPDATED,
    )


def example_feed(*items: FeedItem) -> Feed:
    """The feed of everything, holding some items."""
    return Feed(
        id=ADDRESSES.feed_tag(FeedKind.ALL, ""),
        title="全部公示信息 - 信用信息公示",
        subtitle="全市各机关最新公示和更正的信用信息。",
        author=Author("信用信息公示", ADDRESSES.home()),
        page_url=ADDRESSES.home(),
        place=FeedPlace(ADDRESSES.feed(FeedKind.ALL, "")),
        updated=UPDATED,
        items=items,
    )


def spoiled_item() -> FeedItem:
    """An item full of characters that XML 1.0 forbids: controls, a lone surrogate, U+FFFF."""
    bad = "甲\x00\x08\x0b\x1f\ud800\uffff乙"
    return replace(
        example_item(),
        title=bad,
        sentence=bad,
        facts=(Fact(bad, bad),),
        author=Author(bad, ADDRESSES.home()),
        categories=(Category(bad, bad),),
    )
