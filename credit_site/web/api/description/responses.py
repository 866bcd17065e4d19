"""What each call may answer: status, words, headers, schema."""

from __future__ import annotations

from credit_site.domain.public_form import JsonValue
from credit_site.web.api.description.operations import Operation
from credit_site.web.api.description.shapes import Schema, ref
from credit_site.web.api.problems import PROBLEMS

_JSON, _PROBLEM = "application/json", "application/problem+json"
_GOOD = {
    200: "回答。",
    201: "已经留下回执；地址在 Location。",
    202: "已经收下，正在检查；Location 是查看结果的地址。",
    301: "规范的地址在 Location 里。",
    304: "与上次相同（请求里写了 If-None-Match）。",
}
_EVERYWHERE = (400, 401, 429, 500)
_LIMITS: dict[str, JsonValue] = {
    "RateLimit-Policy": {
        "description": '各条限制：名称、次数 q、秒数 w，如 "search-60s";q=60;w=60。',
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "各条限制还剩几次 r、几秒后重新计 t。",
        "schema": {"type": "string"},
    },
}
_HEADERS: dict[int, dict[str, JsonValue]] = {
    201: {"Location": {"description": "回执。", "schema": {"type": "string"}}},
    202: {"Location": {"description": "查看结果。", "schema": {"type": "string"}}},
    301: {"Location": {"description": "规范的地址。", "schema": {"type": "string"}}},
    401: {
        "WWW-Authenticate": {"description": "要怎样的密钥。", "schema": {"type": "string"}},
    },
    429: {
        "Retry-After": {
            "description": "几秒以后再试。",
            "schema": {"type": "integer", "minimum": 0},
        }
    },
}


def _problem(status: int) -> JsonValue:
    headers = {} if status == 500 else {**_LIMITS, **_HEADERS.get(status, {})}
    return {
        "description": PROBLEMS[status].meaning,
        "content": {_PROBLEM: {"schema": ref("Problem")}},
        **({"headers": headers} if headers else {}),
    }


COMMON_RESPONSES = {f"Problem{status}": _problem(status) for status in PROBLEMS}
"""Problem details by status, named once."""


def responses(operation: Operation) -> dict[str, JsonValue]:
    """Every answer of a call, good ones first."""
    good = {status: _good(status, name) for status, name in operation.answers.items()}
    if operation.method == "get" and not operation.for_bureaus:
        good[304] = _good(304, "")
    bad = sorted({*_EVERYWHERE, *operation.problems})
    named: dict[str, JsonValue] = {str(status): said for status, said in sorted(good.items())}
    refs = {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in bad}
    return named | refs


def _good(status: int, name: str) -> JsonValue:
    found: dict[str, JsonValue] = {
        "description": _GOOD[status],
        "headers": {**_LIMITS, **_HEADERS.get(status, {})},
    }
    if status in (200, 201, 202):
        schema: Schema = ref(name) if name else {"type": "object"}
        found["content"] = {_JSON: {"schema": schema}}
    return found
