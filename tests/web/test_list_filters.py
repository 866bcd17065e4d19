"""Parts of a list: what filters leave, and what is said of filters that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.domain.entries import Entry
from credit_site.domain.feed_addresses import FeedFormat
from credit_site.web.parameters import PAGE_SIZE
from tests.support.entries import penalty
from tests.web.conftest import Publish
from tests.web.feeds.reading import read
from tests.web.invented import on_branch
from tests.web.pages import CheckingClient, Page

pytestmark = pytest.mark.both_databases

LIST = "/lists/serious-dishonesty"


def spread() -> list[Entry]:
    """Entries of two branches, bureaus, districts and months."""
    return [
        on_branch(1),
        on_branch(2, "intellectual-property"),
        on_branch(3, agency="commerce"),
        on_branch(4, division="410102", decided_on=date(2026, 1, 31)),
    ]


def names(page: Page) -> set[str]:
    return {text for text in page.texts("a") if text.endswith("号公司")}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("branch=local", {1, 3, 4}),
        ("branch=intellectual-property", {2}),
        ("agency=commerce", {3}),
        ("division=410102", {4}),
        ("since=2026-05-01&until=2026-05-31", {1, 2, 3}),
        ("until=2026-01-31", {4}),
        ("branch=local&agency=market-supervision&since=2026-02-01", {1}),
        ("branch=culture-market", set()),
    ],
)
def test_a_list_is_narrowed_by_branch_bureau_division_and_day(
    pages: CheckingClient, publish: Publish, asked: str, shown: set[int]
) -> None:
    publish(*spread())
    page = pages.get(f"{LIST}?{asked}")
    assert names(page) == {f"第{number}号公司" for number in shown}


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ("since=abc", "since", "列入日期从：不是日期"),
        ("until=2026-13-01", "until", "列入日期到：不是日期"),
        ("since=2026-05-01&until=2026-01-01", "until", "早于起始"),
        ("branch=nope", "branch", "没有这个领域"),
        ("branch=trustworthy", "branch", "没有这个领域"),
        ("agency=xx", "agency", "部门：没有这个名称"),
        ("division=0", "division", "区划：没有这个名称"),
        ("agency=commerce&agency=health", "agency", "只能写一次"),
    ],
)
def test_a_filter_that_cannot_be_read_is_said_on_the_page_and_refuses_the_download(
    pages: CheckingClient, publish: Publish, asked: str, field: str, said: str
) -> None:
    publish(
        on_branch(1),
        on_branch(2, "intellectual-property"),
        on_branch(3, decided_on=date(2026, 1, 31)),
    )
    page = pages.get(f"{LIST}?{asked}")
    assert said in page.main
    wrong = [
        one.get("name")
        for one in (*page.all("input"), *page.all("select"))
        if one.get("aria-invalid")
    ]
    assert wrong == [field]
    for ending in ("csv", "xlsx"):
        page = pages.get(f"{LIST}/entries.{ending}?{asked}", status=422)
        assert said in page.main
    problem = pages.client.get(f"{LIST}/entries.jsonl?{asked}")
    assert (problem.status_code, problem.content_type) == (422, "application/problem+json")
    assert said in problem.get_json()["detail"]


def test_a_refused_file_or_feed_leads_back_to_the_list_as_far_as_it_was_read(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(on_branch(1))
    asked = "branch=local&since=yesterday&agency=nope"
    for path in (f"{LIST}/entries.csv", f"/feeds{LIST}.atom"):
        page = pages.get(f"{path}?{asked}", status=422)
        assert page.link("回到名单") == f"{LIST}?branch=local"
    search = "q=公司&list_name=serious-dishonesty&year=26"
    back = "q=%E5%85%AC%E5%8F%B8&list_name=serious-dishonesty"
    for path in ("/search.csv", "/feeds/search.rss"):
        page = pages.get(f"{path}?{search}", status=422)
        assert page.link("回到查询结果") == f"/search?{back}"
    page = pages.get(f"/statistics/month.csv?{search}", status=422)
    assert page.link("回到统计") == f"/statistics/?{back}"


def test_the_other_filters_still_narrow_the_page(pages: CheckingClient, publish: Publish) -> None:
    publish(on_branch(1), on_branch(2, "intellectual-property"))
    page = pages.get(f"{LIST}?branch=local&since=yesterday")
    assert names(page) == {"第1号公司"}
    assert "没有读懂" in page.main
    assert "没有读懂" not in pages.get(f"{LIST}?branch=local&since=&utm_source=x").main


def test_a_name_that_was_meant_to_be_a_filter_is_said_and_others_are_passed_over(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(on_branch(1))
    assert "brnch：没有这个条件" in pages.get(f"{LIST}?brnch=local").main
    assert "没有读懂" not in pages.get(f"{LIST}?from=timeline&utm_source=x").main


@pytest.mark.parametrize("ending", ["atom", "rss", "json"])
def test_a_list_s_feed_with_filters_leads_to_the_part_and_never_gives_the_whole(
    pages: CheckingClient, publish: Publish, ending: str
) -> None:
    publish(on_branch(1), on_branch(2, "intellectual-property"))
    feed = f"/feeds{LIST}.{ending}"
    part = pages.client.get(f"{feed}?branch=intellectual-property", follow_redirects=True)
    assert part.status_code == 200
    assert "第2号公司" in part.text
    assert "第1号公司" not in part.text
    assert {"第1号公司", "第2号公司"} <= {
        name for name in ("第1号公司", "第2号公司") if name in pages.client.get(feed).text
    }
    for asked in ("branch=nope", "brnch=local", "since=2026-13-01"):
        refused = pages.client.get(f"{feed}?{asked}")
        assert refused.status_code == 422
        assert "条件有误" in refused.text


def test_a_download_knows_no_other_filters_and_names_a_part_as_one(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(on_branch(1))
    page = pages.get(f"{LIST}/entries.csv?brnch=local", status=422)
    assert "brnch：没有这个条件，可用的有：branch" in page.main
    for asked, name in (
        ("", "serious-dishonesty"),
        ("?branch=local", "serious-dishonesty-selected"),
    ):
        with pages.client.get(f"{LIST}/entries.csv{asked}") as answer:
            assert f'"{name}.csv"' in answer.headers["Content-Disposition"]


def test_pages_of_a_narrowed_list_keep_what_was_asked(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(
        *(on_branch(number) for number in range(1, PAGE_SIZE + 2)), on_branch(99, "culture-market")
    )
    first = pages.get(f"{LIST}?branch=local")
    assert f"符合条件的 {PAGE_SIZE + 1} 条" in first.main
    assert first.link("下一页") == f"{LIST}?branch=local&page=2"
    assert len(names(pages.get(first.link("下一页")))) == 1


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("branch=local", ["4", "3", "1"]),
        ("branch=intellectual-property", ["2"]),
        ("branch=culture-market", []),
        ("since=2026-05-01", ["3", "2", "1"]),
        ("until=2026-01-31", ["4"]),
        ("branch=local&agency=market-supervision&since=2026-02-01&until=2026-05-31", ["1"]),
    ],
)
def test_the_feeds_of_a_narrowed_list_hold_what_its_page_holds(
    pages: CheckingClient, publish: Publish, asked: str, shown: list[str]
) -> None:
    publish(*spread(), penalty(5))
    page = pages.get(f"{LIST}?{asked}")
    offered = [one for one in page.all("link", rel="alternate") if one.get("href")]
    for ending in FeedFormat:
        (address,) = {
            str(one.get("href")) for one in offered if one.get("type") == ending.media_type
        }
        assert address.startswith(f"/feeds/search.{ending.value}?")
        feed = read(pages.client, address)
        assert sorted(feed.ids, reverse=True) == shown
        assert page.link(ending.label) == address


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("since=2026-01-02", "2026年1月2日起、严重失信主体名单"),
        ("until=2026-01-31", "2026年1月31日以前、严重失信主体名单"),
        ("since=2026-01-02&until=2026-01-31", "2026年1月2日至2026年1月31日、严重失信主体名单"),
        ("since=2026-01-02&until=2026-01-02", "2026年1月2日、严重失信主体名单"),
        ("branch=intellectual-property", "严重失信主体名单、知识产权"),
    ],
)
def test_the_feed_of_a_narrowed_list_says_in_words_what_it_holds(
    pages: CheckingClient, asked: str, said: str
) -> None:
    address = pages.get(f"{LIST}?{asked}").link(FeedFormat.JSON.label)
    answer = pages.client.get(address)
    assert answer.json
    assert answer.json["title"].startswith(f"查询{said}")
