"""``/bureau/lookups``: a department asks about a subject before it decides; the receipt stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.lookups import Purpose
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, name_directory, vault
from credit_site.services.lookups.asking import LookupTools, Question, ask
from credit_site.services.lookups.figures import PAGE, figures, latest
from credit_site.services.matching import Asked
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import form_text
from credit_site.web.bureau.access import account, needs
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.names import names_of
from credit_site.web.desk_parameters import LookupParameters
from credit_site.web.parameters import read
from credit_site.web.presenters.lookups import (
    CREDIT_OFFICE,
)
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


def answered(lines: Sequence[Asked], reading: str) -> AnyResponse:
    """Asks as the form says; raises NotPossible, SearchUnavailable."""
    tools = LookupTools(db.session(), vault(), load_rulebook(), name_directory())
    me, said = account(), (form_text("purpose"), form_text("matter_number"))
    question = Question(me.agency, me.actor, *said, lines, reading)
    number = ask(tools, question, clock.now())
    return redirect(url_for("bureau.lookup", number=number), code=303)


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
        people=people_of(line.actor for line in lines),
        more=lines[-1].id if len(lines) == PAGE else 0,
        figures=figures(db.session(), me.agency, today.replace(month=1, day=1), today),
        year=today.year,
    )


def asker(slug: str) -> str:
    """Who asked, in words."""
    return bureau_name(slug) if slug else CREDIT_OFFICE


def people_of(actors: Iterable[str]) -> dict[str, str]:
    """Names by actor; machines are called by what they are."""
    named = names_of(actors)
    return {who: "接口" if who.startswith(_KEY) else name for who, name in named.items()}
