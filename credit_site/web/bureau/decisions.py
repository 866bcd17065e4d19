"""``/bureau/decisions``: one decision by hand: typed in, kept as a draft, handed in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from flask import Response, abort, flash, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.issues import Issue
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import Layout, load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services import drafts
from credit_site.services.drafts import DraftChanged, DraftTools, DraftView, Typed
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import allow_form, form_parts, form_text
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.decision_form import first_cells, form_groups, sent_back, whole_row
from credit_site.web.bureau.uploads import files
from credit_site.web.parameters import DecisionParameters, read

MOST_BYTES = 512 * 1024
_KEY = re.compile(r"[A-Za-z0-9_-]{16,40}")
_CHANGED = (
    "这份草稿在另一个窗口里保存过了。您刚才填的内容仍在下面，没有丢；核对以后再按一次“保存草稿”，"
    "就以这里的内容为准。"
)


@needs(Permission.SUBMIT)
def index() -> str:
    """One's drafts, and what can be filled in."""
    book = load_rulebook()
    found = drafts.drafts_of(_tools(), actor())
    return render_template(
        "bureau/decisions.html",
        drafts=[
            (one, one.named(book.layouts[one.layout], book), book.layouts[one.layout].title)
            for one in found
        ],
        layouts=[(name, layout.title) for name, layout in book.layouts.items()],
    )


@needs(Permission.SUBMIT)
def new() -> str | AnyResponse:
    """An empty form."""
    layout = _layout(read(DecisionParameters).layout)
    agency = account().agency or read(DecisionParameters).agency
    book = load_rulebook()
    if agency not in book.agencies:
        choices = [(slug, one.name) for slug, one in book.agencies.items()]
        return render_template("bureau/decision_agency.html", layout=layout, agencies=choices)
    cells = first_cells(layout, book.agencies[agency], book)
    return _page(layout, agency, cells, ())


@needs(Permission.SUBMIT)
def begin() -> AnyResponse | tuple[str, int] | tuple[Response, int] | Response:
    """The first saving of a form: from then on it is a draft with an address of its own."""
    allow_form(MOST_BYTES)
    layout, agency = _layout(form_text("layout")), account().agency or form_text("agency")
    key, book = form_text("form_key"), load_rulebook()
    if agency not in book.agencies or not _KEY.fullmatch(key):
        abort(400)
    empty = first_cells(layout, book.agencies[agency], book)
    typed = Typed(key, 0, sent_back(empty, _sent(layout), layout))
    try:
        one = drafts.begin_draft(_tools(), typed, agency, layout.name, actor(), clock.now())
    except NotPossible as problem:
        return _gone(str(problem))
    return _after(one, Typed(key, one.version, one.cells))


@needs(Permission.SUBMIT)
def show(number: int) -> str:
    """A draft as a form."""
    one = _own(number)
    return _page(_layout(one.layout), one.agency, one.cells, (), one)


@needs(Permission.SUBMIT)
def keep(number: int) -> AnyResponse | tuple[str, int] | tuple[Response, int] | Response:
    """Saves, checks, hands in, or throws away, as the button says."""
    allow_form(MOST_BYTES)
    one = _own(number)
    if form_text("deed") == "discard":
        return _discard(number)
    layout = _layout(one.layout)
    typed = Typed("", _version(), sent_back(one.cells, _sent(layout), layout))
    return _after(one, typed)


def _after(
    one: DraftView, typed: Typed
) -> AnyResponse | tuple[str, int] | tuple[Response, int] | Response:
    """What the button asked for, with what was typed."""
    deed = form_text("deed")
    try:
        if deed == "hand-in":
            return _hand_in(one, typed)
        if typed.version != one.version or tuple(typed.cells) != one.cells:
            one = drafts.save_draft(_tools(), one.id, typed, clock.now())
    except DraftChanged as changed:
        return _changed(one, typed, changed.version)
    except NotPossible as problem:
        return _gone(str(problem))
    if deed == "watch":
        return _watched(one)
    if deed == "check":
        return _checked(one)
    flash("草稿已经保存，下次登录可以接着填。")
    return redirect(url_for("bureau.draft", number=one.id), code=303)


def _hand_in(one: DraftView, typed: Typed) -> AnyResponse | tuple[str, int]:
    number, issues = drafts.hand_in_draft(_tools(), one.id, typed, actor(), clock.now())
    if number:
        flash("已经提交审核。审核由本部门的另一个人进行，结果会显示在工作台上。")
        return redirect(url_for("bureau.submission", number=number), code=303)
    kept = _own(one.id)
    return _page(_layout(kept.layout), kept.agency, kept.cells, issues, kept), 422


def _checked(one: DraftView) -> tuple[str, int]:
    found = drafts.check_draft(_tools(), one, clock.now())
    if not found.issues:
        flash("检查过了，没有发现问题，可以提交审核。")
    return _page(_layout(one.layout), one.agency, one.cells, found.issues, one), 200


def _watched(one: DraftView) -> Response:
    """For the script: where it was kept, and what is wrong where."""
    layout = _layout(one.layout)
    issues = drafts.check_draft(_tools(), one, clock.now()).issues
    places = {column.title: index for index, column in enumerate(layout.columns)}
    return jsonify(
        number=one.id,
        version=one.version,
        address=url_for("bureau.draft", number=one.id),
        issues=[
            {"index": places.get(i.column or "", -1), "level": i.level.value, "message": i.message}
            for i in issues
        ],
    )


def _changed(one: DraftView, typed: Typed, version: int) -> tuple[str, int] | tuple[Response, int]:
    if form_text("deed") == "watch":
        return jsonify(message=_CHANGED), 409
    flash(_CHANGED, "error")
    layout = _layout(one.layout)
    return _page(layout, one.agency, typed.cells, (), one, version), 409


def _gone(problem: str) -> AnyResponse | tuple[Response, int]:
    if form_text("deed") == "watch":
        return jsonify(message=problem), 410
    flash(problem, "error")
    return redirect(url_for("bureau.decisions"), code=303)


def _discard(number: int) -> AnyResponse | tuple[Response, int]:
    try:
        drafts.discard_draft(db.session(), number)
    except NotPossible as problem:
        return _gone(str(problem))
    flash("草稿已经丢弃。")
    return redirect(url_for("bureau.decisions"), code=303)


def _page(
    layout: Layout,
    agency: str,
    cells: Sequence[str],
    issues: Sequence[Issue],
    one: DraftView | None = None,
    version: int = 0,
) -> str:
    book = load_rulebook()
    return render_template(
        "bureau/decision.html",
        layout=layout,
        agency=agency,
        bureau=book.agencies[agency].name,
        groups=form_groups(layout, book, cells, issues),
        whole=whole_row(layout, issues),
        wrong=sum(issue.level == "error" for issue in issues),
        one=one,
        version=version or (one.version if one else 0),
        form_key=secrets.token_urlsafe(18),
    )


def _sent(layout: Layout) -> list[str | None]:
    """What the form sent for each column; several choices are joined as a file has them."""
    return [form_parts(f"cell{index}") for index in range(len(layout.columns))]


def _layout(name: str) -> Layout:
    return load_rulebook().layouts.get(name) or abort(404)


def _own(number: int) -> DraftView:
    found = drafts.draft(_tools(), number) if number < 1 << 62 else None
    if found is None or found.actor != actor():
        abort(404)
    return found


def _version() -> int:
    text = form_text("version")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _tools() -> DraftTools:
    return DraftTools(db.session(), vault(), load_rulebook(), files())
