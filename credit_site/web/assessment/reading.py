"""What pages and downloads of reports share: finding one, saying it."""

from __future__ import annotations

from functools import lru_cache

from flask import abort, current_app

from credit_site.domain.assessment.document import Assessment
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.assessment.rises import Rise, RiseMemory
from credit_site.services.assessment.views import ReportView, published
from credit_site.web.presenters.assessment import AssessmentPresenter


@lru_cache(maxsize=1)
def presenter() -> AssessmentPresenter:
    """Says assessments with the rulebook's words."""
    return AssessmentPresenter(load_rulebook())


def found_report(month: str, version: int = 0) -> tuple[ReportView, Assessment]:
    """A published report (0: its newest version) with its frozen figures; else 404."""
    read = CalendarMonth.read(month)
    one = published(db.session(), read, version) if read is not None else None
    if one is None or one.found is None:
        abort(404)
    return one, one.found


def rises() -> list[Rise]:
    """Sudden rises as of today, worked out once for each state of the ledger."""
    memory = current_app.extensions.setdefault("credit_site_rises", RiseMemory())
    assert isinstance(memory, RiseMemory)
    return memory.rises(db.session(), load_rulebook(), clock.today())
