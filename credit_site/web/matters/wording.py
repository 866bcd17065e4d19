"""States and steps of matters in words, for the sender and for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from credit_site.domain.matter_clocks import MatterDates, Rest, RestReason
from credit_site.domain.matters import APPLICATIONS, MatterAction, MatterKind, MatterState
from credit_site.services.matters.steps import CORRECTED, ENDED, SCREENED
from credit_site.services.matters.views import StepView
from credit_site.services.public_records import EndedRecord
from credit_site.web.presenters.words import end_reason, spoken_day, spoken_days

STATES = {
    MatterState.RECEIVED: ("已收到，等待办理", "pending"),
    MatterState.ASKED: ("等申请人补充", "pending"),
    MatterState.ACCEPTED: ("正在办理", "pending"),
    MatterState.REFUSED: ("不予受理", "plain"),
    MatterState.WITHDRAWN: ("已撤回", "plain"),
    MatterState.LAPSED: ("终止办理", "plain"),
    MatterState.PASSED_ON: ("已转给别的部门", "plain"),
}
_STATES_OF = {
    (MatterKind.OBJECTION, MatterState.ASKED): ("等待来源单位核实", "pending"),
    (MatterKind.OBJECTION, MatterState.UPHELD): ("异议成立", "good"),
    (MatterKind.OBJECTION, MatterState.REJECTED): ("异议不成立", "plain"),
    (MatterKind.REPAIR, MatterState.UPHELD): ("准予修复", "good"),
    (MatterKind.REPAIR, MatterState.REJECTED): ("不予修复", "plain"),
    (MatterKind.SCREENING, MatterState.UPHELD): ("准予暂时屏蔽", "good"),
    (MatterKind.SCREENING, MatterState.REJECTED): ("不予屏蔽", "plain"),
    (MatterKind.TIP, MatterState.ASKED): ("等举报人补充", "pending"),
    (MatterKind.TIP, MatterState.UPHELD): ("查实", "good"),
    (MatterKind.TIP, MatterState.REJECTED): ("未查实", "plain"),
}
"""What a state is called for a kind of matter, where it has a word of its own."""
ACTIONS = {
    MatterAction.ACCEPT: "受理",
    MatterAction.REFUSE: "不予受理",
    MatterAction.ASK: "请补充材料",
    MatterAction.ANSWER: "登记来源单位的答复",
    MatterAction.SUPPLY: "补充材料",
    MatterAction.EXTEND: "延长办理期限",
    MatterAction.EXCLUDE: "登记检验、鉴定",
    MatterAction.TESTED: "登记检验、鉴定结束",
    MatterAction.REROUTE: "转给别的部门",
    MatterAction.UPHOLD: "同意",
    MatterAction.REJECT: "不同意",
    MatterAction.WITHDRAW: "撤回",
    MatterAction.LAPSE: "终止办理",
}
_SAID = {
    (MatterKind.OBJECTION, MatterAction.ASK): "请来源单位核实",
    (MatterKind.OBJECTION, MatterAction.UPHOLD): "异议成立",
    (MatterKind.OBJECTION, MatterAction.REJECT): "异议不成立",
    (MatterKind.REPAIR, MatterAction.UPHOLD): "准予修复，终止公示",
    (MatterKind.REPAIR, MatterAction.REJECT): "不予修复",
    (MatterKind.SCREENING, MatterAction.UPHOLD): "准予暂时屏蔽",
    (MatterKind.SCREENING, MatterAction.REJECT): "不予屏蔽",
    (MatterKind.TIP, MatterAction.UPHOLD): "查实，答复举报人",
    (MatterKind.TIP, MatterAction.REJECT): "未查实，答复举报人",
    (MatterKind.TIP, MatterAction.ASK): "请举报人补充",
}
_WORDS = {
    MatterAction.EXCLUDE: "说明",
    MatterAction.TESTED: "说明",
    MatterAction.ANSWER: "内容",
    MatterAction.REROUTE: "内容",
}
_DOCUMENTS = {
    MatterAction.EXCLUDE: "委托检验、鉴定的文书",
    MatterAction.TESTED: "检验、鉴定的报告",
}
"""What is filled in beside a step, where it is more than its answer and the decision."""
SOUGHT = {
    MatterKind.OBJECTION: "异议",
    MatterKind.REPAIR: "信用修复申请",
    MatterKind.SCREENING: "暂时屏蔽申请",
    MatterKind.TIP: "举报",
}
"""What was brought forward, as a letter names it."""
CONSEQUENCES = {
    ENDED: "相关信息已经终止公示，并已通知各使用单位停止使用。",
    CORRECTED: "相关信息已经更正。",
    SCREENED: "重整期间，相关信息暂停公示，公众看不到，也不提供查询；重整失败的，恢复公示。",
}
"""What was done, as a letter says it, by outcome; nothing where nothing was."""
ROLES = {
    "representative": "法定代表人或者负责人",
    "agent": "受委托的代理人",
    "self": "被公示的本人",
}
PAPERS = {
    "authority": "授权委托书",
    "more": "补充的材料",
    "test": "检验、鉴定的文书",
}
"""What a file is, where it is more than the proof that came along."""
WISHES = {
    "wrong": "内容有误，应当更正",
    "remove": "不应当公示，应当删除",
    "not_us": "不是我单位的信息",
    "overdue": "期限已过，或者已经修复，仍在公示",
}


def state_words(kind: MatterKind, state: MatterState) -> tuple[str, str]:
    """A state in words, and its tone."""
    return _STATES_OF.get((kind, state)) or STATES[state]


def only_closed(kind: MatterKind, state: MatterState, *, ended: bool) -> bool:
    """Whether it is an application for what has ended: nobody supplies or decides any more."""
    return ended and kind in APPLICATIONS and state.open


def told_state(kind: MatterKind, state: MatterState, *, ended: bool) -> tuple[str, str]:
    """A state as whoever brought the matter forward is told it."""
    if only_closed(kind, state, ended=ended):
        return "这条信息已经终止公示，等待终止办理", "pending"
    asked = state is MatterState.ASKED and kind is not MatterKind.OBJECTION
    return ("等您补充", "pending") if asked else state_words(kind, state)


@dataclass(frozen=True, slots=True)
class Resting:
    """The days of a matter on which clocks rest, and those that were entered too late, in words.

    ``pause`` is what clocks that rest now wait for; "" where none rests.
    """

    left_out: tuple[str, ...]
    late: tuple[str, ...]
    pause: str


def resting_words(dates: MatterDates, kind: MatterKind) -> Resting:
    """The days that clocks leave out, and why; of a test who made it, and its documents."""
    going_on = next((one for one in dates.rests if one.last is None and not one.late), None)
    supply = going_on is not None and going_on.reason is RestReason.SUPPLY
    return Resting(
        tuple(_rest_words(one, kind) for one in dates.rests if not one.late and one.counts),
        tuple(_rest_words(one, kind) for one in dates.rests if one.late),
        ("补充" if supply else "检验、鉴定结束") if going_on else "",
    )


def _rest_words(rest: Rest, kind: MatterKind) -> str:
    days = spoken_days(rest.first if rest.late else rest.since, rest.last or date.max)
    if rest.reason is RestReason.SUPPLY:
        return f"{days}等{sender_words(kind)}补充材料"
    entered = f"{spoken_day(rest.entered)}登记" if rest.entered not in (None, rest.first) else ""
    if rest.since != rest.first and not rest.late:
        entered += f"，{spoken_day(rest.first)}开始，登记以前的日子照算"
    facts = "，".join(filter(None, (rest.institution, rest.document, rest.report, entered)))
    return f"{days}检验、鉴定" + (f"（{facts}）" if facts else "")


def sender_words(kind: MatterKind) -> str:
    """What whoever brings something forward is called."""
    return "举报人" if kind is MatterKind.TIP else "申请人"


def ended_words(ended: EndedRecord) -> str:
    """That what a matter is about has ended, since when and why."""
    reason = end_reason(ended.register, ended.reason)
    because = f"（{reason}）" if reason else ""
    return f"这条信息已于{spoken_day(ended.ended_on)}终止公示{because}。"


def action_words(kind: MatterKind, action: MatterAction) -> str:
    """What a step is called for a kind of matter."""
    return _SAID.get((kind, action), ACTIONS[action])


def words_title(action: MatterAction) -> str:
    """What the field for the words of a step is called on the desk."""
    return _WORDS.get(action, "答复")


def document_title(action: MatterAction) -> str:
    """What the document of a step is called on the desk."""
    return _DOCUMENTS.get(action, "决定文书")


def step_words(step: StepView, kind: MatterKind) -> str:
    """A step that was taken; the first one is the arrival."""
    first = step.action is MatterAction.SUPPLY and not step.words
    return "收到" if first else action_words(kind, step.action)
