from __future__ import annotations

import pytest

from credit_site.domain.feed_addresses import FeedKind
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.tags import tag_authority, tag_uri


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://credit.example", "credit.example,2026-01-01"),
        ("http://Credit.Example:8000/sub", "credit.example,2026-01-01"),
        ("http://127.0.0.1:8000", "127.0.0.1,2026-01-01"),
        ("http://[::1]:8000", "localhost,2026-01-01"),
        ("https://信用.example", "xn--vuqs22g.example,2026-01-01"),
        ("", "localhost,2026-01-01"),
    ],
)
def test_the_authority_is_the_name_of_the_site_alone(url: str, authority: str) -> None:
    assert tag_authority(url) == authority


def test_scheme_and_port_may_change_and_ids_stay() -> None:
    before, after = (
        SiteAddresses("http://credit.example:8000"),
        SiteAddresses("https://credit.example"),
    )
    assert before.record_tag(7) == after.record_tag(7) == "tag:credit.example,2026-01-01:records/7"


def test_a_feed_has_one_id_in_all_formats() -> None:
    tag = SiteAddresses("https://credit.example").feed_tag(FeedKind.AGENCY, "market-supervision")
    assert tag == "tag:credit.example,2026-01-01:feeds/agencies/market-supervision"


def test_a_tag_holds_only_characters_of_a_uri() -> None:
    assert tag_uri("credit.example,2026-01-01", "lists/黑 名单") == (
        "tag:credit.example,2026-01-01:lists/%E9%BB%91%20%E5%90%8D%E5%8D%95"
    )
