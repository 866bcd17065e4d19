"""What followers are told, and what goes wrong."""

from __future__ import annotations

from credit_site.services.honours import UNFOUNDED
from credit_site.services.publication import EndReason
from credit_site.web.api.description.shapes import (
    Schema,
    day,
    moment,
    or_null,
    ref,
    several,
    shape,
    whole,
    words,
)

HEAD = whole("账本现在的末位；回答到此为止都算在内。")
NEXT = or_null(words("接着取的地址；到头了则为 null。", format="uri"))
_REASONS = [*(reason.value for reason in EndReason), UNFOUNDED]


def of_changes() -> dict[str, Schema]:
    """An answer of changes, and one change."""
    ended = shape(
        "何时、为何停止公示。",
        {
            "ended_on": day("停止的日期。"),
            "reason": words("原因。", enum=list(_REASONS)),
            "apology": words("列入名单有误的致歉，不写是谁；没有则不出现。"),
        },
        optional=("apology",),
    )
    change: dict[str, Schema] = {
        "seq": whole("账本号。", 1),
        "at": moment("记入账本的时间。"),
        "id": whole("公示编号。", 1),
        "register": words("信息类别。"),
        "action": words(
            "最近一次变动：公示、变更、暂停、恢复、终止。",
            enum=["publish", "amend", "screen", "restore", "end"],
        ),
        "reason": words("变动的原因；没有则为空。"),
        "record": {
            "description": "现在的内容；null 表示请删去您保存的这一条。",
            "anyOf": [ref("Record"), {"type": "null"}],
        },
        "ended": or_null(ended),
    }
    answer = {
        "changes": several("变动，按账本次序；一条信息只出现一次，以最近一次为准。", ref("Change")),
        "since": whole("从哪里起。"),
        "until": whole("到哪里止；下一次把它写作 since。"),
        "head": HEAD,
        "day": day("回答所依据的日期（北京时间）；此前到期的请删去。"),
        "next": NEXT,
    }
    return {"Changes": shape("一段变动。", answer), "Change": shape("一条信息的变动。", change)}


def problem() -> Schema:
    """A problem detail."""
    return shape(
        "出了什么问题（RFC 9457）。",
        {
            "type": words("这一类问题的说明。", format="uri"),
            "title": words("问题。"),
            "status": whole("HTTP 状态码。", 400),
            "detail": words("怎么办。"),
            "parameter": words("哪个参数有误。"),
            "ended_on": day("停止公示的日期（410）。"),
            "reason": words("停止公示的原因（410）。", enum=list(_REASONS)),
            "apology": words("列入名单有误的致歉（410）。"),
            "violated-policies": several("用完了的限制（429）。", words("限制的名称。")),
            "head": whole("账本现在的末位（409）。"),
        },
        optional=("parameter", "ended_on", "reason", "apology", "violated-policies", "head"),
    )
