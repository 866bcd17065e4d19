"""Data extension: further columns for subjects that were recognised."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from credit_site.domain.public_form import JsonValue
from credit_site.extensions import clock, db
from credit_site.services.subject_facts import SubjectFacts, facts_of
from credit_site.web.api.answers import answer, problem
from credit_site.web.frame import site_settings, words
from credit_site.web.parameters import ReconcileParameters, read
from credit_site.web.reconcile.vocabulary import PROPERTIES, TYPE, code_and_name

MOST_IDS = 1_000
_FORM = '请提交 extend：{"ids": ["代码"], "properties": [{"id": "penalties"}]}，最多 1,000 个。'


def properties() -> Response:
    """The properties that columns can be made of."""
    said: list[JsonValue] = [one.said for one in PROPERTIES[: read(ReconcileParameters).limit]]
    return answer({"type": TYPE["id"], "properties": said})


def extend(asked: dict[str, JsonValue] | None) -> Response:
    """``{"meta": […], "rows": {id: {property: [values]}}}``."""
    ids, wanted = (asked or {}).get("ids"), (asked or {}).get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list) or len(ids) > MOST_IDS:
        return problem(400, "无法读取", _FORM)
    entities = [entity for entity in ids if isinstance(entity, str)]
    names = {one.get("id") for one in wanted if isinstance(one, dict)}
    chosen = [one for one in PROPERTIES if one.id in names]
    rows = _rows(entities, [one.id for one in chosen])
    return answer({"meta": [one.said for one in chosen], "rows": rows})


def _rows(entities: Sequence[str], chosen: Sequence[str]) -> dict[str, JsonValue]:
    known = {entity: code_and_name(entity) for entity in entities}
    codes = [code for code, _ in known.values() if code]
    names = [name for _, name in known.values() if name]
    found = facts_of(db.session(), codes, names, clock.today())
    return {
        entity: {one: _values(one, entity, found.get(code or name)) for one in chosen}
        for entity, (code, name) in known.items()
    }


def _values(wanted: str, entity: str, facts: SubjectFacts | None) -> list[JsonValue]:
    code, _ = code_and_name(entity)
    if wanted == "uscc":
        return [{"str": code}] if code else []
    if facts is None:
        return [{"int": 0}] if wanted == "penalties" else []
    latest = facts.latest_decision
    said: dict[str, list[JsonValue]] = {
        "names": [{"str": name} for name in facts.names],
        "penalties": [{"int": facts.penalties}],
        "lists": [{"str": words().names.list_name(slug)} for slug in facts.lists],
        "latest_decision": [{"date": latest.isoformat()}] if latest else [],
        "amount_yuan": [{"float": float(facts.amount_yuan)}],
        "url": [{"str": f"{site_settings().url}/reconcile/entities/{entity}"}],
    }
    return said[wanted]
