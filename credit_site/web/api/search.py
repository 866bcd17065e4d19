"""``GET /api/v1/search``: the parameters of the search page, the same hits in the same order."""

from __future__ import annotations

from flask import Response

from credit_site.domain.public_form import JsonValue
from credit_site.extensions import clock, db
from credit_site.services.names import OfferedName
from credit_site.services.public_items import item
from credit_site.services.search import SearchPage
from credit_site.services.site import head
from credit_site.web.api.answers import answer, problem
from credit_site.web.api.asked import SEARCH
from credit_site.web.api.limits import Cost, costs
from credit_site.web.api.reading import read_strictly
from credit_site.web.frame import site_settings
from credit_site.web.parameters import PAGE_SIZE, ApiParameters
from credit_site.web.search_parameters import engine_query
from credit_site.web.searching import REFUSED, PersonalNumberAsked, asked_search, public_search
from search_index import FACETS

PATH = "/api/v1/search"


@costs(Cost.SEARCH)
def search() -> Response:
    """``{"total", "items", "next", "head"}``, and what helps to go on.

    ``next`` is the address of the following items, null at the end; ``head`` the ledger number
    up to which the answer holds.
    """
    wanted = read_strictly(ApiParameters, SEARCH)
    try:
        parameters = asked_search()
    except PersonalNumberAsked:
        return problem(400, *REFUSED, {"parameter": "q"})
    limit = wanted.limit
    facets = tuple(name for name in FACETS if name in wanted.facets.split(","))
    seq = head(db.session()).seq
    page = public_search().page(engine_query(parameters, clock.today(), facets, limit))
    if page.engine_down:
        return problem(503, "查询服务正在恢复", "请稍后再试；全部数据仍可从开放数据取得。")
    following = None
    if page.next:
        following = parameters.address_below(PATH, after=page.next)
        following += f"&limit={limit}" if limit != PAGE_SIZE else ""
    site = site_settings().url
    return answer(
        {
            "total": page.total,
            "items": [item(hit.record, site) for hit in page.hits],
            "next": following and site + following,
            "head": seq,
            **_beside(page),
        }
    )


def _beside(page: SearchPage) -> dict[str, JsonValue]:
    return {
        "reading": page.reading,
        "sounding": list(page.sounding.names),
        "did_you_mean": [_offered(near) for near in page.near],
        "facets": {
            name: [{"value": one.value, "count": one.count} for one in values]
            for name, values in page.facets.items()
        },
    }


def _offered(near: OfferedName) -> JsonValue:
    return {"name": near.name, "uscc": near.uscc, "score": near.score, "reason": near.reason}
