"""The desk's side of clocks: the form for the days of a test, clocks that rest, extensions."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Matter, MatterFile
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.web.bureau.test_matter_words import shown
from tests.web.bureau.test_matters import PDF, bring, step


def later(app: Flask, clock: StandingClock) -> Person:
    """Two days after: somebody of the bureau, signed in anew."""
    clock.move(days=2)
    return signed_in(app, Role.REVIEWER, "market-supervision", name="later")


def leave_out(
    person: Person, address: str, since: str, until: str, content: bytes = PDF
) -> TestResponse:
    said = {"words": "送检", "document": "检验报告〔2026〕1号", "since": since, "until": until}
    file = (BytesIO(content), "检验报告.pdf")
    return person.post(address, action="exclude", file=file, **said)


def test_the_days_of_a_test_are_told_to_everybody_whose_clock_it_is(
    app: Flask, clock: StandingClock
) -> None:
    address = bring(app, MatterKind.OBJECTION)
    reviewer = later(app, clock)
    assert leave_out(reviewer, address, "2026-06-02", "2026-06-03").status_code == 303
    page = shown(reviewer, address)
    assert "2026年6月8日前" in page.main
    assert "2026年6月2日至2026年6月3日检验、鉴定（检验报告〔2026〕1号）" in page.main
    assert "检验、鉴定的文书" in page.main
    assert reviewer.get(f"{address}/papers/2").data == PDF
    auditor = shown(signed_in(app, Role.AUDITOR), address)
    assert "2026年6月2日至2026年6月3日检验、鉴定" in auditor.main
    assert "检验报告" not in auditor.main


@pytest.mark.parametrize(
    ("since", "until", "content", "words"),
    [
        ("2026-05-01", "2026-06-02", PDF, "不能早于收到"),
        ("2026-06-02", "2027-06-02", PDF, "不能晚于今天"),
        ("明天", "2026-06-02", PDF, "第一天和最后一天"),
        ("2026-06-02", "2026-06-03", b"MZ a program", "不是 PDF、JPG 或者 PNG"),
    ],
)
def test_days_that_cannot_be_are_refused_and_what_was_typed_stays(
    app: Flask,
    clock: StandingClock,
    since: str,
    until: str,
    content: bytes,
    words: str,
) -> None:
    address = bring(app, MatterKind.OBJECTION)
    answer = leave_out(later(app, clock), address, since, until, content)
    assert answer.status_code == 422
    for kept in (words, "送检", "检验报告〔2026〕1号", "请重新选择"):
        assert kept in answer.text
    with app.app_context():
        assert db.session().query(MatterFile).count() == 1, "the paper of the objection alone"


def test_the_inbox_says_that_a_matter_waits_for_papers_and_counts_nobody_late(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.REPAIR)
    step(reviewer, address, "ask", words="请附缴款书")
    assert "期限暂停，补充以后还有 3 个工作日" in shown(reviewer, address).main
    (row,) = (row for row in shown(reviewer, "/bureau/matters").rows() if "XF2026" in row[0])
    assert row[3:] == ["等申请人补充", "暂停，等补充"]


def test_a_term_that_is_over_is_not_extended_and_the_day_is_told(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.REPAIR)
    assert step(reviewer, address, "accept") == 303
    assert "只能延长一次，而且要在期满以前" in reviewer.get(address).text
    with app.app_context():
        db.session().get_one(Matter, 1).accepted_on = date(2026, 5, 6)
        db.session().commit()
    answer = reviewer.post(address, action="extend", words="情况复杂")
    assert answer.status_code == 422
    assert "已经满了，只能在期满以前延长" in answer.text
