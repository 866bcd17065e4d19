"""``/companies/<uscc>``: everything about one code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.domain.repair import RepairTerms
from credit_site.domain.rulebook import ListDefinition, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.matters.terms import terms_of
from credit_site.services.public_records import PublicRecord, of_company
from credit_site.web.describing import described, this_site
from credit_site.web.feeds.links import feed_links
from credit_site.web.frame import words
from credit_site.web.presenters.records import DISPUTED
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
class StandingLine:
    """How it stands with one list or with penalties: a word and its tone, from when to when."""

    title: str
    href: str
    word: str
    tone: str
    dates: str


@dataclass(frozen=True, slots=True)
class Event:
    """One point of the timeline: when, what was decided and why, by whom.

    ``until`` says until when it is shown, ``way_out`` when and how that can end before;
    ``deeds`` are addresses and titles of what can be done about it.
    """

    day: str
    spoken: str
    href: str
    title: str
    because: str
    agency: str
    number: str
    tone: str
    until: str
    way_out: str
    deeds: tuple[tuple[str, str], ...]
    disputed: bool


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
        lines=standing_lines(records),
        events=[event_of(record) for record in records],
        feeds=feed_links("company", code),
        disputed=DISPUTED,
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


def standing_lines(records: Sequence[PublicRecord]) -> list[StandingLine]:
    """Penalties and every list that organisations can stand on, the gravest first."""
    lists = load_rulebook().lists.values()
    order = ("black", "watch", "red")
    shown = sorted((one for one in lists if not one.natural_persons), key=_by_tone(order))
    found = [_list_line(one, [r for r in records if r.list_name == one.slug]) for one in shown]
    return [_penalties_line([r for r in records if not r.list_name]), *found]


def _by_tone(order: Sequence[str]) -> Callable[[ListDefinition], int]:
    return lambda one: order.index(one.tone)


def _list_line(one: ListDefinition, listed: Sequence[PublicRecord]) -> StandingLine:
    href = f"/lists/{one.slug}"
    if not listed:
        tone = "plain" if one.tone == "red" else "good"
        return StandingLine(one.name, href, "不在列", tone, "")
    tone = {"black": "serious", "red": "good"}.get(one.tone, "pending")
    return StandingLine(one.name, href, "在列", tone, "；".join(map(_dates, listed)))


def _penalties_line(penalties: Sequence[PublicRecord]) -> StandingLine:
    if not penalties:
        return StandingLine("行政处罚", "/search?register=penalty", "没有", "good", "")
    ends = [r.publication_end for r in penalties if r.publication_end]
    until = f"最晚公示至{spoken_day(max(ends))}" if ends else ""
    grave = any(r.severity == "serious" for r in penalties)
    word = f"{len(penalties)} 条正在公示"
    return StandingLine("行政处罚", "#timeline", word, "serious" if grave else "pending", until)


def _dates(record: PublicRecord) -> str:
    since = f"{spoken_day(record.decided_on)}列入" if record.decided_on else "列入日期未公布"
    end = record.publication_end
    said = f"{since}，公示至{spoken_day(end)}" if end else f"{since}，期限以原名单为准"
    return f"{said}（{DISPUTED}）" if record.disputed else said


def _until(listed: Sequence[PublicRecord]) -> str:
    ends = [record.publication_end for record in listed]
    if any(end is None for end in ends):
        return ""
    return f"，公示至{spoken_day(max(end for end in ends if end is not None))}"


def former_names(records: Sequence[PublicRecord]) -> tuple[str, ...]:
    """Other names than the newest decision's, the newest first."""
    names = dict.fromkeys(record.subject_name for record in records)
    return tuple(names)[1:]


def event_of(record: PublicRecord) -> Event:
    """A record as a point of the timeline."""
    say, day, end = words(), record.decided_on, record.publication_end
    terms = terms_of(record, load_rulebook())
    return Event(
        day.isoformat() if day else "",
        spoken_day(day) if day else "日期未公布",
        f"/records/{record.id}",
        say.decision(record),
        say.because(record),
        say.deciding_agency(record),
        record.document_number,
        next((tag.tone for tag in say.tags(record)), "plain"),
        f"公示至{spoken_day(end)}" if end else "期限以原公布单位的名单为准",
        _way_out(terms),
        tuple(_deeds(record, terms)),
        record.disputed,
    )


def _way_out(terms: RepairTerms) -> str:
    if terms.earliest is None:
        return terms.reason
    if terms.open_on(clock.today()):
        return f"{terms.reason}现在可以申请。"
    return f"{terms.reason}最早可以在{spoken_day(terms.earliest)}申请。"


def _deeds(record: PublicRecord, terms: RepairTerms) -> Iterator[tuple[str, str]]:
    yield f"/objections/new?record={record.id}", "内容有误，提出异议"
    if terms.earliest is not None:
        title = "申请提前移出" if record.list_name else "申请信用修复"
        yield f"/repairs/new?record={record.id}", title
    if record.list_name:
        yield f"/lists/{record.list_name}#measures", "有哪些措施"
