"""``/companies/<uscc>``: everything about one code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.public_records import PublicRecord, of_company
from credit_site.web.describing import described, this_site
from credit_site.web.feeds.links import feed_links
from credit_site.web.frame import words
from credit_site.web.presenters.structured import Crumb, Node, company
from credit_site.web.presenters.words import spoken_day

blueprint = Blueprint("companies", __name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """A company's standing in one line; ``tone`` is serious, pending, plain or good."""

    headline: str
    detail: str
    tone: str


@dataclass(frozen=True, slots=True)
class Event:
    """One point of the timeline: when, what was decided and why, by whom."""

    day: str
    spoken: str
    href: str
    title: str
    reason: str
    agency: str
    number: str
    tone: str


@blueprint.get("/companies/<string:uscc>")
def show(uscc: str) -> str | Response:
    """Standing, timeline, feed; a code nothing is known of has a page too."""
    code = normalise_code(uscc)
    if not is_uscc(code):
        abort(404)
    if code != uscc:
        return redirect(f"/companies/{code}", code=301)
    records = of_company(db.session(), code, clock.today())
    name, former = (records[0].subject_name if records else ""), former_names(records)
    return render_template(
        "companies/show.html",
        uscc=code,
        name=name,
        former=former,
        standing=standing(records),
        events=[_event(record) for record in records],
        feeds=feed_links("company", code),
        **described(
            f"/companies/{code}",
            name or f"统一社会信用代码 {code}",
            (Crumb("/search", "查询"),),
            *_subject(code, name, former),
        ),
    )


def _subject(code: str, name: str, former: tuple[str, ...]) -> tuple[Node, ...]:
    return (company(this_site(), code, name, former),) if name else ()


def standing(records: Sequence[PublicRecord]) -> Standing:
    """The gravest thing first: the serious-dishonesty list, other lists, penalties, nothing."""
    penalties = sum(not record.list_name for record in records)
    counted = f"正在公示的行政处罚 {penalties} 条。" if penalties else "没有正在公示的行政处罚。"
    book = load_rulebook()
    for tone, style in (("black", "serious"), ("watch", "pending"), ("red", "good")):
        listed = [r for r in records if r.list_name and book.lists[r.list_name].tone == tone]
        if listed:
            name = words().names.list_name(listed[0].list_name)
            return Standing(f"在{name}上{_until(listed)}", counted, style)
    if penalties:
        return Standing("不在严重失信主体名单上", counted, "plain")
    return Standing("没有正在公示的行政处罚", "不在任何失信名单上。", "good")


def _until(listed: Sequence[PublicRecord]) -> str:
    ends = [record.publication_end for record in listed]
    if any(end is None for end in ends):
        return ""
    return f"，公示至{spoken_day(max(end for end in ends if end is not None))}"


def former_names(records: Sequence[PublicRecord]) -> tuple[str, ...]:
    """Other names than the newest decision's, the newest first."""
    names = dict.fromkeys(record.subject_name for record in records)
    return tuple(names)[1:]


def _event(record: PublicRecord) -> Event:
    say, day = words(), record.decided_on
    return Event(
        day.isoformat() if day else "",
        spoken_day(day) if day else "日期未公布",
        f"/records/{record.id}",
        say.decision(record),
        say.reason(record),
        say.deciding_agency(record),
        record.document_number,
        next((tag.tone for tag in say.tags(record)), "plain"),
    )
