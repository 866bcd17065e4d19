"""``/api/v1/lookups``: a bureau's machines ask before a decision, and tell what became of it."""

from __future__ import annotations

import orjson
from flask import Response, url_for

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, name_directory, vault
from credit_site.services.api_keys import KeyView
from credit_site.services.lookups.asking import MOST_SUBJECTS, LookupTools, Question, ask
from credit_site.services.lookups.feedback import FeedbackTools, Teller, Told, give_feedback
from credit_site.services.lookups.views import ReceiptView, receipt
from credit_site.services.matching import LONGEST, Asked
from credit_site.services.reviewing import NotPossible
from credit_site.web.api.answers import problem
from credit_site.web.api.callers import bureau, demand
from credit_site.web.api.contents import JSON, require_json
from credit_site.web.api.lookup_answers import receipt_said
from credit_site.web.api.reading import check
from credit_site.web.bodies import body
from search_index import SearchUnavailable

MOST_BYTES = 1 << 20
_NO_KEY = "请在 Authorization: Bearer 里给出部门的接口密钥；密钥在工作台建立。"
_FORM = (
    '请以 JSON 提交：{"purpose": "licence", "matter_number": "受理号", '
    '"queries": [{"name": "名称", "uscc": "代码"}, "名称或者代码", …]}，'
    f"最多 {MOST_SUBJECTS:,} 个，每个只写一个主体；没有说明的字段不收。"
)
_FEEDBACK_FORM = (
    '请以 JSON 提交：{"line": 1, "outcome": "taken", "measures": ["措施的标识", …], '
    '"words": "说明"}，line 是回执里那一行的 line；没有采取的，outcome 写 not_taken；'
    "没有说明的字段不收。"
)
_TOLD = {"line", "outcome", "measures", "words"}
_NO_RECEIPT = "没有这份回执", "编号有误，或者不属于这个密钥的部门。"


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
    found = _found(number, key)
    assert found is not None, "it was just made"
    response = _private(receipt_said(found), 201)
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
        return problem(404, *_NO_RECEIPT)
    return _private(receipt_said(found), 200)


def feedback(number: str) -> Response:
    """What became of a line's measures; the newest counts. The receipt as it is then."""
    key = bureau()
    if key is None:
        return demand(_NO_KEY, "lookups")
    check(())
    require_json()
    told = _told(body(MOST_BYTES))
    if told is None:
        return problem(400, "无法读取", _FEEDBACK_FORM)
    if _found(number, key) is None:
        return problem(404, *_NO_RECEIPT)
    tools = FeedbackTools(db.session(), vault(), load_rulebook())
    try:
        give_feedback(tools, number, told, Teller(key.agency, key.actor), clock.now())
    except NotPossible as refused:
        return problem(422, "不能这样反馈", str(refused))
    return show(number)


def _private(content: dict[str, JsonValue], status: int) -> Response:
    """JSON that nobody on the way keeps."""
    response = Response(orjson.dumps(content), status=status, content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(number: str, key: KeyView) -> ReceiptView | None:
    found = receipt(db.session(), vault(), load_rulebook(), number, clock.today())
    return found if found is not None and found.agency == key.agency else None


def _question(sent: bytes, key: KeyView) -> Question | None:
    """None for what is not of this shape; a field that is not known is not passed over."""
    try:
        said = orjson.loads(sent)
    except orjson.JSONDecodeError:
        return None
    match said:
        case {
            "purpose": str(purpose),
            "matter_number": str(matter),
            "queries": list(queries),
            **others,
        } if not others:
            return _asked(key, purpose, matter, queries)
    return None


def _asked(key: KeyView, purpose: str, matter: str, queries: list[object]) -> Question | None:
    lines = [_line(row, query) for row, query in enumerate(queries, 1)]
    known = [line for line in lines if line is not None]
    whole = len(known) == len(lines)
    return Question(key.agency, key.actor, purpose, matter, known) if whole else None


def _line(row: int, query: object) -> Asked | None:
    """What is asked; a field that is not known could be a code, and is not passed over."""
    match query:
        case str():
            return Asked(row, query[:LONGEST])
        case {"name": str(name), "uscc": str(code), **others} if not others:
            return Asked(row, name[:LONGEST], code[:LONGEST])
        case {"name": str(name), **others} if not others:
            return Asked(row, name[:LONGEST])
        case {"uscc": str(code), **others} if not others:
            return Asked(row, "", code[:LONGEST])
    return None


def _told(sent: bytes) -> Told | None:
    try:
        said = orjson.loads(sent)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(said, dict) or set(said) - _TOLD:
        return None
    match (
        _whole(said.get("line")),
        said.get("outcome"),
        said.get("measures", []),
        said.get("words", ""),
    ):
        case bool(), _, _, _:
            return None
        case int(row), str(what), list(measures), str(words):
            known = [one for one in measures if isinstance(one, str)]
            return Told(row, what, known, words) if len(known) == len(measures) else None
    return None


def _whole(said: object) -> object:
    """A number without a fraction is an integer to JSON Schema, 3.0 as well."""
    return int(said) if isinstance(said, float) and said.is_integer() else said
