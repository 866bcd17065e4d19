"""Objections, applications for repair, tips: for everybody, without an account."""

from __future__ import annotations

from flask import Blueprint, Response

from credit_site.web.matters import asking, receipts, tracking

blueprint = Blueprint("matters", __name__)
_ASKED = ["GET", "POST"]
blueprint.add_url_rule("/objections/new", "object_to", asking.object_to, methods=_ASKED)
blueprint.add_url_rule(
    "/objections/announced/<int:case_id>",
    "object_to_announced",
    asking.object_to_announced,
    methods=_ASKED,
)
blueprint.add_url_rule("/repairs/new", "repair", asking.repair, methods=_ASKED)
blueprint.add_url_rule("/screenings/new", "screening", asking.screening, methods=_ASKED)
blueprint.add_url_rule("/tips/new", "tip", asking.tip, methods=_ASKED)
blueprint.add_url_rule("/track", "track", tracking.track, methods=_ASKED)
blueprint.add_url_rule(
    "/track/receipts/<string(length=12):place>", "receipt", receipts.receipt, methods=_ASKED
)
blueprint.add_url_rule("/track/letter", "own_letter", tracking.own_letter, methods=["POST"])
blueprint.add_url_rule("/track/steps", "own_step", tracking.own_step, methods=["POST"])


@blueprint.after_request
def _private(response: Response) -> Response:
    """What somebody typed, or was told, is kept by nobody on the way."""
    response.headers["Cache-Control"] = "no-store"
    return response
