"""``/bureau/listings``: cases of entry on a list, from the candidate to the removal."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.list_measures import measures_of
from credit_site.domain.listing_cases import ListingAction, ListingState
from credit_site.domain.listing_rules import RULE
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.listing_cases import views
from credit_site.services.listing_cases.apologies import wordings
from credit_site.services.listing_cases.content import ListingTools, chosen_measures
from credit_site.services.listing_cases.early import CONDITIONS
from credit_site.services.listing_cases.entering import HUGE_FINE
from credit_site.services.listing_cases.figures import STAGES, figures
from credit_site.services.listing_cases.hands import may_take
from credit_site.services.listing_cases.numbers import CHECKED, NumberDoubted
from credit_site.services.listing_cases.public_words import HAS_READ, READ
from credit_site.services.listing_cases.served import entry_of_case, served_entry, served_view
from credit_site.services.listing_cases.steps import OutOfOrder, StepOrder, take_step
from credit_site.services.listing_cases.views import CaseView
from credit_site.services.public_records import by_ids
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import form_fields, form_parts, form_text
from credit_site.web.bureau.access import account, actor, needs, own
from credit_site.web.bureau.honours_again import freed_lines
from credit_site.web.bureau.listing_papers import (
    day_of,
    days_in_words,
    happened_since,
    is_made,
    papers_of,
    template_of,
)
from credit_site.web.bureau.listing_unsent import came_first, check_numbers, given_back
from credit_site.web.bureau.listing_words import DONE, OUTCOMES, STEPS, out_of_order, state_tag
from credit_site.web.bureau.names import names_of
from credit_site.web.bureau.notices import notice_of, spoken_to
from credit_site.web.bureau.uploads import files
from credit_site.web.desk_parameters import CaseParameters
from credit_site.web.frame import site_settings
from credit_site.web.matters.papers import PaperProblem, kept_papers
from credit_site.web.parameters import read
from credit_site.web.scans import handed_out

SHOWN = {
    "open": ("正在办理", tuple(state for state in ListingState if state.open)),
    "listed": ("在列", (ListingState.LISTED,)),
    "closed": ("已办结", (ListingState.REMOVED, ListingState.SPARED, ListingState.DISMISSED)),
}
_SAID = (
    "ground",
    "facts",
    "penalty_number",
    "penalty_day",
    "heavy",
    "until",
    "because",
    "restriction",
    "restricted_until",
    "revoked_by",
    CHECKED,
    "apology",
    READ,
    *CONDITIONS,
)


_READ_BEFORE = frozenset(
    {ListingAction.NOTICE, ListingAction.ANNOUNCE, ListingAction.CONFIRM, ListingAction.PUBLISH}
)
"""Steps before which somebody reads what everybody will read."""
_DEAD_ENDS = frozenset({ListingAction.DISMISS, ListingAction.SPARE})
"""Never the first form, which stands open."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into the form of a step that was refused: nothing is lost."""

    action: ListingAction
    fields: MultiDict[str, str]
    asks_number: bool = False


@needs(Permission.READ)
def index() -> str:
    """Cases that are open, on the list, or done with."""
    wanted = read(CaseParameters)
    show = wanted.show if wanted.show in SHOWN else "open"
    title, states = SHOWN[show]
    lines = views.cases(tools(), account().agency, states, clock.today(), wanted.after)
    counts = views.counts(db.session(), account().agency)
    book, today = load_rulebook(), clock.today()
    return render_template(
        "bureau/listings.html",
        tab=show,
        title=title,
        tabs=[
            (name, text, sum(counts.get(one, 0) for one in of))
            for name, (text, of) in SHOWN.items()
        ],
        lines=[
            (one, book.lists[one.list_name].name, _tag(one), one.nearest(today)) for one in lines
        ],
        bureaus={slug: one.short_name for slug, one in book.agencies.items()},
        all_bureaus=not account().agency,
        may=account().may(Permission.LISTINGS),
        year=figures(db.session(), account().agency, today.replace(month=1, day=1)),
        stages=_stages(),
        today=today,
        following=lines[-1].id if len(lines) == views.PAGE else 0,
    )


@needs(Permission.READ)
def show(number: int) -> str:
    """A case with its past, its clocks and what can be done now."""
    return page_of(found(number))


def _stages() -> list[tuple[str, str]]:
    titles = load_rulebook().rule(RULE).labels
    return [(name, titles[name].partition("（")[0]) for name in STAGES]


@needs(Permission.LISTINGS)
def step(number: int) -> AnyResponse | tuple[str, int]:
    """Takes a step of the bureau, or of the level above: agrees, or sends the decision back."""
    view, text = found(number), form_text("action")
    if text not in set(ListingAction) or ListingAction(text).by_system:
        abort(400)
    action = ListingAction(text)
    if action.by_level_above and not account().may(Permission.CONFIRM_LISTINGS):
        abort(403)
    return _taken(view, action)


@needs(Permission.LISTINGS)
def paper(number: int, paper: str) -> str:
    """A document to be printed: notice, decision, removal."""
    view = found(number)
    if not is_made(paper, view):
        abort(404)
    served, since = view.served_on, happened_since(view, clock.today())
    if paper == "repair":
        entry = served_entry(tools(), number)
        return notice_of(entry, view.line.agency, view.decided_on, served, since)
    book, branch = load_rulebook(), view.line.branch
    chosen = chosen_measures(view.content, branch)
    return render_template(
        f"bureau/listing_{template_of(paper, view)}.html",
        case=view if paper == "removal" else served_view(view, book),
        you=spoken_to(view.subject_kind),
        list=book.lists[view.line.list_name],
        bureau=book.agencies[view.line.agency].name,
        measures=[one for one in measures_of(branch, book.measures) if one.slug in chosen],
        served=served,
        since=since,
        penalties=by_ids(db.session(), view.facts, clock.today()),
        review_body=book.agencies[view.line.agency].review_body,
        notice_day=day_of(view.content.get("notice_day", "")),
        because=OUTCOMES.get(view.line.outcome, ""),
        site_url=site_settings().url,
        today=clock.today(),
    )


@needs(Permission.LISTINGS)
def file(number: int, step: int) -> Response:
    """A file that came with a step."""
    view = found(number)
    one = next((s for s in view.steps if s.id == step and s.sha256), None)
    if one is None:
        abort(404)
    return handed_out(files(), one.sha256, one.file_kind, f"listing-{number}-{step}")


def found(number: int) -> CaseView:
    """A case that whoever is signed in may see; 404 for any other."""
    view = views.case_view(tools(), number, clock.today()) if number < 1 << 62 else None
    if view is None:
        abort(404)
    own(view.line.agency)
    return view


def tools() -> ListingTools:
    """What cases work with."""
    return ListingTools(db.session(), vault(), load_rulebook())


def page_of(view: CaseView, problem: str = "", typed: Typed | None = None) -> str:
    """The page of a case; with what was typed into the form of a step that was refused."""
    book, line = load_rulebook(), view.line
    actions = sorted((a for a in view.possible if _may(a, view)), key=_DEAD_ENDS.__contains__)
    return render_template(
        "bureau/listing.html",
        case=view,
        days=days_in_words(view.content),
        list=book.lists[line.list_name],
        bureau=book.agencies[line.agency].name,
        tag=_tag(line),
        steps=[(one, DONE[one.action]) for one in view.steps],
        people=names_of(one.actor for one in view.steps),
        forms=[STEPS[action] for action in actions],
        freed=freed_lines(view.freed),
        left_to_bureau=any(a.of_the_bureau for a in view.possible if a not in actions),
        waits_above=line.state is ListingState.DECIDED and view.rules.reviewed,
        measures=measures_of(line.branch, book.measures),
        chosen=chosen_measures(view.content, line.branch),
        grounds=[(ground.slug, ground.name) for ground in line.branch.grounds],
        ground=next((g.slug for g in line.branch.grounds if g.name == view.ground), ""),
        heavy=[("", "请选择"), *((kind, kind) for kind in (*line.branch.heavier_types, HUGE_FINE))],
        conditions=CONDITIONS,
        apologies=list(wordings(book, clock.today()).items()),
        has_read=(READ, HAS_READ),
        public_facts=_public_facts(view) if _READ_BEFORE & set(actions) else "",
        papers=papers_of(view) if account().may(Permission.LISTINGS) else [],
        entitled=account().may(Permission.LISTINGS),
        today=clock.today(),
        problem=problem,
        typed=typed,
        asks_number=typed is not None and typed.asks_number,
        number_doubts=view.number_doubts,
        own_level=book.agencies[line.agency].credit_office,
        given_back=given_back(typed.action, typed.fields, line) if typed else [],
    )


def _may(action: ListingAction, view: CaseView) -> bool:
    above = account().may(Permission.CONFIRM_LISTINGS)
    wanted = above if action.by_level_above else account().may(Permission.LISTINGS)
    return wanted and may_take(view.rules, action, above=above)


def _public_facts(view: CaseView) -> str:
    """The facts as everybody would read them; as written where the entry is not complete."""
    try:
        entry = entry_of_case(tools(), view.line.id, clock.today())
    except NotPossible:
        return view.content.get("facts", "")
    return str(entry.content.get("facts", ""))


def _tag(line: views.CaseLine) -> dict[str, str]:
    return state_tag(line.state, load_rulebook().lists[line.list_name].tone, line.outcome)


def _taken(view: CaseView, action: ListingAction) -> AnyResponse | tuple[str, int]:
    number = view.line.id
    try:
        if action in view.possible:
            check_numbers(action, form_fields(), view.line)
        take_step(tools(), number, _order(action), actor(), clock.now())
    except (NotPossible, PaperProblem) as problem:
        doubted = isinstance(problem, NumberDoubted) or bool(form_text(CHECKED))
        typed = _typed(action, asks_number=doubted)
        view, said = found(number), str(problem)
        if isinstance(problem, OutOfOrder):
            said = out_of_order(problem, came_first(view))
        return page_of(view, said, typed), 422
    flash(f"已经办理：{DONE[action]}。")
    return redirect(url_for("bureau.listing", number=number), code=303)


def _typed(action: ListingAction, *, asks_number: bool) -> Typed:
    sent = form_fields().items(multi=True)
    said = MultiDict((name, mask_personal_numbers(text)) for name, text in sent)
    return Typed(action, said, asks_number)


def _order(action: ListingAction) -> StepOrder:
    day = day_of(form_text("day"))
    if day is None:
        raise NotPossible("请填写日期，例如 2026-03-05。")
    kept = kept_papers(files(), "proof", "file")
    paper = kept[0] if kept else None
    said = {name: text for name in _SAID if (text := form_text(name))}
    if action is ListingAction.NOTICE:  # boxes none of which is ticked are not sent at all
        said["measures"] = form_parts("measures") or ""
    return StepOrder(
        action,
        day,
        form_text("words"),
        form_text("document"),
        paper.sha256 if paper else "",
        paper.kind if paper else "",
        said,
    )
