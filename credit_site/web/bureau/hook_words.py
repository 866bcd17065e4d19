"""Subscribers of web hooks and what became of deliveries, in words."""

from __future__ import annotations

from dataclasses import dataclass

from credit_site.domain.rulebook import Rulebook
from credit_site.domain.web_hooks import HookState, Kind, Wants
from credit_site.services.hook_views import AttemptView, SubscriberView
from credit_site.web.presenters.words import Names

KINDS = {Kind.CHANGES: "变化", Kind.TEST: "测试", Kind.AGAIN: "重发"}
_STATES = {
    HookState.ACTIVE: ("正在推送", "good"),
    HookState.PAUSED: ("已暂停", "pending"),
    HookState.GONE: ("对方已经取消（410）", "plain"),
    HookState.REVOKED: ("已停用", "plain"),
}
_RETRYING = ("收不到，正在再试", "pending")
_FAILING = ("连续三天收不到，已暂停", "serious")
PROBLEMS = {
    "status": "没有收下",
    "redirect": "要求转到别的地址，没有跟随",
    "timeout": "超时",
    "tls": "证书不被信任",
    "unknown_host": "查不到主机名",
    "unreachable": "连不上",
    "no_http": "回答的不是 HTTP",
    "not_permitted": "地址指向内部网络，没有放行",
    "no_secret": "密钥打不开，请更换密钥",
    "broken": "发送时出错",
}
"""Why a delivery failed, by its name in the log of deliveries."""


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """A try in words; ``again``: it can be sent once more."""

    view: AttemptView
    kind: str
    span: str
    answer: str
    again: bool


def state_tag(one: SubscriberView) -> dict[str, str]:
    """Where a subscriber stands, as a tag."""
    text, tone = _STATES[one.state]
    if one.state is HookState.PAUSED and one.failing:
        text, tone = _FAILING
    elif one.state is HookState.ACTIVE and one.failures:
        text, tone = _RETRYING
    return {"text": text, "tone": tone}


def wish_words(wants: str, wanted: str, names: Names) -> str:
    """What somebody hears of."""
    match wants:
        case Wants.REGISTER:
            return names.register(wanted)
        case Wants.AGENCY:
            return names.agency(wanted)
        case Wants.LIST:
            return names.list_name(wanted)
        case Wants.COMPANY:
            return f"企业 {wanted}"
        case _:
            return "全部公示信息"


def wish_choices(book: Rulebook) -> list[tuple[str, str]]:
    """What can be chosen in the form: ``wants:wanted`` and how it is called."""
    return [
        ("all:", "全部公示信息"),
        *((f"register:{slug}", f"类别：{one.title}") for slug, one in book.registers.items()),
        *((f"list:{slug}", f"名单：{one.name}") for slug, one in book.lists.items()),
        *((f"agency:{slug}", f"部门：{one.name}") for slug, one in book.agencies.items()),
        ("company:", "一家企业（在下面填写代码）"),
    ]


def attempt_line(one: AttemptView) -> AttemptLine:
    """A try as a row of the log."""
    test = one.kind is Kind.TEST
    span = "" if test else f"{one.since + 1:,}–{one.until:,}"
    said = PROBLEMS.get(one.problem, one.problem) if one.problem else "收到"
    answer = said if one.status is None else f"{one.status} {said}"
    return AttemptLine(one, KINDS[one.kind], span, answer, again=not test and not one.waits)
