"""The assessment on the desk: own figures for a bureau, drafts and publication for the office."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from tests.support.assessments import busy_may, issue
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.web.pages import checked

DESK = "/bureau/assessment"
MAY = f"{DESK}?month=2026-05"
READ = {"read_through": "y"}


@pytest.fixture
def office(app: Flask, clock: StandingClock) -> Person:
    """The credit office, after a month with decisions."""
    busy_may(app, clock)
    return signed_in(app, Role.CREDIT_OFFICE)


def drafted(office: Person) -> str:
    answer = office.post(DESK, MAY, month="2026-05")
    assert answer.status_code == 303, answer.text
    return answer.location


def test_the_office_sees_all_bureaus_and_a_bureau_its_own(
    app: Flask, office: Person, clerk: Person
) -> None:
    everything = office.get(MAY).text
    own = clerk.get(MAY).text
    for name in ("市卫生健康委", "市市场监管局"):
        assert name in everything
    assert "市市场监管局" in own
    assert "市卫生健康委" not in own
    assert "起草这个月的通报" not in own


def test_a_month_that_runs_is_shown_but_not_reported(office: Person) -> None:
    assert "起草这个月的通报" not in office.get(DESK).text
    answer = office.post(DESK, MAY, month="2026-06")
    assert answer.status_code == 422
    assert "还没有过完" in answer.text


@pytest.mark.parametrize("month", ["", "nonsense", "2016-03"])
def test_months_without_a_rule_are_told(office: Person, month: str) -> None:
    assert office.get(f"{DESK}?month={month}").status_code == 200
    assert office.post(DESK, MAY, month=month).status_code == 422


def test_from_draft_to_publication(app: Flask, office: Person, clock: StandingClock) -> None:
    draft = drafted(office)
    assert "草稿" in office.get(draft).text
    assert app.test_client().get("/assessment/2026-05").status_code == 404
    assert office.post(draft, draft, foreword="总体及时。\n请继续。").status_code == 303
    office.post(f"{draft}/publish", draft)
    assert "请确认：已经逐字看过" in office.get(draft).text
    assert app.test_client().get("/assessment/2026-05").status_code == 404
    assert office.post(f"{draft}/publish", draft, **READ).status_code == 303
    page = app.test_client().get("/assessment/2026-05").text
    assert "总体及时。" in page
    assert "已发布" in office.get(draft).text


def test_a_correction_needs_a_note(app: Flask, office: Person, clock: StandingClock) -> None:
    issue(app, clock)
    draft = drafted(office)
    office.post(f"{draft}/publish", draft, **READ)
    assert "请写明更正说明" in office.get(draft).text
    office.post(draft, draft, foreword="总体及时。", note="补记。")
    office.post(f"{draft}/publish", draft, **READ)
    assert "补记。" in app.test_client().get("/assessment/2026-05").text


def test_a_draft_is_given_up(office: Person) -> None:
    draft = drafted(office)
    assert office.post(f"{draft}/discard", draft).location == DESK
    assert office.get(draft).status_code == 404


def test_what_is_refused_comes_back_with_its_words(office: Person) -> None:
    draft = drafted(office)
    answer = office.post(draft, draft, foreword="郑州某某食品有限公司屡教不改。")
    assert answer.status_code == 422
    assert "屡教不改" in answer.text
    assert "某企业" in answer.text


@pytest.mark.parametrize(
    ("field", "title", "private", "said"),
    [
        ("foreword", "前言和点评", invented_id_number(), "像是有证件号码，请删去再保存"),
        ("foreword", "前言和点评", "电话 0371-60000000", "像是有电话号码"),
        ("note", "更正说明", "家住某某路5号3单元", "像是有住址"),
    ],
)
def test_what_is_private_is_refused_by_the_name_of_its_field(
    app: Flask,
    office: Person,
    clock: StandingClock,
    field: str,
    title: str,
    private: str,
    said: str,
) -> None:
    issue(app, clock)
    draft = drafted(office)
    answer = office.post(draft, draft, **{field: f"咨询请找：{private}。"})
    assert answer.status_code == 422
    (error,) = checked(draft, answer).texts("p", role="alert")
    assert f"“{title}”会公开" in error
    assert said in error
    assert "文书名称" not in error
    assert "咨询请找" in answer.text, "nothing typed is lost"


@pytest.mark.parametrize("month", ["2026-13", "1900-01", "nonsense"])
def test_a_month_that_cannot_be_read_is_told_beside_the_one_that_is_shown(
    office: Person, month: str
) -> None:
    page = office.get(f"{DESK}?month={month}").text
    assert "地址里的月份没有读懂" in page
    assert "下面是2026年6月的" in page
    assert "没有读懂" not in office.get(MAY).text


def test_an_auditor_reads_and_changes_nothing(app: Flask, office: Person) -> None:
    draft, auditor = drafted(office), signed_in(app, Role.AUDITOR)
    page = auditor.get(draft)
    assert page.status_code == 200
    assert "textarea" not in page.text
    assert auditor.post(f"{draft}/publish").status_code == 403


def test_a_report_that_is_not_there(office: Person) -> None:
    for method in (office.get, office.post):
        assert method(f"{DESK}/99").status_code == 404
