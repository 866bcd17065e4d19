"""``/bureau/lookups/<number>``: a receipt, ready to print, and what became of its measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.lookups import Outcome
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.lookups.feedback import FeedbackTools, Teller, Told, give_feedback
from credit_site.services.lookups.offering import MOST_LINES, offers
from credit_site.services.lookups.views import LineView, ReceiptView, receipt
from credit_site.services.matching import Match
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import form_choices, form_text
from credit_site.web.bureau.access import account, needs, own
from credit_site.web.bureau.lookups import asker, people_of
from credit_site.web.desk_parameters import ReceiptParameters
from credit_site.web.frame import site_settings
from credit_site.web.parameters import read
from credit_site.web.presenters import receipts
from credit_site.web.presenters.lookups import BARRED, CHANGED, KINDS, OUTCOMES, result_tag
from credit_site.web.searching import matcher
from search_index import SearchUnavailable


@dataclass(frozen=True, slots=True)
class _Telling:
    """Of feedback: who may give it, on which line the form is (``open`` at once), what was typed.

    ``just`` is the line of which it was given a moment ago, ``waiting`` those that still wait.
    """

    may: bool
    people: Mapping[str, str]
    line: int
    open: bool
    just: int
    waiting: Sequence[LineView]
    problem: str
    typed: Told | None


@needs(Permission.READ)
def show(number: str) -> str:
    """The receipt, ready to print."""
    return _show(found_receipt(number))


@needs(Permission.LOOK_UP)
def feedback(number: str) -> AnyResponse | tuple[str, int]:
    """What became of the measures; leads back to that line."""
    found, told, me = found_receipt(number), _told(), account()
    tools = FeedbackTools(db.session(), vault(), load_rulebook())
    try:
        give_feedback(tools, found.number, told, Teller(me.agency, me.actor), clock.now())
    except NotPossible as problem:
        return _show(found, str(problem), told), 422
    place = url_for(
        "bureau.lookup", number=found.number, told=told.position, _anchor=f"line-{told.position}"
    )
    return redirect(place, code=303)


def found_receipt(number: str) -> ReceiptView:
    """The receipt, if it is the own bureau's; else 404."""
    found = receipt(db.session(), vault(), load_rulebook(), number, clock.today())
    if found is None:
        abort(404)
    own(found.agency)
    return found


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


def _show(found: ReceiptView, problem: str = "", typed: Told | None = None) -> str:
    return render_template(
        "bureau/lookup.html",
        one=found,
        asker=asker(found.agency),
        verify=f"{site_settings().url}/verify/{found.number}",
        offered=offered_names(found.lines, MOST_LINES),
        tag=result_tag,
        changed=CHANGED,
        changes=receipts.changed_lines(found.lines),
        summary=receipts.counted(found.lines),
        groups=receipts.groups(found.lines),
        measures=receipts.every_measure(found.lines),
        beside=receipts.beside,
        texts=_texts(),
        told=_telling(found, problem, typed),
    )


def _texts() -> dict[str, object]:
    return {
        "kinds": KINDS,
        "barred": BARRED,
        "outcomes": OUTCOMES,
        "choices": [(one.value, OUTCOMES[one]) for one in Outcome],
        "measures": {slug: one.name for slug, one in load_rulebook().measures.items()},
    }


def _telling(found: ReceiptView, problem: str, typed: Told | None) -> _Telling:
    given, me = read(ReceiptParameters), account()
    told_by = [one.told_by for line in found.lines for one in line.told]
    wished = typed.position if typed else given.line
    alone = found.lines[0].position if len(found.lines) == 1 else 0
    may = me.may(Permission.LOOK_UP) and me.agency == found.agency
    open_to = {line.position for line in found.lines if may and line.answerable}
    line = next((one for one in (wished, alone) if one in open_to), 0)
    return _Telling(
        may=may,
        people=people_of([found.actor, *told_by]),
        line=line,
        open=wished == line,
        just=given.told,
        waiting=receipts.untold(found.lines),
        problem=problem,
        typed=typed,
    )
