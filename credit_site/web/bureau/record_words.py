"""Why records end, what becomes of decisions, what was done to a record: in words."""

from __future__ import annotations

from credit_site.domain.matters import MatterKind, MatterState
from credit_site.services.grounds import Fate
from credit_site.services.publication import EndReason
from credit_site.services.record_life import Deed, RecordLife, ends
from credit_site.web.bureau.names import DEEDS
from credit_site.web.matters.wording import state_words
from credit_site.web.presenters.words import end_reason

REASONS = {
    EndReason.REPAIRED: "信用修复，由本部门决定",
    EndReason.REPAIRED_ELSEWHERE: end_reason("penalty", EndReason.REPAIRED_ELSEWHERE),
    EndReason.ERROR: "公示有误，不应公示",
}
FATES = {
    Fate.REVOKED: "被依法撤销",
    Fate.CHANGED: "被依法变更",
    Fate.UNLAWFUL: "被确认违法",
    Fate.VOID: "被确认无效",
    Fate.DELISTED: "原公布单位的名单上已经没有",
}
OTHER_ELEMENT = "公示要素"
"""What changed of a record and is no field of its register."""
_FOLLOWED = ("replaced", "replaces")


def called(life: RecordLife, deed: Deed) -> str:
    """What somebody did to a record, and why where a reason is kept."""
    text, why = deed_and_why(life, deed)
    return f"{text}：{why}" if why else text


def deed_and_why(life: RecordLife, deed: Deed) -> tuple[str, str]:
    """What somebody did to a record; and why in the words of the rules, "" for no such reason."""
    text, fate = DEEDS.get(deed.action, deed.action), deed.details.get("fate")
    if deed.action == "end":
        return text, end_reason(life.register, str(deed.details.get("why")))
    if deed.action == "matter_closed":
        return _closed(life, deed, text)
    if deed.action in _FOLLOWED:
        return f"{text}（公示编号 {deed.details.get('other')}）", ""
    if not isinstance(fate, str) or not fate:
        return text, ""
    return text, f"{'' if fate == Fate.DELISTED else '决定'}{FATES[Fate(fate)]}"


def _closed(life: RecordLife, deed: Deed, text: str) -> tuple[str, str]:
    """How a matter ended: the log kept its kind and its state not from the beginning."""
    kind, state = (str(deed.details.get(name) or "") for name in ("kind", "state"))
    if kind and state:
        text, _ = state_words(MatterKind(kind), MatterState(state))
    if not ends(deed):
        return text, ""
    return f"{text}，终止公示", end_reason(life.register, life.end_reason)
