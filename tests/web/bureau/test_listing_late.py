"""Too late for a step of a listing: who took it and when; too early: what comes first."""

from __future__ import annotations

from flask import Flask

from tests.support.people import Person
from tests.support.sites import StandingClock
from tests.web.bureau.test_listing_papers import listed
from tests.web.bureau.test_listings import later, opened, step

LATE, EARLY = "这件案件已经是", "要先办理"


def test_who_comes_too_late_is_told_who_did_what_when_and_on_what(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    other, above = later(app, "other")
    page = step(other, case, "publish", "2026-06-11", document="郑市监公〔2026〕1号")
    assert f"现在不能办理“公示”：{LATE}“在列”。later已经于2026年6月11日 " in page.main
    assert "办理：公示（郑市监列〔2026〕publish号）。" in page.main
    assert "郑市监公〔2026〕1号" in page.main.partition("您刚才填写的内容")[2]
    page = step(above, case, "confirm", "2026-06-11")
    assert "later已经于" in page.main, "the last step, by whomever"


def test_a_hearing_before_the_service_is_too_early_and_not_too_late(reviewer: Person) -> None:
    case = opened(reviewer)
    step(reviewer, case, "notice")
    page = step(reviewer, case, "hear")
    assert f"这件案件是“已作出告知书，等待送达”，{EARLY}“登记送达”" in page.main
    step(reviewer, case, "serve")
    page = step(reviewer, case, "hear")
    assert f"{EARLY}“登记异议”" in page.main
    assert LATE not in page.main
