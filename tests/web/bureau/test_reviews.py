"""Review: another person sees what each row changes in public, and decides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent, Record, Submission
from credit_site.services import publication
from tests.domain.penalty_rows import BOOK, LEGAL
from tests.support.forms import cell_of
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.uploads import Row, checked, decision, runner, work

pytestmark = pytest.mark.both_databases


@pytest.fixture
def people(clerk: Person, reviewer: Person) -> tuple[Person, Person]:
    return clerk, reviewer


def handed_in(app: Flask, clerk: Person, rows: Sequence[Row]) -> str:
    """Uploaded, checked, handed in; the address of the submission."""
    address = f"/bureau/submissions/{checked(app, clerk, rows)}"
    assert clerk.post(f"{address}/hand-in").status_code == 303
    return address


def published(app: Flask, people: tuple[Person, Person], rows: Sequence[Row]) -> str:
    clerk, reviewer = people
    address = handed_in(app, clerk, rows)
    assert reviewer.post(f"{address}/publish").status_code == 303
    work(app)
    return address


def test_the_reviewer_publishes_and_the_public_sees_it(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1), decision(2)])
    page = people[1].get(f"{address}/review").text
    assert "郑州第1号食品有限公司" in page
    assert "失信程度" in page
    assert "发布 2 行" in page
    people[1].post(f"{address}/publish")
    assert "正在发布" in people[1].get(address).text
    work(app)
    assert "已经发布 2 行" in people[1].get(address).text
    assert "/records/2" in app.test_client().get("/search?q=第2号食品").text


def test_whoever_uploaded_or_handed_in_does_not_review(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[1], [decision(1)])
    assert "须由另一个人审核" in people[1].get(f"{address}/review").text
    people[1].post(f"{address}/publish")
    work(app)
    assert "等待审核" in people[1].get(address).text
    with app.app_context():
        assert db.session().query(Record).count() == 0


def test_whoever_mended_a_row_does_not_review(app: Flask, people: tuple[Person, Person]) -> None:
    number = checked(app, people[0], [decision(1, legal_basis=""), decision(2)])
    address = f"/bureau/submissions/{number}"
    form = people[1].get(f"{address}/rows/2").text
    cell = cell_of(form, "处罚依据")
    people[1].post(f"{address}/rows/2", **{cell: "《商标法》第六十条"})
    people[0].post(f"{address}/hand-in")
    assert "有您自己改过的行" in people[1].get(f"{address}/review").text
    people[1].post(f"{address}/publish")
    assert "等待审核" in people[1].get(address).text
    colleague = signed_in(app, Role.REVIEWER, "market-supervision", "another")
    assert colleague.post(f"{address}/publish").status_code == 303
    assert "正在发布" in colleague.get(address).text


def test_a_submission_is_sent_back_with_a_reason(app: Flask, people: tuple[Person, Person]) -> None:
    address = handed_in(app, people[0], [decision(1)])
    assert "请写明理由" in people[1].post(f"{address}/send-back", reason=" ").text
    people[1].post(f"{address}/send-back", reason="依据写全称")
    page = people[0].get(address).text
    assert "依据写全称" in page
    assert "提交审核（1 行）" in page


def test_a_row_held_back_goes_to_the_clerk_and_the_others_out(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1), decision(2)])
    people[1].post(f"{address}/rows/3/hold", reason="文号待核")
    assert "暂不发布" in people[1].get(f"{address}/review?show=held").text
    people[1].post(f"{address}/publish")
    work(app)
    page = people[0].get(address).text
    assert "文号待核" in page
    assert "已退回" in page
    with app.app_context():
        assert [one.document_number for one in db.session().query(Record)] == [
            "郑市监处罚〔2026〕1号"
        ]
    people[0].post(f"{address}/hand-in")
    assert "打开暂不发布的行" in people[0].get(address).text
    assert people[0].get(f"{address}/rows/3").status_code == 200
    people[0].post(f"{address}/rows/3")
    assert "-1 行" not in people[0].get(address).text
    people[0].post(f"{address}/hand-in")
    assert "上次暂不发布，理由：文号待核" in people[1].get(f"{address}/review").text
    people[1].post(f"{address}/publish")
    work(app)
    with app.app_context():
        assert db.session().query(Record).count() == 2


def test_the_rows_left_over_are_mended_after_the_good_ones_went_out(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1), decision(2, legal_basis="")])
    people[1].post(f"{address}/publish")
    work(app)
    page = people[0].get(address).text
    assert "还有 1 行没有发布" in page
    basis = [c.field for c in BOOK.layouts[LEGAL].columns].index("legal_basis")
    people[0].post(f"{address}/rows/3", **{f"cell{basis}": "《商标法》第五十七条"})
    people[0].post(f"{address}/hand-in")
    people[1].post(f"{address}/publish")
    work(app)
    with app.app_context():
        assert db.session().query(Record).count() == 2
        assert db.session().query(Submission).one().state == "closed"


def test_what_is_left_over_can_be_given_up(app: Flask, people: tuple[Person, Person]) -> None:
    address = handed_in(app, people[0], [decision(1), decision(2, legal_basis="")])
    people[1].post(f"{address}/publish")
    work(app)
    people[0].post(f"{address}/withdraw")
    assert "已发布" in people[0].get(address).text


def test_of_two_rows_that_contradict_each_other_neither_goes_out(
    app: Flask, people: tuple[Person, Person]
) -> None:
    rows = [decision(1), decision(2), decision(1, violation_facts="销售白酒99瓶。")]
    number = checked(app, people[0], rows)
    page = people[0].get(f"/bureau/submissions/{number}").text
    assert "提交审核（1 行）" in page
    assert "与第 4 行的文号和当事人相同" in page
    assert "与第 2 行的文号和当事人相同" in page
    people[0].post(f"/bureau/submissions/{number}/rows/2")
    assert "提交审核（2 行）" in people[0].get(f"/bureau/submissions/{number}").text


def test_no_number_of_a_person_is_taken_into_a_reason(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1)])
    refused = people[1].post(f"{address}/send-back", reason=f"{invented_id_number(8)} 有误")
    assert "请删去再提交" in refused.text
    with app.app_context():
        details = [one.details for one in db.session().query(AuditEvent)]
        assert not [text for text in details if invented_id_number(8) in text]


def test_another_bureau_finds_nothing_here(
    app: Flask, people: tuple[Person, Person], stranger: Person
) -> None:
    address = handed_in(app, people[0], [decision(1), decision(2, legal_basis="")])
    for path in ("", "/progress", "/review", "/rows/3", "/rows/2/notice", "/annotated.xlsx"):
        assert stranger.get(address + path).status_code == 404, path
    for path in ("/hand-in", "/withdraw", "/publish", "/send-back", "/rows/3", "/rows/2/hold"):
        assert stranger.post(address + path, reason="x").status_code == 404, path
    assert "六月.csv" not in stranger.get("/bureau/submissions").text


def test_two_reviewers_at_once_decide_once(app: Flask, people: tuple[Person, Person]) -> None:
    address = handed_in(app, people[0], [decision(1)])
    people[1].post(f"{address}/publish")
    people[1].post(f"{address}/send-back", reason="晚了一步")
    people[1].post(f"{address}/publish")
    work(app)
    with app.app_context():
        assert db.session().query(Record).count() == 1


def test_the_clerk_takes_back_what_is_not_decided(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1)])
    people[0].post(f"{address}/withdraw")
    people[1].post(f"{address}/publish")
    work(app)
    assert "提交审核（1 行）" in people[0].get(address).text


def test_publishing_that_dies_in_the_middle_goes_on_and_doubles_nothing(
    app: Flask, people: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = handed_in(app, people[0], [decision(number) for number in range(7)])
    monkeypatch.setattr(publication.publish_staged, "__defaults__", (2,))
    people[1].post(f"{address}/publish")
    for _ in range(2):
        with app.app_context():
            dying = runner()
            dying.begin()
            assert dying.step()
            db.session.remove()
    work(app)
    with app.app_context():
        assert db.session().query(Record).count() == 7
    assert "已经发布 7 行" in people[1].get(address).text
