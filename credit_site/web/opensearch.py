"""``/opensearch.xml`` (OpenSearch 1.1): the site in a browser's own search field."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response, render_template

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.extensions import clock
from credit_site.services.suggestions import MOST, Suggestion
from credit_site.web.api.answers import problem
from credit_site.web.api.suggest import leads_to
from credit_site.web.frame import site_settings, site_standing
from credit_site.web.parameters import SuggestParameters, read
from credit_site.web.searching import REFUSED, suggester

blueprint = Blueprint("opensearch", __name__)

DESCRIPTION = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"
LONGEST_SHORT, LONGEST_LONG = 16, 48
"""Characters of ShortName and LongName, by the specification."""


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """Where and how the site is searched."""
    settings = site_settings()
    invented = site_standing().demonstration
    page = render_template(
        "opensearch.xml",
        site=settings.url,
        short=settings.name[:LONGEST_SHORT],
        long=f"{settings.name}：行政处罚和失信名单"[:LONGEST_LONG],
        invented=invented,
    )
    response = Response(page, content_type=f"{DESCRIPTION}; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@blueprint.get("/opensearch/suggest")
def suggest() -> Response:
    """``[typed, texts, notes, addresses]`` (OpenSearch Suggestions 1.1)."""
    typed = read(SuggestParameters)
    if find_personal_numbers(typed.q):
        return problem(400, *REFUSED)
    limit = min(typed.limit, MOST)
    found = suggester().suggest(typed.q, clock.now(), limit) if typed.q else []
    site = site_settings().url
    body = [
        typed.q,
        [one.text for one in found],
        [_note(one) for one in found],
        [site + leads_to(one) for one in found],
    ]
    response = Response(orjson.dumps(body), content_type=SUGGESTIONS)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _note(one: Suggestion) -> str:
    """How much there is, and under which name today."""
    now = f"，现为{one.present}" if one.present else ""
    return f"{one.records:,} 条{now}"
