"""What an entry of a list of our own must say to be lawful, wherever it comes from.

A list of our own has branches in the catalogue; lists published elsewhere have none and are taken
as they are, with their origin named. No entry without a branch of the bureau, one of its grounds,
measures of the catalogue, a decision and a lawful end (国办发〔2020〕49号; 河南省社会信用条例
第28条). What a file brings has not gone through a case here: what a case demands is confirmed
before it is published, by the level above where the list demands a review (条例 第35-37条).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from credit_site.domain.cells import Value
from credit_site.domain.dates import NO_END
from credit_site.domain.document_numbers import has_year
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.issues import Level
from credit_site.domain.list_measures import measures_in
from credit_site.domain.list_periods import ListPlace, longest_listed
from credit_site.domain.rulebook import Agency, Layout, ListBranch, Rulebook
from credit_site.domain.validation.values import Finding, Problem

BY_CASE = "拿不准的，请不从文件报送，改在工作台“名单案件”里办理。"
"""What a file is told; of no use to somebody who is in the case already."""
_NO_BRANCH = Problem(
    "list_branch_missing", f"本市的名单须写明领域（见名单目录），请填写领域的名称。{BY_CASE}"
)
_BRANCH_OF_OTHERS = Problem(
    "list_branch_of_others", f"本部门不能按这个领域认定，请看名单目录里的认定机关。{BY_CASE}"
)
_NOT_YET = Problem(
    "list_branch_not_in_force", f"列入日期早于这个领域的施行日期，请核对日期或者领域。{BY_CASE}"
)
_NO_DECISION = Problem(
    "list_decision_missing",
    "请照列入决定书填写完整的文号（有年份），例如 郑市监列严〔2026〕12号；没有决定书的，不得列入。"
    f"{BY_CASE}",
)
_NO_ORIGIN = Problem(
    "list_origin_missing",
    "转载外地名单的，请用“外地公布的失信名单”的表格报送，写明名单来源：公布单位和名称。",
)
NEEDS_ABOVE = Problem(
    "list_needs_level_above",
    "没有经过名单案件：发布前由上一级（信用管理部门）核对告知、异议、决定和审核意见，逐份确认。",
    Level.WARNING,
)
_WITHOUT_CASE = Problem(
    "list_without_case",
    "没有经过名单案件：审核人核对告知（公示）、异议和决定，确认以后才能发布。",
    Level.WARNING,
)
UNCONFIRMED = frozenset(one.code for one in (NEEDS_ABOVE, _WITHOUT_CASE))
"""Issues of entries that are published only when a person has confirmed what a case demands."""


class ListingChecks:
    """The checks for what one bureau hands in."""

    def __init__(self, layout: Layout, rulebook: Rulebook, agency: Agency) -> None:
        self._rulebook, self._agency = rulebook, agency
        self._names_origin = any(column.field == "origin" for column in layout.columns)
        self._own = {branch.list for branch in rulebook.list_branches.values()}

    def check(self, values: Mapping[str, Value], wrong: list[Finding]) -> None:
        """Adds to ``wrong`` what keeps the entry out, or what has to be confirmed first."""
        name = values.get("list")
        if name in self._own:
            wrong.extend(self._problems(values))
            if all(problem.level is not Level.ERROR for _, problem in wrong):
                wrong.append(self._unconfirmed(values))
        elif name in self._rulebook.lists and not self._names_origin:
            wrong.append(("list", _NO_ORIGIN))

    def _unconfirmed(self, values: Mapping[str, Value]) -> Finding:
        branch = self._rulebook.list_branches[str(values["branch"])]
        return "document_number", NEEDS_ABOVE if branch.review == "above" else _WITHOUT_CASE

    def _problems(self, values: Mapping[str, Value]) -> Iterator[Finding]:
        number = values.get("document_number")
        if isinstance(number, str) and not has_year(number):
            yield "document_number", _NO_DECISION
        branch = self._rulebook.list_branches.get(str(values.get("branch", "")))
        if branch is None:
            yield "branch", _NO_BRANCH
        elif branch.list == values["list"]:
            yield from self._of_branch(branch, values)

    def _of_branch(self, branch: ListBranch, values: Mapping[str, Value]) -> Iterator[Finding]:
        if branch.agencies and self._agency.slug not in branch.agencies:
            yield "branch", _BRANCH_OF_OTHERS
        ground = values.get("ground")
        if isinstance(ground, str) and ground not in [one.name for one in branch.grounds]:
            yield "ground", _other_ground(branch)
        said = str(values.get("measures", ""))
        known, unknown = measures_in(said, branch, self._rulebook.measures)
        if unknown or not known:
            yield "measures", self._other_measures(branch)
        listed, until = values.get("listed_on"), values.get("valid_until")
        if isinstance(listed, date):
            if listed < branch.in_force_from:
                yield "listed_on", _NOT_YET
            yield from self._end(branch, listed, until)

    def _end(self, branch: ListBranch, listed: date, until: Value | None) -> Iterator[Finding]:
        if not isinstance(until, date) or until == NO_END:
            return
        try:
            place = ListPlace(branch.list, branch.slug)
            longest = longest_listed(place, listed, self._rulebook)
        except RuleNotInForce:
            return  # such an entry is withheld, whatever it says
        if longest is not None and until > longest:
            yield "valid_until", _too_long(longest)

    def _other_measures(self, branch: ListBranch) -> Problem:
        names = "、".join(f"“{self._rulebook.measures[slug].name}”" for slug in branch.measures)
        return Problem(
            "list_measures_unknown",
            f"措施只能是名单目录里这个领域的：{names}；至少写一项，各项用分号隔开。{BY_CASE}",
        )


def _other_ground(branch: ListBranch) -> Problem:
    names = "、".join(f"“{one.name}”" for one in branch.grounds)
    message = f"列入事由只能是名单目录里这个领域的：{names}。{BY_CASE}"
    return Problem("list_ground_unknown", message)


def _too_long(longest: date) -> Problem:
    message = f"这个名单最长到 {longest.isoformat()}，请核对有效期；须延长的，在名单案件里办理。"
    return Problem("list_period_too_long", message)
