"""Who, which decision and whose: a correction of that is published by another person."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent, LedgerEntry, WaitingCorrection
from tests.domain.penalty_rows import BOOK, LEGAL, invented_uscc
from tests.support.forms import as_shown
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.support.uploads import decision, published, work

pytestmark = pytest.mark.both_databases

GROUND = {"reason": "笔误", "document": "更正通知书〔2026〕1号", "day": "2026-05-29"}
FIELDS = [column.field for column in BOOK.layouts[LEGAL].columns]
OTHER = "完全另一家有限公司"


def cell(field: str) -> str:
    return f"cell{FIELDS.index(field)}"


def asked(person: Person, record: str, **typed: str) -> None:
    """Hands a correction in that another person must publish."""
    sent = {cell(field): text for field, text in typed.items()}
    answer = person.post(f"{record}/correct", **sent, **GROUND)
    assert answer.status_code == 303, answer.text
    assert "另一个人核对" in person.get(record).text


def tick(answer: TestResponse) -> str:
    """What is sent by whoever confirms the warnings on a form."""
    found = re.search(r'name="read" value="([^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


def mark(person: Person, record: str) -> str:
    """What the page of a correction says that it shows."""
    found = re.search(r'name="seen" value="([^"]+)"', person.get(f"{record}/correction").text)
    return found[1] if found else ""


def publish(person: Person, record: str, **sent: str) -> TestResponse:
    """Lets a correction out from its page as it is now, or from an older one."""
    return person.post(f"{record}/correction/publish", **({"seen": mark(person, record)} | sent))


@pytest.fixture
def colleague(app: Flask) -> Person:
    return signed_in(app, Role.REVIEWER, "market-supervision", "colleague")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("counterparty_name", OTHER),
        ("uscc", invented_uscc(77)),
        ("decision_number", "郑市监罚〔2026〕7521号"),
    ],
)
def test_whom_and_which_decision_is_corrected_by_two_persons(
    app: Flask, reviewer: Person, colleague: Person, record: str, field: str, text: str
) -> None:
    asked(reviewer, record, **{field: text})
    public = app.test_client()
    assert text not in public.get("/records/1").text
    assert f"{record}/correction" in colleague.get("/bureau/").text
    page = colleague.get(f"{record}/correction").text
    assert f"<ins>{text}</ins>" in page
    assert "笔误" in page
    done = publish(colleague, record)
    assert done.status_code == 303, done.text
    work(app)
    assert text in public.get("/records/1").text
    assert f"{record}/correction" not in colleague.get("/bureau/").text
    with app.app_context():
        deeds = {one.action: one.actor for one in db.session().query(AuditEvent)}
        assert deeds["correction_asked"] == f"account:{reviewer.number}"
        assert deeds["correct"] == f"account:{colleague.number}"
        assert db.session().query(LedgerEntry).count() == 2


def test_whoever_asked_for_it_does_not_publish_it(
    app: Flask, reviewer: Person, colleague: Person, record: str
) -> None:
    asked(reviewer, record, counterparty_name=OTHER)
    assert "您提出的，等另一个人核对" in reviewer.get("/bureau/").text
    for deed in ("publish", "refuse"):
        answer = reviewer.post(f"{record}/correction/{deed}", seen="1", reason="不对")
        assert (answer.status_code, "您自己提出的" in answer.text) == (422, True)
    assert "别人提出的" in colleague.post(f"{record}/correction/take-back").text
    assert reviewer.post(f"{record}/correction/take-back").status_code == 303
    assert publish(colleague, record).status_code == 422
    assert OTHER not in app.test_client().get("/records/1").text


def test_what_is_refused_comes_back_with_the_reason_and_the_words(
    app: Flask, reviewer: Person, colleague: Person, record: str
) -> None:
    asked(reviewer, record, counterparty_name=OTHER, violation_facts="销售白酒21瓶。")
    assert (
        "请写明不同意的理由"
        in colleague.post(f"{record}/correction/refuse", seen=mark(colleague, record)).text
    )
    reason = {"reason": "决定书上不是这一家"}
    assert colleague.post(f"{record}/correction/refuse", **reason, seen="1-").status_code == 409
    colleague.post(f"{record}/correction/refuse", **reason, seen=mark(colleague, record))
    assert "决定书上不是这一家" in reviewer.get("/bureau/").text
    assert "等待核对的更正" not in colleague.get("/bureau/").text
    form = reviewer.get(f"{record}/correct").text
    assert as_shown(form)[cell("counterparty_name")] == OTHER
    assert as_shown(form)[cell("violation_facts")] == "销售白酒21瓶。"
    mine = as_shown(form) | {cell("counterparty_name"): "郑州第1号食品股份有限公司"}
    assert reviewer.post(f"{record}/correct", **mine, **GROUND).status_code == 303
    assert "郑州第1号食品股份有限公司" in colleague.get(f"{record}/correction").text
    history = reviewer.get(record).text
    assert "colleague：不同意更正，理由：决定书上不是这一家" in history


def test_the_clock_goes_on_while_it_waits(
    reviewer: Person, colleague: Person, clock: StandingClock, record: str
) -> None:
    asked(reviewer, record, counterparty_name=OTHER)
    for path in ("/bureau/", f"{record}/correction"):
        assert "还有 2 个工作日" in colleague.get(path).text
    clock.moment = clock.moment.replace(day=8)
    colleague.sign_in()
    colleague.send_code(colleague.code())
    assert "已超 3 个工作日" in colleague.get("/bureau/").text


def test_a_warning_of_the_rules_is_confirmed_before_it_goes_out(
    app: Flask, reviewer: Person, colleague: Person, record: str
) -> None:
    other = {cell("enforcement_agency"): "郑州市商务局"}
    answer = reviewer.post(f"{record}/correct", **other, **GROUND)
    assert answer.status_code == 422
    assert 'name="read"' in answer.text
    assert "请核对机关的名称和代码" in answer.text
    ticked = other | {"read": tick(answer)}
    assert reviewer.post(f"{record}/correct", **ticked, **GROUND).status_code == 303
    refused = publish(colleague, record)
    assert "请逐条核对，打勾以后再发布" in refused.text
    assert "郑州市商务局" not in app.test_client().get("/records/1").text
    sent = publish(colleague, record, read="1")
    assert sent.status_code == 303


def test_a_unit_in_an_amount_is_confirmed_by_whoever_corrects_it(
    reviewer: Person, record: str
) -> None:
    amount = {cell("fine_yuan"): "2万元"}
    answer = reviewer.post(f"{record}/correct", **amount, **GROUND)
    assert (answer.status_code, 'name="read"' in answer.text) == (422, True)
    ticked = amount | {"read": tick(answer)}
    more = ticked | {cell("violation_facts"): "电话1380371" + "0" * 4}
    unread = reviewer.post(f"{record}/correct", **more, **GROUND)
    assert (unread.status_code, "像是有电话号码" in unread.text) == (422, True)
    assert reviewer.post(f"{record}/correct", **ticked, **GROUND).status_code == 303


def test_a_tick_holds_for_the_text_that_was_shown_beside_it_and_for_no_other(
    app: Flask, reviewer: Person, record: str
) -> None:
    facts, other = (f"联系电话1380371{end:04d}，销售白酒。" for end in (0, 1))
    answer = reviewer.post(f"{record}/correct", **{cell("violation_facts"): facts}, **GROUND)
    assert (answer.status_code, "像是有电话号码" in answer.text) == (422, True)
    ticked = {"read": tick(answer)}
    unread = reviewer.post(
        f"{record}/correct", **{cell("violation_facts"): other}, **ticked, **GROUND
    )
    assert (unread.status_code, tick(unread) == ticked["read"]) == (422, False)
    assert other not in app.test_client().get("/records/1").text
    done = reviewer.post(
        f"{record}/correct", **{cell("violation_facts"): facts}, **ticked, **GROUND
    )
    assert done.status_code == 303
    assert facts in app.test_client().get("/records/1").text


def test_what_was_corrected_meanwhile_is_seen_before_it_is_published(
    app: Flask, reviewer: Person, colleague: Person, record: str
) -> None:
    asked(reviewer, record, counterparty_name=OTHER)
    shown = mark(colleague, record)
    facts = {cell("violation_facts"): "销售白酒21瓶。"}
    assert reviewer.post(f"{record}/correct", **facts, **GROUND).status_code == 303
    told = publish(colleague, record, seen=shown)
    assert (told.status_code, "重新核对" in told.text) == (409, True)
    assert publish(colleague, record).status_code == 303
    public = app.test_client().get("/records/1").text
    assert OTHER in public
    assert "销售白酒21瓶。" in public


def test_what_was_asked_for_anew_is_seen_before_it_is_published(
    app: Flask, reviewer: Person, colleague: Person, record: str
) -> None:
    asked(reviewer, record, counterparty_name=OTHER)
    shown = mark(colleague, record)
    reviewer.post(f"{record}/correction/take-back")
    asked(reviewer, record, counterparty_name="又一家有限公司")
    assert publish(colleague, record, seen=shown).status_code == 409
    assert "又一家有限公司" not in app.test_client().get("/records/1").text


def test_the_number_of_another_decision_is_pointed_at(
    app: Flask, clerk: Person, reviewer: Person, colleague: Person, record: str
) -> None:
    published(app, clerk, reviewer, decision(2))
    asked(reviewer, record, decision_number="郑市监处罚〔2026〕2号")
    assert "可能重复" in colleague.get(f"{record}/correction").text


def test_a_second_one_waits_until_the_first_is_done(
    reviewer: Person, colleague: Person, record: str
) -> None:
    asked(reviewer, record, counterparty_name=OTHER)
    sent = {cell("counterparty_name"): "又一家有限公司"}
    answer = colleague.post(f"{record}/correct", **sent, **GROUND)
    assert "已经有一份更正在等" in answer.text
    assert 'value="又一家有限公司"' in answer.text


def test_a_record_that_ended_takes_its_correction_along(
    app: Flask, reviewer: Person, colleague: Person, record: str
) -> None:
    asked(reviewer, record, counterparty_name=OTHER)
    reviewer.post(f"{record}/end", why="error", **GROUND)
    assert f"{record}/correction" not in colleague.get("/bureau/").text
    late = publish(colleague, record)
    assert (late.status_code, OTHER in late.text) == (422, False)
    with app.app_context():
        assert db.session().query(WaitingCorrection).count() == 0


def test_nobody_else_reaches_it(
    app: Flask, reviewer: Person, stranger: Person, record: str
) -> None:
    asked(reviewer, record, counterparty_name=OTHER)
    assert stranger.get(f"{record}/correction").status_code == 404
    for deed in ("publish", "refuse", "take-back"):
        assert stranger.post(f"{record}/correction/{deed}", seen="1").status_code == 404
    office = signed_in(app, Role.CREDIT_OFFICE)
    assert publish(office, record).status_code == 303
