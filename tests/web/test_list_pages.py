"""Lists as the public reads them: filters, who left, branches and measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.list_measures import measures_of
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.models import Record
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import CODE
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import listed, on_branch
from tests.web.pages import CheckingClient

LIST = "/lists/serious-dishonesty"


def test_who_left_is_told_by_number_day_and_reason_alone(
    pages: CheckingClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(on_branch(1), on_branch(2, publication_end=clock.today()))
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    clock.move(days=1)
    page = pages.get(LIST)
    assert "编号 1 2026-06-01 提前移出（信用修复）" in page.main.replace("　", " ")
    assert "编号 2 2026-06-02 期满移出" in page.main.replace("　", " ")
    assert "号公司" not in page.html


def test_who_came_lately_counts_by_publication_and_is_told_with_links(
    pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(on_branch(1), on_branch(2, decided_on=date(2026, 1, 31)))
    page = pages.get(LIST)
    assert "最近 30 天新公示 2 条" in page.main
    assert "第2号公司 2026-06-01 公示" in page.main.replace("　", " ")
    clock.move(days=31)
    assert "最近 30 天新公示 0 条" in pages.get(LIST).main
    assert "最近 30 天没有新列入的" in pages.get(LIST).main


def test_an_entry_objected_to_is_marked_in_its_row_and_on_the_companys_page(
    pages: CheckingClient, publish: Publish, session: Session
) -> None:
    publish(on_branch(1))
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
        for measure in measures_of(branch, book.measures) if branch.list == name else ():
            assert measure.content in page.main
            assert measure.basis[0].document in page.main


def test_a_list_as_published_elsewhere_names_its_origin(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(listed(1, "published-elsewhere", publication_end=None))
    assert "公开的名单来源（公开的认定机关转载）" in pages.get("/lists/published-elsewhere").main


def test_the_download_of_a_list_is_its_export(pages: CheckingClient, publish: Publish) -> None:
    publish(on_branch(1), on_branch(2, agency="commerce"))
    page = pages.get(f"{LIST}?agency=commerce")
    address = page.link("下载（CSV）")
    assert address == f"{LIST}/entries.csv?agency=commerce"
    with pages.client.get(address) as answer:
        text = answer.get_data(as_text=True)
    assert "第2号公司" in text
    assert "第1号公司" not in text


def test_who_left_a_branch_is_told_in_the_feed_of_that_branch_alone(
    pages: CheckingClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(on_branch(1), on_branch(2, "intellectual-property"))
    end_record(session, vault(), 2, EndReason.REPAIRED, "clerk", clock.now())
    gone = {
        branch: "deleted-entry"
        in pages.client.get(f"/feeds/search.atom?list_name=serious-dishonesty&branch={branch}").text
        for branch in ("local", "intellectual-property")
    }
    assert gone == {"local": False, "intellectual-property": True}


def test_branch_and_days_go_with_the_download(pages: CheckingClient, publish: Publish) -> None:
    publish(
        on_branch(1),
        on_branch(2, "intellectual-property"),
        on_branch(3, decided_on=date(2026, 1, 31)),
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
    made = on_branch(1)
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
