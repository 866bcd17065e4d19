"""Direct publication lets nothing out that may be public already under another spelling."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Record
from tests.domain.penalty_rows import CLEAN, PERSON
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.uploads import Row, decision, table, work
from tests.web.api.described import Described
from tests.web.bureau.conftest import BUREAU
from tests.web.bureau.test_keys import ADDRESS, made, report, send

pytestmark = pytest.mark.both_databases

PLACE = "/bureau/submissions/2"
SPELT = {"decision_number": "郑市监罚〔2026〕01号"}
"""Number 1 as another clerk would write it."""
OTHER_FACTS = {"violation_facts": "未按规定标注配料，货值五百元，责令改正后仍未改正。"}


@pytest.fixture
def direct(app: Flask) -> str:
    """A key of a bureau that publishes directly; no reviewer was shown it."""
    signed_in(app, Role.CREDIT_OFFICE).post("/bureau/direct/grant", agency=BUREAU)
    return made(signed_in(app, Role.REVIEWER, BUREAU, "keeper"))


def handed_in(app: Flask, key: str, *rows: Row, layout: str = "") -> dict[str, object]:
    """Sent by the machine and carried out; the report on it."""
    content = table(rows, layout) if layout else table(rows)
    number = send(app, key, content).get_json()["id"]
    work(app)
    return report(app, key, number)


def held(found: Mapping[str, object]) -> list[tuple[int, str]]:
    """Rows that the report says are held, and why."""
    problems = found["problems"]
    assert isinstance(problems, list)
    return [(one["row"], one["message"]) for one in problems if one["code"] == "held"]


def records(app: Flask) -> int:
    with app.app_context():
        return db.session().query(Record).count()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (SPELT | OTHER_FACTS, "文号只差一点"),
        (SPELT, "文号只差一点，事实几乎相同"),
        ({"decision_number": "郑市监处罚〔2026〕88号"}, "事实几乎相同"),
    ],
)
def test_what_may_be_out_already_waits_alone_while_the_others_go_out(
    app: Flask, direct: str, changes: Row, why: str
) -> None:
    handed_in(app, direct, decision(1))
    found = handed_in(app, direct, decision(2), decision(1, **changes), decision(3))
    assert found["state"] == "submitted"
    assert "'published': 2, 'held': 1" in str(found["counts"])
    ((row, message),) = held(found)
    assert row == 3
    assert f"可能与公示编号 1 的记录重复（同一当事人、同一天，{why}）" in message
    assert "等待审核" in message
    assert records(app) == 3


def test_the_report_is_as_described_and_the_desk_says_the_same(
    app: Flask, direct: str, reviewer: Person
) -> None:
    handed_in(app, direct, decision(1))
    handed_in(app, direct, decision(2), decision(1, **SPELT))
    client = app.test_client()
    answer = client.get(f"{ADDRESS}/2", headers={"Authorization": f"Bearer {direct}"})
    Described.of(client).check("submission", answer)
    log = signed_in(app, Role.AUDITOR).get("/bureau/audit").text
    assert "可能重复的行没有直接发布，等待审核" in log
    page = reviewer.get(PLACE).text
    assert "已经发布 1 行；有 1 行暂不发布，等审核人员决定" in page
    assert "可能与公示编号 1 的记录重复" in page


def test_the_reviewer_lets_it_out_after_all(app: Flask, direct: str, reviewer: Person) -> None:
    handed_in(app, direct, decision(1))
    handed_in(app, direct, decision(2), decision(1, **SPELT))
    assert f'href="{PLACE}' in reviewer.get("/bureau/").text
    page = reviewer.get(f"{PLACE}/review").text
    assert "可能重复（" in page
    assert "没有要发布的行" in page
    assert "0 行新增，0 行变更，1 行暂不发布" in page
    reviewer.post(f"{PLACE}/rows/3/release")
    assert "发布 1 行</button>" in reviewer.get(f"{PLACE}/review").text
    reviewer.post(f"{PLACE}/publish")
    work(app)
    assert (report(app, direct, 2)["state"], records(app)) == ("closed", 3)


def test_the_reviewer_sends_it_back_as_the_same(app: Flask, direct: str, reviewer: Person) -> None:
    handed_in(app, direct, decision(1))
    handed_in(app, direct, decision(1, **SPELT))
    reviewer.post(f"{PLACE}/send-back", reason="同一件决定，文号写法不同，不用再报")
    found = report(app, direct, 2)
    assert (found["state"], records(app)) == ("returned", 1)
    assert found["reason"] == "同一件决定，文号写法不同，不用再报"


def test_of_two_rows_of_one_file_the_first_goes(app: Flask, direct: str) -> None:
    found = handed_in(app, direct, decision(1), decision(1, **SPELT), decision(2))
    ((row, message),) = held(found)
    assert row == 3
    assert "可能与本文件第 2 行重复" in message
    assert records(app) == 2


def test_files_that_came_at_the_same_time_are_compared_as_well(app: Flask, direct: str) -> None:
    send(app, direct, table([decision(1)]))
    send(app, direct, table([decision(1, **SPELT)]))
    work(app)
    assert report(app, direct, 1)["state"] == "closed"
    assert len(held(report(app, direct, 2))) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"decision_number": "郑市监处罚〔2026〕2号", **OTHER_FACTS},
        SPELT | {"decision_date": "2026-05-07"},
        {"decision_number": "郑市监处罚〔2026〕99号", "decision_date": "2026-05-08"},
    ],
)
def test_another_decision_against_the_same_company_goes_out(
    app: Flask, direct: str, other: Row
) -> None:
    handed_in(app, direct, decision(1))
    found = handed_in(app, direct, decision(1, **other))
    assert (found["state"], held(found), records(app)) == ("closed", [], 2)


def test_another_company_under_nearly_the_same_number_goes_out(app: Flask, direct: str) -> None:
    handed_in(app, direct, decision(1))
    found = handed_in(app, direct, decision(2, **SPELT))
    assert (found["state"], records(app)) == ("closed", 2)


def test_what_changes_its_own_record_is_no_repeat_of_others(app: Flask, direct: str) -> None:
    handed_in(app, direct, decision(1))
    handed_in(app, direct, decision(1, **OTHER_FACTS, decision_number="郑市监处罚〔2026〕2号"))
    found = handed_in(app, direct, decision(1, remarks="补充"))
    assert (found["state"], held(found)) == ("closed", [])


def person(number: int, name: str, **changes: str) -> Row:
    """A decision against somebody; shown are only surname and asterisks."""
    return {
        **CLEAN[PERSON],
        "counterparty_name": name,
        "counterparty_document_type": "身份证",
        "counterparty_document_number": invented_id_number(number),
        "decision_number": f"郑市监处罚〔2026〕{number}号",
        **changes,
    }


def test_persons_are_told_apart_by_what_is_sealed(app: Flask, direct: str) -> None:
    handed_in(app, direct, person(1, "张某甲"), layout=PERSON)
    same_shown = person(2, "张某乙", decision_number="郑市监罚〔2026〕01号")
    found = handed_in(app, direct, same_shown, layout=PERSON)
    assert (found["state"], records(app)) == ("closed", 2)
    again = person(1, "张某甲", decision_number="郑市监罚〔2026〕01号")
    found = handed_in(app, direct, again, layout=PERSON)
    ((_, message),) = held(found)
    assert "张某甲" not in message
    assert invented_id_number(1) not in str(found)
    assert records(app) == 2


def test_where_the_rule_does_not_name_it_nothing_is_held(
    app: Flask, direct: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("credit_site.services.machines.held_for_review", lambda *_: frozenset())
    handed_in(app, direct, decision(1))
    found = handed_in(app, direct, decision(1, **SPELT))
    assert (found["state"], records(app)) == ("closed", 2)
