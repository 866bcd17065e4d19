"""Look-ups by departments: what is kept, what is shown later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from credit_site.domain.lookups import Outcome, Purpose, Result
from credit_site.extensions import name_directory
from credit_site.models import AuditEvent, Lookup, LookupLine
from credit_site.services.ledger import head
from credit_site.services.lookups.asking import LookupTools, Question, ask
from credit_site.services.lookups.figures import figures, latest
from credit_site.services.matching import Asked
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.services.lookups.questions import (
    BOOK,
    BUREAU,
    NAME,
    OTHER_CODE,
    TODAY,
    asked,
    on_list,
    read,
    tell,
)
from tests.support.entries import CODE, saying
from tests.support.publishing import Desk


def test_the_receipt_says_who_when_why_and_at_which_head_of_the_ledger(desk: Desk) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, NAME))
    found, newest = read(desk, number.lower().replace("-", " ")), head(desk.session)
    assert found.number == number
    assert (found.agency, found.at, found.purpose) == (BUREAU, desk.now, Purpose.LICENCE)
    assert (found.head_seq, found.head_hash) == (newest.seq, newest.own_hash.hex())
    assert found.genuine
    (event,) = desk.session.scalars(select(AuditEvent).where(AuditEvent.action == "look_up"))
    assert event.subject == f"lookup/{number}"


def test_later_entries_of_the_ledger_leave_the_receipt_genuine(desk: Desk) -> None:
    number = asked(desk, Asked(1, "", CODE))
    desk.publish(on_list(1))
    found = read(desk, number)
    assert found.genuine
    assert found.lines[0].result is Result.NONE, "it is what was answered then"


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        (LookupLine, {"result": "none"}),
        (LookupLine, {"name": "别的公司"}),
        (Lookup, {"head_hash": bytes(32)}),
    ],
)
def test_a_receipt_that_was_altered_in_the_database_is_not_genuine(
    desk: Desk, table: type[Lookup | LookupLine], changes: dict[str, object]
) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, NAME))
    desk.session.execute(update(table).values(**changes))
    desk.session.commit()
    assert not read(desk, number).genuine


def test_after_the_end_of_a_record_the_receipt_shows_nothing_of_it(desk: Desk) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, NAME))
    tell(desk, number, "taken", ["no-honours"], "不授予荣誉")
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "account:2", desk.now)
    found = read(desk, number)
    (line,) = found.lines
    assert found.genuine
    assert found.changed
    assert (line.result, line.entries, line.measures) == (Result.CHANGED, (), ())
    assert line.feedback is not None
    assert (line.feedback.measures, line.feedback.words) == ((), "")


def test_after_its_last_day_a_record_is_gone_from_the_receipt_as_well(desk: Desk) -> None:
    desk.publish(on_list(1, publication_end=TODAY))
    number = asked(desk, Asked(1, NAME))
    assert read(desk, number).lines[0].result is Result.BLACK
    assert read(desk, number, date(2026, 6, 2)).lines[0].result is Result.CHANGED


def test_an_amended_record_changes_the_answer(desk: Desk) -> None:
    entry = on_list(1)
    desk.publish(entry)
    number = asked(desk, Asked(1, NAME))
    desk.publish(saying(entry, facts="更正以后的事实"))
    assert read(desk, number).lines[0].result is Result.CHANGED


@pytest.mark.parametrize(
    ("purpose", "matter", "said"),
    [
        ("", "1", "用途"),
        ("fun", "1", "用途"),
        ("licence", " ", "编号"),
        ("licence", "号" * 101, "100"),
    ],
)
def test_without_purpose_and_matter_number_nothing_is_answered(
    desk: Desk, purpose: str, matter: str, said: str
) -> None:
    with pytest.raises(NotPossible, match=said):
        asked(desk, Asked(1, NAME), purpose=purpose, matter=matter)
    assert latest(desk.session, BUREAU) == []


def test_a_persons_number_in_the_matter_number_is_refused(
    desk: Desk, id_number: Callable[..., str]
) -> None:
    with pytest.raises(NotPossible, match="受理号"):
        asked(desk, Asked(1, NAME), matter=id_number())


def test_more_than_a_thousand_subjects_are_too_many(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="1,000"):
        asked(desk, *(Asked(row, "", CODE) for row in range(1_001)))


def test_a_batch_is_one_receipt_with_a_line_each(desk: Desk) -> None:
    desk.publish(on_list(1), on_list(2, "trustworthy", uscc=OTHER_CODE, subject_key=OTHER_CODE))
    number = asked(desk, Asked(2, "", CODE), Asked(3, "", OTHER_CODE), Asked(4, "没有的有限公司"))
    found = read(desk, number)
    assert [line.result for line in found.lines] == [Result.BLACK, Result.RED, Result.UNCLEAR]
    assert [line.row for line in found.lines] == [2, 3, 4]
    end_record(desk.session, desk.vault, 1, EndReason.REVOKED, "account:2", desk.now)
    assert [line.result for line in read(desk, number).lines] == [
        Result.CHANGED,
        Result.RED,
        Result.UNCLEAR,
    ]


def test_feedback_names_measures_that_apply_or_gives_a_reason(desk: Desk) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, "", CODE))
    for outcome, *measures in (("",), ("taken",), ("taken", "publication")):
        with pytest.raises(NotPossible):
            tell(desk, number, outcome, measures)
    with pytest.raises(NotPossible, match="理由"):
        tell(desk, number, "not_taken")
    tell(desk, number, "not_taken", words="许可不受影响")
    tell(desk, number, "taken", ["no-honours"])
    feedback = read(desk, number).lines[0].feedback
    assert feedback is not None
    assert (feedback.outcome, feedback.measures) == (Outcome.TAKEN, ("no-honours",))
    assert read(desk, number).genuine


def test_there_is_no_feedback_where_nothing_was_found(desk: Desk) -> None:
    number = asked(desk, Asked(1, "", CODE))
    with pytest.raises(NotPossible, match="没有需要反馈"):
        tell(desk, number, "not_taken", words="没有")


def test_feedback_that_was_corrected_stays_readable_and_the_newest_counts(
    desk: Desk, session: Session
) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, "", CODE))
    tell(desk, number, "taken", ["no-honours"], "取消参评")
    tell(desk, number, "not_taken", words="评选没有举行")
    tell(desk, number, "taken", ["priority-supervision"])
    (line,) = read(desk, number).lines
    assert [(one.outcome, one.measures, one.words) for one in line.told] == [
        (Outcome.TAKEN, ("priority-supervision",), ""),
        (Outcome.NOT_TAKEN, (), "评选没有举行"),
        (Outcome.TAKEN, ("no-honours",), "取消参评"),
    ]
    assert all(one.told_by == "account:1" and one.told_at == desk.now for one in line.told)
    (licence,) = figures(session, BUREAU, date(2026, 1, 1), TODAY)
    assert (licence.taken, licence.not_taken, licence.waiting) == (1, 0, 0)
    end_record(session, desk.vault, 1, EndReason.REPAIRED, "account:9", desk.now)
    (line,) = read(desk, number).lines
    assert {(one.measures, one.words) for one in line.told} == {((), "")}


@pytest.mark.parametrize("agency", ["", "commerce"])
def test_nobody_but_the_bureau_that_asked_gives_feedback(desk: Desk, agency: str) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, "", CODE))
    tell(desk, number, "taken", ["no-honours"])
    with pytest.raises(NotPossible, match="只有查询的单位"):
        tell(desk, number, "not_taken", words="改写", agency=agency)
    (line,) = read(desk, number).lines
    assert [one.outcome for one in line.told] == [Outcome.TAKEN]


def test_how_a_list_was_read_is_part_of_what_makes_a_receipt_genuine(
    desk: Desk, session: Session
) -> None:
    question = Question(
        BUREAU, "account:1", "tender", "1", [Asked(1, "", CODE)], "代码读“税号”列。"
    )
    tools = LookupTools(session, desk.vault, BOOK, name_directory())
    number = ask(tools, question, desk.now)
    assert (read(desk, number).reading, read(desk, number).genuine) == ("代码读“税号”列。", True)
    session.execute(update(Lookup).values(reading="名称读“供应商”列。"))
    assert not read(desk, number).genuine


def test_the_year_is_counted_by_purpose_result_and_feedback(desk: Desk, session: Session) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, "", CODE), Asked(2, "", OTHER_CODE))
    asked(desk, Asked(1, "", CODE), purpose="subsidy")
    tell(desk, number, "taken", ["no-honours"])
    licence, subsidy = figures(session, BUREAU, date(2026, 1, 1), TODAY)
    assert licence.purpose is Purpose.LICENCE
    assert (licence.subjects, licence.black, licence.none) == (2, 1, 1)
    assert (licence.taken, licence.waiting, subsidy.waiting) == (1, 0, 1)
    assert figures(session, "commerce", date(2026, 1, 1), TODAY) == []
    assert figures(session, "", date(2025, 1, 1), date(2025, 12, 31)) == []


def test_the_same_feedback_twice_is_one(desk: Desk) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, "", CODE))
    for _ in range(2):
        tell(desk, number, "taken", ["no-honours"], " 取消参评")
    tell(desk, number, "taken", ["no-honours", "no-honours"], "取消参评")
    (line,) = read(desk, number).lines
    assert [one.measures for one in line.told] == [("no-honours",)]


def test_as_what_a_line_stands_in_its_row_is_part_of_what_makes_a_receipt_genuine(
    desk: Desk, session: Session
) -> None:
    number = asked(desk, Asked(2, "", CODE), Asked(2, "", OTHER_CODE, "联合体成员"))
    found = read(desk, number)
    assert [(line.row, line.role) for line in found.lines] == [(2, ""), (2, "联合体成员")]
    assert found.genuine
    session.execute(update(LookupLine).where(LookupLine.position == 1).values(role="联合体成员"))
    assert not read(desk, number).genuine


def test_a_question_sent_twice_leaves_one_receipt(desk: Desk, session: Session) -> None:
    desk.publish(on_list(1))
    first = asked(desk, Asked(1, "", CODE), Asked(2, "", OTHER_CODE))
    assert asked(desk, Asked(1, "", CODE), Asked(2, "", OTHER_CODE)) == first
    assert asked(desk, Asked(1, "", CODE), Asked(2, "", OTHER_CODE), matter="受理 2 号") != first
    assert asked(desk, Asked(1, "", CODE)) != first
    question = Question(BUREAU, "account:1", "licence", "受理 1 号", [Asked(1, "", CODE)])
    tools = LookupTools(session, desk.vault, BOOK, name_directory())
    later = ask(tools, question, desk.now + timedelta(minutes=1))
    assert len({one.number for one in latest(session, BUREAU)} | {later}) == 4
    desk.publish(on_list(2, uscc=OTHER_CODE, subject_key=OTHER_CODE))
    assert asked(desk, Asked(1, "", CODE), Asked(2, "", OTHER_CODE)) != first
