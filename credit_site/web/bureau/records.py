"""``/bureau/records``: what was published: corrected, marked, ended, with reason and document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, cast

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.issues import Issue
from credit_site.domain.permissions import Permission
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Layout, load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services import amending
from credit_site.services.amending import Ground
from credit_site.services.listing_cases.views import case_of_record
from credit_site.services.publication import EndReason
from credit_site.services.record_life import RecordLife, find, life
from credit_site.services.reviewing import NotPossible, Sealing
from credit_site.web.bodies import form_text, form_texts, upload
from credit_site.web.bureau.access import account, actor, needs, own
from credit_site.web.bureau.names import DEEDS, names_of
from credit_site.web.bureau.uploads import files
from credit_site.web.frame import words
from credit_site.web.parameters import SearchParameters, read
from credit_site.web.presenters.words import END_REASONS

REASONS = {
    EndReason.REPAIRED: "信用修复",
    EndReason.REVOKED: "处罚决定被撤销、变更或者确认违法",
    EndReason.ERROR: "公示有误，不应公示",
}
_KINDS = {b"%PDF": "PDF", b"\xff\xd8\xff": "JPEG", b"\x89PNG": "PNG"}


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell on the form of a correction."""

    index: int
    title: str
    text: str
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """An earlier wording: the fields that differ from what followed."""

    revision: int
    at: object
    changes: tuple[tuple[str, str, str], ...]


@needs(Permission.READ)
def index() -> str:
    """Finding a record of one's own bureau, also one that has ended."""
    asked = read(SearchParameters).q
    return render_template(
        "bureau/records.html",
        q=mask_personal_numbers(asked),
        found=find(db.session(), account().agency, asked),
    )


@needs(Permission.READ)
def show(number: int) -> str:
    """A record with its past and what can be done about it."""
    return _show(_found(number))


@needs(Permission.CHANGE)
def edit(number: int) -> str | AnyResponse:
    """A record as a form."""
    _found(number)
    try:
        layout, cells = amending.cells_of_record(db.session(), _tools(), number)
    except NotPossible as problem:
        return _back(number, str(problem))
    return _edit(number, layout, cells, ())


@needs(Permission.CHANGE)
def correct(number: int) -> str | AnyResponse | tuple[str, int]:
    """Corrects what was typed differently."""
    _found(number)
    session = db.session()
    try:
        layout, cells = amending.cells_of_record(session, _tools(), number)
        typed = _typed(cells)
        issues = amending.correct(session, _tools(), number, typed, _ground(), actor(), clock.now())
    except NotPossible as problem:
        return _back(number, str(problem))
    if issues:
        shown = [typed.get(place, text) for place, text in enumerate(cells)]
        return _edit(number, layout, shown, issues), 422
    flash("已经更正，公示页、查询和订阅随即更新。")
    return redirect(url_for("bureau.record", number=number), code=303)


@needs(Permission.CHANGE)
def deed(number: int, deed: str) -> AnyResponse:
    """Marks an objection, says it is done with, or ends the publication."""
    _found(number)
    try:
        if deed == "end":
            _end(number)
            flash("已经终止公示。公开的页面答复“已不再公示”，查询、订阅和接口同步移除。")
        else:
            on = deed == "dispute"
            amending.mark_dispute(
                db.session(), vault(), number, _ground(), actor(), clock.now(), disputed=on
            )
            flash("已经标注“异议处理中”。" if on else "异议已经办结，标注已经取消。")
    except NotPossible as problem:
        return _back(number, str(problem))
    return redirect(url_for("bureau.record", number=number), code=303)


def _end(number: int) -> None:
    why = form_text("why")
    if why not in set(REASONS):
        raise NotPossible("请选择终止公示的原因。")
    amending.end(db.session(), _tools(), number, EndReason(why), _ground(), actor(), clock.now())


def _found(number: int) -> RecordLife:
    found = life(db.session(), number) if number < 1 << 62 else None
    if found is None:
        abort(404)
    own(found.agency)
    return found


def _tools() -> Sealing:
    return Sealing(vault(), load_rulebook())


def _ground() -> Ground:
    return Ground(form_text("reason"), form_text("document"), _day(form_text("day")), _kept())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotPossible("请填写文书的日期，例如 2026-03-05。") from None


def _kept() -> str:
    """Keeps the document that came along, told by its first bytes; "" for none."""
    sent = upload("file")
    if sent is None:
        return ""
    stream = cast("BinaryIO", sent.stream)
    first = stream.read(4)
    if not any(first.startswith(mark) for mark in _KINDS):
        raise NotPossible("附件只收 PDF、JPG、PNG 文件。")
    stream.seek(0)
    return files().keep_stream(stream).sha256


def _typed(cells: list[str]) -> dict[int, str]:
    """What was typed differently; a cell that came back as it was shown stays what it is."""
    typed = form_texts("cell", len(cells))
    return {
        place: new.strip()
        for place, (old, new) in enumerate(zip(cells, typed, strict=True))
        if new is not None and new.strip() != mask_personal_numbers(old).strip()
    }


def _back(number: int, problem: str) -> AnyResponse:
    flash(problem, "error")
    return redirect(url_for("bureau.record", number=number), code=303)


def _show(found: RecordLife) -> str:
    return render_template(
        "bureau/record.html",
        one=found,
        fields=words().content(found.register, found.content),
        deeds=[(deed, DEEDS.get(deed.action, deed.action)) for deed in found.deeds],
        people=names_of(deed.actor for deed in found.deeds),
        replaced=_replaced(found),
        reasons=[(why.value, text) for why, text in REASONS.items()],
        ended_because=END_REASONS.get(found.end_reason, ""),
        may_change=account().may(Permission.CHANGE) and not found.ended,
        listing=_listing(found) if account().may(Permission.LISTINGS) else "",
        today=clock.today().isoformat(),
    )


def _listing(found: RecordLife) -> str:
    """Where the case of an entry is, or where one about a penalty begins; "" for neither."""
    if found.register == "penalty":
        return "" if found.ended else f"/bureau/listings/new?record={found.id}"
    number = case_of_record(db.session(), found.id)
    return f"/bureau/listings/{number}" if number else ""


def _replaced(found: RecordLife) -> list[Replaced]:
    after, lines = found.content, []
    for wording in found.wordings:
        changes = _changes(found.register, wording.content, after)
        lines.append(Replaced(wording.revision, wording.replaced_at, changes))
        after = wording.content
    return lines


def _changes(
    register: str, before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]
) -> tuple[tuple[str, str, str], ...]:
    say = words()
    old = {field.title: field.value for field in say.content(register, before)}
    new = {field.title: field.value for field in say.content(register, after)}
    titles = dict.fromkeys([*new, *old])
    return tuple(
        (title, old.get(title, ""), new.get(title, ""))
        for title in titles
        if old.get(title, "") != new.get(title, "")
    )


def _edit(number: int, layout: Layout, cells: list[str], issues: tuple[Issue, ...]) -> str:
    lines = [
        CellLine(
            place,
            column.title,
            mask_personal_numbers(cells[place]),
            tuple(issue for issue in issues if issue.column == column.title),
        )
        for place, column in enumerate(layout.columns)
    ]
    titles = {line.title for line in lines}
    return render_template(
        "bureau/correct.html",
        number=number,
        lines=lines,
        whole=[issue for issue in issues if issue.column not in titles],
        reason=form_text("reason"),
        document=form_text("document"),
        today=clock.today().isoformat(),
    )
