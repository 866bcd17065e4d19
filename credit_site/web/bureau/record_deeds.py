"""What is done to a published record: marked, ended, withdrawn, each with reason and document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services import amending, withdrawals
from credit_site.services.grounds import Fate, Ground, check_ground
from credit_site.services.publication import EndReason
from credit_site.services.repair_doors import EndOrder
from credit_site.services.reviewing import NotPossible, Sealing
from credit_site.web.bodies import form_text
from credit_site.web.bureau.access import actor, needs
from credit_site.web.bureau.record_documents import kept_document
from credit_site.web.bureau.record_page import record_page
from credit_site.web.bureau.record_words import FATES, REASONS
from credit_site.web.bureau.records import found
from credit_site.web.presenters.words import spoken_day

Answer = AnyResponse | tuple[str, int]


@needs(Permission.CHANGE)
def deed(number: int, deed: str) -> Answer:
    """Marks an objection or says it is done with, restores, ends, withdraws, or does not."""
    return _carried_out(number, deed, _DEEDS[deed])


@needs(Permission.SUBMIT)
def announce(number: int) -> Answer:
    """Notes that a decision was revoked or changed: the record waits to be withdrawn."""
    return _carried_out(number, "announce", _announce)


def ground() -> Ground:
    """What the form says; the document is kept only where nothing else is missing."""
    said = Ground(form_text("reason"), form_text("document"), _day(form_text("day")))
    check_ground(said, clock.today())
    sha256, kind = kept_document()
    return Ground(said.reason, said.document, said.decided_on, sha256, kind)


def tools() -> Sealing:
    """What changes of records need."""
    return Sealing(vault(), load_rulebook())


def _carried_out(number: int, deed: str, carry_out: Callable[[int], str]) -> Answer:
    found(number)
    try:
        flash(carry_out(number))
    except NotPossible as problem:
        db.session().rollback()
        return record_page(found(number), str(problem), deed), 422
    return redirect(url_for("bureau.record", number=number), code=303)


def _dispute(number: int) -> str:
    _mark(number, disputed=True)
    return "已经标注“异议处理中”。"


def _dispute_over(number: int) -> str:
    _mark(number, disputed=False)
    return "异议已经办结，标注已经取消。"


def _mark(number: int, *, disputed: bool) -> None:
    amending.mark_dispute(
        db.session(), vault(), number, ground(), actor(), clock.now(), disputed=disputed
    )


def _restore(number: int) -> str:
    amending.restore(db.session(), vault(), number, ground(), actor(), clock.now())
    return "已经恢复公示，查询、订阅和接口同步恢复。"


def _end(number: int) -> str:
    why = form_text("why")
    if why not in set(REASONS):
        raise NotPossible("请选择终止公示的原因。")
    order = EndOrder(EndReason(why), form_text("apology"), form_text("sure") == "1")
    due = amending.end(db.session(), tools(), number, order, ground(), actor(), clock.now())
    return f"已经终止公示。公开的页面答复“已不再公示”，查询、订阅和接口同步移除。{_late(due)}"


def _revoke(number: int) -> str:
    fate = _fate()
    due = amending.revoke(db.session(), tools(), number, fate, ground(), actor(), clock.now())
    return f"已经撤回。公开的页面写明原因，查询、订阅和接口同步移除。{_late(due)}"


def _late(due: date | None) -> str:
    """That it was due before; "" where it was in time."""
    return f"应当在{spoken_day(due)}前办，已经超期，记入办理经过。" if due else ""


def _announce(number: int) -> str:
    withdrawals.announce(db.session(), number, _fate(), ground(), actor(), clock.now())
    return "已经记下，审核员的工作台上会显示撤回的期限。"


def _dismiss(number: int) -> str:
    withdrawals.dismiss(db.session(), number, ground(), actor(), clock.now())
    return "已经取消，记录照常公示。"


_DEEDS: Mapping[str, Callable[[int], str]] = {
    "dispute": _dispute,
    "dispute-over": _dispute_over,
    "restore": _restore,
    "end": _end,
    "revoke": _revoke,
    "dismiss": _dismiss,
}


def _fate() -> Fate:
    chosen = form_text("fate")
    if chosen not in set(FATES):
        raise NotPossible("请选择决定是被撤销、变更，还是被确认违法、无效。")
    return Fate(chosen)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotPossible("请填写文书的日期，例如 2026-03-05。") from None
