"""Sudden rises and repeat offenders, from small worlds; what was done about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.models import AuditEvent
from credit_site.services.assessment.noting import note_warning, notes_on
from credit_site.services.assessment.repeats import Repeated, repeat_offenders
from credit_site.services.assessment.rises import RiseMemory, sudden_rises
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.domain.penalty_rows import invented_uscc
from tests.services.assessment.conftest import at
from tests.support.entries import CODE, penalty, person, saying
from tests.support.publishing import Desk
from tests.web.invented import listed

BOOK = load_rulebook()
TODAY = date(2026, 6, 15)
MAY = CalendarMonth(2026, 5)


def goods(number: int, month: CalendarMonth, field: str = "酒类", division: str = "") -> Entry:
    """A decision of a month about goods of a field."""
    entry = penalty(
        number, decided_on=month.first, division=division, uscc="", subject_key=str(number)
    )
    return saying(entry, product_field=field)


def world(desk: Desk, field: str, counts: dict[int, int], division: str = "") -> None:
    """Publishes so many decisions of months so far back from June 2026."""
    june, entries = CalendarMonth(2026, 6), list[Entry]()
    for back, count in counts.items():
        for _ in range(count):
            desk.files += 1
            entries.append(goods(1000 + desk.files, june.plus(-back), field, division))
    desk.now = at(6, 14)
    desk.publish(*entries)


def rising(session: Session, today: date = TODAY) -> list[tuple[str, str, str, int]]:
    found = sudden_rises(session, BOOK, today)
    return [(one.kind, one.key, str(one.month), one.number) for one in found]


def test_a_field_that_rises_above_its_usual_months_is_found(desk: Desk, session: Session) -> None:
    steady = dict.fromkeys(range(1, 14), 2)
    world(desk, "食品", steady)
    world(desk, "酒类", steady | {1: 9})
    assert rising(session) == [("field", "酒类", "2026-05", 9)]
    (rise,) = sudden_rises(session, BOOK, TODAY)
    assert rise.before == (2,) * 12
    assert rise.usual.median == 2


def test_the_running_month_is_watched_as_well(desk: Desk, session: Session) -> None:
    world(desk, "酒类", dict.fromkeys(range(1, 14), 1) | {0: 6})
    assert rising(session) == [("field", "酒类", "2026-06", 6)]


def test_a_division_is_watched_like_a_field(desk: Desk, session: Session) -> None:
    world(desk, "", dict.fromkeys(range(1, 14), 2) | {1: 9}, "410105")
    assert rising(session) == [("division", "410105", "2026-05", 9)]


def test_without_six_months_of_history_nothing_is_said(desk: Desk, session: Session) -> None:
    world(desk, "酒类", {1: 9, 2: 1, 6: 1})
    assert rising(session) == []
    assert sudden_rises(session, BOOK, date(2020, 1, 1)) == []


def test_what_has_expired_still_counts_and_what_was_void_does_not(
    desk: Desk, session: Session
) -> None:
    world(desk, "酒类", dict.fromkeys(range(2, 14), 1) | {1: 8})
    for number, reason in enumerate([EndReason.EXPIRED] * 8, 13):
        end_record(session, desk.vault, number, reason, "clerk", at(6, 14))
    assert rising(session) == [("field", "酒类", "2026-05", 8)]


def test_what_was_revoked_or_wrong_is_no_rise(desk: Desk, session: Session) -> None:
    world(desk, "酒类", dict.fromkeys(range(2, 14), 1) | {1: 8})
    for number, reason in enumerate([EndReason.REVOKED, EndReason.ERROR] * 4, 13):
        end_record(session, desk.vault, number, reason, "clerk", at(6, 14))
    assert rising(session) == []


def test_rises_are_worked_out_again_when_the_ledger_moves_on(desk: Desk, session: Session) -> None:
    memory = RiseMemory()
    world(desk, "酒类", dict.fromkeys(range(1, 14), 1))
    assert memory.rises(session, BOOK, TODAY) == []
    assert memory.rises(session, BOOK, TODAY) is memory.rises(session, BOOK, TODAY)
    world(desk, "酒类", {1: 8})
    assert len(memory.rises(session, BOOK, TODAY)) == 1


def repeated(desk: Desk, today: date = TODAY) -> list[Repeated]:
    return repeat_offenders(desk.session, desk.vault, BOOK, today)


def test_three_penalties_in_a_year_make_a_repeat_offender(desk: Desk) -> None:
    other = invented_uscc(7)
    desk.publish(
        penalty(1, decided_on=date(2025, 6, 16)),
        penalty(2, decided_on=date(2026, 1, 6)),
        penalty(3, decided_on=date(2026, 5, 6)),
        *(penalty(number, uscc=other, subject_key=other) for number in (4, 5)),
        *(person(number) for number in (6, 7, 8)),
        *(listed(number) for number in (9, 10, 11)),
    )
    (found,) = repeated(desk)
    assert (found.uscc, found.number) == (CODE, 3)
    assert [record.id for record in found.records] == [3, 2, 1]
    assert repeated(desk, date(2026, 6, 16)) == [], "the first is more than a year old"


def test_what_has_ended_is_no_evidence_any_more(desk: Desk) -> None:
    desk.publish(penalty(1), penalty(2), penalty(3), penalty(4))
    end_record(desk.session, desk.vault, 2, EndReason.REPAIRED, "clerk", desk.now)
    (found,) = repeated(desk)
    assert [record.id for record in found.records] == [4, 3, 1]
    end_record(desk.session, desk.vault, 3, EndReason.REPAIRED, "clerk", desk.now)
    assert repeated(desk) == []


def test_a_note_is_kept_with_its_count_and_audited(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1), penalty(2), penalty(3))
    (found,) = repeated(desk)
    assert CODE not in found.about, "a note does not tell whose it is"
    note_warning(session, found.about, 3, " 已转 市场监管局核查 ", "account:1", at(6, 15))
    (note,) = notes_on(session, [found.about])[found.about]
    assert (note.number, note.words, note.actor) == (3, "已转 市场监管局核查", "account:1")
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "warning_noted"))
    assert event.subject == f"warning/{found.about}"


def test_a_note_says_something_and_no_number_of_a_person(
    session: Session, id_number: Callable[..., str]
) -> None:
    for words in ("  ", "字" * 1001, f"已约谈 {id_number()}"):
        with pytest.raises(NotPossible):
            note_warning(session, "field/酒类/2026-05", 3, words, "account:1", at(6, 15))
    assert notes_on(session, ["field/酒类/2026-05"]) == {}
