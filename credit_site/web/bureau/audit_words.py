"""The audit log in words: what was done something to, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import orjson

from credit_site.domain.lookups import Outcome, Purpose
from credit_site.domain.matters import MatterAction, MatterKind, MatterState
from credit_site.domain.permissions import Role
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import SubmissionState
from credit_site.services.assessment.rises import DIVISION, FIELD
from credit_site.services.matters.steps import CORRECTED, ENDED, GONE, SCREENED
from credit_site.web.bureau.audit_labels import LABELS
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.exchange import SOURCES
from credit_site.web.bureau.hook_words import PROBLEMS, wish_words
from credit_site.web.bureau.listing_words import STATES as LISTING_STATES
from credit_site.web.bureau.record_words import FATES, OTHER_ELEMENT
from credit_site.web.frame import words
from credit_site.web.matters.wording import ACTIONS, state_words
from credit_site.web.matters.wording import STATES as MATTER_STATES
from credit_site.web.presenters.words import SEVERITIES, end_reason

_SUBJECTS: Mapping[str, tuple[str, str]] = {
    "account": ("账号", ""),
    "agency": ("部门", ""),
    "assessment": ("考核通报", ""),
    "exchange": ("交换批次", ""),
    "exchange/channel": ("交换通道", ""),
    "files": ("没有用到的文件", ""),
    "hook": ("推送接收方", "/bureau/hooks/"),
    "key": ("接口密钥", ""),
    "listing": ("名单案件", "/bureau/listings/"),
    "lookup": ("查询回执", ""),
    "matter": ("异议、申请或者举报", "/bureau/matters/"),
    "reader-key": ("数据密钥", ""),
    "record": ("公示编号", "/bureau/records/"),
    "records": ("到期的信息", ""),
    "submission": ("文件", "/bureau/submissions/"),
    "warning/company": ("预警：多次受处罚的企业", ""),
    f"warning/{DIVISION}": ("预警：区县", ""),
    f"warning/{FIELD}": ("预警：商品领域", ""),
}
"""Kinds of subjects as codes begin: the longest that fits."""
_ROW, _ROWS = " 第 {} 行", "/row/"
_PLAIN: Mapping[str, str] = {
    **{one.value: one.label for one in (*Purpose, *MatterKind)},
    Outcome.TAKEN: "已采取措施",
    Outcome.NOT_TAKEN: "没有采取措施",
    **{fate.value: text for fate, text in FATES.items()},
    **SEVERITIES,
    "application/pdf": "PDF",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "password": "密码",
    "code": "动态验证码",
    "recovery_code": "恢复码",
    **SOURCES,
    "all": "全部信息",
    "company": "企业",
    "register": "信息类别",
    "agency": "部门",
    "list": "名单",
}
"""Values that are names in the log."""
_TAKEN_BACK = {
    SubmissionState.READ: "收回修改",
    SubmissionState.CLOSED: "剩下的行不报",
    SubmissionState.WITHDRAWN: "放弃",
}
_DECIDED = {
    MatterState.UPHELD: ACTIONS[MatterAction.UPHOLD],
    MatterState.REJECTED: ACTIONS[MatterAction.REJECT],
}
"""How a matter ended where its kind is not told, which has words of its own."""
_STATES: Mapping[str, str] = {
    **{state.value: text for state, (text, _) in LISTING_STATES.items()},
    **{state.value: text for state, (text, _) in MATTER_STATES.items()},
    **{state.value: text for state, text in _DECIDED.items()},
}
_OUTCOMES: Mapping[str, str] = {
    ENDED: "终止公示",
    CORRECTED: "已经更正",
    SCREENED: "暂停公示",
    GONE: "已经不再公示",
}
_SHORT = 12
_DIGESTS = frozenset({"file", "sha256"})
Known = Mapping[str, JsonValue]
"""All that is known of a deed, and under ``subject`` the code of what it was done to."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What something was done to: its words, its page on the desk ("" for none)."""

    text: str
    href: str


def subject_of(code: str) -> Subject:
    """``submission/12/row/3`` is row 3 of file 12."""
    kind, number, row = _parts(code)
    title, page = _SUBJECTS.get(kind, (kind, ""))
    text = f"{title} {_named_subject(kind, number)}".strip() + (_ROW.format(row) if row else "")
    return Subject(text, f"{page}{number}" if page and number.isdecimal() else "")


def code_of(said: str) -> str:
    """The code of a subject that somebody writes as the log shows it (文件 12); else as it is."""
    plain = " ".join(said.split())
    for kind, (title, _) in sorted(_SUBJECTS.items(), key=lambda one: -len(one[1][0])):
        if plain.startswith(title):
            number, _, row = plain.removeprefix(title).strip().partition(" 第 ")
            rows = f"{_ROWS}{row.removesuffix(' 行')}" if row else ""
            return f"{kind}/{number}{rows}" if number else kind
    return plain


def details_of(subject: str, stored: str) -> list[tuple[str, str]]:
    """Label and text of each thing known of a deed; empty ones are left out."""
    told = {name: value for name, value in orjson.loads(stored).items() if value}
    known: Known = {**told, "subject": subject}
    return [(LABELS.get(name, name), _text(name, value, known)) for name, value in told.items()]


def _parts(code: str) -> tuple[str, str, str]:
    """Kind, number and row of a subject."""
    whole, _, row = code.partition(_ROWS)
    first, _, number = whole.partition("/")
    second, _, below = number.partition("/")
    longer = f"{first}/{second}"
    return (longer, below, row) if longer in _SUBJECTS else (first, number, row)


def _named_subject(kind: str, number: str) -> str:
    """Nobody reads a digest; a rise is of a place or a field, and of a month."""
    name, _, month = number.partition("/")
    if kind == "agency":
        return bureau_name(number)
    if kind == "warning/company":
        return ""
    if kind == f"warning/{DIVISION}":
        name = words().names.division(name)
    return f"{name} {month}".strip()


def _text(name: str, value: JsonValue, known: Known) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(dict.fromkeys(_text(name, one, known) for one in value))
    if isinstance(value, dict):
        return "，".join(f"{LABELS.get(n, n)} {_text(n, v, known)}" for n, v in value.items())
    said = "" if value is None else str(value)
    if name in _DIGESTS:
        return f"{said[:_SHORT]}…"
    return _NAMED[name](said, known) if name in _NAMED else _PLAIN.get(said, said)


def _role(said: str, _known: Known) -> str:
    return Role(said).label if said in set(Role) else said


def _before(said: str, _known: Known) -> str:
    """What was before: a severity, or the role that an account had and its bureau."""
    role, at, agency = said.partition("@")
    if not at or role not in set(Role):
        return _PLAIN.get(said, said)
    return f"{Role(role).label}，{bureau_name(agency)}"


def _profile(said: str, _known: Known) -> str:
    found = load_rulebook().profiles.get(said) or load_rulebook().layouts.get(said)
    return found.title if found else said


def _state(said: str, known: Known) -> str:
    kind = known.get("kind")
    if str(known["subject"]).startswith("submission/") and said in set(SubmissionState):
        return _TAKEN_BACK.get(SubmissionState(said), said)
    if kind in set(MatterKind) and said in set(MatterState):
        return state_words(MatterKind(str(kind)), MatterState(said))[0]
    return _STATES.get(said, said)


def _wanted(said: str, known: Known) -> str:
    return wish_words(str(known.get("wants", "")), said, words().names)


def _why(said: str, _known: Known) -> str:
    return end_reason("penalty", said) or end_reason("", said) or said


def _field(said: str, _known: Known) -> str:
    """What is hashed besides the fields (the amount as one sum, the last day) has no title."""
    return _fields().get(said, OTHER_ELEMENT)


@cache
def _fields() -> dict[str, str]:
    registers = load_rulebook().registers.values()
    return {field.name: field.title for register in registers for field in register.fields}


_NAMED: Mapping[str, Callable[[str, Known], str]] = {
    "agency": lambda said, _: bureau_name(said),
    "before": _before,
    "branch": lambda said, _: words().names.branch(said),
    "changed": _field,
    "list": lambda said, _: words().names.list_name(said),
    "outcome": lambda said, _: _OUTCOMES.get(said) or _PLAIN.get(said, said),
    "problem": lambda said, _: PROBLEMS.get(said, said),
    "profile": _profile,
    "reason": _why,
    "role": _role,
    "state": _state,
    "wanted": _wanted,
    "why": _why,
}
