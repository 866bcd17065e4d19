"""``/api/v1/lookups``: a bureau's machines ask before a decision, and read receipts again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson
from flask import Response, url_for

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Basis, Measure, load_rulebook
from credit_site.extensions import clock, db, name_directory, vault
from credit_site.services.api_keys import KeyView
from credit_site.services.lookups.asking import MOST_SUBJECTS, LookupTools, Question, ask
from credit_site.services.lookups.offering import MOST_LINES, offers
from credit_site.services.lookups.views import Entry, LineView, ReceiptView, receipt
from credit_site.services.matching import LONGEST, Asked, Match
from credit_site.services.reviewing import NotPossible
from credit_site.web.api.answers import problem
from credit_site.web.api.callers import bureau, demand
from credit_site.web.api.contents import JSON, require_json
from credit_site.web.api.reading import check
from credit_site.web.bodies import body
from credit_site.web.frame import site_settings
from credit_site.web.searching import matcher
from search_index import SearchUnavailable

MOST_BYTES = 1 << 20
_NO_KEY = "请在 Authorization: Bearer 里给出部门的接口密钥；密钥在工作台建立。"
_FORM = (
    '请以 JSON 提交：{"purpose": "licence", "matter_number": "受理号", '
    '"queries": [{"name": "名称", "uscc": "代码"}, "名称或者代码", …]}，'
    f"最多 {MOST_SUBJECTS:,} 个。"
)


def look_up() -> Response:
    """201 with the receipt and its answers; the address of the receipt in ``Location``."""
    key = bureau()
    if key is None:
        return demand(_NO_KEY, "lookups")
    check(())
    require_json()
    question = _question(body(MOST_BYTES), key)
    if question is None:
        return problem(400, "无法读取", _FORM)
    tools = LookupTools(db.session(), vault(), load_rulebook(), name_directory())
    try:
        number = ask(tools, question, clock.now())
    except NotPossible as refused:
        return problem(422, "不能这样查", str(refused))
    except SearchUnavailable:
        return problem(503, "名称索引正在恢复", "请稍后再试；用统一社会信用代码现在就可以查。")
    response = _private(_answer(_found(number, key)), 201)
    response.headers["Location"] = url_for("api.lookup", number=number)
    return response


def show(number: str) -> Response:
    """The receipt again, as far as its grounds still stand; for the same bureau's keys."""
    key = bureau()
    if key is None:
        return demand(_NO_KEY, "lookups")
    check(())
    found = _found(number, key)
    if found is None:
        return problem(404, "没有这份回执", "编号有误，或者不属于这个密钥的部门。")
    return _private(_answer(found), 200)


def _private(content: dict[str, JsonValue], status: int) -> Response:
    """JSON that nobody on the way keeps."""
    response = Response(orjson.dumps(content), status=status, content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(number: str, key: KeyView) -> ReceiptView | None:
    found = receipt(db.session(), vault(), load_rulebook(), number, clock.today())
    return found if found is not None and found.agency == key.agency else None


def _question(sent: bytes, key: KeyView) -> Question | None:
    try:
        said = orjson.loads(sent)
        purpose, matter, queries = said["purpose"], said["matter_number"], said["queries"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    if not (isinstance(purpose, str) and isinstance(matter, str) and isinstance(queries, list)):
        return None
    lines = [_line(row, query) for row, query in enumerate(queries, 1)]
    known = [line for line in lines if line is not None]
    whole = len(known) == len(lines)
    return Question(key.agency, key.actor, purpose, matter, known) if whole else None


def _line(row: int, query: object) -> Asked | None:
    match query:
        case str():
            return Asked(row, query[:LONGEST])
        case {"name": str(name), "uscc": str(code)}:
            return Asked(row, name[:LONGEST], code[:LONGEST])
        case {"name": str(name)}:
            return Asked(row, name[:LONGEST])
        case {"uscc": str(code)}:
            return Asked(row, "", code[:LONGEST])
    return None


def _answer(found: ReceiptView | None) -> dict[str, JsonValue]:
    assert found is not None, "it was just made"
    try:
        offered = offers(matcher(), found.lines, MOST_LINES)
    except SearchUnavailable:
        offered = {}
    return {
        "number": found.number,
        "verify": f"{site_settings().url}/verify/{found.number}",
        "genuine": found.genuine,
        "agency": found.agency,
        "asked_at": found.at.isoformat(),
        "purpose": found.purpose.value,
        "matter_number": found.matter_number,
        "head": {"seq": found.head_seq, "hash": found.head_hash},
        "lines": [_said(line, offered) for line in found.lines],
    }


def _said(line: LineView, offered: Mapping[int, Iterable[Match]]) -> JsonValue:
    return {
        "row": line.row,
        "name": line.name,
        "uscc": line.code,
        "result": line.result.value,
        "note": line.note,
        "entries": [_entry(entry) for entry in line.entries],
        "offers": [
            {"name": one.name, "uscc": one.uscc, "reason": match.reason}
            for match in offered.get(line.position, ())
            for one in match.subjects
        ],
    }


def _entry(entry: Entry) -> JsonValue:
    record = entry.record
    return {
        "record_id": record.id,
        "subject_name": record.subject_name,
        "uscc": record.uscc,
        "list": record.list_name,
        "tone": entry.tone,
        "branch": entry.branch.slug if entry.branch else "",
        "document_number": record.document_number,
        "listed_on": record.decided_on.isoformat() if record.decided_on else None,
        "until": record.publication_end.isoformat() if record.publication_end else None,
        "disputed": record.disputed,
        "measures": [_measure(measure) for measure in entry.measures],
        "measures_as_decided": entry.said,
        "favours_barred": entry.barred,
    }


def _measure(measure: Measure) -> JsonValue:
    return {
        "slug": measure.slug,
        "name": measure.name,
        "kind": measure.kind,
        "content": measure.content,
        "target": measure.target,
        "body": measure.body,
        "basis": [_basis(one) for one in measure.basis],
    }


def _basis(one: Basis) -> JsonValue:
    return {"document": one.document, "article": one.article, "verified": one.verified}
