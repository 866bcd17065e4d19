"""``POST /api/v1/match``: up to 10,000 names or codes in, the screening's answers out."""

from __future__ import annotations

import orjson
from flask import Response

from credit_site.domain.public_form import JsonValue
from credit_site.services.matching import LONGEST, MOST_ASKED, Asked, Match, Subject
from credit_site.web.api.answers import answer, problem
from credit_site.web.api.contents import require_json
from credit_site.web.api.limits import Cost, charge_more, costs
from credit_site.web.api.reading import check
from credit_site.web.bodies import body
from credit_site.web.searching import matcher
from search_index import SearchUnavailable

MOST_BYTES = 4 << 20
_FORM = (
    '请以 JSON 提交：{"queries": [{"name": "名称", "uscc": "代码"}, "名称或者代码", …]}，'
    f"最多 {MOST_ASKED:,} 个。"
)

ASKED_FOR_ONE = 200
"""As many questions of one call are counted as one search."""


@costs(Cost.SEARCH)
def match() -> Response:
    """``{"results": [{"query", "kind", "score", "reason", "subjects": […]}]}``, in order."""
    check(())
    require_json()
    asked = _asked(body(MOST_BYTES))
    if asked is None:
        return problem(400, "无法读取", _FORM)
    if len(asked) > MOST_ASKED:
        return problem(413, "一次太多", f"一次最多查 {MOST_ASKED:,} 个，请分几次查。")
    long = next((line.row for line in asked if _too_long(line)), 0)
    if long:
        return problem(422, "太长", f"第 {long} 个太长：名称和代码各最多 {LONGEST} 个字。")
    charge_more((len(asked) - 1) // ASKED_FOR_ONE)
    try:
        results: list[JsonValue] = [_result(found) for found in matcher().match(asked)]
    except SearchUnavailable:
        return problem(503, "名称索引正在恢复", "请稍后再试。")
    response = answer({"results": results})
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked(sent: bytes) -> list[Asked] | None:
    try:
        queries = orjson.loads(sent)["queries"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    if not isinstance(queries, list):
        return None
    lines = [_line(row, query) for row, query in enumerate(queries, 1)]
    known = [line for line in lines if line is not None]
    return known if len(known) == len(lines) else None


def _line(row: int, query: object) -> Asked | None:
    if isinstance(query, str):
        return Asked(row, query.strip())
    if not isinstance(query, dict):
        return None
    name, code = query.get("name", ""), query.get("uscc", "")
    if not (isinstance(name, str) and isinstance(code, str) and (name or code)):
        return None
    return Asked(row, name.strip(), code.strip())


def _too_long(line: Asked) -> bool:
    return max(len(line.name), len(line.code)) > LONGEST


def _result(found: Match) -> JsonValue:
    return {
        "query": found.asked.text,
        "kind": found.kind.value,
        "score": found.score,
        "reason": found.reason,
        "subjects": [_subject(subject) for subject in found.subjects],
    }


def _subject(subject: Subject) -> JsonValue:
    return {
        "uscc": subject.uscc,
        "name": subject.name,
        "penalties": subject.penalties,
        "lists": list(subject.lists),
    }
