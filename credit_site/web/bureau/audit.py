"""``/bureau/audit``: who did what, when; for auditors and administrators."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from urllib.parse import urlencode

from flask import Response, render_template, stream_with_context

from credit_site.domain.permissions import Permission
from credit_site.extensions import clock, db
from credit_site.services.accounts import accounts
from credit_site.services.audit_log import PAGE, AuditWishes, Event, actions, all_events, events
from credit_site.services.open_data.csv_form import harmless
from credit_site.web.bureau.access import account, needs
from credit_site.web.bureau.audit_words import Subject, code_of, details_of, subject_of
from credit_site.web.bureau.names import DEEDS, names_of
from credit_site.web.desk_parameters import AuditParameters
from credit_site.web.parameters import read, unread
from credit_site.web.spoken import UnreadFilter

FILTERS = {"actor": "操作人", "deed": "操作", "subject": "对象", "since": "从", "until": "到"}
TITLES = ("编号", "时间", "操作人", "姓名", "操作", "对象", "内容", "对象代码", "内容原样")
_BOM = "\ufeff"


@needs(Permission.AUDIT)
def index() -> str:
    """A page of the log with its filters."""
    given = read(AuditParameters)
    found = events(db.session(), _wishes(given), given.after)
    return render_template(
        "bureau/audit.html",
        events=[(one, *_words(one)) for one in found],
        people=names_of(one.actor for one in found),
        given=given,
        may_follow=account().may(Permission.READ),
        deeds=[(name, DEEDS.get(name, name)) for name in actions(db.session())],
        words=DEEDS,
        accounts=[(one.actor, one.name) for one in accounts(db.session(), clock.now())],
        more=_address(given, after=found[-1].id) if len(found) == PAGE else "",
        export="/bureau/audit.csv" + _address(given),
        problems=_problems(),
    )


@needs(Permission.AUDIT)
def export() -> Response:
    """The same events as CSV, all of them; refused rather than wider than was asked."""
    if problems := _problems():
        given = read(AuditParameters)
        raise UnreadFilter(problems, (f"/bureau/audit{_address(given)}", "回到审计日志"))
    wishes = _wishes(read(AuditParameters))
    lines = stream_with_context(_lines(wishes))
    response = Response(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _words(event: Event) -> tuple[Subject, list[tuple[str, str]]]:
    return subject_of(event.subject), details_of(event.subject, event.details)


def _lines(wishes: AuditWishes) -> Iterator[str]:
    yield _BOM + _line(TITLES)
    names: dict[str, str] = {}
    for event in all_events(db.session(), wishes):
        if event.actor not in names:
            names |= names_of([event.actor])
        yield _line(_cells(event, names[event.actor]))


def _cells(event: Event, name: str) -> tuple[str, ...]:
    subject, details = _words(event)
    cells = (
        str(event.id),
        event.at.isoformat(),
        event.actor,
        name,
        DEEDS.get(event.action, event.action),
        subject.text,
        "；".join(f"{label} {text}" for label, text in details),
        event.subject,
        event.details,
    )
    return tuple(map(harmless, cells))


def _line(cells: tuple[str, ...]) -> str:
    stream = StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue()


def _problems() -> str:
    """Which conditions could not be read, and what to do; "" for none."""
    names = [FILTERS.get(name, name) for name in unread(AuditParameters)]
    if not names:
        return ""
    return f"没有读懂：{'、'.join(names)}。请从页面上的条件里选，日期写作 2026-06-01 的样子。"


def _wishes(given: AuditParameters) -> AuditWishes:
    days = _day(given.since), _day(given.until)
    return AuditWishes(given.actor, given.deed, code_of(given.subject), *days)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _address(given: AuditParameters, after: int = 0) -> str:
    said = {
        "actor": given.actor,
        "deed": given.deed,
        "subject": given.subject,
        "since": given.since,
        "until": given.until,
        "after": after,
    }
    chosen = {name: value for name, value in said.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""
