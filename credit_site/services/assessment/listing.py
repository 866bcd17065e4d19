"""Counts of lists: cases begun, entries made and removed, by bureau and division.

Entries are counted from the ledger, whether they came by a case or by a file. What a bureau only
repeats of lists from elsewhere it has neither made nor removed.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count
from credit_site.domain.divisions import division_of
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Action, LedgerEntry, ListingCase, Record
from credit_site.services.assessment.board import Board, Window
from credit_site.services.honours import UNFOUNDED
from credit_site.services.listing_cases.repairing import on_own_list

_MOVES = {Action.PUBLISH: Count.CASES_LISTED, Action.END: Count.CASES_REMOVED}


def count_lists(session: Session, board: Board, window: Window, rulebook: Rulebook) -> None:
    """Cases that went on from a candidate in the month, and who came on a list or left one.

    An ending whose reason is told anew is none.
    """
    _count_begun(session, board, window, rulebook)
    lists = [slug for slug in rulebook.lists if on_own_list(rulebook, slug)]
    query = (
        select(Record.agency, Record.division, LedgerEntry.action, func.count())
        .join(Record, Record.id == LedgerEntry.record_id)
        .where(
            LedgerEntry.seq > window.span.since,
            LedgerEntry.seq <= window.span.until,
            LedgerEntry.action.in_([action.value for action in _MOVES]),
            LedgerEntry.reason != UNFOUNDED,
            Record.list_name.in_(lists),
        )
        .group_by(Record.agency, Record.division, LedgerEntry.action)
    )
    for agency, division, action, number in session.execute(query):
        board.add(agency, division, _MOVES[Action(action)], number)


def _count_begun(session: Session, board: Board, window: Window, rulebook: Rulebook) -> None:
    """A case has the division that its entry would have (``EntryMaker``)."""
    query = select(ListingCase.agency, ListingCase.uscc).where(
        ListingCase.left_on.between(window.month.first, window.month.last)
    )
    for slug, uscc in session.execute(query):
        agency = rulebook.agencies.get(slug)
        name = agency.name if agency else ""
        board.add(slug, division_of(name, uscc[2:8], "", rulebook), Count.CASES_BEGUN)
