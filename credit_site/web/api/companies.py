"""``GET /api/v1/companies/<uscc>``: standing, counts and records of one code."""

from __future__ import annotations

from collections import Counter

from flask import Response, request

from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.domain.public_form import JsonValue
from credit_site.extensions import clock, db
from credit_site.services.public_records import PublicRecord, of_company
from credit_site.services.site import head
from credit_site.web.api.answers import answer, problem
from credit_site.web.api.asked import COMPANY
from credit_site.web.api.paging import piece
from credit_site.web.api.reading import read_strictly
from credit_site.web.companies import former_names, standing
from credit_site.web.frame import site_settings
from credit_site.web.parameters import CompanyParameters


def company(uscc: str) -> Response:
    """A code nothing is known of has an answer too; another spelling leads to the right one."""
    given = read_strictly(CompanyParameters, COMPANY)
    code = normalise_code(uscc)
    if not is_uscc(code):
        return problem(404, detail="这不是有效的统一社会信用代码，请核对：18 位，数字和大写字母。")
    if code != uscc:
        return _moved(f"/api/v1/companies/{code}")
    seq = head(db.session()).seq
    records = of_company(db.session(), code, clock.today())
    newest = sorted(records, key=lambda record: -record.ledger_seq)
    rest = [one for one in newest if not given.before or one.ledger_seq < given.before]
    return answer(
        {
            "uscc": code,
            "name": records[0].subject_name if records else None,
            "former_names": list(former_names(records)),
            "standing": _standing(records),
            "counts": _counts(records),
            "url": f"{site_settings().url}/companies/{code}",
            **piece(f"/api/v1/companies/{code}", rest, given.limit),
            "head": seq,
        }
    )


def _moved(path: str) -> Response:
    asked = request.query_string.decode("ascii", "replace")
    response = Response(status=301)
    del response.headers["Content-Type"]
    response.headers["Location"] = f"{path}?{asked}" if asked else path
    return response


def _standing(records: list[PublicRecord]) -> JsonValue:
    said = standing(records)
    return {"headline": said.headline, "detail": said.detail, "tone": said.tone}


def _counts(records: list[PublicRecord]) -> JsonValue:
    lists = Counter(record.list_name for record in records if record.list_name)
    return {"penalties": len(records) - lists.total(), "lists": dict(lists)}
