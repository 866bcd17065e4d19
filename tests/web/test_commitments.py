"""What an applicant for repair commits to is public: while it is dealt with, and its record is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterAction
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock as site_clock
from credit_site.extensions import vault
from credit_site.models import Matter, Record
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.publication import EndReason, end_record
from credit_site.services.publisher import Publisher
from tests.support.entries import CODE, penalty
from tests.support.papers import ReadPaper, read_paper
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.pages import checked
from tests.web.test_matters import PDF, REPAIR, Visitor, receipt, visitor

__all__ = ["visitor"]

PAGE = "/records/1/commitment"
TEXT = str(load_rulebook().rule("commitments").versions[-1].values["repair"])
SHOWN = replace(penalty(1), publication_start=date(2026, 2, 6), publication_end=date(2026, 6, 20))
ACCEPT, UPHOLD, REJECT = MatterAction.ACCEPT, MatterAction.UPHOLD, MatterAction.REJECT


def take(session: Session, action: MatterAction) -> None:
    """A step of the bureau with the only matter."""
    order = StepOrder(action, "已经核实", "修复决定〔2026〕1号")
    matter = session.query(Matter).one().id
    take_step(StepTools(session, vault(), load_rulebook()), matter, order, "a", site_clock.now())


@pytest.fixture
def applied(publish: Publish, visitor: Visitor) -> dict[str, str]:
    """An application for the repair of record 1; number and secret."""
    publish(SHOWN)
    number, secret = receipt(visitor.send("/repairs/new?record=1", REPAIR, (PDF, "缴款书.pdf")))
    return {"number": number, "secret": secret}


def test_it_is_public_from_the_acceptance_on_without_any_person(
    session: Session, visitor: Visitor, applied: dict[str, str]
) -> None:
    assert f'href="{PAGE}"' in visitor.client.get("/records/1").text
    before = checked(PAGE, visitor.client.get(PAGE))
    assert "现在没有公布的信用承诺" in before.main
    assert TEXT not in before.main
    take(session, ACCEPT)
    page = checked(PAGE, visitor.client.get(PAGE))
    assert TEXT in page.main
    assert "2026年6月1日申请信用修复，公开作出承诺" in page.main
    for said in ("王经理", "60000000", "罚款已经缴清", applied["number"]):
        assert said not in page.html, said
    assert f'href="{PAGE}"' in visitor.follow(**applied).text, "the applicant is told"


@pytest.mark.parametrize("action", [REJECT, MatterAction.WITHDRAW])
def test_it_is_taken_down_when_nothing_is_applied_for_any_more(
    session: Session, visitor: Visitor, applied: dict[str, str], action: MatterAction
) -> None:
    take(session, ACCEPT)
    take(session, action)
    assert TEXT not in checked(PAGE, visitor.client.get(PAGE)).main
    assert f'href="{PAGE}"' not in visitor.follow(**applied).text


def granted(session: Session, clock: StandingClock) -> None:
    take(session, UPHOLD)


def an_error(session: Session, clock: StandingClock) -> None:
    end_record(session, vault(), 1, EndReason.ERROR, "clerk", site_clock.now())


def expired(session: Session, clock: StandingClock) -> None:
    clock.move(days=30)


def screened(session: Session, clock: StandingClock) -> None:
    publisher = Publisher(session, vault(), site_clock.now())
    publisher.screen(session.get_one(Record, 1), screened=True, reason="reorganisation")
    publisher.write()
    session.commit()


@pytest.mark.parametrize(
    ("way", "status"), [(granted, 410), (an_error, 410), (expired, 410), (screened, 404)]
)
def test_it_is_gone_with_its_record_at_once(
    session: Session,
    clock: StandingClock,
    visitor: Visitor,
    applied: dict[str, str],
    way: Callable[[Session, StandingClock], None],
    status: int,
) -> None:
    take(session, ACCEPT)
    assert TEXT in visitor.client.get(PAGE).text
    way(session, clock)
    answer = visitor.client.get(PAGE)
    assert (answer.status_code, TEXT in answer.text) == (status, False)


def test_of_a_number_that_was_never_public_there_is_no_page(visitor: Visitor) -> None:
    assert visitor.client.get("/records/99/commitment").status_code == 404


def report(visitor: Visitor) -> tuple[bytes, ReadPaper]:
    """The credit report of whoever commits himself."""
    answer = visitor.client.get(f"/companies/{CODE}/report.pdf")
    assert answer.status_code == 200
    return answer.data, read_paper(answer.data)


def aged(visitor: Visitor, paper: ReadPaper) -> str:
    """What is said today of a report that somebody has."""
    (number,) = set(re.findall(r"BG\d{8}-[A-Z2-7]{10}", paper.text))
    address = f"/verify/{number}"
    return checked(address, visitor.client.get(address)).main


def test_the_credit_report_tells_of_it_as_long_as_it_is_public(
    session: Session, visitor: Visitor, applied: dict[str, str]
) -> None:
    before, first = report(visitor)
    assert TEXT not in first.text
    assert f"https://credit.example{PAGE}" not in first.links
    take(session, ACCEPT)
    during, second = report(visitor)
    assert f"承诺内容：{TEXT}" in second.text
    assert "1郑市监处罚〔2026〕1号郑州市市场监督管理局2026-06-012026-06-01" in second.text
    assert f"https://credit.example{PAGE}" in second.links
    assert not [said for said in ("王经理", applied["number"]) if said in second.text]
    assert report(visitor)[0] == during, "the same state is the same file"
    take(session, REJECT)
    assert report(visitor)[0] == before, "the state of before is the file of before"


def test_whoever_verifies_a_report_is_told_of_commitments_that_came_and_fell(
    session: Session, visitor: Visitor, applied: dict[str, str]
) -> None:
    _, first = report(visitor)
    assert "没有变化" in aged(visitor, first)
    take(session, ACCEPT)
    _, second = report(visitor)
    assert "生成以后公布了信用承诺的（1 条）" in aged(visitor, first)
    assert "没有变化" in aged(visitor, second)
    take(session, REJECT)
    assert "没有变化" in aged(visitor, first)
    said = aged(visitor, second)
    assert "有 1 项信用承诺已经撤下" in said
    assert "没有变化" not in said


def test_a_commitment_that_goes_with_its_record_is_counted_once(
    session: Session, visitor: Visitor, applied: dict[str, str]
) -> None:
    take(session, ACCEPT)
    _, paper = report(visitor)
    take(session, UPHOLD)
    said = aged(visitor, paper)
    assert "有 1 条信息已经不再公示" in said
    assert "信用承诺" not in said
