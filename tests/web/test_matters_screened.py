"""Of a screened record its applicant reads exactly when it is repaired, and nobody else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.matters import MatterAction
from credit_site.extensions import clock as site_clock
from credit_site.extensions import vault
from credit_site.models import Matter
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.publication import EndReason, end_record
from tests.services.matters.acting import BOOK
from tests.support.entries import penalty
from tests.web.conftest import Publish
from tests.web.pages import checked
from tests.web.test_matters import PDF, REPAIR, WHO, Visitor, receipt, visitor

__all__ = ["visitor"]

RULING = {"record": "1", "court": "郑州市中级人民法院", "case": "（2026）豫01破1号", **WHO}
OPEN = replace(penalty(1), publication_start=date(2026, 2, 6))
STOPPED = replace(
    penalty(1),
    rule="publication_periods_market_supervision/2021-09-01",
    publication_start=date(2025, 2, 6),
    publication_end=date(2028, 2, 6),
    content={**penalty(1).content, "penalty_types": ["责令停产停业"]},
)
NOT_NOW = "现在不能申请信用修复"
ABOUT = (penalty(1).subject_name, penalty(1).document_number, "责令停产停业", "8月6日", "2028年")
TOLD = ("/track", "/track/letter")


def screened(visitor: Visitor, session: Session) -> dict[str, str]:
    """A court's plan, applied for and granted; number and secret of the application."""
    sent = visitor.send("/screenings/new?record=1", RULING, (PDF, "裁定书.pdf"))
    number, secret = receipt(sent)
    matter = session.query(Matter).filter_by(number=number).one().id
    for action in (MatterAction.ACCEPT, MatterAction.UPHOLD):
        order = StepOrder(action, "法院已经批准重整计划", "决定〔2026〕1号")
        take_step(StepTools(session, vault(), BOOK), matter, order, "a", site_clock.now())
    return {"number": number, "secret": secret}


def told(visitor: Visitor, own: dict[str, str]) -> list[str]:
    """What /track and the letter say."""
    return [checked(path, visitor.client.post(path, data=own)).main for path in TOLD]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (penalty(1), "从2026年8月6日起可以申请，填公示编号 1"),
        (OPEN, "从2026年5月6日起可以申请，填公示编号 1"),
        (STOPPED, "也不能申请信用修复：处罚种类有“责令停产停业”的，按规定不能提前终止公示"),
        (STOPPED, "公示期限到2028年2月6日为止"),
    ],
)
def test_letter_and_track_say_from_when_or_by_which_rule_never(
    publish: Publish, session: Session, visitor: Visitor, entry: Entry, said: str
) -> None:
    publish(entry)
    for page in told(visitor, screened(visitor, session)):
        assert said in page
        assert "可以按规定申请" not in page


def test_once_the_record_has_ended_nothing_is_promised_any_more(
    publish: Publish, session: Session, visitor: Visitor
) -> None:
    publish(OPEN)
    own = screened(visitor, session)
    assert 'href="/repairs/new?record=1"' in visitor.follow(**own).text
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", site_clock.now())
    for page in told(visitor, own):
        assert "起可以申请" not in page


def test_a_repair_of_a_screened_record_is_taken_from_whoever_knows_its_number(
    publish: Publish, session: Session, visitor: Visitor
) -> None:
    publish(OPEN)
    screened(visitor, session)
    page = checked("/repairs/new?record=1", visitor.client.get("/repairs/new?record=1"))
    assert "起暂停公示，本站不提供它的内容" in page.main
    assert not [said for said in ABOUT if said in page.html]
    assert 'href="/repairs/new?record=1"' in visitor.client.get("/records/1").text
    answer = visitor.send("/repairs/new?record=1", REPAIR, (PDF, "执行完毕的裁定书.pdf"))
    assert (answer.status_code, "XF2026" in answer.text) == (200, True)


@pytest.mark.parametrize("entry", [penalty(1), STOPPED])
def test_where_it_is_refused_anyway_the_form_is_not_offered_and_strangers_read_no_reason(
    publish: Publish, session: Session, visitor: Visitor, entry: Entry
) -> None:
    publish(entry)
    screened(visitor, session)
    for path in ("/repairs/new?record=1", "/records/1"):
        page = checked(path, visitor.client.get(path))
        assert NOT_NOW in page.main
        assert not page.all("textarea", name="statement")
        assert 'href="/repairs/new?record=1"' not in page.html
        assert not [said for said in ABOUT if said in page.html]
    key = visitor.form_key("/repairs/new")
    answer = visitor.send("/repairs/new", REPAIR | {"form_key": key}, (PDF, "裁定书.pdf"))
    page = checked("/repairs/new", answer)
    assert (answer.status_code, NOT_NOW in page.main) == (422, True)
    assert "可以在这里申请" not in page.main
    assert "罚款已经缴清" in page.html, "the number may be a slip of the pen"
    assert not [said for said in ABOUT if said in page.html]
