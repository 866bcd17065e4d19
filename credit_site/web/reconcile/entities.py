"""A subject's lasting address, and the small page that tools show of it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, abort, make_response, redirect, render_template
from werkzeug.wrappers import Response as BaseResponse

from credit_site.extensions import clock, db
from credit_site.services.subject_facts import facts_of
from credit_site.web.frame import HEADERS, words
from credit_site.web.parameters import ReconcileParameters, read
from credit_site.web.reconcile.vocabulary import code_and_name

_POLICY = "Content-Security-Policy"


def show(entity: str) -> BaseResponse:
    """To the company's page, or to a search for its name."""
    code, name = code_and_name(entity)
    if not code and not name:
        abort(404)
    return redirect(f"/companies/{code}" if code else "/search?" + urlencode({"q": name}))


def preview() -> Response:
    """A subject in a few lines; may stand in a frame of any page (0.2, section 6)."""
    entity = read(ReconcileParameters).id
    code, name = code_and_name(entity)
    if not code and not name:
        abort(404)
    facts = facts_of(db.session(), [code], [name], clock.today()).get(code or name)
    lists = [words().names.list_name(slug) for slug in facts.lists] if facts else []
    page = render_template("reconcile/preview.html", code=code, name=name, facts=facts, lists=lists)
    response = make_response(page)
    policy = HEADERS[_POLICY].replace("frame-ancestors 'none'", "frame-ancestors *")
    response.headers[_POLICY] = policy
    return response
