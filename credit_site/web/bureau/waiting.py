"""``/bureau/records/…/correction``: a correction that another person publishes or refuses."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.masked_cells import shown_cell
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services import waiting_corrections
from credit_site.services.corrected_cells import CorrectedMeanwhile
from credit_site.services.redrawing import Hand, Redrawn
from credit_site.services.reviewing import NotPossible
from credit_site.services.waiting_corrections import WaitingView, waiting_correction
from credit_site.web.bodies import form_text, form_text_again
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.corrections import secrets_of
from credit_site.web.bureau.names import names_of
from credit_site.web.bureau.record_deeds import tools
from credit_site.web.bureau.record_page import record_page
from credit_site.web.bureau.records import found

_GONE = "没有等待核对的更正：可能已经由别人办理，请看办理经过。"
_MEANWHILE = "这一页打开以后，这份更正或者这条信息改过，还没有办理：请按下面现在的对照重新核对。"
_DONE = {
    "publish": "已经更正，公示页、查询和订阅随即更新。",
    "refuse": "已经退回，提出更正的人会在工作台上看到理由。",
    "take-back": "已经收回，公示的内容不变。",
}


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after; numbers of personal documents are asterisks."""

    title: str
    before: str
    after: str


@needs(Permission.READ)
def show(number: int) -> str:
    """What waits: before and after, why, and the decision of another person.

    Where nothing waits any more, the record's page, which says so.
    """
    return _page(number, 200)[0]


@needs(Permission.CHANGE)
def decide(number: int, deed: str) -> AnyResponse | tuple[str, int]:
    """Publishes it, refuses it with a reason, or takes it back."""
    found(number)
    try:
        _carry_out(number, deed)
    except CorrectedMeanwhile:
        return _page(number, 409, _MEANWHILE, deed)
    except NotPossible as problem:
        db.session().rollback()
        return _page(number, 422, str(problem), deed)
    flash(_DONE[deed])
    return redirect(url_for("bureau.record", number=number), code=303)


def _carry_out(number: int, deed: str) -> None:
    hand = Hand(actor(), clock.now(), account().may(Permission.CONFIRM_LISTINGS))
    session, seen = db.session(), form_text("seen")
    if deed == "publish":
        read = form_text("read") == "1"
        waiting_corrections.publish_waiting(session, tools(), number, seen, hand, read=read)
    elif deed == "refuse":
        waiting_corrections.refuse_waiting(session, number, form_text("reason"), seen, hand)
    else:
        waiting_corrections.take_back(session, number, hand)


def _page(number: int, code: int, problem: str = "", deed: str = "") -> tuple[str, int]:
    life = found(number)
    waits = waiting_correction(db.session(), number, clock.today(), load_rulebook())
    if waits is None:
        return record_page(life, problem or _GONE), 422
    shown, unfit = None, ""
    try:
        shown = waiting_corrections.preview(db.session(), tools(), number, clock.today())
    except NotPossible as barred:
        unfit = str(barred)
    page = render_template(
        "bureau/correction.html",
        one=life,
        waits=waits,
        people=names_of((waits.actor, waits.refused_by)),
        changes=_changes(shown.drawn) if shown else [],
        issues=(shown.drawn.doubts if shown.drawn.entry else shown.drawn.issues) if shown else (),
        wrong=bool(shown and shown.drawn.entry is None),
        alike=shown.alike if shown else (),
        own=waits.actor == actor(),
        may_decide=_may_decide(waits),
        problem=problem or unfit,
        opened=deed,
        reason=form_text_again("reason") if deed else "",
    )
    return page, code


def _may_decide(waits: WaitingView) -> bool:
    other = waits.actor != actor()
    return other and not waits.refused and account().may(Permission.CHANGE)


def _changes(drawn: Redrawn) -> list[CellChange]:
    secrets = secrets_of(drawn.layout)
    return [
        CellChange(
            column.title,
            shown_cell(before, secret=place in secrets),
            shown_cell(after, secret=place in secrets),
        )
        for place, (column, before, after) in enumerate(
            zip(drawn.layout.columns, drawn.old, drawn.new, strict=True)
        )
        if before != after
    ]
