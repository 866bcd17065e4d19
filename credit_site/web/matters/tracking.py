"""``/track``: how a matter stands, for whoever has its number and secret."""

from __future__ import annotations

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.identifiers import mask_possible_numbers
from credit_site.domain.matters import MatterAction
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.matters.opening import SENDER
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.matters.views import MatterView, followed
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import form_text
from credit_site.web.matters.asking import asked_of
from credit_site.web.matters.pace import TOO_OFTEN, TRY
from credit_site.web.matters.wording import STATES, step_words
from credit_site.web.tally import allowed

Answer = str | tuple[str, int] | Response | AnyResponse
_OWN = {"withdraw": MatterAction.WITHDRAW, "supply": MatterAction.SUPPLY}


def track() -> Answer:
    """The form; sent, the state of the matter."""
    if request.method == "GET":
        return _form()
    if not allowed("try", TRY):
        return _form(TOO_OFTEN), 429
    found = _found()
    if found is None:
        return _form("编号和查询码对不上，请对照回执再输一次。"), 404
    return _state(found)


def own_step() -> Answer:
    """What the sender may do: take it back, or supply what was asked for."""
    if not allowed("try", TRY):
        return _form(TOO_OFTEN), 429
    found, action = _found(), _OWN.get(form_text("deed"))
    if found is None or action is None:
        return redirect("/track", code=303)
    order = StepOrder(action, form_text("words").strip() or _withdrawn(action))
    tools = StepTools(db.session(), vault(), load_rulebook())
    try:
        take_step(tools, found.line.id, order, SENDER, clock.now())
    except NotPossible as problem:
        return _state(found, str(problem)), 422
    again = _found()
    assert again is not None, "it was just found"
    return _state(again)


def _withdrawn(action: MatterAction) -> str:
    return "申请人撤回" if action is MatterAction.WITHDRAW else ""


def _found() -> MatterView | None:
    number, secret = form_text("number"), form_text("secret")
    return followed(db.session(), vault(), load_rulebook(), number, secret)


def _form(problem: str = "") -> str:
    typed = mask_possible_numbers(form_text("number"))
    return render_template("matters/track.html", problem=problem, number=typed)


def _state(found: MatterView, problem: str = "") -> str:
    return render_template(
        "matters/state.html",
        one=found,
        secret=form_text("secret"),
        state=STATES[found.line.state],
        agency=load_rulebook().agencies[found.line.agency],
        steps=[(step, step_words(step, found.line.kind)) for step in found.steps],
        said=asked_of(found.content),
        actions=MatterAction,
        possible=found.possible,
        today=clock.today(),
        problem=problem,
    )
