"""What an entry of a list of our own must say to be lawful, wherever it comes from.

A list of our own has branches in the catalogue; lists published elsewhere have none and are taken
as they are. No entry without a branch of the bureau, one of its grounds, measures of the
catalogue, a decision and a lawful end (国办发〔2020〕49号; 河南省社会信用条例 第28条). What a file
brings has not gone through a case here: who reviews it is told so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from credit_site.domain.cells import Value
from credit_site.domain.dates import NO_END
from credit_site.domain.document_numbers import has_year
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.list_measures import measures_in
from credit_site.domain.publication_window import longest_listed
from credit_site.domain.rulebook import Agency, ListBranch, Rulebook
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


class ListingChecks:
    """The checks for what one bureau hands in."""

    def __init__(self, rulebook: Rulebook, agency: Agency) -> None:
        self._rulebook, self._agency = rulebook, agency
        self._own = {branch.list for branch in rulebook.list_branches.values()}

    def check(self, values: Mapping[str, Value], wrong: list[Finding]) -> None:
        """Adds to ``wrong`` what keeps the entry out."""
        if values.get("list") in self._own:
            wrong.extend(self._problems(values))

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
            longest = longest_listed(branch.list, listed, self._rulebook)
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
