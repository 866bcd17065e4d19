"""``/bureau/assessment``: figures of a month as they stand; reports drafted and published.

A bureau sees its own figures; the credit office writes the report.
"""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.assessment.document import Assessment
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import ReportState
from credit_site.extensions import clock, db
from credit_site.services.assessment import reports
from credit_site.services.assessment.views import ReportView, all_reports, report
from credit_site.services.reviewing import NotPossible
from credit_site.web.assessment.reading import presenter
from credit_site.web.bodies import form_text, form_text_again
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.names import names_of
from credit_site.web.desk_parameters import AssessmentParameters
from credit_site.web.parameters import read

_MONTHS = 24
"""As far back as the list of months reaches; older ones are reached by the address."""


_NO_MONTH = "地址里的月份没有读懂，请从“月份”里选，或者写作 2026-05 的样子。"


@needs(Permission.READ)
def index() -> str:
    """The figures of a month; for who may, the reports."""
    return _index()


@needs(Permission.ASSESS)
def begin() -> AnyResponse | tuple[str, int]:
    """Drafts the report of a month, or a correction of it."""
    month = CalendarMonth.read(form_text("month"))
    if month is None:
        return _index("请选择月份。"), 422
    try:
        number = reports.begin(db.session(), load_rulebook(), month, actor(), clock.now())
    except NotPossible as problem:
        return _index(str(problem)), 422
    return redirect(url_for("bureau.assessment_report", number=number), code=303)


@needs(Permission.ASSESS_READ)
def show(number: int) -> str:
    """A report: the draft with the figures of today, or what was published."""
    return _show(_found(number))


@needs(Permission.ASSESS)
def write(number: int) -> AnyResponse | tuple[str, int]:
    """Keeps foreword and note."""
    found = _found(number)
    try:
        reports.write(
            db.session(), number, form_text("foreword"), form_text("note"), actor(), clock.now()
        )
    except NotPossible as problem:
        foreword, note = form_text_again("foreword"), form_text_again("note")
        return _show(found, str(problem), foreword, note), 422
    flash("已经保存。")
    return redirect(url_for("bureau.assessment_report", number=number), code=303)


@needs(Permission.ASSESS)
def deed(number: int, deed: str) -> AnyResponse:
    """Publishes a draft, or gives it up."""
    found = _found(number)
    try:
        if deed == "discard":
            reports.discard(db.session(), number, actor(), clock.now())
            flash("草稿已经放弃。")
            return redirect(url_for("bureau.assessment"), code=303)
        reports.read_through(form_text(reports.READ))
        reports.publish(db.session(), load_rulebook(), number, actor(), clock.now())
        flash(f"已经发布，数字从此固定。公开的地址是 /assessment/{found.line.month}。")
    except NotPossible as problem:
        flash(str(problem), "error")
    return redirect(url_for("bureau.assessment_report", number=number), code=303)


def _found(number: int) -> ReportView:
    found = report(db.session(), number)
    return found if found is not None else abort(404)


def _index(error: str = "") -> str:
    me, today = account(), clock.today()
    asked, running = read(AssessmentParameters).month, CalendarMonth.of(today)
    month = CalendarMonth.read(asked) or running
    if asked and str(month) != asked:
        error = error or f"{_NO_MONTH}下面是{month.year}年{month.month}月的。"
    found: Assessment | None = None
    try:
        found = reports.live(db.session(), load_rulebook(), month, today)
    except NotPossible as problem:
        error = error or str(problem)
    lines = all_reports(db.session()) if me.may(Permission.ASSESS_READ) else []
    return render_template(
        "bureau/assessment/index.html",
        error=error,
        me=me,
        may=Permission,
        bureau=bureau_name(me.agency),
        month=month,
        months=[running, *reversed(running.before(_MONTHS))],
        over=month < running,
        words=presenter().show(found, me.agency) if found is not None else None,
        reports=lines,
        issued=any(one.month == month and one.published_on for one in lines),
        draft=ReportState.DRAFT,
    )


def _show(
    view: ReportView, error: str = "", foreword: str | None = None, note: str | None = None
) -> str:
    found = view.found or reports.live(
        db.session(), load_rulebook(), view.line.month, clock.today()
    )
    is_draft = view.line.state is ReportState.DRAFT
    return render_template(
        "bureau/assessment/report.html",
        view=view,
        error=error,
        foreword=view.foreword if foreword is None else foreword,
        note=view.line.note if note is None else note,
        paragraphs=view.foreword.splitlines(),
        words=presenter().show(found),
        is_draft=is_draft,
        writes=is_draft and account().may(Permission.ASSESS),
        corrects=not is_draft and account().may(Permission.ASSESS),
        people=names_of([view.line.created_by, view.line.published_by]),
        read_name=reports.READ,
        has_read=reports.HAS_READ,
        titles=(reports.FOREWORD, reports.CORRECTION),
        longest=reports.LONGEST_FOREWORD,
        longest_note=reports.LONGEST_NOTE,
    )
