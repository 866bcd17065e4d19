"""What departments ask before they decide, and the receipt they get."""

from __future__ import annotations

from credit_site.domain.lookups import Outcome, Purpose, Result
from credit_site.services.lookups.asking import MOST_SUBJECTS
from credit_site.services.lookups.feedback import LONGEST_WORDS
from credit_site.web.api.description.shapes import (
    Schema,
    moment,
    or_null,
    ref,
    several,
    shape,
    truth,
    whole,
    words,
)

_PURPOSE: Schema = {
    "enum": [purpose.value for purpose in Purpose],
    "description": "用途：" + "；".join(f"{one.value} {one.label}" for one in Purpose) + "。",
}
_RESULT: Schema = {
    "enum": [result.value for result in Result],
    "description": "结果：black、watch、red 是最重的一个名单；none 没有列入；"
    "unclear 不能确定是谁，没有作答（没有主体正好叫这个名称、同名、曾用名）；"
    "not_asked 没有查；changed 查询以后依据有变化。",
}
_DAY: Schema = {"type": "string", "format": "date", "description": "日期。"}


def of_lookups() -> dict[str, Schema]:
    """The question, the receipt and its lines."""
    return {
        "LookupQuestion": _question(),
        "LookupFeedback": _no_other(
            shape("一行的措施办得怎样。", _feedback(), ("measures", "words"))
        ),
        "Lookup": shape("一次查询的回执。", _receipt()),
        "LookupLine": shape("对一个主体的回答。", _line()),
        "LookupEntry": shape("名单上的一次列入。", _entry()),
        "Measure": shape("适用的措施。", _measure()),
        "LookupOffer": shape("可能想查的名称。", _offer()),
    }


def _question() -> Schema:
    one: Schema = {
        "anyOf": [
            words("名称或者统一社会信用代码。", minLength=1),
            {
                "type": "object",
                "properties": {"name": words("名称。"), "uscc": words("统一社会信用代码。")},
                "minProperties": 1,
                "additionalProperties": False,
            },
        ]
    }
    said: dict[str, Schema] = {
        "purpose": _PURPOSE,
        "matter_number": words("办理事项的受理号。", minLength=1),
        "queries": {
            "type": "array",
            "items": one,
            "minItems": 1,
            "maxItems": MOST_SUBJECTS,
            "description": "要查的主体，每个只写一个名称、一个代码：写了两个名称的不分开，不查。",
        },
    }
    return _no_other(shape("查哪些主体，为办什么事。", said))


def _no_other(one: Schema) -> Schema:
    """The same object; what is not described is refused."""
    return one | {"additionalProperties": False}


def _feedback() -> dict[str, Schema]:
    return {"line": whole("回执里那一行的 line。", 1), **_told()}


def _told() -> dict[str, Schema]:
    return {
        "outcome": {
            "enum": [outcome.value for outcome in Outcome],
            "description": "taken 采取了措施；not_taken 没有采取，words 里写明理由。",
        },
        "measures": several("采取的措施，写标识；只能是这一行列出的。", words("标识。")),
        "words": words("说明；不写个人证件号码。", maxLength=LONGEST_WORDS),
    }


def _receipt() -> dict[str, Schema]:
    head: dict[str, Schema] = {"seq": whole("账本号。"), "hash": words("这一笔的散列值。")}
    return {
        "number": words("回执编号。"),
        "verify": words("谁都可以核验的地址。", format="uri"),
        "genuine": {"type": "boolean", "description": "账本上有没有回执所记的那一笔。"},
        "agency": words("查询的部门。"),
        "asked_at": words("查询的时间。", format="date-time"),
        "purpose": _PURPOSE,
        "matter_number": words("办理事项的受理号。"),
        "reading": words("名单文件的哪些列被读作名称和代码；不是从文件来的为空。"),
        "head": shape("查询时账本到哪一笔。", head),
        "lines": several("逐个回答。", ref("LookupLine")),
    }


def _line() -> dict[str, Schema]:
    return {
        "line": whole("回执的第几行，反馈时写这个数。", 1),
        "row": whole("第几个；从文件来的，是原来的行号。", 1),
        "name": words("名称。"),
        "uscc": words("统一社会信用代码；没有则为空。"),
        "role": words("在那一行里的身份，例如联合体成员；那一行自己的主体为空。"),
        "result": _RESULT,
        "note": words("说明；没有则为空。"),
        "entries": several("在哪些名单上。", ref("LookupEntry")),
        "offers": several("没有作答时，可能想查的；供核对，不是答复。", ref("LookupOffer")),
        "feedback": or_null(
            shape("反馈；没有反馈的为 null。", {**_told(), "told_at": moment("反馈的时间。")})
        ),
    }


def _entry() -> dict[str, Schema]:
    return {
        "record_id": whole("公示编号。", 1),
        "subject_name": words("主体名称。"),
        "uscc": words("统一社会信用代码；没有则为空。"),
        "list": words("名单的标识。"),
        "tone": words("红、黄、黑。"),
        "branch": words("领域；没有则为空。"),
        "document_number": words("决定书文号；没有则为空。"),
        "listed_on": or_null(_DAY),
        "until": or_null(_DAY),
        "disputed": {"type": "boolean", "description": "是否正在处理异议。"},
        "measures": several("适用的措施。", ref("Measure")),
        "measures_as_decided": words("决定书上写的措施；没有则为空。"),
        "favours_barred": truth("是否因同时在黑名单上，不适用激励措施（措施为空）。"),
    }


def _measure() -> dict[str, Schema]:
    basis: dict[str, Schema] = {
        "document": words("文件。"),
        "article": words("条款；没有则为空。"),
        "verified": {"type": "boolean", "description": "是否见到原文。"},
    }
    return {
        "slug": words("标识。"),
        "name": words("名称。"),
        "kind": words("惩戒、管理或者激励。"),
        "content": words("内容。"),
        "target": words("对象。"),
        "body": words("实施单位。"),
        "basis": several("依据。", shape("一项依据。", basis)),
    }


def _offer() -> dict[str, Schema]:
    return {
        "name": words("名称。"),
        "uscc": words("统一社会信用代码；没有则为空。"),
        "reason": words("为什么相近。"),
    }
