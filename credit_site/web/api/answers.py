"""JSON out, and what went wrong as problem details (RFC 9457)."""

from __future__ import annotations

import orjson
from flask import Response, request

from credit_site.domain.public_form import JsonValue

PROBLEM = "application/problem+json"


def answer(body: dict[str, JsonValue]) -> Response:
    """A JSON answer with a strong ETag; 304 where the asker has it already."""
    response = Response(orjson.dumps(body), content_type="application/json")
    response.headers["Cache-Control"] = "public, no-cache"
    if request.method in {"GET", "HEAD"}:
        response.add_etag()
        response.make_conditional(request)
    return response


def problem(status: int, title: str, detail: str) -> Response:
    """What went wrong, in Chinese, and what to do."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(orjson.dumps(body), status=status, content_type=PROBLEM)
