"""Reports of a month: drafted, published and frozen, corrected by a further version."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.document import Assessment, assess, frozen
from credit_site.domain.assessment.ranking import Method, method_on
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import ReportState
from credit_site.extensions import CITY_TIME
from credit_site.models import AssessmentReport
from credit_site.services.assessment.counting import month_figures
from credit_site.services.assessment.naming import names_nobody
from credit_site.services.audit import note
from credit_site.services.private_facts import without_private_parts
from credit_site.services.reviewing import NotPossible
from credit_site.services.transactions import write_transaction

LONGEST_FOREWORD = 5_000
LONGEST_NOTE = 1_000
FOREWORD, CORRECTION = "前言和点评", "更正说明"
READ = "read_through"
HAS_READ = "已经逐字看过保存的前言和说明：没有企业和个人的名称，没有住址、电话、账号等个人信息"


def live(session: Session, rulebook: Rulebook, month: CalendarMonth, today: date) -> Assessment:
    """The assessment of a month as it is today. Raises NotPossible outside the rule's time."""
    method = _method(month, rulebook)
    if month.first > today:
        raise NotPossible("这个月还没有到。")
    figures = month_figures(session, rulebook, month, today)
    return assess(figures, method, month, today)


def begin(
    session: Session, rulebook: Rulebook, month: CalendarMonth, actor: str, now: datetime
) -> int:
    """A draft for a month, or for a correction of its report; the one there is, if there is one.

    Raises NotPossible for a month that is not over, or that no rule covers.
    """
    _method(month, rulebook)
    today = now.astimezone(CITY_TIME).date()
    if month.last >= today:
        raise NotPossible("这个月还没有过完，月底以后再起草通报。")
    with write_transaction(session):
        there = session.scalar(_draft_of(month))
        if there is not None:
            return there
        version = 1 + (session.scalar(_newest_version(month)) or 0)
        report = AssessmentReport(
            month=str(month),
            version=version,
            state=ReportState.DRAFT.value,
            foreword=_foreword_before(session, month, version),
            note="",
            figures="",
            created_by=actor,
            created_at=now,
            published_by="",
        )
        session.add(report)
        session.flush()
        note(session, now, actor, "assessment_begun", _subject(report))
        return report.id


def write(
    session: Session, number: int, foreword: str, correction: str, actor: str, now: datetime
) -> None:
    """Keeps what the credit office says in a draft. Raises NotPossible."""
    _check(session, foreword, correction)
    with write_transaction(session):
        report = _draft(session, number)
        report.foreword, report.note = _tidy(foreword), _tidy(correction)
        note(session, now, actor, "assessment_written", _subject(report))


def discard(session: Session, number: int, actor: str, now: datetime) -> None:
    """Gives a draft up. Raises NotPossible."""
    with write_transaction(session):
        report = _draft(session, number)
        note(session, now, actor, "assessment_discarded", _subject(report))
        session.delete(report)


def publish(session: Session, rulebook: Rulebook, number: int, actor: str, now: datetime) -> None:
    """Freezes the figures of today and shows the report to everybody. Raises NotPossible."""
    month = CalendarMonth.read(_draft(session, number).month)
    assert month is not None, "a report is of a month"
    # Counted before the transaction begins: nobody else has to wait for it.
    found = live(session, rulebook, month, now.astimezone(CITY_TIME).date())
    publish_found(session, number, found, actor, now)


def publish_found(
    session: Session, number: int, found: Assessment, actor: str, now: datetime
) -> None:
    """Publishes a draft with figures that are at hand. Raises NotPossible."""
    with write_transaction(session):
        report = _draft(session, number)
        names_nobody(session, report.foreword, report.note)
        if report.version > 1 and not report.note:
            raise NotPossible("更正已经发布的通报，请写明更正说明。")
        report.figures, report.state = frozen(found), ReportState.PUBLISHED.value
        report.published_by, report.published_at = actor, now
        report.published_on = found.as_of
        said = {"correction": report.note} if report.note else {}
        note(session, now, actor, "assessment_published", _subject(report), **said)


def _method(month: CalendarMonth, rulebook: Rulebook) -> Method:
    try:
        return method_on(month.last, rulebook)
    except RuleNotInForce:
        raise NotPossible("这个月没有考核规则，不能统计。") from None


def _draft(session: Session, number: int) -> AssessmentReport:
    report = session.get(AssessmentReport, number, with_for_update=True)
    if report is None or report.state != ReportState.DRAFT:
        raise NotPossible("这份通报不是草稿：已经发布的不能再改，可以另出更正。")
    return report


def _draft_of(month: CalendarMonth) -> Select[int]:
    return select(AssessmentReport.id).where(
        AssessmentReport.month == str(month), AssessmentReport.state == ReportState.DRAFT.value
    )


def read_through(confirmed: str) -> None:
    """Raises NotPossible where nobody has read what goes out: names only a reader finds."""
    if not confirmed:
        raise NotPossible(f"还没有发布。请确认：{HAS_READ}。")


def _check(session: Session, foreword: str, correction: str) -> None:
    for title, text in ((FOREWORD, foreword), (CORRECTION, correction)):
        if find_personal_numbers(text):
            raise NotPossible(f"“{title}”会公开，里面像是有证件号码，请删去再保存。")
        without_private_parts(text, f"“{title}”")
    names_nobody(session, foreword, correction)
    if len(foreword) > LONGEST_FOREWORD:
        raise NotPossible(f"{FOREWORD}最多 {LONGEST_FOREWORD:,} 字。")
    if len(correction) > LONGEST_NOTE:
        raise NotPossible(f"{CORRECTION}最多 {LONGEST_NOTE:,} 字。")


def _tidy(text: str) -> str:
    """Paragraphs without blanks around, one empty line between what stood apart."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _newest_version(month: CalendarMonth) -> Select[int]:
    return select(func.max(AssessmentReport.version)).where(AssessmentReport.month == str(month))


def _foreword_before(session: Session, month: CalendarMonth, version: int) -> str:
    """What the version before said, to go on from."""
    query = select(AssessmentReport.foreword).where(
        AssessmentReport.month == str(month), AssessmentReport.version == version - 1
    )
    return session.scalar(query) or ""


def _subject(report: AssessmentReport) -> str:
    return f"assessment/{report.month}/{report.version}"
