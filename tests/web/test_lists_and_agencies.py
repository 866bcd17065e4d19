from __future__ import annotations

from dataclasses import replace

import pytest

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.web.parameters import PAGE_SIZE
from tests.support.entries import CODE, penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient, Page

LIST = "/lists/serious-dishonesty"
AGENCY = "/agencies/market-supervision"


def many(make_of: str, count: int) -> list[Entry]:
    """Entries of invented companies named by number."""
    make = listed if make_of == LIST else penalty
    return [
        replace(make(number), subject_name=f"第{number}号公司", subject_key=f"公司{number}")
        for number in range(1, count + 1)
    ]


def names(page: Page) -> list[str]:
    """Names of the companies on a page, in its order; who came last stands there twice."""
    return list(dict.fromkeys(text for text in page.texts("a") if text.endswith("号公司")))


@pytest.mark.parametrize("path", [LIST, AGENCY])
def test_every_entry_is_on_one_of_the_pages_the_newest_first(
    pages: CheckingClient, publish: Publish, path: str
) -> None:
    total = PAGE_SIZE * 2 + 1
    publish(*many(path, total))
    first = pages.get(path)
    second = pages.get(first.link("下一页"))
    third = pages.get(second.link("下一页"))
    assert "下一页" not in third.texts("a")
    assert second.link("上一页") == f"{path}?page=1"
    assert "第 2 页，共 3 页" in second.main
    found = [name for page in (first, second, third) for name in names(page)]
    assert found == [f"第{number}号公司" for number in range(total, 0, -1)]


@pytest.mark.parametrize("path", [LIST, AGENCY])
@pytest.mark.parametrize("page", ["0", "-3", "abc", "99999999", "999", "2", "１"])
def test_a_page_that_does_not_exist_shows_the_nearest(
    pages: CheckingClient, publish: Publish, path: str, page: str
) -> None:
    publish(*many(path, 1))
    assert names(pages.get(f"{path}?page={page}")) == ["第1号公司"]


def test_a_list_says_its_meaning_its_basis_and_how_many_stand_on_it(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(*many(LIST, 2))
    page = pages.get(LIST)
    definition = load_rulebook().lists["serious-dishonesty"]
    assert definition.description in page.main
    assert all(basis.document in page.main for basis in definition.basis)
    assert "目前在列 2 条" in page.main


def test_an_entry_of_a_list_shows_code_ground_decision_and_window(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(listed(7))
    cells = pages.get(LIST).rows()[0]
    row = " ".join(cells)
    assert CODE in row
    for part in (
        "公开的列入事由",
        "公开的认定机关",
        "郑市监列严〔2026〕7号",
        "2026-05-06",
        "2027-05-06",
    ):
        assert part in row


def test_entries_of_other_cities_lists_have_no_end_of_their_own(
    pages: CheckingClient, publish: Publish
) -> None:
    entry = listed(
        1,
        "published-elsewhere",
        uscc="",
        subject_key="注册号",
        publication_end=None,
        decided_on=None,
    )
    publish(entry)
    (row,) = pages.get("/lists/published-elsewhere").rows()
    assert row[-1] == "以原名单为准"
    assert "代码未公布" in row[0]


def test_all_lists_are_shown_with_their_counts(pages: CheckingClient, publish: Publish) -> None:
    publish(*many(LIST, 2), listed(9, "watch"))
    headings = pages.get("/lists/").texts("h2")
    assert {"严重失信主体名单 2 条", "重点关注名单 1 条", "守信激励名单 0 条"} <= set(headings)
    assert len(headings) == len(load_rulebook().lists)


def test_counts_follow_the_day(
    pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(replace(listed(1), publication_end=clock.today()))
    assert "目前在列 1 条" in pages.get(LIST).main
    clock.move(days=1)
    page = pages.get(LIST)
    assert "目前在列 0 条" in page.main
    assert "目前没有主体在这个名单上" in page.main


def test_all_bureaus_are_shown_the_busiest_first(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1), penalty(2), replace(penalty(3), agency="commerce"))
    rows = pages.get("/agencies/").rows()
    assert rows[:2] == [["郑州市市场监督管理局", "2"], ["郑州市商务局", "1"]]
    assert len(rows) == len(load_rulebook().agencies)


def test_a_bureau_without_records_says_so(pages: CheckingClient) -> None:
    assert "目前没有正在公示的信息" in pages.get("/agencies/commerce").main


def test_an_invented_code_of_a_bureau_is_marked(pages: CheckingClient) -> None:
    invented = [a.slug for a in load_rulebook().agencies.values() if a.uscc_invented]
    assert "演示用代码" in pages.get(f"/agencies/{invented[0]}").main


@pytest.mark.parametrize("path", ["/lists/nothing", "/agencies/nobody", "/agencies/..%2Fx"])
def test_lists_and_bureaus_nobody_knows_are_not_found(pages: CheckingClient, path: str) -> None:
    pages.get(path, status=404)
