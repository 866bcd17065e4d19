"""Reports as pages show them: plain views, the figures as they were frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.document import Assessment, thawed
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.states import ReportState
from credit_site.models import AssessmentReport


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A version of a month's report in one line."""

    id: int
    month: CalendarMonth
    version: int
    state: ReportState
    note: str
    created_by: str
    created_at: datetime
    published_by: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with its words; ``found`` is None in a draft, whose figures are still live."""

    line: ReportLine
    foreword: str
    found: Assessment | None


def published_months(session: Session) -> list[ReportLine]:
    """The newest published version of each month, the newest month first."""
    newest = (
        select(AssessmentReport.month, func.max(AssessmentReport.version).label("version"))
        .where(AssessmentReport.state == ReportState.PUBLISHED.value)
        .group_by(AssessmentReport.month)
        .subquery()
    )
    query = (
        select(AssessmentReport)
        .join(
            newest,
            (newest.c.month == AssessmentReport.month)
            & (newest.c.version == AssessmentReport.version),
        )
        .order_by(AssessmentReport.month.desc())
    )
    return [_line(one) for one in session.scalars(query)]


def versions(session: Session, month: CalendarMonth) -> list[ReportLine]:
    """The published versions of a month, the newest first."""
    query = _published(month).order_by(AssessmentReport.version.desc())
    return [_line(one) for one in session.scalars(query)]


def published(session: Session, month: CalendarMonth, version: int = 0) -> ReportView | None:
    """A published version, 0 for the newest; None where there is none."""
    query = _published(month).order_by(AssessmentReport.version.desc()).limit(1)
    if version:
        query = query.where(AssessmentReport.version == version)
    one = session.scalars(query).first()
    return _view(one) if one is not None else None


def all_reports(session: Session, most: int = 60) -> list[ReportLine]:
    """Drafts and published ones, the newest month and version first."""
    query = select(AssessmentReport).order_by(
        AssessmentReport.month.desc(), AssessmentReport.version.desc()
    )
    return [_line(one) for one in session.scalars(query.limit(most))]


def report(session: Session, number: int) -> ReportView | None:
    """One report, draft or not; None where there is none."""
    one = session.get(AssessmentReport, number)
    return _view(one) if one is not None else None


def _published(month: CalendarMonth) -> Select[AssessmentReport]:
    return select(AssessmentReport).where(
        AssessmentReport.month == str(month),
        AssessmentReport.state == ReportState.PUBLISHED.value,
    )


def _line(one: AssessmentReport) -> ReportLine:
    month = CalendarMonth.read(one.month)
    assert month is not None, "a report is of a month"
    return ReportLine(
        one.id,
        month,
        one.version,
        ReportState(one.state),
        one.note,
        one.created_by,
        one.created_at,
        one.published_by,
        one.published_on,
    )


def _view(one: AssessmentReport) -> ReportView:
    return ReportView(_line(one), one.foreword, _thawed(one.figures) if one.figures else None)


@lru_cache(maxsize=24)
def _thawed(text: str) -> Assessment:
    return thawed(text)
