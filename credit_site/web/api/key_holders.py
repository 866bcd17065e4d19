"""What is open to the machines of a bureau alone: whose key came along, and answers to it."""

from __future__ import annotations

import orjson
from flask import Response, request

from credit_site.domain.public_form import JsonValue
from credit_site.extensions import clock, db, vault
from credit_site.services.api_keys import KeyView, holder_of
from credit_site.web.api.answers import problem


def holder() -> KeyView | None:
    """The key in ``Authorization: Bearer``; None where there is no good one."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        return None
    return holder_of(db.session(), vault(), text.strip(), clock.now())


def no_key(realm: str) -> Response:
    """401, with what to do."""
    response = problem(
        401, "需要密钥", "请在 Authorization: Bearer 里给出部门的接口密钥；密钥在工作台建立。"
    )
    response.headers["WWW-Authenticate"] = f'Bearer realm="{realm}"'
    return response


def private_json(content: dict[str, JsonValue], status: int) -> Response:
    """JSON that nobody on the way keeps."""
    response = Response(orjson.dumps(content), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
