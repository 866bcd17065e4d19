"""``/bureau/lookups``: a department asks about a subject before it decides; the receipt stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.lookups import Outcome, Purpose
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, name_directory, vault
from credit_site.services.lookups.asking import LookupTools, Question, ask
from credit_site.services.lookups.feedback import FeedbackTools, Teller, Told, give_feedback
from credit_site.services.lookups.figures import PAGE, figures, latest
from credit_site.services.lookups.offering import MOST_LINES, offers
from credit_site.services.lookups.views import LineView, ReceiptView, receipt
from credit_site.services.matching import Asked, Match
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import form_choices, form_text
from credit_site.web.bureau.access import account, needs, own
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.names import names_of
from credit_site.web.desk_parameters import LookupParameters
from credit_site.web.frame import site_settings
from credit_site.web.parameters import read
from credit_site.web.presenters.lookups import (
    BARRED,
    CHANGED,
    CREDIT_OFFICE,
    KINDS,
    OUTCOMES,
    result_tag,
)
from credit_site.web.searching import matcher
from search_index import SearchUnavailable

PURPOSES = [(one.value, one.label) for one in Purpose]
BUSY = "名称索引正在恢复，请稍后再试；用统一社会信用代码现在就可以查。"
_KEY = "key:"


@needs(Permission.READ)
def index() -> str:
    """The form, the bureau's receipts, the year in figures."""
    return _index()


@needs(Permission.LOOK_UP)
def look_up() -> AnyResponse | tuple[str, int]:
    """Asks about one subject; leads on to the receipt."""
    subject = form_text("subject").strip()
    lines = [Asked(1, subject)] if subject else []
    try:
        return answered(lines, "")
    except NotPossible as refused:
        return _index(str(refused)), 422
    except SearchUnavailable:
        return _index(BUSY), 503


@needs(Permission.READ)
def show(number: str) -> str:
    """The receipt, ready to print."""
    return _show(found_receipt(number))


@needs(Permission.LOOK_UP)
def feedback(number: str) -> AnyResponse | tuple[str, int]:
    """What became of the measures."""
    found, told, me = found_receipt(number), _told(), account()
    tools = FeedbackTools(db.session(), vault(), load_rulebook())
    try:
        give_feedback(tools, found.number, told, Teller(me.agency, me.actor), clock.now())
    except NotPossible as problem:
        return _show(found, str(problem), told), 422
    flash("反馈已经记下。")
    return redirect(url_for("bureau.lookup", number=found.number), code=303)


def answered(lines: Sequence[Asked], reading: str) -> AnyResponse:
    """Asks as the form says; raises NotPossible, SearchUnavailable."""
    tools = LookupTools(db.session(), vault(), load_rulebook(), name_directory())
    me, said = account(), (form_text("purpose"), form_text("matter_number"))
    question = Question(me.agency, me.actor, *said, lines, reading)
    number = ask(tools, question, clock.now())
    return redirect(url_for("bureau.lookup", number=number), code=303)


def found_receipt(number: str) -> ReceiptView:
    """The receipt, if it is the own bureau's; else 404."""
    found = receipt(db.session(), vault(), load_rulebook(), number, clock.today())
    if found is None:
        abort(404)
    own(found.agency)
    return found


def asker(slug: str) -> str:
    """Who asked, in words."""
    return bureau_name(slug) if slug else CREDIT_OFFICE


def offered_names(lines: Sequence[LineView], most: int) -> Mapping[int, Sequence[Match]]:
    """By position, who else may be meant; nothing while the index of names is away."""
    try:
        return offers(matcher(), lines, most)
    except SearchUnavailable:
        return {}


def _told() -> Told:
    position = form_text("line")
    return Told(
        int(position) if position.isascii() and position.isdigit() and len(position) < 6 else 0,
        form_text("outcome"),
        form_choices("measures"),
        form_text("words"),
    )


def _index(error: str = "") -> str:
    given, me, today = read(LookupParameters), account(), clock.today()
    lines = latest(db.session(), me.agency, given.after)
    return render_template(
        "bureau/lookups.html",
        error=error,
        may=me.may(Permission.LOOK_UP),
        subject=form_text("subject") or given.subject,
        purpose=form_text("purpose"),
        matter_number=form_text("matter_number"),
        purposes=[("", "请选择"), *PURPOSES],
        lines=[(line, asker(line.agency)) for line in lines],
        people=_people(line.actor for line in lines),
        more=lines[-1].id if len(lines) == PAGE else 0,
        figures=figures(db.session(), me.agency, today.replace(month=1, day=1), today),
        year=today.year,
    )


def _show(found: ReceiptView, problem: str = "", typed: Told | None = None) -> str:
    told = [one.told_by for line in found.lines for one in line.told]
    return render_template(
        "bureau/lookup.html",
        one=found,
        asker=asker(found.agency),
        people=_people([found.actor, *told]),
        verify=f"{site_settings().url}/verify/{found.number}",
        offered=offered_names(found.lines, MOST_LINES),
        tag=result_tag,
        changed=CHANGED,
        kinds=KINDS,
        barred=BARRED,
        outcomes=OUTCOMES,
        choices=[(one.value, OUTCOMES[one]) for one in Outcome],
        measure_names={slug: one.name for slug, one in load_rulebook().measures.items()},
        may=account().may(Permission.LOOK_UP) and account().agency == found.agency,
        problem=problem,
        typed=typed,
    )


def _people(actors: Iterable[str]) -> dict[str, str]:
    """Names by actor; machines are called by what they are."""
    named = names_of(actors)
    return {who: "接口" if who.startswith(_KEY) else name for who, name in named.items()}
