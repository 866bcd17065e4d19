"""Answers of look-ups in words, for the desk, for print, for whoever verifies a receipt."""

from __future__ import annotations

from credit_site.domain.lookups import Outcome, Result

RESULTS = {
    Result.BLACK: ("严重失信（黑名单）", "serious"),
    Result.WATCH: ("提示关注", "pending"),
    Result.RED: ("守信激励（红名单）", "good"),
    Result.NONE: ("没有列入名单", "plain"),
    Result.UNCLEAR: ("没有确定主体", "pending"),
    Result.NOT_ASKED: ("没有查", "plain"),
    Result.CHANGED: ("有变化，请重新查询", "pending"),
}
"""Results with their tones."""
CHANGED = "查询以后，结果所依据的信息有变化，请重新查询。"
BARRED = "在严重失信主体名单（黑名单）上，激励措施不适用。"
"""Of an entry on the red list beside one on the black list."""
OUTCOMES = {Outcome.TAKEN: "已采取措施", Outcome.NOT_TAKEN: "没有采取措施"}
KINDS = {"punish": "惩戒", "manage": "管理", "favour": "激励"}
"""Kinds of measures."""
CREDIT_OFFICE = "信用管理部门"


def result_tag(result: Result) -> dict[str, str]:
    """A result as a tag."""
    text, tone = RESULTS[result]
    return {"text": text, "tone": tone}
