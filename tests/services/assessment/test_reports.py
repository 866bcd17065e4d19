"""A report: begun when the month is over, frozen at publication, corrected by a further version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.rulebook import load_rulebook
from credit_site.models import AuditEvent
from credit_site.services.assessment.reports import begin, discard, live, publish, write
from credit_site.services.assessment.views import published, published_months, report, versions
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.services.assessment.conftest import at
from tests.support.entries import penalty
from tests.support.publishing import Desk

BOOK = load_rulebook()
MAY = CalendarMonth(2026, 5)
OFFICE = "account:1"


@pytest.fixture
def may(desk: Desk) -> None:
    """A month with two decisions."""
    desk.now = at(5, 8)
    desk.publish(penalty(1), penalty(2))


def issued(session: Session, note: str = "", day: int = 3) -> int:
    """Drafts and publishes the report of May on a day of June."""
    number = begin(session, BOOK, MAY, OFFICE, at(6, day))
    write(session, number, "五月情况。", note, OFFICE, at(6, day))
    publish(session, BOOK, number, OFFICE, at(6, day))
    return number


def disclosed(session: Session, version: int = 0) -> int:
    view = published(session, MAY, version)
    assert view is not None
    assert view.found is not None
    return view.found.figures.total()[Count.DISCLOSED]


def test_a_month_that_is_not_over_has_no_report(session: Session) -> None:
    for month in (CalendarMonth(2026, 6), CalendarMonth(2027, 1)):
        with pytest.raises(NotPossible, match="过完"):
            begin(session, BOOK, month, OFFICE, at(6, 30))
    begin(session, BOOK, CalendarMonth(2026, 6), OFFICE, at(7, 1, 0))


def test_months_before_the_plan_have_no_rule(session: Session) -> None:
    with pytest.raises(NotPossible, match="没有考核规则"):
        live(session, BOOK, CalendarMonth(2016, 3), date(2026, 6, 1))
    with pytest.raises(NotPossible, match="没有考核规则"):
        begin(session, BOOK, CalendarMonth(2016, 3), OFFICE, at(6, 1))
    with pytest.raises(NotPossible, match="还没有到"):
        live(session, BOOK, CalendarMonth(2026, 7), date(2026, 6, 1))


def test_beginning_twice_is_one_draft_and_nobody_sees_it(session: Session, may: None) -> None:
    number = begin(session, BOOK, MAY, OFFICE, at(6, 3))
    assert begin(session, BOOK, MAY, "account:2", at(6, 4)) == number
    assert published(session, MAY) is None
    assert published_months(session) == []


def test_a_published_report_stands_whatever_happens_to_its_records(
    desk: Desk, session: Session, may: None
) -> None:
    issued(session)
    end_record(session, desk.vault, 1, EndReason.ERROR, "clerk", at(6, 5))
    desk.now = at(6, 6)
    desk.publish(penalty(3))
    view = published(session, MAY)
    assert view is not None
    assert view.found is not None
    assert (view.line.published_on, view.found.as_of) == (date(2026, 6, 3), date(2026, 6, 3))
    assert (disclosed(session), view.foreword) == (2, "五月情况。")


def test_a_published_report_is_neither_changed_nor_given_up(session: Session, may: None) -> None:
    number = issued(session)
    steps: tuple[Callable[[], None], ...] = (
        lambda: write(session, number, "别的", "", OFFICE, at(6, 5)),
        lambda: publish(session, BOOK, number, OFFICE, at(6, 5)),
        lambda: discard(session, number, OFFICE, at(6, 5)),
    )
    for step in steps:
        with pytest.raises(NotPossible, match="不是草稿"):
            step()


def test_a_correction_is_a_further_version_with_a_note(session: Session, may: None) -> None:
    issued(session)
    with pytest.raises(NotPossible, match="更正说明"):
        issued(session, day=9)
    assert disclosed(session) == 2
    issued(session, "补记一个区的数字。", 9)
    assert [(one.version, one.note) for one in versions(session, MAY)] == [
        (2, "补记一个区的数字。"),
        (1, ""),
    ]
    (newest,) = published_months(session)
    assert newest.version == 2
    assert disclosed(session, 1) == 2
    assert published(session, MAY, 3) is None


def test_a_correction_goes_on_from_the_words_of_the_version_before(
    session: Session, may: None
) -> None:
    issued(session)
    draft = report(session, begin(session, BOOK, MAY, OFFICE, at(6, 9)))
    assert draft is not None
    assert (draft.foreword, draft.found) == ("五月情况。", None)


def test_a_draft_that_was_given_up_leaves_no_gap(session: Session, may: None) -> None:
    number = begin(session, BOOK, MAY, OFFICE, at(6, 3))
    discard(session, number, OFFICE, at(6, 3))
    assert report(session, number) is None
    issued(session)
    assert [one.version for one in versions(session, MAY)] == [1]


def test_nobody_is_named_in_a_report(
    session: Session, may: None, id_number: Callable[..., str]
) -> None:
    number = begin(session, BOOK, MAY, OFFICE, at(6, 3))
    for text in ("例如郑州某某食品有限公司受到处罚。", f"当事人 {id_number()}"):
        with pytest.raises(NotPossible):
            write(session, number, text, "", OFFICE, at(6, 3))
    write(session, number, "某食品企业受到处罚。", "", OFFICE, at(6, 3))


def test_who_was_published_after_the_words_were_written_is_found_at_publication(
    desk: Desk, session: Session
) -> None:
    number = begin(session, BOOK, MAY, OFFICE, at(6, 3))
    write(session, number, "郑州某某食品有限公司。", "", OFFICE, at(6, 3))
    desk.now = at(6, 4)
    desk.publish(penalty(1))
    with pytest.raises(NotPossible, match="某企业"):
        publish(session, BOOK, number, OFFICE, at(6, 5))


def test_every_step_is_in_the_audit_log(session: Session, may: None) -> None:
    issued(session)
    issued(session, "改正。", 9)
    query = select(AuditEvent.action, AuditEvent.subject).where(AuditEvent.actor == OFFICE)
    assert [tuple(row) for row in session.execute(query.order_by(AuditEvent.id))] == [
        (f"assessment_{deed}", f"assessment/2026-05/{version}")
        for version in (1, 2)
        for deed in ("begun", "written", "published")
    ]


def test_a_month_with_nothing_can_be_reported(session: Session) -> None:
    issued(session)
    assert disclosed(session) == 0
