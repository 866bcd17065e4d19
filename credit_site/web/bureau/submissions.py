"""``/bureau/submissions``: what became of a file, what is to be mended, handing it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort, flash, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.issues import Issue
from credit_site.domain.masked_cells import (
    kept_cell,
    places_of_identity,
    secret_places,
    shown_cell,
)
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import StagedState, SubmissionState
from credit_site.extensions import clock, db, vault
from credit_site.services import desk_views
from credit_site.services.desk_views import RowView, SubmissionView
from credit_site.services.fixing import ChangedMeanwhile, Fix, fix_row, version_of
from credit_site.services.from_elsewhere import gone_from_source
from credit_site.services.record_entries import has_repairable
from credit_site.services.reviewing import NotPossible, hand_in, withdraw
from credit_site.web.bodies import form_text, form_texts
from credit_site.web.bureau.access import account, actor, needs, own
from credit_site.web.bureau.busy_pages import busy_page, job_kind
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.late_forms import LateForm
from credit_site.web.bureau.late_rows import late_row
from credit_site.web.bureau.meanwhile import differences, footprints, typed_into
from credit_site.web.bureau.names import STATES, names_of, state_tag, task_words
from credit_site.web.bureau.uploads import files
from credit_site.web.desk_parameters import SubmissionParameters
from credit_site.web.parameters import read
from credit_site.web.screening import WORKBOOK

OPEN = (SubmissionState.READ, SubmissionState.RETURNED)
BUSY = (SubmissionState.RECEIVED, SubmissionState.PUBLISHING)


_TAKEN_BACK = {
    SubmissionState.READ: "已经撤回，可以修改以后再提交审核。",
    SubmissionState.CLOSED: "剩下的行不再报送；已经发布的不受影响。",
    SubmissionState.WITHDRAWN: "这份文件不再报送。",
}


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell of a row on the form: its place in the file, title, text, problems."""

    index: int
    title: str
    text: str
    issues: tuple[Issue, ...]


@needs(Permission.READ)
def index() -> str:
    """The newest submissions, page by page."""
    given, me = read(SubmissionParameters), account()
    states = [state for state in SubmissionState if state.value == given.show]
    found = desk_views.submissions(db.session(), me.agency, states, before=given.after or None)
    return render_template(
        "bureau/submissions.html",
        found=[(one, state_tag(one), bureau_name(one.agency)) for one in found],
        people=names_of(one.actor for one in found),
        show=given.show,
        states=[(state.value, words) for state, (words, _) in STATES.items()],
        more=found[-1].id if len(found) == desk_views.PAGE else 0,
    )


@needs(Permission.READ)
def show(number: int) -> str:
    """Where a submission stands; what is to be done about it."""
    return page_of(found(number))


@needs(Permission.READ)
def progress(number: int) -> Response:
    """How far the worker has come: {busy, waiting, done, total}."""
    view = found(number)
    job = desk_views.job_of(db.session(), number, job_kind(view))
    return jsonify(
        busy=view.state in BUSY and not (job and job.problem),
        waiting=job is None or job.state == "waiting",
        done=job.done if job else 0,
        total=job.total if job else 0,
    )


@needs(Permission.READ)
def annotated(number: int) -> Response:
    """The file with its problems written in."""
    view = found(number)
    if not view.annotated:
        abort(404)
    response = Response(files().read(view.annotated), content_type=WORKBOOK)
    name = f'attachment; filename="annotated-{number}.xlsx"'
    response.headers["Content-Disposition"] = name
    return response


@needs(Permission.SUBMIT)
def deed(number: int, deed: str) -> AnyResponse:
    """Hands a submission in, or takes it back."""
    found(number)
    try:
        if deed == "hand-in":
            hand_in(db.session(), number, actor(), clock.now())
            flash("已经提交审核。审核由本部门的另一个人进行，结果会显示在工作台上。")
        else:
            flash(_TAKEN_BACK[withdraw(db.session(), number, actor(), clock.now())])
    except NotPossible as problem:
        flash(str(problem), "error")
    return redirect(url_for("bureau.submission", number=number), code=303)


@needs(Permission.SUBMIT)
def row(number: int, row: int) -> str:
    """A row as a form."""
    view, staged = found(number), _row(number, row)
    return _row_form(view, staged, staged.cells, staged.issues)


@needs(Permission.SUBMIT)
def mend_row(number: int, row: int) -> AnyResponse | tuple[str, int]:
    """Checks a row again, with what has been typed in."""
    view = found(number)
    staged = desk_views.row(db.session(), vault(), load_rulebook(), number, row) or abort(404)
    if not staged.mendable:
        return page_of(view, late_row(view, row)), 409
    cells = _typed(view, staged)
    fix = Fix(number, row, cells, form_text("seen"))
    try:
        left = fix_row(db.session(), vault(), load_rulebook(), fix, actor(), clock.now())
    except ChangedMeanwhile as other:
        now_there = _row(number, row)
        issues = tuple(differences(view.titles, now_there.cells, cells, _secrets(view)))
        return _row_form(view, now_there, tuple(cells), issues, other=other.actor), 409
    except NotPossible as problem:
        return _row_form(view, staged, tuple(cells), staged.issues, problem=str(problem)), 409
    if any(issue.level == "error" for issue in left):
        return _row_form(view, _row(number, row), tuple(cells), left, again=True), 422
    flash(f"第 {row} 行已经改好。")
    return redirect(url_for("bureau.submission", number=number, _anchor="rows"), code=303)


def found(number: int) -> SubmissionView:
    """A submission that whoever is signed in may see; 404 for any other."""
    view = desk_views.submission(db.session(), number)
    if view is None:
        abort(404)
    own(view.agency)
    return view


def page_of(view: SubmissionView, late: LateForm | None = None) -> str:
    """The page of a submission, as its state asks for; ``late`` is a form that came too late."""
    if view.state in BUSY:
        return busy_page(view)
    given, session = read(SubmissionParameters), db.session()
    tasks, counts = desk_views.tasks(session, view.id), desk_views.row_states(session, view.id)
    rows = _rows_to_mend(view, given)
    return render_template(
        "bureau/submission.html",
        one=view,
        tag=state_tag(view),
        gone=gone_from_source(session, view.id),
        bureau=bureau_name(view.agency),
        people=names_of((view.actor, view.submitted_by, view.decided_by)),
        layout=_layout_title(view),
        counts=counts,
        noticed=_noticed(view, counts),
        tasks=[(task, task_words(task)) for task in tasks],
        given=given,
        rows=[(one, whose(view, one), _lines(view, one, one.issues)) for one in rows],
        more=rows[-1].number if len(rows) == desk_views.PAGE else 0,
        mendable=view.state in OPEN and account().may(Permission.SUBMIT),
        reopenable=view.by_hand and view.actor == actor(),
        me=account(),
        states=SubmissionState,
        late=late,
        may=Permission,
    )


def _noticed(view: SubmissionView, counts: Mapping[str, int]) -> bool:
    """Whether notices on repair can be printed; what an import let out never stood on the stage."""
    out = view.state is SubmissionState.CLOSED or counts.get(StagedState.PUBLISHED, 0)
    return bool(out) and has_repairable(db.session(), view.id, load_rulebook(), clock.today())


def _rows_to_mend(view: SubmissionView, given: SubmissionParameters) -> list[RowView]:
    """Rows with problems, and those that the reviewer held back."""
    session, states = db.session(), [StagedState.REJECTED, StagedState.READY, StagedState.HELD]
    rows = desk_views.rows(session, vault(), view.id, states, after=given.after, only_issues=True)
    held = [
        one
        for one in desk_views.rows(session, vault(), view.id, [StagedState.HELD])
        if not one.issues and not given.after
    ]
    return [one for one in sorted(held + rows, key=lambda r: r.number) if _asked_for(one, given)]


def _asked_for(one: RowView, given: SubmissionParameters) -> bool:
    if not given.code:
        return True
    return any(i.code == given.code and (i.column or "") == given.column for i in one.issues)


def _layout_title(view: SubmissionView) -> str:
    layout = load_rulebook().layouts.get(view.layout)
    return layout.title if layout else "没有认出格式"


def _row(number: int, row: int) -> RowView:
    staged = desk_views.row(db.session(), vault(), load_rulebook(), number, row)
    return staged if staged is not None and staged.mendable else abort(404)


def _lines(
    view: SubmissionView, staged: RowView, issues: tuple[Issue, ...], cells: tuple[str, ...] = ()
) -> list[CellLine]:
    """The cells of a row; numbers of persons are masked."""
    texts, secrets = cells or staged.cells, _secrets(view)
    return [
        CellLine(
            index,
            title,
            shown_cell(texts[index], secret=index in secrets) if index < len(texts) else "",
            tuple(issue for issue in issues if issue.column == title),
        )
        for index, title in enumerate(view.titles)
    ]


def whose(view: SubmissionView, staged: RowView) -> str:
    """About whom and under which number a row is, as far as it says so."""
    book = load_rulebook()
    layout = book.layouts.get(view.layout)
    places = places_of_identity(layout, view.titles, book) if layout else ()
    texts = [staged.cells[place] for place in places if place < len(staged.cells)]
    if staged.entry is not None and not staged.cells:
        texts = [staged.entry.subject_name, staged.entry.document_number]
    return "，".join(shown_cell(text, secret=False) for text in texts if text)


def _secrets(view: SubmissionView) -> frozenset[int]:
    """The columns that hold numbers of personal documents."""
    book = load_rulebook()
    layout = book.layouts.get(view.layout)
    return secret_places(layout, view.titles, book) if layout else frozenset()


def _row_form(
    view: SubmissionView,
    staged: RowView,
    cells: tuple[str, ...],
    issues: tuple[Issue, ...],
    *,
    again: bool = False,
    other: str = "",
    problem: str = "",
) -> str:
    lines = _lines(view, staged, issues, cells)
    return render_template(
        "bureau/row.html",
        one=view,
        row=staged,
        whose=whose(view, staged),
        seen=version_of(staged.cells, vault()),
        shown=footprints(line.text for line in _lines(view, staged, ())),
        again=again,
        problem=problem,
        other=names_of([other]).get(other, ""),
        wrong=[line for line in lines if line.issues],
        right=[line for line in lines if not line.issues],
        whole=[issue for issue in issues if issue.column not in view.titles],
    )


def _typed(view: SubmissionView, staged: RowView) -> list[str]:
    """The row with what was typed; a cell that came back as it was shown stays what it is."""
    secrets = _secrets(view)
    typed = typed_into(form_text("shown"), form_texts("cell", len(staged.cells)))
    return [
        old if new is None else kept_cell(old, new, secret=place in secrets)
        for place, (old, new) in enumerate(zip(staged.cells, typed, strict=True))
    ]
