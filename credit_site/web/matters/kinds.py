"""What can be brought forward: of each kind its form, its words, its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wtforms import Form

from credit_site.domain.matters import MatterKind
from credit_site.web.matters.forms import AnnouncedForm
from credit_site.web.matters.said import FORMS


@dataclass(frozen=True, slots=True)
class Asking:
    """What is particular to one kind: form, title, template, whether papers must come along.

    ``about_record``: it is about something public, named by its number.
    """

    kind: MatterKind
    form: Callable[..., Form]
    title: str
    template: str
    papers: str
    papers_needed: str = ""
    about_record: bool = True


OBJECTION = Asking(
    MatterKind.OBJECTION,
    FORMS[MatterKind.OBJECTION],
    "提出异议",
    "matters/objection.html",
    "证明材料（可以不附）",
)
REPAIR = Asking(
    MatterKind.REPAIR,
    FORMS[MatterKind.REPAIR],
    "申请信用修复",
    "matters/repair.html",
    "已经履行义务的证明，例如缴款凭证、整改报告",
    "请附上已经履行义务的证明。",
)
SCREENING = Asking(
    MatterKind.SCREENING,
    FORMS[MatterKind.SCREENING],
    "申请暂时屏蔽",
    "matters/screening.html",
    "法院批准重整计划的裁定书",
    "请附上法院的裁定书。",
)
TIP = Asking(
    MatterKind.TIP,
    FORMS[MatterKind.TIP],
    "举报侵权假冒",
    "matters/tip.html",
    "照片、截图、购物凭证（可以不附）",
    about_record=False,
)
ANNOUNCEMENT = Asking(
    MatterKind.OBJECTION,
    AnnouncedForm,
    "对拟列入的主体提出异议",
    "matters/announced.html",
    "证明材料（可以不附）",
    about_record=False,
)
