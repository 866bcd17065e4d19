"""``/bureau/due``: the decisions of a day that have not been published, wherever they wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, render_template

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import SubmissionState
from credit_site.extensions import db, vault
from credit_site.services import desk_views
from credit_site.services.desk_figures import waiting_rows
from credit_site.services.desk_views import SubmissionView
from credit_site.web.bureau.access import account, needs
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.names import state_tag
from credit_site.web.bureau.submissions import whose
from credit_site.web.desk_parameters import DueParameters
from credit_site.web.paging import pager
from credit_site.web.parameters import LAST_PAGE, read


@dataclass(frozen=True, slots=True)
class DueRow:
    """A decision that waits: whose it is, in which file and row, and where that is shown."""

    view: SubmissionView
    bureau: str
    row: int
    whose: str
    tag: dict[str, str]
    wrong: int
    href: str


@needs(Permission.READ)
def index() -> str:
    """Page by page, the oldest file first."""
    given, me, size = read(DueParameters), account(), desk_views.PAGE
    day = _day(given.day)
    page = min(max(given.page, 1), LAST_PAGE)
    skip, book = (page - 1) * size, load_rulebook()
    places, total = waiting_rows(db.session(), me.agency, book, day, skip, size)
    return render_template(
        "bureau/due.html",
        me=me,
        day=day,
        total=total,
        rows=[line for number, row in places if (line := _line(number, row)) is not None],
        pager=pager(page, total, size, lambda n: f"/bureau/due?day={day}&page={n}"),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)


def _line(number: int, row: int) -> DueRow | None:
    session, book = db.session(), load_rulebook()
    view = desk_views.submission(session, number)
    staged = desk_views.row(session, vault(), book, number, row)
    if view is None or staged is None:
        return None
    page = "/review" if view.state is SubmissionState.SUBMITTED else ""
    return DueRow(
        view,
        bureau_name(view.agency),
        row,
        whose(view, staged),
        state_tag(view),
        sum(issue.level == "error" for issue in staged.issues),
        f"/bureau/submissions/{number}{page}?after={row - 1}#row-{row}",
    )
