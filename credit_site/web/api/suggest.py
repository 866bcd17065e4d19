"""``GET /api/v1/suggest``: what may be meant while somebody types."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.public_form import JsonValue
from credit_site.extensions import clock
from credit_site.services.suggestions import Suggestion
from credit_site.web.api.answers import answer, problem
from credit_site.web.api.asked import SUGGEST
from credit_site.web.api.reading import read_strictly
from credit_site.web.parameters import SuggestParameters
from credit_site.web.searching import REFUSED, suggester


def suggest() -> Response:
    """``{"items": [{"kind", "text", "uscc", "records", "present", "href"}]}``."""
    typed = read_strictly(SuggestParameters, SUGGEST)
    if find_personal_numbers(typed.q):
        return problem(400, *REFUSED, {"parameter": "q"})
    found = suggester().suggest(typed.q, clock.now(), typed.limit) if typed.q else []
    return answer({"items": [_item(one) for one in found]})


def _item(one: Suggestion) -> JsonValue:
    return {
        "kind": one.kind.value,
        "text": one.text,
        "uscc": one.uscc,
        "records": one.records,
        "present": one.present,
        "href": leads_to(one),
    }


def leads_to(one: Suggestion) -> str:
    """A company with a code leads to its page, everything else to a search."""
    return f"/companies/{one.uscc}" if one.uscc else "/search?" + urlencode({"q": one.text})
