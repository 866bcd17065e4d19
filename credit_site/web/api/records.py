"""``GET /api/v1/records/<id>``: one record, or the notice that it has ended."""

from __future__ import annotations

from flask import Response

from credit_site.extensions import clock, db
from credit_site.services.public_apologies import MISTAKEN, apology_for
from credit_site.services.public_items import ended_item, item
from credit_site.services.public_records import EndedRecord, get
from credit_site.web.api.answers import answer, problem
from credit_site.web.api.reading import check
from credit_site.web.frame import site_settings
from credit_site.web.gone import hidden_file, hidden_since
from credit_site.web.presenters.words import end_reason, spoken_day


def record(record_id: int) -> Response:
    """200 with the record; 410 with day and reason after its end; else 404."""
    check(())
    found = get(db.session(), record_id, clock.today()) if record_id < 1 << 62 else None
    if found is None:
        if since := hidden_since(record_id):
            return hidden_file(record_id, since, "json")
        return problem(404, detail="没有这个编号的信息。编号见查询结果里的 id。")
    if isinstance(found, EndedRecord):
        mistaken = found.reason == MISTAKEN
        return ended(found, apology_for(db.session(), record_id) if mistaken else "")
    return answer(item(found, site_settings().url))


def ended(found: EndedRecord, apology: str = "") -> Response:
    """410; with the apology where an entry of a list was an error."""
    reason = end_reason(found.register, found.reason)
    because = f"，原因：{reason}" if reason else ""
    return problem(
        410,
        detail=(
            f"自 {spoken_day(found.ended_on)} 起不再公示{because}。{apology}"
            "请把您保存的副本一并删除。"
        ),
        more=ended_item(found.ended_on, found.reason, apology),
    )
