"""From when to when an entry is shown, and why not if it is not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from credit_site.domain.cells import Value
from credit_site.domain.dates import NO_END
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.list_periods import ListPlace, longest_listed
from credit_site.domain.publication_window import (
    PenaltyFacts,
    Period,
    Window,
    list_window,
    period_of,
    turning_days,
    why_over,
    window_of_period,
)
from credit_site.domain.rulebook import Agency, Register, Rulebook
from credit_site.domain.severity import Severity

_MOST = 16_384
_REVOKED = "1"
_FOR_THE_PUBLIC = "0"
_SIMPLE_NUMBER = re.compile("当罚|简罚|当处|简处|当场")
_SIMPLE_TEXT = re.compile("(?<!不)(?:适用|按照?|依照?)简易程序|当场(?:作出)?行政?处罚决定")


class Shown(NamedTuple):
    """``withheld`` says in Chinese why the entry must not be published, empty if it may.

    ``severity`` is empty on a list that charges nobody with dishonesty.
    """

    severity: str
    start: date
    end: date | None
    rule: str
    withheld: str


class _ByDay(dict[date, Shown]):
    """What is shown of decisions that differ in their day alone, found once for each day."""

    def __init__(self, find: Callable[[date], Shown]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, decided: date) -> Shown:
        self[decided] = found = self._find(decided)
        return found


class Showing:
    """Finds it for the entries of one file; ``today`` in the city's time."""

    def __init__(self, register: Register, rulebook: Rulebook, agency: Agency, today: date) -> None:
        self._register, self._rulebook = register, rulebook
        self._agency, self._today = agency, today
        self._thresholds = sorted(_fine_thresholds(rulebook))
        self._turning_days = turning_days(rulebook)
        self._known: dict[tuple[object, ...], _ByDay] = {}
        self._periods: dict[Period | None, _ByDay] = {}

    def of(self, values: Mapping[str, Value], kind: str) -> Shown:
        """For the values of an entry about a kind of subject."""
        if "list" in values:
            return self._of_listing(values)
        shown = self._of_penalty(values, kind)
        if values.get("status") == _REVOKED:
            return shown._replace(withheld="该处罚决定已经撤销，不予公示，已存档。")
        if values.get("use_scope", _FOR_THE_PUBLIC) != _FOR_THE_PUBLIC:
            return shown._replace(withheld="信息使用范围不是“公示”，不予公示，已存档。")
        return shown

    def _of_penalty(self, values: Mapping[str, Value], kind: str) -> Shown:
        decided, types = values[self._register.date_field], values.get("penalty_types", ())
        assert isinstance(decided, date), "the date of the decision is required"
        fine, simple = values.get("fine_yuan"), is_simple_procedure(values)
        key = (bisect_right(self._turning_days, decided), types, self._band(fine), kind, simple)
        days = self._known.get(key)
        if days is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            facts = PenaltyFacts(
                decided_on=decided,
                types=types if isinstance(types, tuple) else (),
                fine_yuan=fine if isinstance(fine, Decimal) else None,
                confiscated_yuan=None,
                agency=self._agency,
                subject_kind=kind,
                published_on=self._today,
                simple_procedure=simple,
            )
            self._known[key] = days = self._by_day(facts)
        return days[decided]

    def _band(self, fine: Value | None) -> int | None:
        """Fines between the same two thresholds are treated alike."""
        return bisect_right(self._thresholds, fine) if isinstance(fine, Decimal) else None

    def _by_day(self, facts: PenaltyFacts) -> _ByDay:
        """The same one for all penalties of a period."""
        try:
            period = period_of(facts, self._rulebook)
        except RuleNotInForce:
            period = None
        return self._periods.setdefault(period, _ByDay(partial(self._on, period)))

    def _on(self, period: Period | None, decided: date) -> Shown:
        if period is None:
            return _without_rule(decided, Severity.GENERAL.value)
        return self._unless_over(window_of_period(period, decided, self._today))

    def _of_listing(self, values: Mapping[str, Value]) -> Shown:
        """Without a date (lists of other cities) it is shown from today on, for the list's longest.

        An end that says «without end» (2099-12-31) leaves the end to the list's own rule.
        """
        listed, until = values.get("listed_on"), values.get("valid_until")
        definition = self._rulebook.lists[str(values["list"])]
        end = until if isinstance(until, date) and until != NO_END else None
        branch = str(values.get("branch") or "")
        if not isinstance(listed, date):
            longest = longest_listed(
                ListPlace(definition.slug, branch), self._today, self._rulebook
            )
            last = min(end or date.max, longest or date.max)
            last_day = None if last == date.max else last
            window = list_window(definition, None, last_day, self._rulebook, branch)
            return self._unless_over(window)._replace(start=self._today)
        try:
            window = list_window(definition, listed, end, self._rulebook, branch)
            return self._unless_over(window)
        except RuleNotInForce:
            return _without_rule(listed, Severity.SERIOUS.value if definition.grave else "")

    def _unless_over(self, window: Window) -> Shown:
        reason = window.reason or why_over(window.end, self._today)
        severity = window.severity.value if window.severity else ""
        return Shown(severity, window.start, window.end, window.rule, reason)


def _without_rule(day: date, severity: str) -> Shown:
    reason = f"{day.isoformat()} 没有可以适用的公示期限规定，不予公示，已存档。"
    return Shown(severity, day, day, "", reason)


def is_simple_procedure(values: Mapping[str, Value]) -> bool:
    """Whether number or texts say that the simple procedure was used (行政处罚法 第五十一条)."""
    number = values.get("decision_number")
    if isinstance(number, str) and _SIMPLE_NUMBER.search(number):
        return True
    for field in ("violation_facts", "penalty_content"):
        text = values.get(field)
        hinted = isinstance(text, str) and ("简易程序" in text or "当场" in text)
        if hinted and _SIMPLE_TEXT.search(str(text)):
            return True
    return False


def _fine_thresholds(rulebook: Rulebook) -> set[int]:
    """All amounts in yuan at which a fine becomes another class, of every version and bureau."""
    return {
        amount
        for version in rulebook.rule("severity").versions
        for amount in _amounts(version.values)
    }


def _amounts(values: Mapping[str, object]) -> Iterator[int]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _amounts(value)
        elif name.endswith("_fine_yuan") and isinstance(value, int):
            yield value
