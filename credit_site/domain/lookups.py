"""Look-ups before a decision (联合惩戒查询): purposes, answers, numbers, whom one may ask about.

Joint punishment rests on lists alone: a penalty counts as dishonesty information only once the
appeal term has run (河南省社会信用条例 第20条). Natural persons are not looked up by name.
"""

from __future__ import annotations

import re
from enum import StrEnum

from credit_site.domain.paper_numbers import Series

RECEIPTS = Series("CX")
"""The numbers of receipts."""
_FORMS = (
    "公司", "集团", "企业", "合伙", "独资", "事务所", "合作社", "联合社", "农场", "中心", "商行",
    "商店", "商铺", "超市", "酒店", "饭店", "药店", "书店", "医院", "诊所", "学校", "大学", "学院",
    "幼儿园", "银行", "协会", "学会", "商会", "基金会", "委员会", "研究院", "研究所", "工作室",
    "经营部", "门市部", "批发部", "服务部", "经销部", "营业部", "专卖店", "工厂", "加油站",
    "个体户", "个体工商户", "俱乐部", "旅行社", "出版社", "报社", "电视台", "管理局", "政府",
)  # fmt: skip
_SHORT_FORMS = tuple("店馆部行铺厂站吧厅所室坊房摊城场社院屋园庄楼")
_LONG_ENOUGH = 5
_BARE = re.compile(r"(?:集团|股份|有限|责任|控股|总|分|公司|企业|合伙|普通|特殊|[（()）])+")


class Purpose(StrEnum):
    """Why a department looks a subject up."""

    LICENCE = "licence"
    PROCUREMENT = "procurement"
    TENDER = "tender"
    SUBSIDY = "subsidy"
    HONOUR = "honour"
    SUPERVISION = "supervision"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The purpose in Chinese."""
        return _PURPOSES[self]


class Result(StrEnum):
    """The answer: the gravest list; nobody for certain; not asked. CHANGED is never stored."""

    BLACK = "black"
    WATCH = "watch"
    RED = "red"
    NONE = "none"
    UNCLEAR = "unclear"
    NOT_ASKED = "not_asked"
    CHANGED = "changed"


class Outcome(StrEnum):
    """What became of the measures."""

    TAKEN = "taken"
    NOT_TAKEN = "not_taken"


GRAVEST = (Result.BLACK, Result.WATCH, Result.RED)
"""Tones of lists, the gravest first; these are answers upon which measures follow."""
_PURPOSES = {
    Purpose.LICENCE: "行政许可、资质审查",
    Purpose.PROCUREMENT: "政府采购",
    Purpose.TENDER: "工程招投标",
    Purpose.SUBSIDY: "财政资金、政策扶持",
    Purpose.HONOUR: "评先评优、表彰奖励",
    Purpose.SUPERVISION: "日常监管",
    Purpose.OTHER: "其他法定职责",
}


def is_called_like_an_organisation(name: str) -> bool:
    """Whether a name ends (brackets aside) as those of organisations and shops do.

    What does not could be the name of a person.
    """
    plain = re.sub(r"[（(][^（()）]*[)）]$", "", name).strip()
    return plain.endswith(_FORMS) or (len(plain) >= _LONG_ENOUGH and plain.endswith(_SHORT_FORMS))


def is_a_bare_form(name: str) -> bool:
    """Whether it is a form of organisation alone, which is nobody's name: the end of one."""
    return _BARE.fullmatch(name) is not None
