"""``/reconcile``: a reconciliation service, for OpenRefine and others (W3C CG, version 0.2)."""

from __future__ import annotations

from flask import Blueprint, Response

from credit_site.web.reconcile.entities import preview, show
from credit_site.web.reconcile.extension import properties
from credit_site.web.reconcile.service import reconcile
from credit_site.web.reconcile.suggesting import suggest_entity, suggest_property, suggest_type

blueprint = Blueprint("reconcile", __name__, url_prefix="/reconcile")
blueprint.add_url_rule("", "service", reconcile, methods=["GET", "POST"])
blueprint.add_url_rule("/suggest/entity", "suggest_entity", suggest_entity)
blueprint.add_url_rule("/suggest/property", "suggest_property", suggest_property)
blueprint.add_url_rule("/suggest/type", "suggest_type", suggest_type)
blueprint.add_url_rule("/properties", "properties", properties)
blueprint.add_url_rule("/preview", "preview", preview)
blueprint.add_url_rule("/entities/<path:entity>", "entity", show)


@blueprint.after_request
def _open_to_all(response: Response) -> Response:
    """Any page may ask: there is nothing here but what is public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
