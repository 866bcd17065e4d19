"""Calls of bureaus' machines that look up and feed back, for what the description promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.entries import CODE

LOOK_UP = "/api/v1/lookups"
JSON = {"Content-Type": "application/json"}
Call = Callable[[], TestResponse]


def of_lookups(
    client: FlaskClient, bureau: dict[str, str], without_names: Callable[[Call], TestResponse]
) -> Iterator[tuple[str, Call]]:
    """By operation, calls that lead to every status."""
    asked = {"purpose": "licence", "matter_number": "2026-1", "queries": [CODE, "没有的公司"]}
    for sent in (
        {"json": asked, "headers": bureau},
        {"json": {"queries": 5}, "headers": bureau},
        {"json": asked | {"purpose": "nobody"}, "headers": bureau},
        {"data": b"x" * (2 << 20), "headers": bureau | JSON},
        {"data": "x", "headers": bureau | {"Content-Type": "text/html"}},
        {"json": asked},
    ):
        yield "look_up", partial(client.post, LOOK_UP, **sent)
    named = partial(client.post, LOOK_UP, json=asked, headers=bureau)
    yield "look_up", lambda: without_names(named)

    def again(more: str = "", headers: dict[str, str] | None = None) -> TestResponse:
        number = client.post(LOOK_UP, json=asked, headers=bureau).get_json()
        address = f"{LOOK_UP}/{(number or {}).get('number', 'CX')}{more}"
        return client.get(address, headers=bureau if headers is None else headers)

    yield "lookup", again
    yield "lookup", lambda: again("?mistyped=1")
    yield "lookup", lambda: again(headers={})
    yield "lookup", partial(client.get, f"{LOOK_UP}/CX20260601-AAAAAAAAAA", headers=bureau)

    def fed_back(**sent: Any) -> TestResponse:  # noqa: ANN401  # parts of a request
        number = (client.post(LOOK_UP, json=asked, headers=bureau).get_json() or {}).get("number")
        return client.post(f"{LOOK_UP}/{number or 'CX'}/feedback", **sent)

    told = {"line": 1, "outcome": "not_taken", "words": "没有影响"}
    for said in (
        {"json": told, "headers": bureau},
        {"json": {"line": "1"}, "headers": bureau},
        {"json": told | {"line": 2}, "headers": bureau},
        {"json": told | {"line": 1.0}, "headers": bureau},
        {"data": b"x" * (2 << 20), "headers": bureau | JSON},
        {"data": "x", "headers": bureau | {"Content-Type": "text/html"}},
        {"json": told},
    ):
        yield "lookup_feedback", partial(fed_back, **said)
    nowhere = f"{LOOK_UP}/CX20260601-AAAAAAAAAA/feedback"
    yield "lookup_feedback", partial(client.post, nowhere, json=told, headers=bureau)
    yield (
        "lookup_feedback",
        partial(client.post, f"{nowhere}?mistyped=1", json=told, headers=bureau),
    )
