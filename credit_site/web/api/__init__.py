"""``/api/v1/…``: for programs; JSON, errors as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask

from credit_site.settings import Settings
from credit_site.web.api import callers, contents, documents, limits, lookups, reading
from credit_site.web.api.agencies import agencies, agency
from credit_site.web.api.changes import changes
from credit_site.web.api.companies import company
from credit_site.web.api.lists import list_, lists
from credit_site.web.api.match import match
from credit_site.web.api.records import record
from credit_site.web.api.registers import registers
from credit_site.web.api.search import search
from credit_site.web.api.submissions import hand_in, report
from credit_site.web.api.suggest import suggest
from credit_site.web.sharing import share

blueprint = Blueprint("api", __name__, url_prefix="/api")
_GET, _POST = ["GET"], ["POST"]
_ADDRESSES: tuple[tuple[str, str, Callable[..., Any], list[str]], ...] = (
    ("/v1/search", "search", search, _GET),
    ("/v1/suggest", "suggest", suggest, _GET),
    ("/v1/match", "match", match, _POST),
    ("/v1/records/<int:record_id>", "record", record, _GET),
    ("/v1/companies/<string:uscc>", "company", company, _GET),
    ("/v1/lists", "lists", lists, _GET),
    ("/v1/lists/<string:list_name>", "list", list_, _GET),
    ("/v1/agencies", "agencies", agencies, _GET),
    ("/v1/agencies/<string:slug>", "agency", agency, _GET),
    ("/v1/registers", "registers", registers, _GET),
    ("/v1/changes", "changes", changes, _GET),
    ("/v1/submissions", "hand_in", hand_in, _POST),
    ("/v1/submissions/<int:number>", "submission", report, _GET),
    ("/v1/lookups", "look_up", lookups.look_up, _POST),
    ("/v1/lookups/<string:number>", "lookup", lookups.show, _GET),
    ("/v1/lookups/<string:number>/feedback", "lookup_feedback", lookups.feedback, _POST),
    ("/v1/openapi.json", "openapi", documents.openapi, _GET),
    ("/docs", "docs", documents.docs, _GET),
    ("/mirror.py", "mirror", documents.mirror, _GET),
)
for rule, name, view, methods in _ADDRESSES:
    blueprint.add_url_rule(rule, name, view, methods=methods)

blueprint.before_request(callers.welcome)
blueprint.after_request(limits.tell)
blueprint.register_error_handler(limits.TooOften, limits.too_often)
blueprint.register_error_handler(callers.WrongKey, callers.wrong_key)
blueprint.register_error_handler(reading.BadParameter, reading.bad_parameter)
blueprint.register_error_handler(contents.OtherContent, contents.other_content)


def init_api(app: Flask, settings: Settings) -> None:
    """What the API needs of the application."""
    limits.init_limits(app, settings)
    app.after_request(share)
