"""States and steps of cases in words, and what each step asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from credit_site.domain.listing_cases import ListingAction, ListingState
from credit_site.services.listing_cases.steps import (
    WITHOUT_DOCUMENT,
    WITHOUT_WORDS,
    OutOfOrder,
)

STATES: Mapping[ListingState, tuple[str, str]] = {
    ListingState.CANDIDATE: ("候选，等待审查", "pending"),
    ListingState.NOTICED: ("已作出告知书，等待送达", "pending"),
    ListingState.SERVED: ("已送达，异议期", "pending"),
    ListingState.ANNOUNCED: ("公示期", "pending"),
    ListingState.OBJECTED: ("有异议，等待听取", "pending"),
    ListingState.HEARD: ("已听取意见，等待决定", "pending"),
    ListingState.RETURNED: ("上一级退回，等待重新决定", "pending"),
    ListingState.DECIDED: ("已决定列入", "pending"),
    ListingState.CONFIRMED: ("上一级已同意，等待公示", "pending"),
    ListingState.LISTED: ("在列", "serious"),
    ListingState.DISMISSED: ("不作为候选", "plain"),
    ListingState.SPARED: ("不列入", "plain"),
    ListingState.REMOVED: ("已移出", "good"),
}
OUTCOMES = {
    "expired": "期满移出",
    "repaired": "提前移出",
    "revoked": "列入决定被撤销",
    "error": "列入有误，移出",
    "dishonest": "因失信移出",
    "unfounded": "移出所依据的列入已被认定有误或者撤销",
    "corrected": "信息更正，不再公示",
}


@dataclass(frozen=True, slots=True)
class StepForm:
    """What a step is called and asks for; empty labels ask for nothing."""

    action: ListingAction
    title: str
    hint: str = ""
    words: str = "理由"
    document: str = "文书文号"
    day: str = "日期"

    @property
    def asks_words(self) -> bool:
        """Whether the reason must be given."""
        return self.action not in WITHOUT_WORDS

    @property
    def asks_document(self) -> bool:
        """Whether a document must be named."""
        return self.action not in WITHOUT_DOCUMENT


_A = ListingAction
_FORMS = (
    StepForm(
        _A.NOTICE,
        "作出列入告知书",
        "写明事由、依据、措施和异议的权利。保存后可以打印、送达；送达以前可以重写。",
        document="告知书文号",
        day="告知书日期",
    ),
    StepForm(_A.ANNOUNCE, "开始公示", "公示期内任何人可以提出异议；名称和代码会在名单页上公开。"),
    StepForm(
        _A.SERVE,
        "登记送达",
        "异议期从送达的次日起算。请附送达回证。",
        words="送达方式（直接、邮寄、公告……）和签收人",
        day="送达日期",
    ),
    StepForm(
        _A.OBJECT,
        "登记异议",
        "期内补充的意见和证据也在这里登记。",
        words="异议的内容和证据",
        day="收到异议的日期",
    ),
    StepForm(_A.HEAR, "登记听取意见", words="听取、核实的情况和是否采纳", day="听取的日期"),
    StepForm(
        _A.DECIDE,
        "决定列入",
        "异议期满以后才能决定；有异议的，还要先听取。",
        document="列入决定书文号",
        day="决定日期",
    ),
    StepForm(
        _A.SPARE,
        "决定不列入",
        document="文书文号",
        day="决定日期",
    ),
    StepForm(_A.DISMISS, "不作为候选", "同样的事实不再提示。"),
    StepForm(
        _A.CONFIRM, "上一级审核：同意", words="审核意见", document="审核文书文号", day="审核日期"
    ),
    StepForm(_A.RETURN, "上一级审核：退回", words="退回的理由", day="审核日期"),
    StepForm(
        _A.SERVE_DECISION,
        "登记决定书送达",
        "列入决定书和信用修复告知书一并送达（两书同达）；请附送达回证。",
        words="送达方式（直接、邮寄、公告……）和签收人",
        day="送达日期",
    ),
    StepForm(_A.PUBLISH, "公示", "公示后公众可以查到；期限、措施和救济途径随规则写入。"),
    StepForm(
        _A.EXTENSION_NOTICE,
        "告知延长期限",
        "写明延长的规定、原因和延长到哪一天；异议期满、有异议的听取以后，由另一个人决定。告知书可以打印。",
        document="延长告知书文号",
        day="送达日期",
    ),
    StepForm(
        _A.EXTENSION_OBJECT,
        "登记对延长的异议",
        "期内补充的意见和证据也在这里登记。",
        words="异议的内容和证据",
        day="收到异议的日期",
    ),
    StepForm(
        _A.EXTENSION_HEAR,
        "登记听取对延长的意见",
        words="听取、核实的情况和是否采纳",
        day="听取的日期",
    ),
    StepForm(
        _A.EXTENSION_DROP,
        "不再延长",
        "告知有误或者采纳异议的，撤回延长的告知；原来的期限不变。",
        document="不再延长通知书文号",
        day="通知书日期",
    ),
    StepForm(
        _A.EXTEND,
        "延长期限",
        "异议期满、有异议的听取以后决定；须经上一级审核的，审核同意并送达以后才生效。",
        document="延长决定书文号",
        day="决定日期",
    ),
    StepForm(
        _A.EXTENSION_AGREE,
        "上一级审核延长：同意",
        words="审核意见",
        document="审核文书文号",
        day="审核日期",
    ),
    StepForm(_A.EXTENSION_RETURN, "上一级审核延长：退回", words="退回的理由", day="审核日期"),
    StepForm(
        _A.EXTENSION_SERVE,
        "登记延长决定送达",
        "送达登记以后，公示的期限才随决定延长；请附送达回证。",
        words="送达方式（直接、邮寄、公告……）和签收人",
        day="送达日期",
    ),
    StepForm(
        _A.EXTENSION_UNDO,
        "撤回延长",
        "限制提前解除，或者延长所依据的文书被撤销的：回到延长以前的期限；那一天已经过去的，登记以后立即"
        "期满移出。决定书可以打印。",
        words="为什么撤回",
        document="撤回延长决定书文号",
        day="决定日期",
    ),
    StepForm(_A.REMOVE_EARLY, "提前移出", document="移出决定书文号", day="决定日期"),
    StepForm(
        _A.REMOVE_REVOKED,
        "列入决定被撤销",
        "复议、诉讼或者自行撤销列入决定，或者作为依据的处罚被撤销的。",
        document="移出决定书文号",
        day="决定日期",
    ),
    StepForm(
        _A.REMOVE_ERROR,
        "列入有误，移出并致歉",
        "致歉随移出公告长期公开，从规则“列入有误的致歉”里选用，不出现主体和任何人的名称。",
        document="移出决定书文号",
        day="决定日期",
    ),
    StepForm(
        _A.REMOVE_DISHONEST,
        "因失信移出",
        "在有效期内发生失信行为的，从守信名单移出；写明是什么行为、依据什么文书。",
        document="移出决定书文号",
        day="决定日期",
    ),
    StepForm(
        _A.RESTORE,
        "恢复列入",
        "以虚假材料提前移出的，另立一件案件恢复列入：照样告知、听取异议、决定、审核、送达、公示，期限重新"
        "计算。请附认定材料虚假的文书。",
        words="哪些材料虚假、怎样查明的",
        document="认定材料虚假的文书文号",
        day="文书日期",
    ),
)
STEPS = {form.action: form for form in _FORMS}
DONE = {form.action: form.title for form in _FORMS} | {
    ListingAction.EXPIRE: "公示的列入信息终止，案件办结"
}


def out_of_order(problem: OutOfOrder, came_first: str) -> str:
    """Which step is missing, or that it is too late for one and what was done before it."""
    wanted, state = DONE[problem.action], STATES[problem.state][0]
    if problem.first is None:
        return f"现在不能办理“{wanted}”：这件案件已经是“{state}”。{came_first}"
    return f"现在不能办理“{wanted}”：这件案件是“{state}”，要先办理“{DONE[problem.first]}”。"


def state_tag(state: ListingState, tone: str, outcome: str = "") -> dict[str, str]:
    """A state as a tag; ``tone`` of the list, for standing on a favourable one is good."""
    text, shown = STATES[state]
    if state is ListingState.LISTED and tone != "black":
        shown = "good" if tone == "red" else "pending"
    if state is ListingState.REMOVED and outcome:
        text = OUTCOMES.get(outcome, text)
    return {"text": text, "tone": shown}
