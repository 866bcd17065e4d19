"""A penalty ends as repaired on the desk on the conditions of an application, or as mirrored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from flask import Flask

from credit_site.domain.entries import Entry
from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.extensions import clock, db, vault
from credit_site.models import AuditEvent, LedgerEntry, Record, State
from tests.services.matters.acting import bring, step
from tests.support.entries import penalty
from tests.support.people import Person
from tests.support.publishing import Desk

DESK = "/bureau/records/1"
SAID = {"reason": "当事人已整改", "document": "郑市监修〔2026〕9号", "day": "2026-05-29"}
ELSEWHERE = SAID | {"document": "国信修〔2026〕9号", "why": "repaired_elsewhere", "sure": "1"}
NEVER = replace(
    penalty(1),
    rule="publication_periods_market_supervision/2021-09-01",
    publication_start=date(2025, 2, 6),
)
STOPPED = replace(NEVER, content={**NEVER.content, "penalty_types": ["责令停产停业"]})


def _pdf() -> tuple[BytesIO, str]:
    return BytesIO(b"%PDF-1.7 decision"), "x.pdf"


@pytest.fixture
def publish_one(app: Flask) -> None:
    _publish(app, penalty(1))


def _publish(app: Flask, entry: Entry) -> None:
    with app.app_context():
        Desk(db.session(), vault(), clock.now()).publish(entry)
        db.session.remove()


def _state(app: Flask) -> str:
    with app.app_context():
        return db.session().query(Record).one().state


def test_before_its_earliest_day_no_bureau_ends_a_penalty_as_repaired(
    app: Flask, reviewer: Person, publish_one: None
) -> None:
    assert "最早可以在 2026-08-06 申请" in reviewer.get(DESK).text
    answer = reviewer.post(f"{DESK}/end", why="repaired", **SAID)
    assert answer.status_code == 422
    assert "还没有到可以申请的时间" in answer.text
    assert 'value="当事人已整改"' in answer.text
    assert _state(app) == State.PUBLISHED


def test_from_that_day_on_it_does(app: Flask, reviewer: Person) -> None:
    _publish(app, replace(penalty(1), publication_start=date(2026, 2, 6)))
    assert reviewer.post(f"{DESK}/end", why="repaired", **SAID).status_code == 303
    assert "原因：信用修复" in app.test_client().get("/records/1").text


def test_a_decision_of_before_that_day_and_a_second_door_are_refused(
    app: Flask, reviewer: Person
) -> None:
    _publish(app, replace(penalty(1), publication_start=date(2026, 2, 6)))
    early = reviewer.post(f"{DESK}/end", why="repaired", **SAID | {"day": "2026-03-05"})
    assert "早于可以修复的第一天 2026-05-06" in early.text
    with app.app_context():
        desk = Desk(db.session(), vault(), clock.now())
        bring(desk, MatterKind.REPAIR, clock.now())
        db.session.remove()
    answer = reviewer.post(f"{DESK}/end", why="repaired", **SAID)
    assert (answer.status_code, "有一件信用修复申请正在办理" in answer.text) == (422, True)
    assert _state(app) == State.PUBLISHED


def test_who_comes_after_a_grant_is_told_that_it_was_one_and_why_the_record_ended(
    app: Flask, reviewer: Person
) -> None:
    _publish(app, replace(penalty(1), publication_start=date(2026, 2, 6)))
    with app.app_context():
        desk = Desk(db.session(), vault(), clock.now())
        number, _ = bring(desk, MatterKind.REPAIR, clock.now())
        for action in (MatterAction.ACCEPT, MatterAction.UPHOLD):
            step(desk, number, action, clock.now())
        db.session.remove()
    page = reviewer.post(f"{DESK}/end", why="repaired", **SAID).text
    assert "办理：准予修复，终止公示（信用修复，决定〔2026〕1号）。" in page


def test_what_may_never_be_repaired_is_not_repaired_on_the_desk_either(
    app: Flask, reviewer: Person
) -> None:
    _publish(app, STOPPED)
    answer = reviewer.post(f"{DESK}/end", why="repaired", **SAID)
    assert answer.status_code == 422
    assert "有“责令停产停业”的，按规定不能提前终止公示" in answer.text
    assert _state(app) == State.PUBLISHED


def test_a_repair_decided_elsewhere_is_mirrored_on_its_document_and_said_as_such(
    app: Flask, reviewer: Person, publish_one: None
) -> None:
    assert "请附上修复决定书" in reviewer.post(f"{DESK}/end", **ELSEWHERE).text
    early = ELSEWHERE | {"day": "2026-01-05"}
    assert "早于处罚决定" in reviewer.post(f"{DESK}/end", **early, file=_pdf()).text
    assert _state(app) == State.PUBLISHED
    assert reviewer.post(f"{DESK}/end", **ELSEWHERE, file=_pdf()).status_code == 303
    said = "信用修复，由国家或者省的信用修复系统决定"
    public = app.test_client().get("/records/1")
    assert public.status_code == 410
    assert said in public.text
    page = reviewer.get(DESK).text
    assert f"终止公示：{said}" in page
    assert "在期限（2026-06-03）以内" in page
    with app.app_context():
        last = db.session().query(LedgerEntry).order_by(LedgerEntry.seq.desc()).first()
        assert last is not None
        assert last.reason == "repaired_elsewhere"
        event = db.session().query(AuditEvent).filter_by(action="end").one()
        assert '"why":"repaired_elsewhere"' in event.details
        assert "国信修〔2026〕9号" in event.details


def test_a_repair_mirrored_late_is_written_down_and_told_as_late(
    app: Flask, reviewer: Person, publish_one: None
) -> None:
    reviewer.post(f"{DESK}/end", **ELSEWHERE | {"day": "2026-05-20"}, file=_pdf())
    page = reviewer.get(DESK).text
    assert "应当在2026年5月25日前办，已经超期" in page, "told at once"
    again = reviewer.get(DESK).text
    assert "已经超期" not in again
    facts, _, deeds = again.partition("办理经过")
    for part in (facts, deeds):
        assert "超过期限，应在 2026-05-25 前" in part
    assert "文书附件</a> <span" in deeds, "the tag stands apart from the link"


def test_a_repair_mirrored_in_time_is_not_called_late(
    app: Flask, reviewer: Person, publish_one: None
) -> None:
    reviewer.post(f"{DESK}/end", **ELSEWHERE, file=_pdf())
    assert "超" not in reviewer.get(DESK).text.partition("办理经过")[0]


@pytest.mark.parametrize("document", ["x", "1", "修复决定书", "2026年第1号", "12345678"])
def test_another_systems_decision_has_a_whole_number(
    app: Flask, reviewer: Person, publish_one: None, document: str
) -> None:
    answer = reviewer.post(f"{DESK}/end", **ELSEWHERE | {"document": document}, file=_pdf())
    assert (answer.status_code, "请写全修复决定的文号或者编号" in answer.text) == (422, True)
    assert _state(app) == State.PUBLISHED


@pytest.mark.parametrize("document", ["国信修[2026]9号", "XF202605290001"])
def test_a_number_may_be_written_in_the_ways_of_bureaus_and_of_systems(
    app: Flask, reviewer: Person, publish_one: None, document: str
) -> None:
    answer = reviewer.post(f"{DESK}/end", **ELSEWHERE | {"document": document}, file=_pdf())
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (STOPPED, "处罚种类有“责令停产停业”的，按规定不能提前终止公示"),
        (penalty(1), "最早可以修复的日期是 2026-08-06"),
    ],
)
def test_where_by_the_rules_there_is_no_repair_the_decision_is_asked_about_again(
    app: Flask, reviewer: Person, entry: Entry, why: str
) -> None:
    _publish(app, entry)
    unsure = {name: text for name, text in ELSEWHERE.items() if name != "sure"}
    answer = reviewer.post(f"{DESK}/end", **unsure, file=_pdf())
    assert answer.status_code == 422
    assert "请再核对这份修复决定" in answer.text
    assert why in answer.text
    assert 'value="国信修〔2026〕9号"' in answer.text
    assert _state(app) == State.PUBLISHED
    assert reviewer.post(f"{DESK}/end", **ELSEWHERE, file=_pdf()).status_code == 303
