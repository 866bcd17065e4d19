"""Lists as the public reads them: filters, who left, branches and measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.feed_addresses import FeedFormat
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.models import Record
from credit_site.services.publication import EndReason, end_record
from credit_site.web.parameters import PAGE_SIZE
from tests.support.entries import CODE, penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.feeds.reading import read
from tests.web.invented import listed
from tests.web.pages import CheckingClient, Page

LIST = "/lists/serious-dishonesty"


def entry(number: int, branch: str = "local", **changes: object) -> Entry:
    made = listed(number, subject_name=f"第{number}号公司", subject_key=f"公司{number}")
    content = {**made.content, "branch": branch}
    return replace(made, content=content, **changes)  # type: ignore[arg-type]  # named fields


def spread() -> list[Entry]:
    """Entries of two branches, bureaus, districts and months."""
    return [
        entry(1),
        entry(2, "intellectual-property"),
        entry(3, agency="commerce"),
        entry(4, division="410102", decided_on=date(2026, 1, 31)),
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
    publish(entry(1), entry(2, "intellectual-property"), entry(3, decided_on=date(2026, 1, 31)))
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


def test_the_other_filters_still_narrow_the_page(pages: CheckingClient, publish: Publish) -> None:
    publish(entry(1), entry(2, "intellectual-property"))
    page = pages.get(f"{LIST}?branch=local&since=yesterday")
    assert names(page) == {"第1号公司"}
    assert "没有读懂" in page.main
    assert "没有读懂" not in pages.get(f"{LIST}?branch=local&since=&utm_source=x").main


def test_a_download_knows_no_other_filters_and_names_a_part_as_one(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(entry(1))
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
    publish(*(entry(number) for number in range(1, PAGE_SIZE + 2)), entry(99, "culture-market"))
    first = pages.get(f"{LIST}?branch=local")
    assert f"符合条件的 {PAGE_SIZE + 1} 条" in first.main
    assert first.link("下一页") == f"{LIST}?branch=local&page=2"
    assert len(names(pages.get(first.link("下一页")))) == 1


def test_who_left_is_told_by_number_day_and_reason_alone(
    pages: CheckingClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(entry(1), entry(2, publication_end=clock.today()))
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    clock.move(days=1)
    page = pages.get(LIST)
    assert "编号 1 2026-06-01 提前移出（信用修复）" in page.main.replace("　", " ")
    assert "编号 2 2026-06-02 期满移出" in page.main.replace("　", " ")
    assert "号公司" not in page.html


def test_who_came_lately_counts_by_publication_and_is_told_with_links(
    pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(entry(1), entry(2, decided_on=date(2026, 1, 31)))
    page = pages.get(LIST)
    assert "最近 30 天列入 2 条" in page.main
    assert "第2号公司 2026-06-01 公示" in page.main.replace("　", " ")
    clock.move(days=31)
    assert "最近 30 天列入 0 条" in pages.get(LIST).main
    assert "最近 30 天没有新列入的" in pages.get(LIST).main


def test_an_entry_objected_to_is_marked_in_its_row_and_on_the_companys_page(
    pages: CheckingClient, publish: Publish, session: Session
) -> None:
    publish(entry(1))
    assert "异议处理中" not in pages.get(LIST).main
    session.get_one(Record, 1).disputed = True
    session.commit()
    assert "异议处理中" in pages.get(LIST).main
    assert pages.get(f"/companies/{CODE}").main.count("异议处理中") == 2


@pytest.mark.parametrize("name", load_rulebook().lists)
def test_every_list_says_its_grounds_measures_and_the_way_off(
    pages: CheckingClient, name: str
) -> None:
    book, page = load_rulebook(), pages.get(f"/lists/{name}")
    for branch in book.list_branches.values():
        assert (branch.removal in page.main) or branch.list != name
        for slug in branch.measures if branch.list == name else ():
            assert book.measures[slug].content in page.main
            assert book.measures[slug].basis[0].document in page.main


def test_a_list_as_published_elsewhere_names_its_origin(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(listed(1, "published-elsewhere", publication_end=None))
    assert "公开的名单来源（公开的认定机关转载）" in pages.get("/lists/published-elsewhere").main


def test_the_download_of_a_list_is_its_export(pages: CheckingClient, publish: Publish) -> None:
    publish(entry(1), entry(2, agency="commerce"))
    page = pages.get(f"{LIST}?agency=commerce")
    address = page.link("下载（CSV）")
    assert address == f"{LIST}/entries.csv?agency=commerce"
    with pages.client.get(address) as answer:
        text = answer.get_data(as_text=True)
    assert "第2号公司" in text
    assert "第1号公司" not in text


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


def test_who_left_a_branch_is_told_in_the_feed_of_that_branch_alone(
    pages: CheckingClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(entry(1), entry(2, "intellectual-property"))
    end_record(session, vault(), 2, EndReason.REPAIRED, "clerk", clock.now())
    gone = {
        branch: "deleted-entry"
        in pages.client.get(f"/feeds/search.atom?list_name=serious-dishonesty&branch={branch}").text
        for branch in ("local", "intellectual-property")
    }
    assert gone == {"local": False, "intellectual-property": True}


def test_branch_and_days_go_with_the_download(pages: CheckingClient, publish: Publish) -> None:
    publish(
        entry(1),
        entry(2, "intellectual-property"),
        entry(3, decided_on=date(2026, 1, 31)),
    )
    asked = "branch=local&since=2026-05-01&until=2026-05-31"
    address = pages.get(f"{LIST}?{asked}").link("下载（CSV）")
    assert address == f"{LIST}/entries.csv?{asked}"
    with pages.client.get(address) as answer:
        text = answer.get_data(as_text=True)
    assert [f"第{number}号公司" in text for number in (1, 2, 3)] == [True, False, False]
    with pages.client.get("/lists/nothing/entries.csv") as answer:
        assert answer.status_code == 404


def test_a_download_names_the_branch_and_the_end_that_the_rule_gives(
    pages: CheckingClient, publish: Publish
) -> None:
    made = entry(1)
    content = {name: text for name, text in made.content.items() if name != "valid_until"}
    publish(replace(made, content=content, publication_end=date(2029, 5, 5)))
    lines = pages.client.get(f"{LIST}/entries.csv").data.decode("utf-8-sig").splitlines()
    head, row = (line.split(",") for line in lines)
    said = dict(zip(head, row, strict=True))
    branch = load_rulebook().list_branches["local"].name
    assert (said["领域"], said["有效期至"]) == (branch, "2029-05-05")


def test_persons_without_a_code_are_told_apart_by_number(
    pages: CheckingClient, publish: Publish
) -> None:
    person = {"subject_name": "欧阳**", "subject_kind": "natural_person", "uscc": ""}
    names = "network-service-managers"
    publish(
        *(
            replace(listed(number, names, **person), subject_key=f"欧阳某{number}")
            for number in (1, 2)
        )
    )
    page = pages.get(f"/lists/{names}")
    assert "自然人，公示编号 1" in page.main
    assert "自然人，公示编号 2" in page.main
    assert "代码未公布" not in page.main
