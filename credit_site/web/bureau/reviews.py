"""``/bureau/submissions/…/review``: what each row would change in public, and the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.domain.severity import Severity
from credit_site.domain.states import StagedState, SubmissionState
from credit_site.domain.validation.listing_checks import UNCONFIRMED
from credit_site.domain.validation.private_parts import PRIVACY_CODES
from credit_site.extensions import clock, db, vault
from credit_site.services import desk_views, reviewing, row_reviews
from credit_site.services.api_keys import behind
from credit_site.services.desk_views import RowView
from credit_site.services.listing_rows import (
    CONDITIONS,
    Confirmation,
    confirm_all,
    confirm_one,
    confirmable,
)
from credit_site.services.own_work import own_part
from credit_site.services.reviewing import NotPossible, Reviewer
from credit_site.services.to_decide import to_decide
from credit_site.web.bodies import form_text, form_text_again
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.late_forms import LateForm
from credit_site.web.bureau.names import names_of
from credit_site.web.bureau.review_rows import ReviewRow, review_rows, sealing
from credit_site.web.bureau.submissions import found
from credit_site.web.desk_parameters import SubmissionParameters
from credit_site.web.parameters import read
from credit_site.web.presenters.words import SEVERITIES

SHOWN = {"": "全部", "new": "新增", "changed": "变更", "flagged": "需要留意", "held": "暂不发布"}

_TYPED = {
    "confirm": "确认名单条目",
    "send-back": "退回",
    "hold": "暂不发布",
    "severity": "改失信程度",
}
"""Forms into which something is typed: refused, they come back with it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused: of which row (0: of all), which one, why, and what was typed."""

    row: int
    deed: str
    problem: str
    said: Mapping[str, str]


@needs(Permission.READ)
def review(number: int) -> str:
    """The rows of a submission with what each would change."""
    return _page(number)


def _page(number: int, refused: Refused | None = None) -> str:
    view, given = found(number), read(SubmissionParameters)
    seen = reviewing.mark(db.session(), number)  # before its rows: never newer than what is read
    rows = _rows(number, given)
    shown, me = review_rows(number, rows), account()
    own_work = own_part(db.session(), number, me.actor)
    submitted = view.state is SubmissionState.SUBMITTED
    keeper = behind(db.session(), view.actor)
    may_decide = submitted and me.may(Permission.REVIEW) and not own_work
    return render_template(
        "bureau/review.html",
        one=view,
        bureau=bureau_name(view.agency),
        people=names_of((view.actor, view.submitted_by, keeper)),
        keeper=keeper,
        rows=shown,
        ahead=to_decide(db.session(), number),
        waiting=reviewing.uncleared_rows(db.session(), number),
        personal=reviewing.uncleared_rows(db.session(), number, PRIVACY_CODES),
        unconfirmed=reviewing.uncleared_rows(db.session(), number, UNCONFIRMED),
        together=_together(number),
        refused=refused,
        unshown=_unshown(refused, shown, may_decide=may_decide),
        above=me.may(Permission.CONFIRM_LISTINGS),
        confirming_rows=_confirming_rows(rows),
        conditions=CONDITIONS,
        given=given,
        seen=seen,
        shown=SHOWN,
        more=rows[-1].number if len(rows) == desk_views.PAGE else 0,
        own_work=own_work,
        may_decide=may_decide,
        severities=[(name.value, SEVERITIES[name.value]) for name in Severity],
    )


@needs(Permission.REVIEW)
def decide(number: int, deed: str) -> AnyResponse | tuple[str, int]:
    """Publishes all rows that are not held back, or sends the submission back."""
    found(number)
    session, now = db.session(), clock.now()
    try:
        if deed == "publish":
            reviewing.publish(session, number, reviewer(), now)
        elif deed == "confirm":
            done = confirm_all(session, sealing(), number, _confirmation())
            flash(f"已经确认 {done} 条名单条目。")
            return redirect(url_for("bureau.review", number=number), code=303)
        else:
            reviewing.send_back(session, number, form_text("reason"), reviewer(), now)
            flash("已经退回，报送人会在工作台上看到理由。")
    except NotPossible as problem:
        if deed in _TYPED:
            return _page(number, _refused(0, deed, problem)), 422
        flash(str(problem), "error")
        return redirect(url_for("bureau.review", number=number), code=303)
    return redirect(url_for("bureau.submission", number=number), code=303)


@needs(Permission.REVIEW)
def decide_row(number: int, row: int, deed: str) -> AnyResponse | tuple[str, int]:
    """Holds a row back, lets it go, clears what looks personal, or decides on its severity."""
    found(number)
    try:
        _decide_row(number, row, deed)
    except NotPossible as problem:
        if deed in _TYPED:
            return _page(number, _refused(row, deed, problem)), 422
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


def _decide_row(number: int, row: int, deed: str) -> None:
    session, now, reason = db.session(), clock.now(), form_text("reason")
    if deed == "hold":
        row_reviews.hold_row(session, number, row, reason, reviewer(), now)
    elif deed == "release":
        row_reviews.release_row(session, vault(), (number, row), reviewer(), now)
    elif deed == "clear":
        row_reviews.clear_row(session, number, row, reviewer(), now)
    elif deed == "confirm":
        confirm_one(session, sealing(), (number, row), _confirmation())
    else:
        wanted = form_text("severity")
        if wanted not in set(Severity):
            raise NotPossible("请选择轻微、一般或者严重。")
        row_reviews.overrule_severity(
            session, sealing(), (number, row), Severity(wanted), reason, reviewer(), now
        )


def _confirming_rows(rows: Sequence[RowView]) -> set[int]:
    """Those that whoever is signed in may confirm one by one."""
    above = account().may(Permission.CONFIRM_LISTINGS)
    open_rows = (row for row in rows if row.unconfirmed and row.state != StagedState.HELD)
    return {row.number for row in open_rows if above or not row.needs_above}


def _together(number: int) -> int:
    """How many entries of lists whoever is signed in can confirm at once."""
    above = account().may(Permission.CONFIRM_LISTINGS)
    return confirmable(db.session(), sealing(), number, clock.today(), above=above)


def _refused(row: int, deed: str, problem: NotPossible) -> Refused:
    names = ("document", "penalty", "reason", "severity", *CONDITIONS)
    return Refused(row, deed, str(problem), {name: form_text_again(name) for name in names})


def _unshown(
    refused: Refused | None, rows: Sequence[ReviewRow], *, may_decide: bool
) -> LateForm | None:
    """A refused form that the page has no more: its reason is given back all the same.

    Somebody else has decided meanwhile on the submission, or on the row, or it never had one.
    """
    if refused is None or not (reason := refused.said["reason"]):
        return None
    row = next((one for one in rows if one.row.number == refused.row), None)
    there = may_decide and (refused.row == 0 or row is not None)
    held = row is not None and row.row.state == StagedState.HELD
    lacks = row is not None and {"hold": held, "severity": not row.gradable}.get(refused.deed)
    if there and not lacks:
        return None
    where = f"第 {refused.row} 行" if refused.row else "整份报送"
    return LateForm(refused.problem, f"{where}，{_TYPED[refused.deed]}", (("理由", reason),))


def reviewer() -> Reviewer:
    """Whoever is signed in, and what the page said that the form stood on."""
    return Reviewer(actor(), form_text("seen"))


def _confirmation() -> Confirmation:
    return Confirmation(
        form_text("document"),
        {name: text for name in CONDITIONS if (text := form_text(name))},
        reviewer(),
        account().may(Permission.CONFIRM_LISTINGS),
        clock.now(),
        form_text("penalty"),
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
