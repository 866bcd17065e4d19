"""Tests of objections on the desk: the two forms, what desk, inbox and history say meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import MatterFile
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.web.bureau.test_matter_words import shown
from tests.web.bureau.test_matters import PDF, bring, step

ORDERED, REPORT = "委托书〔2026〕1号", "检验报告〔2026〕1号"


@pytest.fixture
def address(app: Flask) -> str:
    """An objection, received on Monday 2026-06-01."""
    return bring(app, MatterKind.OBJECTION)


def later(app: Flask, clock: StandingClock, days: int) -> Person:
    """Somebody of the bureau, signed in anew some days after."""
    clock.move(days=days)
    name = f"reviewer-{clock.today()}"
    return signed_in(app, Role.REVIEWER, "market-supervision", name=name)


def answered(
    person: Person, address: str, action: str, said: Mapping[str, str], content: bytes = PDF
) -> TestResponse:
    file = (BytesIO(content), "检验.pdf")
    return person.post(address, action=action, file=file, **{"words": "送检", **said})


def begin(person: Person, address: str, day: str) -> int:
    said = {"day": day, "document": ORDERED, "institution": "某检验所"}
    return answered(person, address, "exclude", said).status_code


def finish(person: Person, address: str, day: str) -> int:
    return answered(person, address, "tested", {"day": day, "document": REPORT}).status_code


def test_what_was_entered_days_after_it_began_is_left_out_from_its_entry_on(
    app: Flask, clock: StandingClock, address: str
) -> None:
    assert begin(later(app, clock, 3), address, "2026-06-01") == 303
    person = later(app, clock, 4)
    assert finish(person, address, "2026-06-08") == 303
    page = shown(person, address).main
    assert "不计入期限的日子：2026年6月4日至2026年6月8日检验、鉴定" in page
    assert "2026年6月4日登记，2026年6月1日开始，登记以前的日子照算" in page


def test_what_was_over_before_it_was_entered_leaves_nothing_out(
    app: Flask, clock: StandingClock, address: str
) -> None:
    person = later(app, clock, 3)
    assert begin(person, address, "2026-06-01") == 303
    assert finish(person, address, "2026-06-03") == 303
    page = shown(person, address).main
    assert "不计入期限的日子" not in page
    assert "2026年6月4日前 还有 0 个工作日" in page


def test_while_a_test_goes_on_everybody_reads_since_when_and_for_how_long(
    app: Flask, clock: StandingClock, address: str
) -> None:
    assert begin(later(app, clock, 1), address, "2026-06-02") == 303
    reviewer = later(app, clock, 13)
    page = shown(reviewer, address)
    assert "期限暂停，检验、鉴定结束以后还有 3 个工作日" in page.main
    assert "检验、鉴定从2026年6月2日起，已 10 个工作日，还没有登记结束" in page.main
    assert "2026年6月2日起检验、鉴定（某检验所，委托书〔2026〕1号）" in page.main
    for action in ("exclude", "refuse", "uphold", "reject"):
        assert f'value="{action}"' not in page.html, action
    (row,) = (row for row in shown(reviewer, "/bureau/matters").rows() if "YY2026" in row[0])
    assert row[4] == "暂停，检验、鉴定已 10 个工作日"
    desk = shown(reviewer, "/bureau/").main
    assert "检验、鉴定还没有登记结束的" in desk
    assert "已 10 个工作日" in desk
    office = shown(signed_in(app, Role.CREDIT_OFFICE), "/bureau/").main
    assert "郑州市市场监督管理局，2026年6月2日起检验、鉴定" in office
    assert "检验、鉴定" not in shown(signed_in(app, Role.REVIEWER, "health"), "/bureau/").main


def test_its_end_is_entered_with_the_report_and_the_history_says_the_days(
    app: Flask, clock: StandingClock, address: str
) -> None:
    reviewer = later(app, clock, 2)
    assert 'value="tested"' not in reviewer.get(address).text
    assert begin(reviewer, address, "2026-06-02") == 303
    assert finish(reviewer, address, "2026-06-03") == 303
    page = shown(reviewer, address)
    assert "2026年6月8日前" in page.main
    assert "登记检验、鉴定（2026年6月2日起，某检验所，委托书〔2026〕1号），送检" in page.main
    over = "登记检验、鉴定结束（2026年6月2日至2026年6月3日，检验报告〔2026〕1号），送检"
    assert over in page.main
    assert "委托书〔2026〕1号，检验报告〔2026〕1号，2026年6月3日登记" in page.main
    assert reviewer.get(f"{address}/papers/2").data == PDF
    assert reviewer.get(f"{address}/papers/3").data == PDF
    assert "没有登记结束" not in shown(reviewer, "/bureau/").main


def test_who_does_not_deal_with_matters_reads_the_days_and_no_document(
    app: Flask, clock: StandingClock, address: str
) -> None:
    reviewer = later(app, clock, 2)
    begin(reviewer, address, "2026-06-02")
    finish(reviewer, address, "2026-06-03")
    step(reviewer, address, "reject")
    auditor = shown(signed_in(app, Role.AUDITOR), address)
    assert "2026年6月2日至2026年6月3日检验、鉴定" in auditor.main
    for words in ("某检验所", ORDERED, REPORT, "决定〔2026〕1号"):
        assert words not in auditor.main, words


def test_what_is_entered_after_the_term_is_marked_everywhere_and_stays_late(
    app: Flask, clock: StandingClock, address: str
) -> None:
    reviewer = later(app, clock, 17)
    assert "现在登记的标明“期满以后补登”" in reviewer.get(address).text
    assert begin(reviewer, address, "2026-06-02") == 303
    assert "期限没有停" in shown(reviewer, address).main
    assert "期满以后补登" in shown(reviewer, "/bureau/").main
    assert finish(reviewer, address, "2026-06-18") == 303
    assert step(reviewer, address, "reject") == 303
    page = shown(reviewer, address).main
    assert "超期 10 个工作日" in page
    assert "期满以后补登，照样计入期限：2026年6月2日至2026年6月18日检验、鉴定" in page
    assert page.count("），期满以后补登，送检") == 2, "in the history"
    inbox = shown(reviewer, "/bureau/matters?show=closed")
    assert "期满以后补登" in next(row for row in inbox.rows() if "YY2026" in row[0])[4]
    assert ["2026-06", "异议", "1", "1", "0", "0", "0", "0", "1", "13"] in inbox.rows()


def test_the_history_names_the_document_of_the_decision(reviewer: Person, address: str) -> None:
    assert step(reviewer, address, "reject", words="金额无误", document="异议〔2026〕7号") == 303
    assert "异议不成立（异议〔2026〕7号），金额无误" in shown(reviewer, address).main


@pytest.mark.parametrize(
    ("day", "content", "words"),
    [
        ("2026-05-01", PDF, "不能早于收到"),
        ("2027-06-02", PDF, "不能晚于今天"),
        ("明天", PDF, "请写明检验、鉴定的第一天"),
        ("2026-06-02", b"MZ a program", "不是 PDF、JPG 或者 PNG"),
    ],
)
def test_a_beginning_that_cannot_be_is_refused_and_what_was_typed_stays(
    app: Flask, clock: StandingClock, address: str, day: str, content: bytes, words: str
) -> None:
    said = {"day": day, "document": ORDERED, "institution": "某检验所"}
    answer = answered(later(app, clock, 2), address, "exclude", said, content)
    assert answer.status_code == 422
    for kept in (words, "送检", ORDERED, "某检验所", "请重新选择"):
        assert kept in answer.text
    with app.app_context():
        assert db.session().query(MatterFile).count() == 1, "the paper of the objection alone"


def test_an_end_before_the_beginning_is_told_with_both_days(
    app: Flask, clock: StandingClock, address: str
) -> None:
    reviewer = later(app, clock, 2)
    begin(reviewer, address, "2026-06-02")
    answer = answered(reviewer, address, "tested", {"day": "2026-06-01", "document": REPORT})
    assert answer.status_code == 422
    assert "最后一天 2026-06-01 早于第一天 2026-06-02" in answer.text
    assert REPORT in answer.text


def test_a_decision_sent_while_a_test_goes_on_is_given_back(
    app: Flask, clock: StandingClock, address: str
) -> None:
    reviewer = later(app, clock, 1)
    begin(reviewer, address, "2026-06-02")
    answer = reviewer.post(address, action="reject", words="金额无误", document="异议〔2026〕7号")
    assert (answer.status_code, "先登记它的最后一天和报告" in answer.text) == (422, True)
    for kept in ("金额无误", "异议〔2026〕7号"):
        assert kept in answer.text
