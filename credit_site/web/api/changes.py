"""``GET /api/v1/changes``: what changed since a place in the ledger, endings among it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response

from credit_site.extensions import clock, db
from credit_site.services.changes import changes as changes_between
from credit_site.services.public_items import change_item
from credit_site.services.site import head
from credit_site.web.api.answers import answer, problem
from credit_site.web.api.asked import CHANGES
from credit_site.web.api.reading import read_strictly
from credit_site.web.frame import site_settings
from credit_site.web.parameters import ChangesParameters

PATH = "/api/v1/changes"


def changes() -> Response:
    """``{"changes", "since", "until", "head", "day", "next"}``.

    ``until`` is from where to go on: the last change told, or ``head`` where nothing is left, so
    that entries of records which changed again later are not looked through twice. The head is
    read first and bounds the rest: what is published meanwhile belongs to the next answer.
    """
    given = read_strictly(ChangesParameters, CHANGES)
    seq, today = head(db.session()).seq, clock.today()
    if given.since > seq:
        advice = f"账本只到 {seq}，没有 {given.since}。请删去已经同步的内容，从 since=0 重新开始。"
        return problem(409, detail=advice, more={"head": seq})
    found = changes_between(db.session(), today, given.since, seq, given.limit)
    until = found[-1].seq if len(found) == given.limit else seq
    following = urlencode({"since": until, "limit": given.limit})
    site = site_settings().url
    return answer(
        {
            "changes": [change_item(one, site) for one in found],
            "since": given.since,
            "until": until,
            "head": seq,
            "day": today.isoformat(),
            "next": f"{site}{PATH}?{following}" if until < seq else None,
        }
    )
