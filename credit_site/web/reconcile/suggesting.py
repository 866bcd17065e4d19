"""Suggestions while somebody types the name of a subject, a property or a type."""

from __future__ import annotations

from flask import Response

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.public_form import JsonValue
from credit_site.extensions import clock
from credit_site.services.suggestions import SuggestionKind
from credit_site.web.api.answers import answer
from credit_site.web.parameters import ReconcileParameters, read
from credit_site.web.reconcile.vocabulary import PROPERTIES, TYPE, entity_id
from credit_site.web.searching import suggester

MOST = 10


def suggest_entity() -> Response:
    """``?prefix=…&cursor=0``: subjects whose name, pinyin or code begins so."""
    asked = read(ReconcileParameters)
    prefix, cursor = asked.prefix, asked.cursor
    if not prefix or find_personal_numbers(prefix):
        return answer({"result": []})
    found = suggester().suggest(prefix, clock.now(), cursor + 2 * MOST)
    result: list[JsonValue] = [
        {
            "id": entity_id(one.uscc, one.text),
            "name": one.text,
            "description": f"正在公示的记录 {one.records} 条",
            "notable": [TYPE],
        }
        for one in found
        if one.kind is SuggestionKind.COMPANY
    ]
    return answer({"result": result[cursor : cursor + MOST]})


def suggest_property() -> Response:
    """Properties whose name or identifier begins so."""
    prefix = read(ReconcileParameters).prefix
    found = (one for one in PROPERTIES if one.name.startswith(prefix) or one.id.startswith(prefix))
    return answer({"result": [one.said for one in found]})


def suggest_type() -> Response:
    """There is one type."""
    prefix = read(ReconcileParameters).prefix
    fits = str(TYPE["name"]).startswith(prefix) or str(TYPE["id"]).startswith(prefix)
    return answer({"result": [TYPE] if fits else []})
