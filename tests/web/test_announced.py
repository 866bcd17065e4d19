"""Whoever is announced for a list of honour can be objected to, by anybody, on the site."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.domain.matters import MatterAction
from credit_site.domain.permissions import Role
from credit_site.extensions import db, vault
from credit_site.models import Matter
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.reviewing import NotPossible
from tests.support.listings import ABOVE, BOOK, A, S, Walk
from tests.support.people import signed_in
from tests.support.sites import StandingClock
from tests.web.pages import CheckingClient, checked
from tests.web.test_matters import Visitor, receipt, visitor

__all__ = ["visitor"]
FORM = "/objections/announced/1"
SAID = {"statement": "拖欠货款，已有生效判决", "name": "李某", "phone": "0371-60000000"}


@pytest.fixture
def announced(app: Flask, clock: StandingClock) -> None:
    with app.app_context():
        way = walk(clock)
        way.open("trustworthy")
        way.step(A.ANNOUNCE, document="")
        db.session.remove()


def walk(clock: StandingClock) -> Walk:
    return Walk(ListingTools(db.session(), vault(), BOOK), clock)


def test_the_list_leads_to_the_form_which_names_whom_it_is_about(
    pages: CheckingClient, announced: None
) -> None:
    assert pages.get("/lists/trustworthy").link("提出异议") == FORM
    page = pages.get(FORM)
    assert "郑州某某食品有限公司" in page.main
    assert "2026年6月10日" in page.main
    pages.get("/objections/announced/2", status=404)


def test_an_objection_arrives_in_the_inbox_and_in_the_case_at_once(
    app: Flask, visitor: Visitor, clock: StandingClock, announced: None
) -> None:
    number, secret = receipt(visitor.send(FORM, SAID))
    assert "拖欠货款" in visitor.follow(number, secret).text
    with app.app_context():
        assert walk(clock).view.line.state is S.OBJECTED
        assert number in walk(clock).view.steps[-1].words
        db.session.remove()
    reviewer = signed_in(app, Role.REVIEWER, "market-supervision")
    with reviewer.get("/bureau/matters/1") as answer:
        page = checked("/bureau/matters/1", answer)
    for words in ("拟列入的主体", "郑州某某食品有限公司", "拖欠货款", "李某"):
        assert words in page.main, words
    assert page.link("名单案件") == "/bureau/listings/1"
    assert "名单案件第 1 号" in reviewer.get("/bureau/matters").text
    assert "公众提出的异议" in reviewer.get("/bureau/listings/1").text


def test_it_is_upheld_when_the_case_has_ended_without_a_listing(
    app: Flask, visitor: Visitor, clock: StandingClock, announced: None
) -> None:
    receipt(visitor.send(FORM, SAID))
    order = StepOrder(MatterAction.UPHOLD, "经核实", "答复〔2026〕1号")
    with app.app_context():
        tools = StepTools(db.session(), vault(), BOOK)
        with pytest.raises(NotPossible, match="请先在名单案件第 1 号里“决定不列入”"):
            take_step(tools, 1, order, ABOVE, clock.now())
        walk(clock).step(A.SPARE)
        take_step(tools, 1, order, ABOVE, clock.now())
        assert db.session().get_one(Matter, 1).closed_on == clock.today()
        db.session.remove()


def test_after_the_period_nobody_objects(
    pages: CheckingClient, clock: StandingClock, announced: None
) -> None:
    clock.move(days=10)
    pages.get(FORM, status=404)
    assert FORM not in pages.get("/lists/trustworthy").html
