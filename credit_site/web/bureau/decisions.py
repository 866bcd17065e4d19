"""``/bureau/decisions/``: one decision filled in by hand, kept as a draft, handed in."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.domain.row_forms import first_texts
from credit_site.domain.rulebook import Layout, load_rulebook
from credit_site.domain.states import DraftState
from credit_site.extensions import clock, db, vault
from credit_site.services import decisions
from credit_site.services.decisions import Look, Tools
from credit_site.services.drafts import (
    DraftProblem,
    DraftView,
    MovedOn,
    Saved,
    Typed,
    autosave_draft,
    discard_draft,
    draft,
    new_token,
    save_draft,
    texts_behind,
)
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import allow_form, form_text
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.decision_form import answer_of, form_lines, outcome, sent, whole
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.draft_lines import draft_lines
from credit_site.web.bureau.submissions import found as submission
from credit_site.web.bureau.uploads import files, usual
from credit_site.web.desk_parameters import DecisionParameters
from credit_site.web.parameters import read
from credit_site.web.presenters.words import spoken_moment

MOST_BYTES = 4 << 20
_SENDS_FORMS = ("bureau.keep_new_decision", "bureau.keep_decision", "bureau.check_decision")
_MOVED_ON = (
    "这份草稿已经在另一个窗口里改过、提交过或者删去了，这里不再自动保存。您填的都还在这一页：按"
    "“保存草稿”，会另存成一份新的草稿，不会盖掉另一份。"
)


def make_room() -> None:
    """Before the form is read: an official text may be long."""
    if request.endpoint in _SENDS_FORMS:
        allow_form(MOST_BYTES)


@needs(Permission.SUBMIT)
def index() -> str:
    """Drafts, and what may be begun."""
    book, me = load_rulebook(), account()
    return render_template(
        "bureau/decisions.html",
        drafts=draft_lines(actor()),
        agencies=[] if me.agency else [(s, one.name) for s, one in book.agencies.items()],
        layouts=[(one.name, one.title) for one in sorted(book.layouts.values(), key=usual)],
    )


@needs(Permission.SUBMIT)
def new() -> str | AnyResponse:
    """A form for another decision."""
    given, book = read(DecisionParameters), load_rulebook()
    layout, agency = book.layouts.get(given.layout), _agency(given)
    if layout is None or not agency:
        if given.layout:
            flash("请选择种类和部门。", "error")
        return redirect(url_for("bureau.decisions"), code=303)
    texts = first_texts(layout, book, book.agencies[agency])
    return _form(layout, Typed(new_token(), 0, 0, layout.name, agency, texts))


@needs(Permission.SUBMIT)
def keep_new() -> AnyResponse | Response:
    """Keeps a form that was not kept before; checks it or hands it in where that was asked."""
    given = read(DecisionParameters)
    layout, agency = load_rulebook().layouts.get(given.layout), _agency(given)
    if layout is None or not agency:
        abort(404)
    return _keep(sent(layout, agency))


@needs(Permission.SUBMIT)
def show(number: int) -> str | AnyResponse:
    """A draft as a form; with ``check=1`` everything that is still wrong is shown."""
    view = _found(number)
    if view.state is not DraftState.OPEN:
        return _gone(view)
    layout = load_rulebook().layouts[view.layout]
    typed = Typed("", view.id, view.version, view.layout, view.agency, view.texts)
    look = _look(typed, view.texts) if read(DecisionParameters).check else None
    return _form(layout, typed, view, look)


@needs(Permission.SUBMIT)
def keep(number: int) -> AnyResponse | Response:
    """Keeps a draft; checks it or hands it in where that was asked."""
    view = _found(number)
    typed = sent(load_rulebook().layouts[view.layout], view.agency)
    return _keep(Typed(typed.token, number, typed.version, view.layout, view.agency, typed.texts))


@needs(Permission.SUBMIT)
def discard(number: int) -> AnyResponse:
    """Throws a draft away."""
    _found(number)
    discard_draft(db.session(), number, actor(), clock.now())
    flash("草稿已经删去。")
    return redirect(url_for("bureau.decisions"), code=303)


@needs(Permission.SUBMIT)
def check() -> Response:
    """What is wrong with what stands in a form, while it is filled in; nothing is kept."""
    layout, agency = load_rulebook().layouts.get(form_text("layout")), _agency_sent()
    if layout is None or not agency:
        abort(404)
    typed = sent(layout, agency)
    if typed.number:
        _found(typed.number)
    texts = texts_behind(db.session(), vault(), load_rulebook(), typed, actor())
    return jsonify(answer_of(layout, texts, _look(typed, texts)))


@needs(Permission.SUBMIT)
def reopen(number: int) -> AnyResponse:
    """Takes what was filled in by hand, and came back, into the form again."""
    submission(number)
    try:
        made = decisions.reopen(db.session(), _tools(), number, actor(), clock.now())
    except (NotPossible, DraftProblem) as problem:
        flash(str(problem), "error")
        return redirect(url_for("bureau.submission", number=number), code=303)
    return redirect(url_for("bureau.decision", number=made, check=1), code=303)


def _keep(typed: Typed) -> AnyResponse | Response:
    session, book, now = db.session(), load_rulebook(), clock.now()
    deed = form_text("deed")
    try:
        if deed == "autosave":
            return _autosaved(autosave_draft(session, vault(), book, typed, actor(), now))
        saved = save_draft(session, vault(), book, typed, actor(), now)
    except MovedOn:
        return _refused(_MOVED_ON, 409)
    except DraftProblem as problem:
        if deed == "autosave":
            return _refused(str(problem), 422)
        flash(str(problem), "error")
        return redirect(url_for("bureau.decisions"), code=303)
    return _kept(saved, deed)


def _autosaved(saved: Saved) -> Response:
    if saved.state is not DraftState.OPEN:
        return _refused(_MOVED_ON, 409)
    moment = spoken_moment(clock.now()).rpartition(" ")[2]
    address = url_for("bureau.decision", number=saved.number)
    return jsonify(number=saved.number, version=saved.version, at=moment, address=address)


def _refused(problem: str, code: int) -> Response:
    answer = jsonify(problem=problem)
    answer.status_code = code
    return answer


def _kept(saved: Saved, deed: str) -> AnyResponse:
    if saved.state is DraftState.HANDED_IN:
        return redirect(url_for("bureau.submission", number=saved.submission_id), code=303)
    if saved.instead_of:
        flash(
            "这份草稿已经在另一个窗口里改过、提交过或者删去了。您在这里填的没有丢，另存成了这份新的"
            "草稿；证件号码请看一看要不要重新填写。请比较以后删去不要的一份。",
            "error",
        )
    elif deed == "hand-in":
        return _handed_in(saved.number)
    elif deed != "check":
        flash("草稿已经保存，退出登录也不会丢。")
    checks = 1 if deed in ("check", "hand-in") else None
    return redirect(url_for("bureau.decision", number=saved.number, check=checks), code=303)


def _handed_in(number: int) -> AnyResponse:
    try:
        made = decisions.hand_in_draft(db.session(), _tools(), number, actor(), clock.now())
    except NotPossible as problem:
        flash(str(problem), "error")
        return redirect(url_for("bureau.decision", number=number, check=1), code=303)
    if isinstance(made, Look):
        return redirect(url_for("bureau.decision", number=number, check=1), code=303)
    flash("已经提交审核。审核由本部门的另一个人进行，结果会显示在工作台上。")
    return redirect(url_for("bureau.submission", number=made), code=303)


def _gone(view: DraftView) -> AnyResponse:
    if view.submission_id is not None:
        flash("这份草稿已经提交，这就是提交以后的报送。")
        return redirect(url_for("bureau.submission", number=view.submission_id), code=303)
    flash("这份草稿已经删去了。", "error")
    return redirect(url_for("bureau.decisions"), code=303)


def _found(number: int) -> DraftView:
    """An own draft of a bureau that one still belongs to; 404 for any other."""
    view = draft(db.session(), vault(), number, actor()) if number < 1 << 62 else None
    if view is None or not account().reaches(view.agency):
        abort(404)
    if view.layout not in load_rulebook().layouts:
        abort(404)
    return view


def _look(typed: Typed, texts: Mapping[str, str]) -> Look:
    return decisions.look_at(
        db.session(), _tools(), typed.layout, typed.agency, texts, clock.today()
    )


def _tools() -> Tools:
    return Tools(vault(), load_rulebook(), files())


def _agency(given: DecisionParameters) -> str:
    me = account()
    return me.agency or (given.agency if given.agency in load_rulebook().agencies else "")


def _agency_sent() -> str:
    return _agency(DecisionParameters(agency=form_text("agency")))


def _form(
    layout: Layout, typed: Typed, view: DraftView | None = None, look: Look | None = None
) -> str:
    groups = form_lines(layout, typed.texts, look.issues if look else ())
    return render_template(
        "bureau/decision.html",
        layout=layout,
        typed=typed,
        draft=view,
        bureau=bureau_name(typed.agency),
        groups=groups,
        look=look,
        wrong=[line for group in groups for line in group.lines if line.wrong],
        whole=whole(layout, look.issues) if look else [],
        outcome=outcome(look) if look else [],
    )
