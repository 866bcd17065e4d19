"""``/track``: how a matter stands, for whoever has its number and secret."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.identifiers import mask_personal_numbers, mask_possible_numbers
from credit_site.domain.matter_clocks import Clock
from credit_site.domain.matters import MatterAction, MatterKind, MatterState, possible
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.matters.opening import SENDER
from credit_site.services.matters.standing import ending
from credit_site.services.matters.steps import StepOrder, StepTools, check_order, take_step
from credit_site.services.matters.views import MatterView, followed
from credit_site.services.public_records import EndedRecord, PublicRecord, get
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import allow_upload, form_text
from credit_site.web.matters.afterwards import after_screening
from credit_site.web.matters.history import history
from credit_site.web.matters.letters import letter_of, remedies
from credit_site.web.matters.pace import FULL, TOO_OFTEN, TRY
from credit_site.web.matters.papers import (
    MORE,
    MOST_BODY,
    MOST_FILES,
    MOST_MEBIBYTES,
    TEST,
    PaperProblem,
    checked_papers,
    stored,
)
from credit_site.web.matters.said import asked_of
from credit_site.web.matters.wording import (
    ended_words,
    only_closed,
    resting_words,
    sender_words,
    told_state,
)
from credit_site.web.scans import ACCEPT
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


def own_letter() -> Answer:
    """The letter on a decision, for whoever has number and secret: to print, or to save."""
    if not allowed("try", TRY):
        return _form(TOO_OFTEN), 429
    found = _found()
    letter = letter_of(found) if found is not None else None
    if letter is None:
        return redirect("/track", code=303)
    return render_template(
        "matters/letter.html", one=found, letter=letter, secret=form_text("secret")
    )


def own_step() -> Answer:
    """What the sender may do: take it back, or supply what was asked for."""
    allow_upload(MOST_BODY)
    if not allowed("try", TRY):
        return _form(TOO_OFTEN), 429
    found, action = _found(), _OWN.get(form_text("deed"))
    if found is None or action is None:
        return redirect("/track", code=303)
    try:
        _take(found, action)
    except (NotPossible, PaperProblem) as problem:
        return _state(found, str(problem)), 422
    except OSError:
        return _state(found, FULL), 503
    again = _found()
    assert again is not None, "it was just found"
    return _state(again)


def _take(found: MatterView, action: MatterAction) -> None:
    """Checks all before anything is kept, as at the first time."""
    ended = _ended(found)
    if action not in _possible(found, ended):
        if only_closed(found.line.kind, found.line.state, ended=ended is not None):
            raise NotPossible("这条信息已经终止公示，不用再补充材料：请等办理部门终止办理。")
        raise NotPossible("现在不能这样办：这件事项已经办到别的一步了，请看现在的状态。")
    order = StepOrder(action, f"{sender_words(found.line.kind)}撤回")
    if action is MatterAction.SUPPLY:
        order = StepOrder(action, form_text("words").strip())
        check_order(order)
        order = replace(order, files=stored(checked_papers(role=MORE)))
    tools = StepTools(db.session(), vault(), load_rulebook())
    take_step(tools, found.line.id, order, SENDER, clock.now())


def _found() -> MatterView | None:
    number, secret = form_text("number"), form_text("secret")
    return followed(db.session(), vault(), load_rulebook(), number, secret)


def _ended(found: MatterView) -> EndedRecord | None:
    return ending(db.session(), found.line.record_id, clock.today())


def _possible(found: MatterView, ended: EndedRecord | None) -> tuple[MatterAction, ...]:
    return possible(found.line.kind, found.line.state, ended=ended is not None)


def _form(problem: str = "") -> str:
    typed = {name: mask_possible_numbers(form_text(name)) for name in ("number", "secret")}
    return render_template("matters/track.html", problem=problem, **typed, **_supplying())


def _state(found: MatterView, problem: str = "") -> str:
    ended = _ended(found)
    return render_template(
        "matters/state.html",
        one=found,
        secret=form_text("secret"),
        state=told_state(found.line.kind, found.line.state, ended=ended is not None),
        only_closed=only_closed(found.line.kind, found.line.state, ended=ended is not None),
        clocks=_told(found),
        resting=resting_words(found.line.dates, found.line.kind),
        sent=sum(file.role != TEST for file in found.files),
        agency=load_rulebook().agencies[found.line.agency],
        steps=history(found),
        said=asked_of(found.line.kind, found.content),
        actions=MatterAction,
        ended=ended_words(ended) if ended else "",
        possible=_possible(found, ended),
        today=clock.today(),
        problem=problem,
        letter=letter_of(found),
        remedies=remedies(found),
        after=after_screening(found),
        committed=_committed(found),
        **_supplying(),
    )


def _committed(found: MatterView) -> bool:
    """Whether the commitment that came with an application is public now."""
    wanted = (found.line.kind, found.line.state) == (MatterKind.REPAIR, MatterState.ACCEPTED)
    record = get(db.session(), found.line.record_id or 0, clock.today()) if wanted else None
    return isinstance(record, PublicRecord)


def _told(found: MatterView) -> list[Clock]:
    """The open deadlines; the decision is the answer, so one day is told for both."""
    running = [one for one in found.line.clocks if one.done is None]
    decided = any(one.rule == "repair_decided" for one in running)
    return [one for one in running if not (decided and one.rule == "repair_answered")]


def _supplying() -> dict[str, object]:
    """What the form for further papers needs, with the words that were typed already."""
    return {
        "words": mask_personal_numbers(form_text("words")),
        "accept": ACCEPT,
        "most_files": MOST_FILES,
        "most_size": MOST_MEBIBYTES,
    }
