"""Corrections, endings, withdrawals: counted by bureau and division from ledger and audit log."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.amending import mark_dispute, revoke
from credit_site.services.grounds import Fate, Ground
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import Sealing
from credit_site.services.withdrawals import announce
from tests.services.assessment.conftest import Figures, at
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk

PLACE = ("market-supervision", "410105")


@pytest.fixture
def three(desk: Desk) -> None:
    """Three records, published in May."""
    desk.now = at(5, 8)
    desk.publish(penalty(1), penalty(2), penalty(3))


def ground(day: date) -> Ground:
    return Ground("复议撤销", "郑政复决〔2026〕1号", day)


def take_off(desk: Desk, number: int, decided: date, month: int, day: int) -> None:
    tools = Sealing(desk.vault, load_rulebook())
    where = (Fate.REVOKED, ground(decided), "account:1", at(month, day))
    revoke(desk.session, tools, number, *where)


def test_amendments_are_counted_and_marks_of_objections_are_not(
    desk: Desk, session: Session, three: None, figures: Figures
) -> None:
    desk.now = at(5, 20)
    desk.publish(saying(penalty(1), violation_facts="更正以后"))
    mark_dispute(
        session, desk.vault, 2, ground(date(2026, 5, 20)), "account:1", at(5, 21), disputed=True
    )
    assert figures().cells[PLACE][Count.AMENDED] == 1


def test_endings_are_counted_by_their_reason(
    desk: Desk, session: Session, three: None, figures: Figures
) -> None:
    for number, reason in enumerate((EndReason.ERROR, EndReason.REPAIRED, EndReason.ERROR), 1):
        end_record(session, desk.vault, number, reason, "clerk", at(6, number))
    found = figures("2026-06").cells[PLACE]
    assert (found[Count.ENDED_ERROR], found[Count.ENDED_REPAIRED]) == (2, 1)
    assert figures().cells[PLACE][Count.ENDED_ERROR] == 0


def test_withdrawals_in_and_after_three_working_days(
    desk: Desk, three: None, figures: Figures
) -> None:
    take_off(desk, 1, date(2026, 5, 20), 5, 25)
    take_off(desk, 2, date(2026, 5, 20), 5, 26)
    found = figures().cells[PLACE]
    assert (found[Count.WITHDRAWN_IN_TIME], found[Count.WITHDRAWN_LATE]) == (1, 1)
    assert found[Count.ENDED_REVOKED] == 2
    assert figures("2026-06").cells == {}


def test_what_is_known_to_be_void_and_still_stands_is_overdue(
    desk: Desk, session: Session, three: None, figures: Figures
) -> None:
    announce(session, 1, Fate.VOID, ground(date(2026, 5, 20)), "account:1", at(5, 21))
    announce(session, 2, Fate.VOID, ground(date(2026, 5, 29)), "account:1", at(5, 30))
    assert figures().cells[PLACE][Count.WITHDRAWALS_OVERDUE] == 1
    assert figures("2026-06").cells[PLACE][Count.WITHDRAWALS_OVERDUE] == 2
