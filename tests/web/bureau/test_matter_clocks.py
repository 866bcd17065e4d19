"""The desk's side of clocks: those that rest, extensions that are offered and refused."""

from __future__ import annotations

from datetime import date

from flask import Flask

from credit_site.domain.matters import MatterKind
from credit_site.extensions import db
from credit_site.models import Matter
from tests.support.people import Person
from tests.web.bureau.test_matter_words import shown
from tests.web.bureau.test_matters import bring, step


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
    assert 'value="extend"' not in reviewer.get(address).text, "it could only be refused"
    answer = reviewer.post(address, action="extend", words="情况复杂")
    assert answer.status_code == 422
    assert "已经满了，只能在期满以前延长" in answer.text
    assert "情况复杂" in answer.text


def test_an_extension_is_offered_once(app: Flask, reviewer: Person) -> None:
    address = bring(app, MatterKind.REPAIR)
    assert step(reviewer, address, "accept") == 303
    assert 'value="extend"' in reviewer.get(address).text
    assert step(reviewer, address, "extend", words="情况复杂") == 303
    assert 'value="extend"' not in reviewer.get(address).text
    answer = reviewer.post(address, action="extend", words="更复杂")
    assert (answer.status_code, "已经延长过一次" in answer.text) == (422, True)
    assert "更复杂" in answer.text
