"""Sudden rises, told from what is usual (rule ``early_warning``; 郑政办文〔2016〕60号: 监测预警).

Usual is the median of the months before; the fluctuation is the larger of 1.4826 × MAD (what a
standard deviation would be, but deaf to single months) and the square root of the median (what a
Poisson count of that size does by itself). More than ``deviations`` of them above the median, and
not less than ``least_cases``, is a rise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import median
from typing import Any

from credit_site.domain.rulebook import Rulebook

_MAD_TO_DEVIATION = 1.4826


@dataclass(frozen=True, slots=True)
class WarningTerms:
    """A version of the rule; ``penalties`` within ``within_months`` make a repeat offender."""

    months: int
    least_months: int
    deviations: int
    least_cases: int
    penalties: int
    within_months: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual, and up to where a count is not noticed."""

    median: float
    fluctuation: float
    bound: float


def terms_on(day: date, rulebook: Rulebook) -> WarningTerms:
    """The terms of a day. Raises RuleNotInForce."""
    given: Mapping[str, Any] = rulebook.rule("early_warning").on(day).values
    return WarningTerms(
        given["months"],
        given["least_months"],
        given["deviations"],
        given["least_cases"],
        given["repeated"]["penalties"],
        given["repeated"]["within_months"],
    )


def usual(before: Sequence[int], terms: WarningTerms) -> Usual | None:
    """What the counts of the months before make usual; None of too few months."""
    if len(before) < terms.least_months:
        return None
    middle = median(before)
    spread = median(abs(count - middle) for count in before)
    fluctuation = max(_MAD_TO_DEVIATION * spread, sqrt(max(middle, 1)))
    return Usual(middle, fluctuation, middle + terms.deviations * fluctuation)


def rises(count: int, before: Sequence[int], terms: WarningTerms) -> Usual | None:
    """What is usual, where a count stands out from it; else None."""
    found = usual(before, terms)
    if found is None or count < terms.least_cases or count <= found.bound:
        return None
    return found
