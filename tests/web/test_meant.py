"""What is meant is found or offered: pinyin, near names, former names, codes."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from flask import Flask

from credit_site.domain.entries import Entry
from tests.support.entries import CODE, penalty
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient, Page


def company(number: int, name: str, uscc: str = "", **changes: object) -> Entry:
    """A penalty of a company of that name."""
    key = uscc or name
    entry = replace(penalty(number, **changes), subject_name=name, subject_key=key, uscc=uscc)
    return replace(entry, content={**entry.content, "counterparty_name": name})


def hits(page: Page) -> list[str]:
    return page.texts("h2", class_="record-name")


def test_names_are_found_by_pinyin_and_the_page_says_so(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(company(1, "郑州华润食品有限公司"), company(2, "郑州重启科技有限公司"))
    for asked in ("zzhr", "zhengzhouhuarun", "HuaRun", "zheng zhou hua run"):
        page = pages.get(f"/search?q={quote(asked)}")
        assert hits(page) == ["郑州华润食品有限公司"], asked
        assert "也按拼音查找了名称，例如“郑州华润食品有限公司”" in page.main
    for asked in ("zhongqi", "cqkj"):
        assert hits(pages.get(f"/search?q={asked}")) == ["郑州重启科技有限公司"], asked


def test_letters_that_stand_in_a_text_are_found_beside_names(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(company(1, "郑州华润食品有限公司"), company(2, "HR 服装店"))
    assert set(hits(pages.get("/search?q=hr"))) == {"郑州华润食品有限公司", "HR 服装店"}


def test_near_names_are_offered_and_never_mixed_in(pages: CheckingClient, publish: Publish) -> None:
    publish(company(1, "郑州市华润食品有限公司"), company(2, "郑州市泽某食品有限公司"))
    page = pages.get(f"/search?q={quote('华闰食品有限公司')}")
    assert hits(page) == []
    assert "您是不是要找" in page.main
    assert "闰/润（同音）" in page.main
    assert hits(pages.get(page.link("郑州市华润食品有限公司"))) == ["郑州市华润食品有限公司"]
    assert "您是不是要找" not in pages.get(f"/search?q={quote('华润')}").main


def test_half_a_name_with_a_slip_is_offered_the_names_that_begin_so(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(company(1, "郑州市荀和腾食品有限公司"))
    page = pages.get(f"/search?q={quote('旬和腾')}")
    assert hits(page) == []
    assert "旬/荀（同音）；以此开头" in page.main


def test_what_is_near_but_no_longer_shown_is_not_offered(
    pages: CheckingClient, publish: Publish, clock: object
) -> None:
    publish(company(1, "郑州市华润食品有限公司"))
    clock.move(days=400)  # type: ignore[attr-defined]
    assert "您是不是要找" not in pages.get(f"/search?q={quote('华闰食品有限公司')}").main


def test_a_former_name_leads_to_the_company(pages: CheckingClient, publish: Publish) -> None:
    publish(
        company(1, "旧某商行", CODE, decided_on=penalty().publication_start.replace(year=2025)),
        company(2, "新某商贸有限公司", CODE),
    )
    for asked in ("旧某商行", "新某商贸有限公司", CODE):
        page = pages.get(f"/search?q={quote(asked)}")
        assert page.link("查看该主体的全部公示信息") == f"/companies/{CODE}", asked
        assert "新某商贸有限公司：查看该主体" in page.main
        assert "用过的名称：旧某商行" in page.main


def test_a_trade_name_counts_as_the_start_of_the_name(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(
        company(1, "郑州市华润食品有限公司"),
        company(2, "新华润商行"),
        replace(company(3, "某某商行"), content={"violation_facts": "冒用华润商标"}),
    )
    found = hits(pages.get(f"/search?q={quote('华润')}"))
    assert found == ["郑州市华润食品有限公司", "新华润商行", "某某商行"]


def test_searching_works_while_the_directory_is_out_of_reach(
    app: Flask, pages: CheckingClient, publish: Publish
) -> None:
    publish(company(1, "郑州华润食品有限公司"))
    app.extensions["credit_site_names"].close()
    app.extensions["credit_site_names"]._reader.close()
    assert hits(pages.get(f"/search?q={quote('华润')}")) == ["郑州华润食品有限公司"]
    assert hits(pages.get("/search?q=zzhr")) == []
