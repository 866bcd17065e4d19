"""The manifest, and answers to batches of queries."""

from __future__ import annotations

from itertools import islice
from typing import cast

import orjson
from flask import Response

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.public_form import JsonValue
from credit_site.services.matching import LONGEST, Asked, Match, Matcher, MatchKind
from credit_site.web.api.answers import answer, problem
from credit_site.web.bodies import given_text
from credit_site.web.frame import site_settings
from credit_site.web.reconcile.extension import extend
from credit_site.web.reconcile.vocabulary import TYPE, entity_id
from credit_site.web.searching import matcher
from search_index import SearchUnavailable

BATCH = 50
_MOST_CANDIDATES = 10
_CODE_PROPERTIES = frozenset({"uscc", "统一社会信用代码"})
_SURE = frozenset({MatchKind.CODE, MatchKind.EXACT_NAME, MatchKind.FORMER_NAME})
_FORM = '请提交 queries（{"q0": {"query": "名称"}}）或者 extend（Reconciliation API 0.2）。'

Json = dict[str, JsonValue]


def reconcile() -> Response:
    """Manifest without parameters; ``queries`` or ``extend`` as parameters or form fields."""
    extended, queried = given_text("extend"), given_text("queries")
    if extended is not None:
        return extend(_object(extended))
    if queried is None:
        return answer(manifest(site_settings().url, site_settings().name))
    queries = _object(queried)
    if queries is None or not all(isinstance(one, dict) for one in queries.values()):
        return problem(400, "无法读取", _FORM)
    if len(queries) > BATCH:
        return problem(413, "一次太多", f"一次最多 {BATCH} 个查询。")
    asked = matcher()
    try:
        found: Json = {key: _candidates(asked, cast(Json, one)) for key, one in queries.items()}
    except SearchUnavailable:
        return problem(503, "名称索引正在恢复", "请稍后再试。")
    return answer(found)


def manifest(site: str, name: str) -> Json:
    """What the service can do (0.2, section 3)."""
    return {
        "versions": ["0.2"],
        "name": f"{name}：市场主体",
        "identifierSpace": f"{site}/reconcile/entities/",
        "schemaSpace": f"{site}/reconcile/properties#",
        "defaultTypes": [TYPE],
        "batchSize": BATCH,
        "view": {"url": f"{site}/reconcile/entities/{{{{id}}}}"},
        "preview": {
            "url": f"{site}/reconcile/preview?id={{{{id}}}}",
            "width": 420,
            "height": 220,
        },
        "suggest": {
            kind: {"service_url": site, "service_path": f"/reconcile/suggest/{kind}"}
            for kind in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": site, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
    }


def _object(text: str) -> Json | None:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _candidates(asked: Matcher, query: Json) -> Json:
    name, code = _text(query.get("query")), _code(query.get("properties"))
    if find_personal_numbers(f"{name} {code}"):
        return {"result": []}
    limit = query.get("limit")
    most = min(limit, _MOST_CANDIDATES) if isinstance(limit, int) and limit > 0 else 5
    matches = asked.candidates(Asked(1, name, code), most)
    said = [one for match in matches for one in _said(match)]
    return {"result": list(islice(said, most))}


def _said(match: Match) -> list[JsonValue]:
    alone = match.kind in _SURE and len(match.subjects) == 1
    return [
        {
            "id": entity_id(subject.uscc, subject.name),
            "name": subject.name,
            "type": [TYPE],
            "score": round(match.score * 100),
            "match": alone,
            "description": match.reason,
        }
        for subject in match.subjects
    ]


def _code(properties: JsonValue) -> str:
    """The code among the properties of a query: ``[{"pid": "uscc", "v": "9141…"}]``."""
    for one in properties if isinstance(properties, list) else ():
        if isinstance(one, dict) and one.get("pid") in _CODE_PROPERTIES:
            value = one.get("v")
            return _text(value[0] if isinstance(value, list) and value else value)
    return ""


def _text(value: JsonValue) -> str:
    return value[:LONGEST].strip() if isinstance(value, str) else ""
