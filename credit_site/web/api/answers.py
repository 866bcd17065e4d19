"""JSON out, and what went wrong as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import orjson
from flask import Response, request

from credit_site.domain.public_form import JsonValue
from credit_site.web.api.problems import kind_of
from credit_site.web.frame import site_settings

PROBLEM = "application/problem+json"
_NOTHING: Mapping[str, JsonValue] = MappingProxyType({})


def answer(body: Mapping[str, JsonValue]) -> Response:
    """A JSON answer with a strong ETag; 304 where the asker has it already."""
    response = Response(orjson.dumps(body), content_type="application/json")
    response.headers["Cache-Control"] = "public, no-cache"
    if request.method in {"GET", "HEAD"}:
        response.add_etag()
        response.make_conditional(request)
    return response


def problem(
    status: int, title: str = "", detail: str = "", more: Mapping[str, JsonValue] = _NOTHING
) -> Response:
    """What went wrong, in Chinese, and what to do; by default in the words of its kind."""
    kind = kind_of(status)
    body: dict[str, JsonValue] = {
        "type": f"{site_settings().url}/api/docs#{kind.anchor}",
        "title": title or kind.title,
        "status": status,
        "detail": detail or kind.advice,
        **more,
    }
    response = Response(orjson.dumps(body), status=status, content_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    return response
