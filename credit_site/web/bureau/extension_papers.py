"""``/bureau/listings/<n>/extensions/<nth>/…``: the papers of an extension."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.listing_cases.extension_content import extensions
from credit_site.services.listing_cases.served import served_view
from credit_site.web.bureau.access import needs
from credit_site.web.bureau.listing_papers import is_made_of_extension, told
from credit_site.web.bureau.listings import found
from credit_site.web.bureau.notices import spoken_to

_TEMPLATES = {"notice": "extension", "decision": "prolongation", "withdrawal": "withdrawal"}
_LAST = {"extension": "notice", "prolongation": "decision"}
"""Addresses of a time when a case knew its last extension alone."""


@needs(Permission.LISTINGS)
def paper(number: int, nth: int, paper: str) -> str:
    """A document of the case's nth extension, to be printed, whatever became of it since."""
    view = found(number)
    if not is_made_of_extension(paper, nth, view):
        abort(404)
    book, line = load_rulebook(), view.line
    return render_template(
        f"bureau/listing_{_TEMPLATES[paper]}.html",
        case=served_view(view, book),
        you=spoken_to(view.subject_kind),
        list=book.lists[line.list_name],
        bureau=book.agencies[line.agency].name,
        it=told(nth, view),
    )


@needs(Permission.LISTINGS)
def last(number: int, paper: str) -> AnyResponse:
    """On to the document of the last extension that has one."""
    view, wanted = found(number), _LAST[paper]
    made = [nth for nth in extensions(view.content) if is_made_of_extension(wanted, nth, view)]
    if not made:
        abort(404)
    where = url_for("bureau.extension_paper", number=number, nth=max(made), paper=wanted)
    return redirect(where)
