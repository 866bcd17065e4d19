"""The audit log in words: what was done something to, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import orjson

from credit_site.domain.lookups import Outcome, Purpose
from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.listing_words import STATES as LISTING_STATES
from credit_site.web.bureau.record_words import FATES
from credit_site.web.frame import words
from credit_site.web.matters.wording import STATES as MATTER_STATES
from credit_site.web.presenters.words import SEVERITIES, end_reason

LABELS: Mapping[str, str] = {
    "accepted": "收下",
    "address": "地址",
    "after": "改后",
    "agency": "部门",
    "barred": "不再公示的",
    "batch": "批次",
    "before": "改前",
    "branch": "领域",
    "by_hand": "手工填报",
    "case": "名单案件",
    "changed": "改动",
    "correction": "更正",
    "count": "条数",
    "day": "日期",
    "decided_on": "文书日期",
    "direct": "直接发布",
    "document": "文书",
    "draft": "草稿",
    "due": "期限",
    "email": "登录邮箱",
    "ended": "终止",
    "factor": "哪一步",
    "fate": "决定怎样了",
    "file": "附件校验值",
    "files": "文件数",
    "frozen": "上线前的改写",
    "good": "改好了",
    "held": "暂不发布",
    "holder": "使用者",
    "kind": "类别",
    "late": "超期",
    "ledger": "账本位置",
    "line": "第几行",
    "list": "名单",
    "locked": "锁定",
    "matter": "回执号",
    "name": "名称",
    "new": "新增",
    "number": "编号",
    "other": "另一条",
    "outcome": "结果",
    "penalty": "处罚文号",
    "problem": "问题",
    "profile": "格式",
    "purpose": "用途",
    "reason": "理由",
    "record": "公示编号",
    "refused": "退回",
    "rejected": "有误",
    "replaced": "替换",
    "restores": "恢复自案件",
    "revision": "版本",
    "role": "角色",
    "row": "行",
    "rows": "行数",
    "severity": "失信程度",
    "sha256": "文件校验值",
    "since": "从",
    "slots": "栏目",
    "source": "来源",
    "state": "状态",
    "subjects": "主体数",
    "subscriber_id": "接收方",
    "times": "次数",
    "total": "总数",
    "unchanged": "没有变化",
    "unknown": "对不上的",
    "until": "到",
    "version": "版本",
    "wanted": "订阅对象",
    "wants": "订阅范围",
    "why": "原因",
    "withheld": "不公示的",
    "words": "内容",
}
"""What is known of a deed, by its name in the log."""
_SUBJECTS: Mapping[str, tuple[str, str]] = {
    "account": ("账号", ""),
    "agency": ("部门", ""),
    "assessment": ("考核通报", ""),
    "exchange": ("交换批次", ""),
    "hook": ("推送接收方", "/bureau/hooks/"),
    "key": ("接口密钥", ""),
    "listing": ("名单案件", "/bureau/listings/"),
    "lookup": ("查询回执", ""),
    "matter": ("异议、申请或者举报", "/bureau/matters/"),
    "reader-key": ("数据密钥", ""),
    "record": ("公示编号", "/bureau/records/"),
    "records": ("到期的信息", ""),
    "submission": ("文件", "/bureau/submissions/"),
    "warning": ("预警", ""),
}
_PLAIN: Mapping[str, str] = {
    **{one.value: one.label for one in (*Purpose, *MatterKind)},
    Outcome.TAKEN: "已采取措施",
    Outcome.NOT_TAKEN: "没有采取措施",
    **{fate.value: text for fate, text in FATES.items()},
    **{state.value: text for state, (text, _) in LISTING_STATES.items()},
    **{state.value: text for state, (text, _) in MATTER_STATES.items()},
    **SEVERITIES,
    "application/pdf": "PDF",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "password": "密码",
    "code": "动态验证码",
    "recovery_code": "恢复代码",
    "folder": "文件夹",
    "table": "前置库",
    "all": "全部信息",
    "company": "企业",
    "register": "信息类别",
    "agency": "部门",
    "list": "名单",
}
"""Values that are names in the log."""
_SHORT = 12
_DIGESTS = frozenset({"file", "sha256"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What something was done to: its words, its page on the desk ("" for none)."""

    text: str
    href: str


def subject_of(code: str) -> Subject:
    """``submission/12/row/3`` is row 3 of file 12."""
    kind, _, rest = code.partition("/")
    title, page = _SUBJECTS.get(kind, (kind, ""))
    number, _, row = rest.partition("/row/")
    name = bureau_name(number) if kind == "agency" else number
    text = f"{title} {name}".strip() + (f" 第 {row} 行" if row else "")
    return Subject(text, f"{page}{number}" if page and number.isdecimal() else "")


def details_of(stored: str) -> list[tuple[str, str]]:
    """Label and text of each thing known of a deed; empty ones are left out."""
    known = orjson.loads(stored)
    return [(LABELS.get(name, name), _text(name, value)) for name, value in known.items() if value]


def _text(name: str, value: JsonValue) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_text(name, one) for one in value)
    if isinstance(value, dict):
        return "，".join(f"{LABELS.get(n, n)} {_text(n, v)}" for n, v in value.items())
    said = "" if value is None else str(value)
    if name in _DIGESTS:
        return f"{said[:_SHORT]}…"
    return _named(name, said)


def _named(name: str, said: str) -> str:
    return _NAMED[name](said) if name in _NAMED else _PLAIN.get(said, said)


def _role(said: str) -> str:
    return Role(said).label if said in set(Role) else said


def _profile(said: str) -> str:
    layout = load_rulebook().layouts.get(said)
    return layout.title if layout else said


def _branch(said: str) -> str:
    return words().names.branch(said)


def _list(said: str) -> str:
    return words().names.list_name(said)


def _why(said: str) -> str:
    return end_reason("penalty", said) or end_reason("", said) or said


def _field(said: str) -> str:
    return _fields().get(said, said)


@cache
def _fields() -> dict[str, str]:
    registers = load_rulebook().registers.values()
    return {field.name: field.title for register in registers for field in register.fields}


_NAMED: Mapping[str, Callable[[str], str]] = {
    "agency": bureau_name,
    "branch": _branch,
    "changed": _field,
    "list": _list,
    "profile": _profile,
    "role": _role,
    "why": _why,
}
