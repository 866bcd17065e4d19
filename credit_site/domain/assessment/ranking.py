"""Ranking by the rule ``assessment`` (郑政办文〔2016〕60号: 监督检查、情况通报和考核).

Each indicator is a share, good of all. Of few cases a share says little: so each bureau is given
``prior_cases`` cases of the city's average besides its own (a Bayesian average). Two faultless
cases do not beat five hundred nearly faultless ones, one late decision does not put a small bureau
last, and who has no cases of a kind stands there at the average. The score is the weighted mean,
out of 100. Equal scores, at one decimal, share a rank, and the next rank is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from credit_site.domain.assessment.figures import Count, Tally
from credit_site.domain.rulebook import Rulebook

GRADE_BELOW = "improving"
"""The grade of whoever reaches none."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A share: ``good`` counts of ``of`` counts, with its weight in the score."""

    name: str
    weight: int
    good: tuple[Count, ...]
    of: tuple[Count, ...]

    def parts(self, tally: Tally) -> tuple[int, int]:
        """Good, and all."""
        return tally.sum(self.good), tally.sum(self.of)


@dataclass(frozen=True, slots=True)
class Method:
    """A version of the rule; grades with their least score, the best first."""

    version: str
    decisions_from: date
    prior_cases: int
    least_cases: int
    grades: tuple[tuple[str, int], ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """An indicator of one bureau; ``used`` is the share that counts, in percent to a tenth."""

    indicator: str
    good: int
    of: int
    used: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How one stands; ``rank`` 0 and no grade: too few cases to rank."""

    key: str
    rank: int
    score: float
    grade: str
    shares: tuple[Share, ...]


def method_on(day: date, rulebook: Rulebook) -> Method:
    """The method of a day. Raises RuleNotInForce."""
    version = rulebook.rule("assessment").on(day)
    given: Mapping[str, Any] = version.values
    grades = sorted(given["grades"].items(), key=lambda grade: -grade[1])
    return Method(
        version.id,
        given["decisions_from"],
        given["prior_cases"],
        given["least_cases"],
        tuple(grades),
        tuple(_indicator(name, one) for name, one in given["indicators"].items()),
    )


def standings(tallies: Mapping[str, Tally], method: Method) -> tuple[Standing, ...]:
    """The best first, those of one rank by key; at the end, by key, who is not ranked.

    Indicators of which nobody has any case are left out.
    """
    city = sum(tallies.values(), Tally())
    chosen = [one for one in method.indicators if one.parts(city)[1]]
    scored = {
        key: _shares(tally, city, chosen, method.prior_cases) for key, tally in tallies.items()
    }
    scores = {key: _score(shares, chosen) for key, shares in scored.items()}
    ranked = [key for key, one in tallies.items() if one[Count.DISCLOSED] >= method.least_cases]
    found = [
        Standing(
            key,
            1 + sum(scores[other] > scores[key] for other in ranked),
            scores[key],
            _grade(scores[key], method),
            _shown(scored[key]),
        )
        for key in ranked
    ]
    found.sort(key=lambda one: (one.rank, one.key))
    few = sorted(tallies.keys() - set(ranked))
    return (*found, *(Standing(key, 0, scores[key], "", _shown(scored[key])) for key in few))


_Shares = dict[str, tuple[int, int, Fraction]]


def _indicator(name: str, given: Mapping[str, Any]) -> Indicator:
    good, of = (tuple(map(Count, given[part])) for part in ("fulfilled", "of"))
    return Indicator(name, given["weight"], good, of)


def _shares(tally: Tally, city: Tally, chosen: Iterable[Indicator], prior: int) -> _Shares:
    found: _Shares = {}
    for one in chosen:
        good, of = one.parts(tally)
        average = Fraction(*one.parts(city))
        found[one.name] = good, of, (good + prior * average) / (of + prior)
    return found


def _score(shares: _Shares, chosen: Iterable[Indicator]) -> float:
    weights = {one.name: one.weight for one in chosen}
    if not weights:
        return 0.0
    whole = sum(weights[name] * used for name, (_, _, used) in shares.items())
    return _tenth(Fraction(whole) / sum(weights.values()))


def _shown(shares: _Shares) -> tuple[Share, ...]:
    return tuple(Share(name, good, of, _tenth(used)) for name, (good, of, used) in shares.items())


def _tenth(share: Fraction) -> float:
    """In percent, to a tenth, halves up."""
    return int(share * 1000 + Fraction(1, 2)) / 10


def _grade(score: float, method: Method) -> str:
    return next((name for name, least in method.grades if score >= least), GRADE_BELOW)
