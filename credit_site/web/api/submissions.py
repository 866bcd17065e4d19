"""``/api/v1/submissions``: a bureau's machines hand in, and read what became of it."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import BinaryIO, cast

import orjson
from flask import Response, request, url_for

from credit_site.domain.issues import Issue
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import StagedState
from credit_site.extensions import clock, db, vault
from credit_site.intake.limits import Limits
from credit_site.services import desk_views
from credit_site.services.api_keys import KeyView
from credit_site.services.desk_views import SubmissionView
from credit_site.services.file_store import FileStore, KeptFile
from credit_site.services.machines import SameKeyOtherFile, receive_from_machine
from credit_site.services.submission_reports import told
from credit_site.services.submissions import Delivery
from credit_site.web.api.answers import problem
from credit_site.web.api.asked import HAND_IN, REPORT
from credit_site.web.api.callers import bureau, demand
from credit_site.web.api.contents import JSON, TABLES, require_table
from credit_site.web.api.reading import read_strictly
from credit_site.web.bodies import body, body_stream
from credit_site.web.frame import site_settings
from credit_site.web.parameters import MachineParameters

MOST_JSON = 16 << 20
_FORM = '请提交表格文件，或者 JSON：{"rows": [{"列名": "内容", …}, …]}。'
_LONGEST_KEY = 100
_NO_KEY = "请在 Authorization: Bearer 里给出部门的接口密钥；密钥在工作台建立。"


def hand_in() -> Response:
    """202 with the submission; the same ``Idempotency-Key`` gives the same one again."""
    key = bureau()
    if key is None:
        return _no_key()
    given = read_strictly(MachineParameters, HAND_IN)
    require_table()
    called = request.headers.get("Idempotency-Key", "")
    if len(called) > _LONGEST_KEY:
        return problem(422, "Idempotency-Key 太长", f"最多 {_LONGEST_KEY} 个字符。")
    return _receive(key, given.layout, called)


def report(number: int) -> Response:
    """Where a submission stands, its counts, and a page of its problems."""
    key = bureau()
    if key is None:
        return _no_key()
    view = desk_views.submission(db.session(), number) if number < 1 << 62 else None
    if view is None or view.agency != key.agency:
        return problem(404, "没有这份报送", "编号有误，或者不属于这个密钥的部门。")
    return _json(_report(view, read_strictly(MachineParameters, REPORT).after), 200)


def _receive(key: KeyView, layout: str, called: str) -> Response:
    try:
        kept, name = _kept()
    except OSError:
        return problem(503, "暂时存不下", "服务器现在存不下文件，没有收下，请稍后再传。")
    if kept is None and request.mimetype == JSON:
        return problem(400, "无法读取", _FORM)
    if kept is None:
        return problem(422, "内容是空的", _FORM)
    delivery = Delivery(name, layout, key.agency, key.actor)
    try:
        number = receive_from_machine(db.session(), kept, delivery, called, clock.now())
    except SameKeyOtherFile:
        advice = "这个 Idempotency-Key 已经用于另一份内容；新的内容请用新的键。"
        return problem(422, "键已用过", advice)
    view = desk_views.submission(db.session(), number)
    assert view is not None, "it was just received"
    response = _json(_report(view, 0), 202)
    response.headers["Location"] = url_for("api.submission", number=number)
    return response


def _kept() -> tuple[KeptFile | None, str]:
    files = FileStore(site_settings().data_path / "files", vault())
    if request.mimetype == JSON:
        table = _table(body(MOST_JSON))
        return (files.keep_stream(BytesIO(table)) if table else None), "接口报送.csv"
    stream = cast("BinaryIO", body_stream(Limits().max_bytes))
    kept = files.keep_stream(stream)
    name = f"接口报送{TABLES.get(request.mimetype, '.xlsx')}"
    return (kept if kept.size else None), name


def _table(sent: bytes) -> bytes:
    """The rows as a CSV file with the titles they name; b"" where they are no rows."""
    try:
        rows = orjson.loads(sent)["rows"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return b""
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return b""
    titles = _in_one_order({title for row in rows for title in row})
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(titles)
    writer.writerows([_text(row.get(title)) for title in titles] for row in rows)
    return stream.getvalue().encode("utf-8-sig", "replace")


def _in_one_order(titles: set[str]) -> list[str]:
    """As the likeliest layout has them, then the others.

    Members of a JSON object have no order (RFC 8259), so another one makes no other content.
    """
    layouts = [[one.title for one in lay.columns] for lay in load_rulebook().layouts.values()]
    own = [title for title in max(layouts, key=lambda own: len(titles & {*own})) if title in titles]
    return own + sorted(titles.difference(own))


def _text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else str(value)


def _no_key() -> Response:
    return demand(_NO_KEY, "submissions")


def _report(view: SubmissionView, after: int) -> dict[str, JsonValue]:
    page = told(db.session(), view.id, after)
    states = desk_views.row_states(db.session(), view.id)
    return {
        "id": view.id,
        "state": view.state.value,
        "layout": view.layout,
        "counts": {
            "rows": view.rows,
            "new": view.new,
            "changed": view.changed,
            "unchanged": view.unchanged,
            "withheld": view.withheld,
            "rejected": view.rejected,
            "published": states[StagedState.PUBLISHED],
            "held": states[StagedState.HELD],
        },
        "problem": view.problem,
        "reason": view.reason,
        "notes": [_said(issue) for issue in view.notes],
        "problems": [{"row": issue.row, **_said(issue)} for issue in page.issues],
        "next_after": page.after,
    }


def _said(issue: Issue) -> dict[str, JsonValue]:
    return {
        "column": issue.column,
        "code": issue.code,
        "level": issue.level.value,
        "message": issue.message,
    }


def _json(content: dict[str, JsonValue], status: int) -> Response:
    response = Response(orjson.dumps(content), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
