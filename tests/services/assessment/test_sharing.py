"""Cases of listing, look-ups, exchange, and rows handed in: each in its month and bureau."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count, MonthFigures
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.permissions import Role
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.models import (
    ExchangeBatch,
    ExchangeChannel,
    ExchangeRow,
    Lookup,
    LookupLine,
    Record,
)
from credit_site.services.assessment.counting import month_figures
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.publication import EndReason, end_record
from tests.services.assessment.conftest import Figures, at
from tests.support.listings import Walk
from tests.support.people import signed_in
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.support.uploads import checked, decision
from tests.web.invented import listed

MARKET = ("market-supervision", "")
JUNE_30 = date(2026, 6, 30)


def test_a_listing_is_counted_in_its_bureau_and_division(
    session: Session, clock: StandingClock, figures: Figures
) -> None:
    way = Walk(ListingTools(session, vault(), load_rulebook()), clock)
    way.open()
    way.listed()
    (division,) = session.scalars(select(Record.division))
    assert division
    found = figures("2026-06")
    (place,) = found.cells
    assert place == ("market-supervision", division)
    counts = found.by_division()[division].counts
    assert (counts[Count.CASES_BEGUN], counts[Count.CASES_LISTED]) == (1, 1)
    assert counts[Count.CASES_REMOVED] == 0
    assert figures().cells == {}


def test_entries_that_came_by_a_file_and_their_endings_count_as_those_of_cases(
    session: Session, clock: StandingClock, figures: Figures
) -> None:
    Desk(session, vault(), clock.now()).publish(
        listed(1), listed(2), listed(3, "published-elsewhere", severity="")
    )
    for number in (1, 3):
        end_record(session, vault(), number, EndReason.EXPIRED, "system", clock.now())
    counts = figures("2026-06").total().counts
    assert (counts[Count.CASES_LISTED], counts[Count.CASES_REMOVED]) == (2, 1)


def looked_up(session: Session, number: int, agency: str, *results: tuple[str, str]) -> None:
    """A receipt with a line for each result and feedback."""
    session.add(
        Lookup(
            id=number, number=f"CX{number}", agency=agency, actor="account:1", at=at(5, 6),
            asked_on=date(2026, 5, 6), purpose="licence", matter_number="1", head_seq=0,
            head_hash=bytes(32), digest=bytes(16),
        )
    )  # fmt: skip
    session.flush()
    for position, (result, outcome) in enumerate(results, 1):
        session.add(
            LookupLine(
                lookup_id=number, position=position, row=position, name="", code="",
                result=result, offered=False, note="", outcome=outcome, measures="", words="",
                told_by="",
            )
        )  # fmt: skip
    session.commit()


def test_look_ups_are_counted_by_subject_and_the_credit_offices_own_are_not(
    session: Session, figures: Figures
) -> None:
    looked_up(session, 1, "health", ("black", "taken"), ("watch", ""), ("none", ""))
    looked_up(session, 2, "", ("black", ""))
    (place, found), *others = figures().cells.items()
    assert not others
    assert place == ("health", "")
    assert (found[Count.LOOKUPS], found[Count.LOOKUP_HITS], found[Count.LOOKUPS_TOLD]) == (3, 2, 1)


def exchanged(session: Session, *rows: tuple[str, datetime | None, datetime | None]) -> None:
    """A batch of one bureau with rows: state, when they were answered, when closed."""
    session.add(
        ExchangeChannel(
            id=1, name="省平台", profile="penalty_2018_legal", target="folder", format="csv",
            folder="x", schedule="daily", hour=1, active=True, position=0, problem="",
            created_by="account:1", created_at=at(5, 1),
        )
    )  # fmt: skip
    session.flush()
    session.add(
        ExchangeBatch(
            id=1, channel_id=1, number=1, name="b", version="v", personal=False, since=0, until=9,
            new=len(rows), changed=0, ended=0, state="delivered", columns="[]", manifest="{}",
            cut_at=at(5, 1),
        )
    )  # fmt: skip
    session.flush()
    for position, (state, answered, closed) in enumerate(rows, 1):
        session.add(
            ExchangeRow(
                batch_id=1, position=position, channel_id=1, record_id=position, agency="health",
                ledger_seq=position, operation="new", ending="", digest=bytes(16), state=state,
                answered_at=answered, closed_at=closed,
            )
        )  # fmt: skip
    session.commit()


def test_what_a_platform_took_in_and_refused_in_the_month(
    session: Session, figures: Figures
) -> None:
    exchanged(
        session,
        ("accepted", at(5, 8), None),
        ("accepted", at(6, 8), None),
        ("refused", at(5, 8), None),
        ("refused", at(5, 9), at(5, 12)),
        ("sent", None, None),
    )
    found = figures().cells["health", ""]
    assert found[Count.EXCHANGE_ACCEPTED] == 1
    assert (found[Count.EXCHANGE_REFUSED], found[Count.EXCHANGE_OPEN]) == (2, 1)


@pytest.fixture
def handed_in(app: Flask) -> int:
    """A file of three rows, two of them wrong; its number."""
    clerk = signed_in(app, Role.CLERK, "market-supervision")
    wrong = [decision(2, legal_basis=""), decision(3, legal_basis="", decision_date="昨天")]
    return checked(app, clerk, [decision(1), *wrong])


def june(app: Flask) -> MonthFigures:
    with app.app_context():
        found = month_figures(db.session(), load_rulebook(), CalendarMonth(2026, 6), JUNE_30)
        db.session.remove()
    return found


def test_rows_are_counted_with_why_they_were_not_taken_in(app: Flask, handed_in: int) -> None:
    found = june(app)
    tally = found.cells[MARKET]
    assert (tally[Count.FILES], tally[Count.ROWS]) == (1, 3)
    assert (tally[Count.ACCEPTED], tally[Count.REJECTED]) == (1, 2)
    assert found.faults["market-supervision"] == Counter(
        {("required", "处罚依据"): 2, ("bad_date", "处罚决定日期"): 1}
    )


def test_a_file_that_was_given_up_is_not_counted(app: Flask, handed_in: int) -> None:
    clerk = signed_in(app, Role.CLERK, "market-supervision", name="another")
    clerk.post(f"/bureau/submissions/{handed_in}/withdraw")
    assert (june(app).cells, june(app).faults) == ({}, {})
