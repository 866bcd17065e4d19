"""How serious a penalty is: by its kinds and its amount, with thresholds from the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from credit_site.domain.rulebook import Agency, Rulebook

FINE = "罚款"


class Severity(StrEnum):
    """轻微, 一般, 严重 (信用修复管理办法 第四条)."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


SEVERITY_WORDS = {"minor": "轻微", "general": "一般", "serious": "严重"}
_ORDER = (Severity.MINOR, Severity.GENERAL, Severity.SERIOUS)


@lru_cache(maxsize=65_536)
def severity_of(
    types: tuple[str, ...],
    fine_yuan: Decimal | None,
    rulebook: Rulebook,
    on: date,
    agency: Agency,
    simple_procedure: bool = False,  # noqa: FBT001, FBT002  # a fact of the case
) -> Severity:
    """The severity of the gravest of the penalties. Raises RuleNotInForce."""
    if simple_procedure:
        return Severity.MINOR
    kinds = (_of_type(name, fine_yuan, rulebook, on, agency) for name in types)
    return max(kinds, key=_ORDER.index, default=Severity.GENERAL)


@dataclass(frozen=True, slots=True)
class SeverityGround:
    """What one penalty counts for, and the thresholds in yuan where it is a fine."""

    type: str
    severity: Severity
    fine_yuan: Decimal | None = None
    large_yuan: int = 0
    huge_yuan: int = 0


def severity_grounds(
    types: tuple[str, ...], fine_yuan: Decimal | None, rulebook: Rulebook, on: date, agency: Agency
) -> tuple[SeverityGround, ...]:
    """Each penalty with what it counts for; the gravest decides. Raises RuleNotInForce."""
    return tuple(_ground(name, fine_yuan, rulebook, on, agency) for name in types)


def _ground(
    name: str, fine_yuan: Decimal | None, rulebook: Rulebook, on: date, agency: Agency
) -> SeverityGround:
    severity = _of_type(name, fine_yuan, rulebook, on, agency)
    if name != FINE:
        return SeverityGround(name, severity)
    values = rulebook.rule("severity").on(on).values
    own = _own(values, agency)
    large = _threshold(own, values, "large_fine_yuan")
    huge = _threshold(own, values, "huge_fine_yuan")
    return SeverityGround(name, severity, fine_yuan, large, huge)


def _of_type(
    name: str, fine_yuan: Decimal | None, rulebook: Rulebook, on: date, agency: Agency
) -> Severity:
    if name == FINE:
        return _of_fine(fine_yuan, rulebook, on, agency)
    for known in rulebook.penalty_types.values():
        if name == known.name or name in known.aliases:
            return Severity(known.severity)
    return Severity.GENERAL


def _of_fine(amount: Decimal | None, rulebook: Rulebook, on: date, agency: Agency) -> Severity:
    values = rulebook.rule("severity").on(on).values
    own = _own(values, agency)
    if amount is None:
        return Severity.GENERAL
    if amount >= _threshold(own, values, "huge_fine_yuan"):
        return Severity.SERIOUS
    if amount < _threshold(own, values, "large_fine_yuan"):
        return Severity.MINOR
    return Severity.GENERAL


def _own(values: Mapping[str, object], agency: Agency) -> Mapping[str, object]:
    agencies = values.get("agencies", {})
    assert isinstance(agencies, Mapping)
    found: Mapping[str, object] = agencies.get(agency.slug, {})
    return found


def _threshold(own: Mapping[str, object], general: Mapping[str, object], name: str) -> int:
    found = own.get(name, general[name])
    assert isinstance(found, int)
    return found
