"""``/bureau/listings/new``: a bureau examines whether somebody is to be listed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import ListBranch, ListDefinition, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.listing_cases.content import SUBJECT_FIELDS
from credit_site.services.listing_cases.opening import (
    CaseWish,
    KnownOtherwise,
    open_case,
    subject_fields,
)
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import form_text, form_text_again
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.listings import tools
from credit_site.web.desk_parameters import CaseParameters
from credit_site.web.parameters import read

_KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")
_FIELDS = (*SUBJECT_FIELDS, "facts")
_OTHERS = [(kind, kind) for kind in ("法人及非法人组织", "个体工商户")]
_PERSONS = [("自然人", "自然人")]


@needs(Permission.LISTINGS)
def new() -> str:
    """First which branch, then the form."""
    wanted = read(CaseParameters)
    record = _record(wanted.record)
    agency = record.agency if record else account().agency or wanted.agency
    branch = load_rulebook().list_branches.get(wanted.branch)
    if branch is None or agency not in load_rulebook().agencies:
        return _choice(agency, record)
    said = subject_fields(record) if record else {}
    day = record.decided_on if record and record.decided_on else None
    return _form(branch, agency, said | {"facts_on": day.isoformat() if day else ""}, record)


@needs(Permission.LISTINGS)
def begin() -> AnyResponse | tuple[str, int]:
    """Opens the case."""
    book, agency = load_rulebook(), account().agency or form_text("agency")
    branch, key = book.list_branches.get(form_text("branch")), form_text("form_key")
    if branch is None or agency not in book.agencies or not _KEY.fullmatch(key):
        abort(400)
    number = form_text("record")
    record = _record(int(number) if number.isascii() and number.isdigit() else 0)
    try:
        opened = open_case(tools(), _wish(key, agency, branch, record), actor(), clock.now())
    except NotPossible as problem:
        typed = (*_FIELDS, "facts_on", "reason", "ground")
        said = {name: form_text_again(name) for name in typed}
        if isinstance(problem, KnownOtherwise) or form_text("same_subject"):
            said["asks_same_subject"] = "1"
        return _form(branch, agency, said, record, str(problem)), 422
    flash("已经开始审查。下一步：作出列入告知书，或者不作为候选。")
    return redirect(url_for("bureau.listing", number=opened), code=303)


def _wish(key: str, agency: str, branch: ListBranch, record: PublicRecord | None) -> CaseWish:
    try:
        day = date.fromisoformat(form_text("facts_on"))
    except ValueError:
        raise NotPossible("请填写事实（处罚决定）的日期，例如 2026-03-05。") from None
    return CaseWish(
        key,
        agency,
        branch.slug,
        form_text("ground"),
        form_text("reason"),
        record.decided_on if record and record.decided_on else day,
        {name: form_text(name) for name in _FIELDS},
        record.id if record else None,
        same_subject=bool(form_text("same_subject")),
    )


def _record(number: int) -> PublicRecord | None:
    if not number:
        return None
    record = get(db.session(), number, clock.today())
    if not isinstance(record, PublicRecord) or not account().reaches(record.agency):
        abort(404)
    return record


def _choice(agency: str, record: PublicRecord | None) -> str:
    book = load_rulebook()
    fitting = [b for b in book.list_branches.values() if _fits(b, agency)]
    return render_template(
        "bureau/listing_branch.html",
        branches=[(b, book.lists[b.list].name) for b in fitting],
        record=record,
        agency=agency,
        agencies=[] if agency else [(slug, one.name) for slug, one in book.agencies.items()],
    )


def _fits(branch: ListBranch, agency: str) -> bool:
    return not agency or not branch.agencies or agency in branch.agencies


def _kinds(definition: ListDefinition) -> list[tuple[str, str]]:
    if definition.only_natural_persons:
        return _PERSONS
    return _OTHERS + _PERSONS if definition.natural_persons else _OTHERS


def _form(
    branch: ListBranch,
    agency: str,
    said: Mapping[str, str],
    record: PublicRecord | None,
    problem: str = "",
) -> str:
    book = load_rulebook()
    return render_template(
        "bureau/listing_new.html",
        kinds=_kinds(book.lists[branch.list]),
        branch=branch,
        list=book.lists[branch.list],
        agency=agency,
        bureau=book.agencies[agency].name,
        said=said,
        record=record,
        problem=problem,
        grounds=[("", "请选择"), *((g.slug, g.name) for g in branch.grounds)],
        form_key=form_text("form_key") or secrets.token_urlsafe(18),
        today=clock.today(),
    )
