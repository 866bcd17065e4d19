"""How dates, money and slugs are said in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from credit_site.domain.rulebook import Rulebook
from credit_site.domain.severity import SEVERITY_WORDS
from credit_site.extensions import CITY_TIME

SEVERITIES = SEVERITY_WORDS
_END_REASONS = {
    "expired": "公示期届满",
    "repaired": "信用修复",
    "repaired_elsewhere": "信用修复，由国家或者省的信用修复系统决定",
    "revoked": "处罚决定被撤销、变更或者确认违法、无效",
    "corrected": "信息更正",
    "error": "公示有误",
}
_LIST_END_REASONS = {
    "expired": "期满移出",
    "repaired": "提前移出（信用修复）",
    "revoked": "列入决定被撤销",
    "corrected": "信息更正",
    "error": "列入有误",
    "dishonest": "因失信移出守信名单",
    "unfounded": "移出所依据的列入后来被认定有误或者撤销",
    "delisted": "原公布单位的名单上已经没有",
}
_DEEDS = {
    "publish": "公示",
    "amend": "更新",
    "screen": "暂停公示",
    "restore": "恢复公示",
    "end": "终止公示",
}
_AMENDED = {
    "corrected": "更正",
    "extended": "延长期限",
    "unextended": "撤回延长",
    "disputed": "标注异议",
    "dispute_over": "异议办结",
}
FAULT_DEEDS = {
    "required": "补填",
    "column_missing": "补上",
    "unknown_choice": "改成规定的选项",
    "bad_date": "改正日期",
    "too_long": "缩短",
    "personal_number": "删去个人证件号码",
    "telephone_number": "核对有无电话号码",
    "online_contact": "核对有无邮箱、微信号",
    "buried_number": "核对有无身份证号码",
    "possible_id_card": "核对有无身份证号码",
    "bank_account": "核对有无银行账号",
    "home_address": "核对有无住址",
    "error_value": "改成实际内容",
    "below_table": "删去",
    "conflicting_rows": "核对相互矛盾",
    "record_has_ended": "核对已经终止公示",
    "replaces_withdrawn": "核对变更后的决定",
    "agency_not_own": "核对是不是本部门",
    "agency_code_of_another": "核对机关的名称和代码",
}
"""What is to be done about a problem of rows, by its code."""
_KIBIBYTE = 1024
_TEN_THOUSAND = Decimal(10_000)


def end_reason(register: str, reason: str) -> str:
    """Why a record of a register ended: 公示期届满; who leaves a list: 期满移出; "" for unknown."""
    said = _END_REASONS if register == "penalty" else _LIST_END_REASONS
    return said.get(reason, "")


def ledger_deed(register: str, action: str, reason: str) -> str:
    """What an entry of the ledger says was done: 公示, 更正, 终止公示（信用修复）."""
    if action == "amend":
        return _AMENDED.get(reason, _DEEDS["amend"])
    why = end_reason(register, reason) if action == "end" else ""
    return _DEEDS.get(action, action) + (f"（{why}）" if why else "")


def reworded(reason: str) -> str:
    """Why a record says something else than before: 更正, 延长期限, 撤回延长."""
    return _AMENDED.get(reason, "更正")


def fault_words(code: str, column: str) -> str:
    """Why rows were not taken in, as a task: 补填“处罚依据”, 改正整行内容."""
    return FAULT_DEEDS.get(code, "改正") + (f"“{column}”" if column else "整行内容")


def spoken_day(day: date) -> str:
    """2026年5月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def spoken_days(first: date, last: date) -> str:
    """2026年5月6日, 2026年5月6日至2026年6月1日, 2026年5月6日起, 2026年5月6日以前."""
    if first == last:
        return spoken_day(first)
    if last == date.max:
        return f"{spoken_day(first)}起"
    if first == date.min:
        return f"{spoken_day(last)}以前"
    return f"{spoken_day(first)}至{spoken_day(last)}"


@lru_cache(maxsize=256)
def spoken_moment(moment: datetime) -> str:
    """2026年5月6日 14:05, in the city's time."""
    local = moment.astimezone(CITY_TIME)
    return f"{spoken_day(local.date())} {local.hour:02}:{local.minute:02}"


def spoken_size(size: int) -> str:
    """How large a file of so many bytes is: 820 字节, 12 KiB, 3.4 MiB."""
    if size < _KIBIBYTE:
        return f"{size} 字节"
    if size < _KIBIBYTE**2:
        return f"{round(size / _KIBIBYTE)} KiB"
    return f"{size / _KIBIBYTE**2:.1f} MiB"


def money(yuan: Decimal) -> str:
    """1万元, 12.5万元, 3,250.50元: as people say it."""
    if yuan >= _TEN_THOUSAND and yuan % 100 == 0:
        return f"{(yuan / _TEN_THOUSAND).normalize():,f}万元"
    plain = f"{yuan:,.2f}"
    return f"{plain.removesuffix('.00')}元"


def yuan_figure(yuan: Decimal) -> str:
    """3,250.50, for tables whose header names the unit."""
    return f"{yuan:,.2f}"


class Names:
    """Titles of registers, agencies, divisions and lists by slug; unknown slugs as they are."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book = rulebook

    def register(self, slug: str) -> str:
        """Title of a register."""
        found = self._book.registers.get(slug)
        return found.title if found else slug

    def agency(self, slug: str) -> str:
        """Full name of an agency."""
        found = self._book.agencies.get(slug)
        return found.name if found else slug

    def short_agency(self, slug: str) -> str:
        """Short name of an agency."""
        found = self._book.agencies.get(slug)
        return found.short_name if found else slug

    def division(self, code: str) -> str:
        """Name of a division."""
        found = self._book.divisions.get(code)
        return found.name if found else code

    def term_of(self, field: str, list_name: str = "") -> str:
        """Slug of the glossary's entry that explains a field, there or on a list; empty: none."""
        sought = {field, f"{field}:{list_name}"}
        found = (t.slug for t in self._book.glossary.values() if not sought.isdisjoint(t.explains))
        return next(found, "")

    def kind(self, register: str, list_name: str) -> str:
        """What a record is in a word: 行政处罚; on a list what kind of list it is: 守信名单."""
        found = self._book.lists.get(list_name)
        return found.kind if found else self.register(register)

    def tone(self, list_name: str) -> str:
        """black, watch or red; empty for no list."""
        found = self._book.lists.get(list_name)
        return found.tone if found else ""

    def list_name(self, slug: str) -> str:
        """Name of a list."""
        found = self._book.lists.get(slug)
        return found.name if found else slug

    def branch(self, slug: str) -> str:
        """Name of a branch of a list."""
        found = self._book.list_branches.get(slug)
        return found.name if found else slug

    def facet(self, name: str, value: str) -> str:
        """A facet's value as people call it."""
        say: dict[str, Callable[[str], str]] = {
            "register": self.register,
            "agency": self.short_agency,
            "division": self.division,
            "list_name": self.list_name,
            "branch": self.branch,
            "year": "{} 年".format,
            "severity": lambda slug: SEVERITIES.get(slug, slug),
        }
        return say[name](value) if name in say else value
