"""Entries of lists whose penalty can still be appealed against: an answer has to say so.

河南省社会信用条例 第20条: a penalty is not used for joint punishment until its term has run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.appeals import appeal_until
from credit_site.domain.rulebook import Rulebook
from credit_site.models import ListingCase, ListingFact, Record


def appeals_running(
    session: Session, rulebook: Rulebook, record_ids: Collection[int], today: date
) -> dict[int, date]:
    """By the number of an entry the last day of a term that still runs, the latest of several."""
    found: dict[int, date] = {}
    for number, served_on in _served(session, record_ids):
        until = appeal_until(served_on, rulebook)
        if until is not None and until >= today:
            found[number] = max(until, found.get(number, until))
    return found


def _served(session: Session, record_ids: Collection[int]) -> Iterator[tuple[int, date]]:
    """Entries, each with the day from which the term of a penalty it rests on counts.

    Of one decided together with the entry that is the service of both; of one on record the day of
    its decision, as that of its service is not known.
    """
    case = select(ListingCase.record_id, ListingCase.served_on, ListingCase.decided_on).where(
        ListingCase.record_id.in_(record_ids), ListingCase.penalty_number != ""
    )
    for number, served_on, decided_on in session.execute(case):
        day = served_on or decided_on
        if number is not None and day is not None:
            yield number, day
    facts = (
        select(ListingCase.record_id, Record.decided_on)
        .join(ListingFact, ListingFact.case_id == ListingCase.id)
        .join(Record, Record.id == ListingFact.record_id)
        .where(ListingCase.record_id.in_(record_ids))
    )
    for number, decided_on in session.execute(facts):
        if number is not None and decided_on is not None:
            yield number, decided_on
