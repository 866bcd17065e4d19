"""All counts of a month together."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import MonthFigures
from credit_site.domain.assessment.ranking import method_on
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.rulebook import Rulebook
from credit_site.services.assessment.answering import count_matters
from credit_site.services.assessment.board import Board, window_of
from credit_site.services.assessment.changing import count_changes, count_withdrawals
from credit_site.services.assessment.disclosing import count_disclosed
from credit_site.services.assessment.handing_in import count_faults, count_handed_in
from credit_site.services.assessment.listing import count_lists
from credit_site.services.assessment.sharing import count_exchange, count_lookups


def month_figures(
    session: Session, rulebook: Rulebook, month: CalendarMonth, today: date
) -> MonthFigures:
    """The counts of a month as they are today. Raises RuleNotInForce before 2016-04."""
    window, board = window_of(session, month, today), Board()
    method = method_on(month.last, rulebook)
    count_disclosed(session, board, window, method, rulebook)
    count_changes(session, board, window)
    count_withdrawals(session, board, window, rulebook)
    count_handed_in(session, board, window)
    count_faults(session, board, window, rulebook)
    count_matters(session, board, window, rulebook)
    count_lists(session, board, window, rulebook)
    count_lookups(session, board, window)
    count_exchange(session, board, window)
    return board.figures()
