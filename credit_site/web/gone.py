"""What has ended, in every form it was offered in: that it was here, since when not, and why."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, make_response, render_template

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.matters.screened import repair_closed
from credit_site.services.public_apologies import apology_for
from credit_site.services.public_records import EndedRecord, get
from credit_site.services.whereabouts import screened_since
from credit_site.web.api.answers import problem
from credit_site.web.presenters.words import end_reason, spoken_day

TITLE = "信息已停止公示"
HIDDEN = "信息目前不公示"


def gone_page(ended: EndedRecord, apology: str = "") -> Response:
    """The page, 410; with the apology of whoever was wrong."""
    reason = end_reason(ended.register, ended.reason)
    page = render_template("records/ended.html", record=ended, reason=reason, apology=apology)
    return make_response(page, 410)


def not_here(record_id: int) -> Response:
    """The page of a record that is not public: 410 or 404 with what became of it, else 404."""
    found = get(db.session(), record_id, clock.today()) if record_id < 1 << 62 else None
    if isinstance(found, EndedRecord):
        return gone_page(found, apology_for(db.session(), record_id))
    since = hidden_since(record_id)
    if since is None:
        abort(404)
    return hidden_page(record_id, since)


def why_not_here(record_id: int) -> str:
    """The same in a sentence; "" for a number that was never public."""
    found = get(db.session(), record_id, clock.today()) if record_id < 1 << 62 else None
    if isinstance(found, EndedRecord):
        return notice(found)
    since = hidden_since(record_id)
    return hidden_notice(record_id, since) if since else ""


def gone_file(ended: EndedRecord, ending: str) -> Response:
    """The same as a line of text, or as problem details where JSON was asked for; 410."""
    if ending == "json":
        return problem(410, TITLE, notice(ended))
    return Response(f"{notice(ended)}\n", 410, content_type="text/plain; charset=utf-8")


def notice(ended: EndedRecord) -> str:
    """Number, day and reason in a sentence, and what to do; nothing of the content."""
    reason = end_reason(ended.register, ended.reason)
    because = f"，原因：{reason}" if reason else ""
    since = spoken_day(ended.ended_on)
    return f"编号 {ended.id} 的信息自 {since}起不再公示{because}。转载过的，请一并删除。"


def hidden_since(record_id: int) -> date | None:
    """Since when a record is hidden for the time being; None for every other number."""
    return screened_since(db.session(), record_id, clock.today()) if record_id < 1 << 62 else None


def hidden_page(record_id: int, since: date) -> Response:
    """The page, 404: it may come again, under the same address."""
    closed = repair_closed(db.session(), record_id, load_rulebook(), clock.today())
    page = render_template("records/hidden.html", id=record_id, since=since, closed=closed)
    return make_response(page, 404)


def hidden_file(record_id: int, since: date, ending: str) -> Response:
    """The same as a line of text, or as problem details where JSON was asked for; 404."""
    said = hidden_notice(record_id, since)
    if ending == "json":
        return problem(404, HIDDEN, said)
    return Response(f"{said}\n", 404, content_type="text/plain; charset=utf-8")


def hidden_notice(record_id: int, since: date) -> str:
    """Number and day in a sentence, and what to do; nothing of the content."""
    return (
        f"编号 {record_id} 的信息自 {spoken_day(since)}起暂停公示，目前不提供内容。"
        "转载过的，请一并删除；恢复公示后，可以用同一个地址查看。"
    )
