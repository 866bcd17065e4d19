"""A decision withdrawn because it was changed is disclosed anew, as changed (行政处罚法 第48条)."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.extensions import db
from credit_site.models import LedgerEntry, Record
from credit_site.services.ledger import verify
from tests.domain.penalty_rows import LEGAL
from tests.support.forms import NEW, filled, send
from tests.support.people import Person
from tests.support.uploads import checked, decision, work

pytestmark = pytest.mark.both_databases

GROUND = {"reason": "复议后变更", "document": "郑政复决〔2026〕1号", "day": "2026-05-29"}
CHANGED = decision(1, violation_facts="复议后认定的事实。")


@pytest.fixture
def people(clerk: Person, reviewer: Person) -> tuple[Person, Person]:
    return clerk, reviewer


@pytest.fixture
def withdrawn(app: Flask, people: tuple[Person, Person], record: str) -> str:
    """The address on the desk of a record whose decision was changed."""
    withdraw(app, people, record)
    return record


def withdraw(app: Flask, people: tuple[Person, Person], record: str, fate: str = "changed") -> None:
    answer = people[1].post(f"{record}/revoke", fate=fate, **GROUND)
    assert answer.status_code == 303, answer.text
    work(app)


def sent(app: Flask, people: tuple[Person, Person], number: int) -> str:
    """Handed in and published; the address of the submission."""
    address = f"/bureau/submissions/{number}"
    people[0].post(f"{address}/hand-in")
    people[1].post(f"{address}/publish")
    work(app)
    return address


def states(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        return [(one.id, one.state) for one in db.session().query(Record).order_by(Record.id)]


def test_clerk_and_reviewer_are_told_and_the_changed_decision_gets_a_number_of_its_own(
    app: Flask, people: tuple[Person, Person], withdrawn: str
) -> None:
    number = checked(app, people[0], [CHANGED])
    page = people[0].get(f"/bureau/submissions/{number}").text
    assert "（公示编号 1）因被依法变更已经撤回" in page
    assert "<strong>1</strong>新增" in page
    assert "<strong>0</strong>变更已公示的" in page
    people[0].post(f"/bureau/submissions/{number}/hand-in")
    review = people[1].get(f"/bureau/submissions/{number}/review").text
    assert "撤回的那条不恢复" in review
    assert "撤回后变更" in review
    assert "<ins>复议后认定的事实。</ins>" in review
    sent(app, people, number)
    assert states(app) == [(1, "ended"), (3, "published")]
    public = app.test_client()
    assert public.get("/records/1").status_code == 410
    assert "复议后认定的事实。" in public.get("/records/3").text
    assert "/records/3" in public.get("/search?q=第1号食品").text
    with app.app_context():
        deeds = [(e.record_id, e.action) for e in db.session().query(LedgerEntry)]
        assert deeds == [(1, "publish"), (1, "end"), (3, "publish")]
        assert not verify(db.session()).problems


def test_both_records_name_each_other_on_the_desk(
    app: Flask, people: tuple[Person, Person], withdrawn: str
) -> None:
    sent(app, people, checked(app, people[0], [CHANGED]))
    assert "变更后的决定另行公示（公示编号 3）" in people[1].get("/bureau/records/1").text
    assert "原决定已经撤回（公示编号 1）" in people[1].get("/bureau/records/3").text


def test_changes_tell_an_ending_and_then_a_record_of_its_own(
    app: Flask, people: tuple[Person, Person], withdrawn: str
) -> None:
    sent(app, people, checked(app, people[0], [CHANGED]))
    told = app.test_client().get("/api/v1/changes?since=0").json
    assert told is not None
    assert [(one["id"], one["action"]) for one in told["changes"]] == [(1, "end"), (3, "publish")]


def test_the_wording_that_was_withdrawn_never_comes_back(
    app: Flask, people: tuple[Person, Person], withdrawn: str
) -> None:
    number = checked(app, people[0], [decision(1)])
    assert "<strong>1</strong>与已有的相同" in people[0].get(f"/bureau/submissions/{number}").text
    sent(app, people, checked(app, people[0], [CHANGED]))
    number = checked(app, people[0], [decision(1)])
    page = people[0].get(f"/bureau/submissions/{number}").text
    assert "因决定被依法变更而撤回，不能再公示" in page
    assert "提交审核" not in page
    assert states(app) == [(1, "ended"), (3, "published")]


def test_a_decision_changed_twice_is_published_a_third_time(
    app: Flask, people: tuple[Person, Person], withdrawn: str
) -> None:
    sent(app, people, checked(app, people[0], [CHANGED]))
    withdraw(app, people, "/bureau/records/3")
    first = checked(app, people[0], [decision(1)])
    assert "不能再公示" in people[0].get(f"/bureau/submissions/{first}").text
    third = decision(1, violation_facts="再审后认定的事实。")
    sent(app, people, checked(app, people[0], [third]))
    assert states(app) == [(1, "ended"), (3, "ended"), (5, "published")]


@pytest.mark.parametrize("fate", ["revoked", "unlawful", "void"])
def test_a_decision_that_fell_altogether_is_refused_at_once_and_can_be_opened(
    app: Flask, people: tuple[Person, Person], record: str, fate: str
) -> None:
    withdraw(app, people, record, fate)
    number = checked(app, people[0], [CHANGED, decision(2)])
    page = people[0].get(f"/bureau/submissions/{number}").text
    assert "（公示编号 1）已经终止公示，不能用文件重新公示" in page
    assert "提交审核（1 行）" in page
    row = people[0].get(f"/bureau/submissions/{number}/rows/2")
    assert row.status_code == 200
    assert "复议后认定的事实。" in row.text
    sent(app, people, number)
    assert states(app) == [(1, "ended"), (3, "published")]


def test_a_row_mended_to_what_has_ended_is_not_good(
    app: Flask, people: tuple[Person, Person], record: str
) -> None:
    withdraw(app, people, record, "revoked")
    number = checked(app, people[0], [CHANGED])
    address = f"/bureau/submissions/{number}/rows/2"
    assert people[0].post(address).status_code == 422
    assert "<strong>1</strong>要改" in people[0].get(f"/bureau/submissions/{number}").text


def test_a_row_whose_record_ends_before_publication_comes_back_with_its_reason(
    app: Flask, people: tuple[Person, Person], record: str
) -> None:
    number = checked(app, people[0], [CHANGED])
    people[0].post(f"/bureau/submissions/{number}/hand-in")
    withdraw(app, people, record, "revoked")
    people[1].post(f"/bureau/submissions/{number}/publish")
    work(app)
    page = people[0].get(f"/bureau/submissions/{number}").text
    assert "一行也没有发布（1 行）" in page
    assert "其余的已经发布" not in page
    assert "已经终止公示，不能用文件重新公示" in page
    assert "<strong>0</strong>变更已公示的" in page
    assert "<strong>1</strong>要改" in page
    assert people[0].get(f"/bureau/submissions/{number}/rows/2").status_code == 200


def test_a_changed_decision_filled_in_by_hand_goes_the_same_way(
    app: Flask, people: tuple[Person, Person], withdrawn: str
) -> None:
    told = people[0].post("/bureau/decisions/check", layout=LEGAL, **filled(CHANGED)).get_json()
    assert "因被依法变更已经撤回" in told["whole"][0]["message"]
    answer = send(people[0], NEW, "hand-in", filled(CHANGED))
    assert answer.location.startswith("/bureau/submissions/")
    people[1].post(f"{answer.location}/publish")
    work(app)
    assert states(app) == [(1, "ended"), (3, "published")]


def test_what_fell_altogether_is_not_handed_in_by_hand(
    app: Flask, people: tuple[Person, Person], record: str
) -> None:
    withdraw(app, people, record, "void")
    told = people[0].post("/bureau/decisions/check", layout=LEGAL, **filled(CHANGED)).get_json()
    assert "已经终止公示，不能再报" in told["outcome"][1]
    answer = send(people[0], NEW, "hand-in", filled(CHANGED))
    assert answer.location.startswith("/bureau/decisions/")
    assert "不能再报" in people[0].get(answer.location).text
