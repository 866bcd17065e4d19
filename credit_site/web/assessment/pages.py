"""Pages of the monthly reports and of sudden rises."""

from __future__ import annotations

from flask import render_template

from credit_site.domain.early_warning import terms_on
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.assessment.views import ReportView, published_months, versions
from credit_site.web.assessment.reading import found_report, presenter, rises
from credit_site.web.describing import described
from credit_site.web.presenters.assessment_print import title_of
from credit_site.web.presenters.early_warnings import WarningPresenter
from credit_site.web.presenters.structured import Crumb

_ABOVE = (Crumb("/assessment/", "情况通报"),)


def index() -> str:
    """All months with a published report, and what it is about."""
    lines = published_months(db.session())
    return render_template("assessment/index.html", lines=lines)


def report(month: str) -> str:
    """The newest version of a month's report."""
    return _page(month, 0)


def version(month: str, version: int) -> str:
    """A version, as it was published."""
    return _page(month, version)


def warnings() -> str:
    """Sudden rises by product field and by division: numbers, and searches that lead on."""
    book, today = load_rulebook(), clock.today()
    words = WarningPresenter(book)
    return render_template(
        "assessment/warnings.html",
        rises=[words.rise(one) for one in rises()],
        terms=terms_on(today, book),
        basis=book.rule("early_warning").on(today).basis,
        **described("/assessment/warnings", "监测预警", _ABOVE),
    )


def _page(month: str, number: int) -> str:
    view, found = found_report(month, number)
    said = described(f"/assessment/{month}", title_of(view), _ABOVE)
    every = versions(db.session(), view.line.month)
    return render_template(
        "assessment/report.html",
        view=view,
        title=title_of(view),
        words=presenter().show(found),
        as_of=found.as_of,
        paragraphs=view.foreword.splitlines(),
        versions=every,
        newest=every[0].version,
        stem=stem_of(view, every[0].version),
        **said,
    )


def stem_of(view: ReportView, newest: int) -> str:
    """The address of a version without ending; the newest is the month's."""
    own = f"/assessment/{view.line.month}"
    return own if view.line.version == newest else f"{own}/versions/{view.line.version}"
