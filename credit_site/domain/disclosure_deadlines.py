"""By when a decision must be out: the deadlines that run from its day.

双公示 7 个工作日 (国办发〔2018〕118号); 侵权假冒案件和市场监督管理处罚 20 个工作日 (国发〔2014〕
6号, 总局令第45号).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import Deadline, add_working_days, working_days_between

NEAR = 2
"""Working days before a deadline from which on it is near."""


@dataclass(frozen=True, slots=True)
class Due:
    """The deadlines of a decision, seen from a day; working days left, negative when past."""

    usual: Deadline
    longest: Deadline
    left: int
    left_longest: int

    @property
    def pressing(self) -> bool:
        """Whether the usual deadline is near or past."""
        return self.left <= NEAR


def due(decided_on: date, today: date, rulebook: Rulebook) -> Due:
    """When a decision of that day must be out. Raises RuleNotInForce before 2016."""
    values = rulebook.rule("deadlines").on(decided_on).values
    usual = add_working_days(decided_on, _days(values["double_publicity"]))
    longest = add_working_days(decided_on, _days(values["intellectual_property_disclosure"]))
    return Due(
        usual,
        longest,
        working_days_between(today, usual.day),
        working_days_between(today, longest.day),
    )


def withdrawal_due(changed_on: date, rulebook: Rulebook) -> Deadline:
    """By when a decision that was changed or revoked must be off the site (行政处罚法 第48条)."""
    values = rulebook.rule("deadlines").on(changed_on).values
    return add_working_days(changed_on, _days(values["withdraw_changed_decision"]))


def correction_due(found_on: date, rulebook: Rulebook) -> Deadline:
    """By when what was found wrong is put right; as after an objection (条例 第41条, 类推)."""
    values = rulebook.rule("deadlines").on(found_on).values
    return add_working_days(found_on, _days(values["objection_own_data"]))


def delisting_due(told_on: date, rulebook: Rulebook) -> Deadline:
    """By when an entry whose listing was revoked must be off, once that is known (条例 第42条)."""
    values = rulebook.rule("deadlines").on(told_on).values
    return add_working_days(told_on, _days(values["revoked_act_removed"]))


def mirroring_due(decided_on: date, rulebook: Rulebook) -> Deadline:
    """By when a repair that another system decided must be carried out here (第58号令)."""
    values = rulebook.rule("deadlines").on(decided_on).values
    return add_working_days(decided_on, _days(values["repair_mirrored"]))


def _days(value: object) -> int:
    assert isinstance(value, int), "the rulebook gives whole days"
    return value
