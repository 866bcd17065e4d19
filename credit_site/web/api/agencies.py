"""``GET /api/v1/agencies`` and ``/api/v1/agencies/<slug>``: the bureaus and what they disclose."""

from __future__ import annotations

from flask import Response

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Agency, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.public_records import Selection, latest
from credit_site.services.site import head
from credit_site.web.api.answers import answer, problem
from credit_site.web.api.asked import LISTING
from credit_site.web.api.paging import piece
from credit_site.web.api.reading import check, read_strictly
from credit_site.web.frame import figures, site_settings
from credit_site.web.parameters import ListingParameters


def agencies() -> Response:
    """All bureaus with how much they disclose."""
    check(())
    seq = head(db.session()).seq
    items: list[JsonValue] = [_agency(one) for one in load_rulebook().agencies.values()]
    return answer({"items": items, "head": seq})


def agency(slug: str) -> Response:
    """A bureau and its records, the newest change first."""
    given = read_strictly(ListingParameters, LISTING)
    found = load_rulebook().agencies.get(slug)
    if found is None:
        return problem(404, detail="没有这个部门。部门的标识见 /api/v1/agencies。")
    seq = head(db.session()).seq
    records = latest(
        db.session(), clock.today(), Selection(agency=slug), given.limit + 1, given.before or None
    )
    disclosed = piece(f"/api/v1/agencies/{slug}", records, given.limit)
    return answer({**_agency(found), **disclosed, "head": seq})


def _agency(agency: Agency) -> dict[str, JsonValue]:
    counts = figures().counts(db.session(), clock.today()).by_agency
    return {
        "agency": agency.slug,
        "name": agency.name,
        "short_name": agency.short_name,
        "aliases": list(agency.aliases),
        "uscc": agency.uscc,
        "uscc_invented": agency.uscc_invented,
        "total": counts.get(agency.slug, 0),
        "url": f"{site_settings().url}/agencies/{agency.slug}",
    }
