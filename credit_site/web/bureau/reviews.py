"""``/bureau/submissions/…/review``: what each row would change in public, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.issues import Issue
from credit_site.domain.permissions import Permission
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.severity import Severity
from credit_site.domain.states import StagedState, SubmissionState
from credit_site.extensions import clock, db, vault
from credit_site.services import desk_views, reviewing
from credit_site.services.comparing import Standing, alike, standing
from credit_site.services.desk_views import RowView
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import form_text
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.names import names_of
from credit_site.web.bureau.submissions import found
from credit_site.web.frame import words
from credit_site.web.parameters import SubmissionParameters, read
from credit_site.web.presenters.words import SEVERITIES

SHOWN = {"": "全部", "new": "新增", "changed": "变更", "flagged": "需要留意", "held": "暂不发布"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field: what it says in public now, and what it would say."""

    title: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row before the reviewer's eyes."""

    row: RowView
    subject: str
    number: str
    fields: tuple[FieldChange, ...]
    same: int
    severity: str
    start: date
    end: date | None
    rule: str
    withheld: str
    standing: Standing | None
    alike: tuple[Standing, ...]
    issues: tuple[Issue, ...]
    looks_personal: bool


@needs(Permission.READ)
def review(number: int) -> str:
    """The rows of a submission with what each would change."""
    view, given = found(number), read(SubmissionParameters)
    rows = _rows(number, given)
    before = standing(db.session(), [row.key for row in rows if row.key is not None])
    me = account()
    own_work = me.actor in (view.actor, view.submitted_by)
    submitted = view.state is SubmissionState.SUBMITTED
    return render_template(
        "bureau/review.html",
        one=view,
        bureau=bureau_name(view.agency),
        people=names_of((view.actor, view.submitted_by)),
        rows=[_review_row(row, before.get(row.key or b"")) for row in rows],
        counts=desk_views.row_states(db.session(), number),
        waiting=reviewing.uncleared_rows(db.session(), number),
        given=given,
        shown=SHOWN,
        more=rows[-1].number if len(rows) == desk_views.PAGE else 0,
        own_work=own_work,
        may_decide=submitted and me.may(Permission.REVIEW) and not own_work,
        severities=[(name.value, SEVERITIES[name.value]) for name in Severity],
    )


@needs(Permission.REVIEW)
def decide(number: int, deed: str) -> AnyResponse:
    """Publishes all rows that are not held back, or sends the submission back."""
    found(number)
    session, now = db.session(), clock.now()
    try:
        if deed == "publish":
            reviewing.publish(session, number, actor(), now)
        else:
            reviewing.send_back(session, number, form_text("reason"), actor(), now)
            flash("已经退回，报送人会在工作台上看到理由。")
    except NotPossible as problem:
        flash(str(problem), "error")
        return redirect(url_for("bureau.review", number=number), code=303)
    return redirect(url_for("bureau.submission", number=number), code=303)


@needs(Permission.REVIEW)
def decide_row(number: int, row: int, deed: str) -> AnyResponse:
    """Holds a row back, lets it go, clears what looks personal, or decides on its severity."""
    found(number)
    try:
        _decide_row(number, row, deed)
    except NotPossible as problem:
        flash(str(problem), "error")
    given = read(SubmissionParameters)
    address = url_for(
        "bureau.review",
        number=number,
        show=given.show or None,
        after=given.after or None,
        _anchor=f"row-{row}",
    )
    return redirect(address, code=303)


@needs(Permission.READ)
def notice(number: int, row: int) -> str:
    """The notice on credit repair that is served with the decision, ready to print."""
    view, staged = (
        found(number),
        desk_views.row(db.session(), vault(), load_rulebook(), number, row),
    )
    if staged is None or staged.entry is None or staged.entry.register != "penalty":
        abort(404)
    return render_template(
        "bureau/notice.html",
        one=view,
        entry=staged.entry,
        bureau=bureau_name(view.agency),
        severity=SEVERITIES.get(staged.entry.severity, ""),
        basis=words().basis_of(staged.entry.rule),
        shortest=words().shortest_months(staged.entry.rule, staged.entry.severity),
        today=clock.today(),
    )


def _decide_row(number: int, row: int, deed: str) -> None:
    session, now, reason = db.session(), clock.now(), form_text("reason")
    if deed == "hold":
        reviewing.hold_row(session, number, row, reason, actor(), now)
    elif deed == "release":
        reviewing.release_row(session, number, row, actor(), now)
    elif deed == "clear":
        reviewing.clear_row(session, number, row, actor(), now)
    else:
        wanted = form_text("severity")
        if wanted not in set(Severity):
            raise NotPossible("请选择轻微、一般或者严重。")
        tools = reviewing.Sealing(vault(), load_rulebook())
        reviewing.overrule_severity(
            session, tools, (number, row), Severity(wanted), reason, actor(), now
        )


def _rows(number: int, given: SubmissionParameters) -> list[RowView]:
    states = [StagedState.READY, StagedState.HELD]
    if given.show == "held":
        states = [StagedState.HELD]
    changes = {"new": False, "changed": True}.get(given.show)
    return desk_views.rows(
        db.session(),
        vault(),
        number,
        states,
        after=given.after,
        only_issues=given.show == "flagged",
        changes=changes,
    )


def _review_row(row: RowView, before: Standing | None) -> ReviewRow:
    entry = row.entry
    assert entry is not None, "a row that waits for review has an entry"
    assert row.key is not None, "and a key"
    fields = _compared(entry.register, before.content if before else {}, entry.content)
    return ReviewRow(
        row,
        entry.subject_name,
        entry.document_number,
        fields if before is None else tuple(f for f in fields if f.changed),
        sum(not field.changed for field in fields),
        SEVERITIES.get(entry.severity, ""),
        entry.publication_start,
        entry.publication_end,
        entry.rule,
        entry.withheld,
        before,
        tuple(alike(db.session(), entry, row.key)),
        row.issues,
        row.looks_personal and not row.cleared,
    )


def _compared(
    register: str, before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]
) -> tuple[FieldChange, ...]:
    old = {field.title: field.value for field in words().content(register, before)}
    new = {field.title: field.value for field in words().content(register, after)}
    gone = [title for title in old if title not in new]
    return tuple(
        FieldChange(title, old.get(title, ""), new.get(title, "")) for title in [*new, *gone]
    )
