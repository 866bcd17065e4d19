"""Counts of look-ups and of the exchange with platforms."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count
from credit_site.domain.lookups import GRAVEST
from credit_site.domain.states import RowState
from credit_site.models import ExchangeRow, Lookup, LookupLine
from credit_site.services.assessment.board import Board, Window


def count_lookups(session: Session, board: Board, window: Window) -> None:
    """Subjects that bureaus looked up, on how many they found something, what they told of it."""
    query = (
        select(Lookup.agency, LookupLine.result, LookupLine.outcome, func.count())
        .join(LookupLine, LookupLine.lookup_id == Lookup.id)
        .where(Lookup.asked_on.between(window.month.first, window.month.last), Lookup.agency != "")
        .group_by(Lookup.agency, LookupLine.result, LookupLine.outcome)
    )
    for agency, result, outcome, number in session.execute(query):
        hit = result in GRAVEST
        board.add(agency, "", Count.LOOKUPS, number)
        board.add(agency, "", Count.LOOKUP_HITS, number if hit else 0)
        board.add(agency, "", Count.LOOKUPS_TOLD, number if hit and outcome else 0)


def count_exchange(session: Session, board: Board, window: Window) -> None:
    """Rows that platforms took in or refused in the month; refusals that are still open."""
    answered = (ExchangeRow.answered_at >= window.since, ExchangeRow.answered_at < window.until)
    refused = ExchangeRow.state == RowState.REFUSED.value
    asked: dict[Count, tuple[ColumnElement[bool], ...]] = {
        Count.EXCHANGE_ACCEPTED: (*answered, ExchangeRow.state == RowState.ACCEPTED.value),
        Count.EXCHANGE_REFUSED: (*answered, refused),
        Count.EXCHANGE_OPEN: (answered[1], refused, ExchangeRow.closed_at.is_(None)),
    }
    for count, conditions in asked.items():
        query = select(ExchangeRow.agency, func.count()).where(*conditions)
        for agency, number in session.execute(query.group_by(ExchangeRow.agency)):
            board.add(agency, "", count, number)
