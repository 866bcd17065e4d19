"""Papers of a listing stay as they were served; what happened since stands beside the sheet."""

from __future__ import annotations

from flask import Flask

from tests.support.people import Person
from tests.support.sites import StandingClock
from tests.support.uploads import work
from tests.web.bureau.test_listing_papers import listed
from tests.web.bureau.test_listings import later, seen, step

TITLE, SIGNED = "严重失信主体名单信息信用修复告知书", "受送达人签收"


def sheet(person: Person, paper: str) -> str:
    """What is printed of the notice on repair."""
    return seen(person, paper).main.partition(TITLE)[2].partition(SIGNED)[0]


def beside(person: Person, paper: str) -> str:
    """What stands below the sheet."""
    return seen(person, paper).main.partition(SIGNED)[2]


def test_the_notice_on_repair_of_an_entry_that_was_an_error_stays(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    reviewer, _ = later(app, "next")
    served = sheet(reviewer, f"{case}/repair")
    for said in ("最长至 2029年6月11日", "自 2027年6月11日起", "10 个工作日内答复"):
        assert said in served
    assert "作出以后的情况" not in beside(reviewer, f"{case}/repair")
    step(reviewer, case, "remove_error", "2026-06-11", apology="wrong_facts")
    clock.move(days=4 * 366)
    reviewer, _ = later(app, "again")
    assert sheet(reviewer, f"{case}/repair") == served
    for paper in ("repair", "decision", "notice"):
        assert "2026年6月11日：列入有误，移出。" in beside(reviewer, f"{case}/{paper}")


def test_the_notice_on_repair_stays_when_the_term_is_over(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    reviewer, _ = later(app, "next")
    paper = f"{case}/repair"
    served = sheet(reviewer, paper)
    clock.move(days=3 * 366)
    reviewer, _ = later(app, "again")
    assert sheet(reviewer, paper) == served
    assert "公示期到 2029年6月11日为止，已经届满。" in beside(reviewer, paper)
    work(app)
    assert sheet(reviewer, paper) == served
    assert "期满移出。" in beside(reviewer, paper)
