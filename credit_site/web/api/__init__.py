"""``/api/v1/…``: for programs; JSON, errors as problem details (RFC 9457)."""

from __future__ import annotations

from flask import Blueprint, Response

from credit_site.web.api import lookups
from credit_site.web.api.match import match
from credit_site.web.api.search import search
from credit_site.web.api.submissions import hand_in, report
from credit_site.web.api.suggest import suggest

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.add_url_rule("/search", "search", search)
blueprint.add_url_rule("/suggest", "suggest", suggest)
blueprint.add_url_rule("/match", "match", match, methods=["POST"])

blueprint.add_url_rule("/submissions", "hand_in", hand_in, methods=["POST"])
blueprint.add_url_rule("/submissions/<int:number>", "submission", report)
blueprint.add_url_rule("/lookups", "look_up", lookups.look_up, methods=["POST"])
blueprint.add_url_rule("/lookups/<string:number>", "lookup", lookups.show)


@blueprint.after_request
def _open_to_all(response: Response) -> Response:
    """Any page may ask (Fetch, CORS): there is nothing here but what is public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
