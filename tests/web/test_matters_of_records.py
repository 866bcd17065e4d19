"""What forms say of a record that is not there any more, or that they are not meant for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.matters import MatterKind, MatterState
from credit_site.extensions import clock as site_clock
from credit_site.extensions import vault
from credit_site.models import Record
from credit_site.services.publication import EndReason, end_record
from credit_site.services.publisher import Publisher
from credit_site.web.matters.wording import state_words
from tests.support.entries import penalty, person
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import Page, checked
from tests.web.test_matters import OBJECTION, PDF, REPAIR, WHO, Visitor, receipt, visitor

__all__ = ["visitor"]

FORMS = ("objections", "repairs", "screenings")
RULING = {"record": "1", "court": "郑州市中级人民法院", "case": "（2026）豫01破1号", **WHO}


def seen(visitor: Visitor, path: str) -> Page:
    return checked(path, visitor.client.get(path))


@pytest.mark.parametrize("form", FORMS)
def test_a_record_that_has_ended_is_told_so_by_its_forms(
    publish: Publish, session: Session, visitor: Visitor, form: str
) -> None:
    publish(penalty(1))
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", site_clock.now())
    answer = visitor.client.get(f"/{form}/new?record=1")
    assert (answer.status_code, "信用修复" in answer.text) == (410, True)
    assert checked("/records/1", answer).main == seen(visitor, "/records/1").main
    assert visitor.client.get(f"/{form}/new?record=99").status_code == 404


@pytest.mark.parametrize("form", ["objections", "screenings"])
def test_a_screened_record_is_told_so_and_without_its_name(
    publish: Publish, session: Session, visitor: Visitor, form: str
) -> None:
    publish(penalty(1))
    publisher = Publisher(session, vault(), site_clock.now())
    publisher.screen(session.get_one(Record, 1), screened=True, reason="reorganisation")
    publisher.write()
    session.commit()
    answer = visitor.client.get(f"/{form}/new?record=1")
    assert (answer.status_code, "暂停公示" in answer.text) == (404, True)
    assert penalty(1).subject_name not in answer.text


def test_an_enterprises_record_leads_to_the_screening_and_a_persons_does_not(
    publish: Publish, visitor: Visitor
) -> None:
    publish(penalty(1), person(2))
    assert 'href="/screenings/new?record=1"' in visitor.client.get("/records/1").text
    assert "/screenings/new" not in visitor.client.get("/records/2").text


def test_a_form_filled_in_meanwhile_says_what_became_of_the_record(
    publish: Publish, session: Session, visitor: Visitor
) -> None:
    publish(penalty(1))
    key = visitor.form_key("/objections/new?record=1")
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", site_clock.now())
    answer = visitor.send("/objections/new", OBJECTION | {"form_key": key})
    assert (answer.status_code, "不再公示，原因：信用修复" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (listed(1, "trustworthy", severity=""), "守信名单的信息不需要"),
        (listed(1, "published-elsewhere", severity=""), "由原公布单位决定"),
        (replace(listed(1, "network-service-managers"), subject_kind="natural_person"), "自然人"),
        (person(1), "自然人"),
    ],
)
def test_only_what_weighs_on_an_enterprise_here_is_screened(
    publish: Publish, visitor: Visitor, entry: Entry, why: str
) -> None:
    publish(entry)
    page = visitor.client.get("/screenings/new?record=1").text
    assert why in page
    assert 'name="form_key"' not in page
    assert "/screenings/new?record=1" not in visitor.client.get("/repairs/new?record=1").text
    key = visitor.form_key("/screenings/new")
    answer = visitor.send("/screenings/new", RULING | {"form_key": key}, (PDF, "裁定书.pdf"))
    assert (answer.status_code, why in answer.text) == (422, True)


def test_an_enterprise_on_a_list_of_our_own_may_ask_for_screening(
    publish: Publish, visitor: Visitor
) -> None:
    publish(listed(1))
    answer = visitor.send("/screenings/new?record=1", RULING, (PDF, "裁定书.pdf"))
    assert (answer.status_code, "PB2026" in answer.text) == (200, True)


def test_a_state_is_said_in_the_words_of_its_kind() -> None:
    objection = MatterKind.OBJECTION
    assert state_words(objection, MatterState.ASKED)[0] == "等待来源单位核实"
    assert state_words(objection, MatterState.UPHELD)[0] == "异议成立"
    assert state_words(MatterKind.REPAIR, MatterState.ASKED)[0] == "等申请人补充"
    for kind in MatterKind:
        assert state_words(kind, MatterState.REJECTED)[1] == "plain", "refused, nobody is warned"
        for state in MatterState:
            assert state_words(kind, state)[0]


def test_the_sender_reads_that_the_record_has_ended_and_may_only_withdraw(
    publish: Publish, session: Session, visitor: Visitor
) -> None:
    publish(replace(penalty(1), publication_start=date(2026, 2, 6)))
    opened_before = {"form_key": visitor.form_key("/repairs/new?record=1")}
    number, secret = receipt(visitor.send("/repairs/new?record=1", REPAIR, (PDF, "缴款书.pdf")))
    second = visitor.send("/repairs/new?record=1", REPAIR | opened_before, (PDF, "缴款书.pdf"))
    assert (second.status_code, "已经有一件信用修复申请" in second.text) == (422, True)
    told = visitor.client.get("/repairs/new?record=1").text
    assert "丢了查询码的" in told, "before anything is typed"
    for beside in ("现在可以申请", "填过的内容", 'name="statement"'):
        assert beside not in told, "where one is open there is no form"
    assert number not in second.text
    end_record(session, vault(), 1, EndReason.ERROR, "clerk", site_clock.now())
    page = checked("/track", visitor.follow(number, secret))
    assert "这条信息已于2026年6月1日终止公示（公示有误）。" in page.main
    own = {"number": number, "secret": secret, "deed": "supply", "words": "补上"}
    assert visitor.client.post("/track/steps", data=own).status_code == 422
    answer = visitor.client.post("/track/steps", data=own | {"deed": "withdraw"})
    assert "已撤回" in checked("/track", answer).main
