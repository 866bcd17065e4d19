"""``/bureau/records/…/correct``: a published record as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import orjson
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.issues import Issue, Level
from credit_site.domain.masked_cells import kept_cell, shown_cell
from credit_site.domain.permissions import Permission
from credit_site.domain.row_forms import is_secret
from credit_site.domain.rulebook import Layout, load_rulebook
from credit_site.domain.validation.private_parts import PRIVACY_CODES
from credit_site.extensions import clock, db, vault
from credit_site.services import correcting
from credit_site.services.corrected_cells import (
    CorrectedMeanwhile,
    Correction,
    RecordCells,
)
from credit_site.services.correcting import Corrected
from credit_site.services.record_life import layout_of
from credit_site.services.reviewing import NotPossible
from credit_site.services.waiting_corrections import cells_asked_for, waiting_correction
from credit_site.web.bodies import form_text, form_text_again, form_texts
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.meanwhile import CHANGED_MEANWHILE, differences, footprints, typed_into
from credit_site.web.bureau.record_deeds import ground, tools
from credit_site.web.bureau.record_page import record_page
from credit_site.web.bureau.records import found

_MEANWHILE = (
    "别人刚刚更正过这条信息，您填的还没有保存。下面标出了和现在不一样的格子：格子里是您填的，"
    "下方是现在的内容；您没有动过的格子已经换成现在的内容。核对以后再更正，就以您的为准。"
)
_WAITS = (
    "改动了当事人、文号或者机关：已经交给另一个人核对，等在那个人的工作台上；"
    "核对发布以前，公示的内容不变。"
)
Answer = str | AnyResponse | tuple[str, int]


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell on the form of a correction."""

    index: int
    title: str
    text: str
    issues: tuple[Issue, ...]


@needs(Permission.CHANGE)
def edit(number: int) -> Answer:
    """A record as a form."""
    life = found(number)
    try:
        there = correcting.cells_of_record(db.session(), tools(), number)
    except NotPossible as problem:
        return record_page(life, str(problem)), 422
    return _form(number, there, _begun(number, there))


@needs(Permission.CHANGE)
def correct(number: int) -> Answer:
    """Corrects what was typed differently."""
    life, session = found(number), db.session()
    try:
        there = correcting.cells_of_record(session, tools(), number)
    except NotPossible as problem:
        return record_page(life, str(problem), "correct", _too_late(number)), 422
    wanted = _wanted(there)
    shown = [wanted.cells.get(place, text) for place, text in enumerate(there.cells)]
    try:
        done = _carried_out(number, wanted, _by_title(there.layout, shown))
    except CorrectedMeanwhile:
        titles = [column.title for column in there.layout.columns]
        other = tuple(differences(titles, there.cells, shown, secrets_of(there.layout)))
        return _form(number, there, shown, other, _MEANWHILE), 409
    except NotPossible as problem:
        return _form(number, there, shown, problem=str(problem)), 422
    if done.issues:
        return _form(number, there, shown, done.issues), 422
    flash(_WAITS if done.waits else "已经更正，公示页、查询和订阅随即更新。")
    return redirect(url_for("bureau.record", number=number), code=303)


def _carried_out(number: int, wanted: Correction, cells: Mapping[str, str]) -> Corrected:
    """Warnings are passed over only where the very same stood beside the tick, of the same text."""
    said, session = ground(), db.session()
    done = correcting.correct(session, tools(), number, wanted, said, actor(), clock.now())
    if not done.issues or form_text("read") != _warned(done.issues, cells):
        return done
    read = replace(wanted, read=True)
    return correcting.correct(session, tools(), number, read, said, actor(), clock.now())


def _warned(issues: Sequence[Issue], cells: Mapping[str, str]) -> str:
    """A sign of warnings and of what they are about: another one, or another text, another sign.

    Keyed, for the text may be somebody's number; what is said of the whole row is about all cells.
    """
    about = [
        [one.column, one.message, cells.get(one.column or "", [*cells.values()])] for one in issues
    ]
    return vault().digest(orjson.dumps(about)).hex()


def _by_title(layout: Layout, cells: Sequence[str]) -> dict[str, str]:
    return dict(zip((column.title for column in layout.columns), cells, strict=True))


def _begun(number: int, there: RecordCells) -> list[str]:
    """The cells to begin with: one's own correction that was not taken comes back as typed."""
    waits = waiting_correction(db.session(), number, clock.today(), load_rulebook())
    if waits is None or not waits.refused or waits.actor != actor():
        return there.cells
    typed, secrets = cells_asked_for(db.session(), vault(), number), secrets_of(there.layout)
    return [
        text if place in secrets else typed.get(place, text)
        for place, text in enumerate(there.cells)
    ]


def _wanted(there: RecordCells) -> Correction:
    seen = form_text("seen")
    return Correction(
        _typed(there.layout, there.cells),
        account().may(Permission.CONFIRM_LISTINGS),
        int(seen) if seen.isdecimal() else None,
    )


def _too_late(number: int) -> list[tuple[str, str]]:
    """Titles and texts of what was typed into cells of a record that can be corrected no more."""
    layout = layout_of(db.session(), number, load_rulebook())
    secrets = secrets_of(layout)
    typed = typed_into(form_text("shown"), form_texts("cell", len(layout.columns)))
    return [
        (column.title, shown_cell(text, secret=place in secrets))
        for place, (column, text) in enumerate(zip(layout.columns, typed, strict=True))
        if text is not None
    ]


def _typed(layout: Layout, cells: Sequence[str]) -> dict[int, str]:
    """What was typed differently; a cell that came back as it was shown stays what it is."""
    secrets = secrets_of(layout)
    typed = typed_into(form_text("shown"), form_texts("cell", len(cells)))
    kept = {
        place: kept_cell(old, new, secret=place in secrets)
        for place, (old, new) in enumerate(zip(cells, typed, strict=True))
        if new is not None
    }
    return {place: new for place, new in kept.items() if new != cells[place]}


def secrets_of(layout: Layout) -> frozenset[int]:
    """Places of cells with numbers of personal documents."""
    register = load_rulebook().registers[layout.register]
    fields = (register.field(column.field) for column in layout.columns)
    return frozenset(place for place, field in enumerate(fields) if is_secret(field))


def _form(
    number: int,
    there: RecordCells,
    cells: Sequence[str],
    issues: tuple[Issue, ...] = (),
    problem: str = "",
) -> str:
    layout = there.layout
    secrets = secrets_of(layout)
    lines = [
        CellLine(
            place,
            column.title,
            shown_cell(cells[place], secret=place in secrets),
            tuple(issue for issue in issues if issue.column == column.title),
        )
        for place, column in enumerate(layout.columns)
    ]
    titles = {line.title for line in lines}
    return render_template(
        "bureau/correct.html",
        number=number,
        seen=there.revision,
        shown=footprints(
            shown_cell(text, secret=place in secrets) for place, text in enumerate(there.cells)
        ),
        private=any(issue.code in PRIVACY_CODES for issue in issues),
        warned=_warned(issues, _by_title(layout, cells)) if all(map(_to_be_read, issues)) else "",
        on_list=layout.register != "penalty",
        lines=lines,
        whole=[issue for issue in issues if issue.column not in titles],
        problem=problem,
        given={name: form_text_again(name) for name in ("reason", "document", "day")},
        today=clock.today().isoformat(),
    )


def _to_be_read(issue: Issue) -> bool:
    """Whether it only warns of something, and not of what somebody else has done."""
    return issue.level is Level.WARNING and issue.code != CHANGED_MEANWHILE
