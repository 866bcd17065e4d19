"""``/bureau/matters``: objections, applications for repair, tips: the inbox, steps, letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.matter_clocks import RestReason
from credit_site.domain.matters import (
    APPLICATIONS,
    MatterAction,
    MatterKind,
    MatterState,
    possible,
)
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.listing_cases.apologies import wordings
from credit_site.services.listing_cases.early import CONDITIONS
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.matters import views
from credit_site.services.matters.clockwork import extension_barred
from credit_site.services.matters.figures import KindFigures, Part, figures
from credit_site.services.matters.opening import SENDER
from credit_site.services.matters.standing import AGAINST_OBJECTIONS, ending
from credit_site.services.matters.steps import OUTCOMES, StepOrder, StepTools, take_step
from credit_site.services.matters.views import MatterView
from credit_site.services.public_records import EndedRecord
from credit_site.services.publication import EndReason
from credit_site.services.record_life import list_of
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import form_text
from credit_site.web.bureau.access import account, actor, needs, own
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.late_steps import late_step
from credit_site.web.bureau.matter_lines import line_in_words, records_of
from credit_site.web.bureau.matter_order import given_back, order_of, with_papers
from credit_site.web.bureau.names import names_of
from credit_site.web.bureau.uploads import files
from credit_site.web.desk_parameters import InboxParameters
from credit_site.web.matters.history import history
from credit_site.web.matters.letters import letter_of
from credit_site.web.matters.papers import PaperProblem
from credit_site.web.matters.said import asked_of
from credit_site.web.matters.wording import (
    PAPERS,
    ROLES,
    action_words,
    ended_words,
    resting_words,
    sender_words,
    words_title,
)
from credit_site.web.parameters import read
from credit_site.web.scans import ACCEPT, handed_out

_OWN = (MatterAction.SUPPLY, MatterAction.WITHDRAW)
"""Steps of the sender."""
_BEFORE_ITS_END = (
    MatterAction.EXCLUDE,
    MatterAction.REFUSE,
    MatterAction.UPHOLD,
    MatterAction.REJECT,
)
"""What is not done while a test goes on."""


PARTS = {Part.AGENCY: "部门", Part.DIVISION: "区县", Part.MONTH: "月份"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that can be taken now, in words; ``asks`` is what its own words are called."""

    action: MatterAction
    words: str
    decides: bool
    asks: str


@needs(Permission.READ)
def index() -> str:
    """What is open, the oldest first; what is done, the newest first."""
    given, me = read(InboxParameters), account()
    kinds = [kind for kind in MatterKind if given.kind in ("", kind.value)]
    is_open = given.show != "closed"
    found = views.inbox(
        db.session(),
        load_rulebook(),
        me.agency,
        kinds,
        is_open=is_open,
        division=given.division,
        before=given.after or None,
    )
    records = records_of(found)
    return render_template(
        "bureau/matters.html",
        lines=[line_in_words(one, records) for one in found],
        given=given,
        kinds=[(kind.value, kind.label) for kind in MatterKind],
        divisions=[(code, one.name) for code, one in load_rulebook().divisions.items()],
        is_open=is_open,
        more=found[-1].id if len(found) == views.PAGE else 0,
        **_year(me.agency, given),
    )


def _year(agency: str, given: InboxParameters) -> dict[str, object]:
    """The figures of the year, told apart as wished; the credit office sees every bureau."""
    usual = Part.MONTH if agency else Part.AGENCY
    by = next((part for part in Part if part.value == given.by), usual)
    since, until = clock.today().replace(month=1, day=1), clock.today()
    found = figures(db.session(), load_rulebook(), agency, since, until, given.division, by=[by])
    parts = [part for part in Part if not (agency and part is Part.AGENCY)]
    return {
        "figures": [(_part_words(one, by), one) for one in found],
        "by": by,
        "parts": [(part, PARTS[part]) for part in parts],
    }


def _part_words(one: KindFigures, by: Part) -> str:
    match by:
        case Part.AGENCY:
            return bureau_name(one.agency)
        case Part.DIVISION:
            known = load_rulebook().divisions.get(one.division)
            return known.name if known else "没有写明"
        case Part.MONTH:
            return f"{one.month:%Y-%m}" if one.month else ""


@needs(Permission.READ)
def show(number: int) -> str:
    """One matter: what is asked, its clocks, what can be done."""
    return _show(_found(number))


@needs(Permission.CHANGE)
def step(number: int) -> AnyResponse | tuple[str, int]:
    """Takes a step."""
    found = _found(number)
    action = form_text("action")
    if action not in set(MatterAction) - set(_OWN):
        abort(400)
    order = order_of(MatterAction(action))
    tools = StepTools(db.session(), vault(), load_rulebook())
    try:
        take_step(tools, number, with_papers(found, order), actor(), clock.now())
    except (NotPossible, PaperProblem) as problem:
        return _show(_found(number), str(problem), given_back(order)), 422
    flash(f"已经办理：{action_words(found.line.kind, order.action)}。")
    moved = order.action is MatterAction.REROUTE and account().agency
    target = url_for("bureau.matters") if moved else url_for("bureau.matter", number=number)
    return redirect(target, code=303)


@needs(Permission.CHANGE)
def paper(number: int, position: int) -> Response:
    """A file that came along, to be saved; never shown in the browser."""
    found = _found(number)
    one = next((file for file in found.files if file.position == position), None)
    if one is None:
        abort(404)
    return handed_out(files(), one.sha256, one.kind, f"{found.line.number}-{position}")


@needs(Permission.CHANGE)
def letter(number: int) -> str:
    """The letter to the sender, ready to print."""
    found = _found(number)
    made = letter_of(found, desk=True)
    if made is None:
        abort(404)
    return render_template("bureau/letter.html", one=found, letter=made)


def _found(number: int) -> MatterView:
    found = views.matter(db.session(), vault(), load_rulebook(), number)
    if found is None:
        abort(404)
    own(found.line.agency)
    return found if account().may(Permission.CHANGE) else views.without_sender(found)


def _show(found: MatterView, problem: str = "", typed: StepOrder | None = None) -> str:
    me, today = account(), clock.today()
    people = names_of(step.actor for step in found.steps if step.actor != SENDER)
    people |= {SENDER: sender_words(found.line.kind)}
    ended = _ended(found)
    return render_template(
        "bureau/matter.html",
        one=found,
        line=line_in_words(found.line, records_of([found.line])),
        ended=ended_words(ended) if ended else "",
        was_error=ended is not None and ended.reason == EndReason.ERROR,
        contact=_contact(found),
        said=asked_of(found.line.kind, found.content),
        steps=history(found),
        people=people,
        entitled=me.may(Permission.CHANGE),
        choices=_choices(found, typed, ended=bool(ended)) if me.may(Permission.CHANGE) else [],
        outcomes=list(OUTCOMES.items()) if _about_record(found) and not ended else [],
        agencies=[(slug, one.name) for slug, one in load_rulebook().agencies.items()],
        actions=MatterAction,
        has_letter=letter_of(found) is not None,
        conditions=CONDITIONS if found.line.kind is MatterKind.REPAIR and _on_list(found) else {},
        apologies=list(wordings(load_rulebook(), today).items()),
        apologises=found.line.kind is MatterKind.OBJECTION and _on_list(found),
        problem=problem,
        typed=typed,
        late=late_step(found, typed, people, ended),
        sender=sender_words(found.line.kind),
        papers=PAPERS,
        today=today,
        test=found.line.dates.open_test,
        run_out=any(one.own and one.late(today) for one in found.line.clocks),
        resting=resting_words(found.line.dates, found.line.kind),
        accept=ACCEPT,
    )


def _about_record(found: MatterView) -> bool:
    """Whether it is an objection to something public, not to an announcement."""
    return found.line.kind is MatterKind.OBJECTION and found.line.record_id is not None


def _ended(found: MatterView) -> EndedRecord | None:
    """That what it is about has ended; None while it has not."""
    return ending(db.session(), found.line.record_id, clock.today())


def _on_list(found: MatterView) -> bool:
    """Whether it is about an entry on a list of our own."""
    number = found.line.record_id
    return number is not None and on_own_list(load_rulebook(), list_of(db.session(), number))


def _choices(found: MatterView, typed: StepOrder | None, *, ended: bool) -> Sequence[Choice]:
    """The steps that are offered; the form of one that was just refused is there once more."""
    kind, decisive = found.line.kind, (MatterAction.UPHOLD, MatterAction.REJECT)
    unfit = {*_unfit(found), *_unfit_once_wrong(found)} - ({typed.action} if typed else set())
    return [
        Choice(action, action_words(kind, action), action in decisive, words_title(action))
        for action in possible(kind, found.line.state, ended=ended)
        if action not in unfit
    ]


def _unfit_once_wrong(found: MatterView) -> tuple[MatterAction, ...]:
    """Whose record ended as an error was right to object."""
    ended = _ended(found) if found.line.kind is MatterKind.OBJECTION else None
    return AGAINST_OBJECTIONS if ended and ended.reason == EndReason.ERROR else ()


def _unfit(found: MatterView) -> Iterator[MatterAction]:
    """Steps of the sender, and those that could only be refused."""
    line, dates = found.line, found.line.dates
    yield from _OWN
    if line.kind is not MatterKind.TIP:
        yield MatterAction.REROUTE
    if any(rest.reason is RestReason.SUPPLY for rest in dates.rests):
        yield MatterAction.ASK
    yield from _BEFORE_ITS_END if dates.open_test else (MatterAction.TESTED,)
    if line.state is MatterState.ACCEPTED and line.kind in APPLICATIONS:
        book, today = load_rulebook(), clock.today()
        if extension_barred(line.kind, line.state, dates, book, today):
            yield MatterAction.EXTEND


def _contact(found: MatterView) -> list[tuple[str, str]]:
    titles = {"name": "联系人", "role": "身份", "phone": "电话", "email": "邮箱"}
    said = found.contact
    return [
        (title, ROLES.get(said[name], said[name]) if name == "role" else said[name])
        for name, title in titles.items()
        if said.get(name)
    ]
