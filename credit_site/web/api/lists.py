"""``GET /api/v1/lists`` and ``/api/v1/lists/<list>``: what lists there are, who stands on one."""

from __future__ import annotations

from flask import Response

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Basis, ListDefinition, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.public_records import Selection, latest
from credit_site.services.site import head
from credit_site.web.api.answers import answer, problem
from credit_site.web.api.asked import LISTING
from credit_site.web.api.paging import piece
from credit_site.web.api.reading import check, read_strictly
from credit_site.web.frame import figures, site_settings
from credit_site.web.parameters import ListingParameters


def lists() -> Response:
    """All lists with what they mean and how many entries they have."""
    check(())
    seq = head(db.session()).seq
    items: list[JsonValue] = [_list(one) for one in load_rulebook().lists.values()]
    return answer({"items": items, "head": seq})


def list_(list_name: str) -> Response:
    """A list and its entries, the newest change first."""
    given = read_strictly(ListingParameters, LISTING)
    definition = load_rulebook().lists.get(list_name)
    if definition is None:
        return problem(404, detail=f"没有这个名单。可以是：{'、'.join(load_rulebook().lists)}。")
    seq = head(db.session()).seq
    selection = Selection(list_name=list_name)
    found = latest(db.session(), clock.today(), selection, given.limit + 1, given.before or None)
    listed = piece(f"/api/v1/lists/{list_name}", found, given.limit)
    return answer({**_list(definition), **listed, "head": seq})


def _list(definition: ListDefinition) -> dict[str, JsonValue]:
    counts = figures().counts(db.session(), clock.today()).by_list
    return {
        "list": definition.slug,
        "name": definition.name,
        "description": definition.description,
        "register": definition.register,
        "natural_persons": definition.natural_persons,
        "tone": definition.tone,
        "basis": [_basis(one) for one in definition.basis],
        "total": counts.get(definition.slug, 0),
        "url": f"{site_settings().url}/lists/{definition.slug}",
    }


def _basis(basis: Basis) -> JsonValue:
    return {"document": basis.document, "article": basis.article, "verified": basis.verified}
