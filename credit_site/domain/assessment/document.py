"""A month's assessment as the JSON in which it is frozen, and back: nothing is counted again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from credit_site.domain.assessment.figures import Count, Days, Fault, MonthFigures, Tally
from credit_site.domain.assessment.ranking import Indicator, Method, Share, Standing, standings
from credit_site.domain.calendar_months import CalendarMonth


@dataclass(frozen=True, slots=True)
class Assessment:
    """The figures of a month as of a day, with the standings that follow by the method."""

    month: CalendarMonth
    as_of: date
    method: Method
    figures: MonthFigures
    bureaus: tuple[Standing, ...]
    divisions: tuple[Standing, ...]


def assess(figures: MonthFigures, method: Method, month: CalendarMonth, as_of: date) -> Assessment:
    """Ranks bureaus, and divisions by what is counted of them."""
    return Assessment(
        month,
        as_of,
        method,
        figures,
        standings(figures.by_agency(), method),
        standings(figures.by_division(), method),
    )


def frozen(one: Assessment) -> str:
    """The JSON; the same assessment gives the same text."""
    return json.dumps(document_of(one), ensure_ascii=False, separators=(",", ":"))


def document_of(one: Assessment) -> dict[str, Any]:
    """What stands in the JSON, as plain values."""
    return {
        "month": str(one.month),
        "as_of": one.as_of.isoformat(),
        "method": asdict(one.method) | {"decisions_from": one.method.decisions_from.isoformat()},
        "bureaus": [asdict(standing) for standing in one.bureaus],
        "divisions": [asdict(standing) for standing in one.divisions],
        "cells": [
            {"agency": agency, "division": division, **_tally(tally)}
            for (agency, division), tally in one.figures.cells.items()
        ],
        "faults": [
            {"agency": agency, "code": code, "column": column, "rows": rows}
            for agency, faults in one.figures.faults.items()
            for (code, column), rows in sorted(faults.items())
        ],
    }


def thawed(text: str) -> Assessment:
    """The assessment that was frozen."""
    given: dict[str, Any] = json.loads(text)
    month = CalendarMonth.read(given["month"])
    assert month is not None, "it was frozen from a month"
    return Assessment(
        month,
        date.fromisoformat(given["as_of"]),
        _method(given["method"]),
        MonthFigures(
            {(cell["agency"], cell["division"]): _read_tally(cell) for cell in given["cells"]},
            _read_faults(given["faults"]),
        ),
        tuple(map(_standing, given["bureaus"])),
        tuple(map(_standing, given["divisions"])),
    )


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "counts": {name.value: tally[name] for name in Count if tally[name]},
        "late": _days(tally.late),
        "tip_days": _days(tally.tip_days),
        "objection_days": _days(tally.objection_days),
        "repair_days": _days(tally.repair_days),
    }


def _days(days: Days) -> dict[str, int]:
    return {str(number): days[number] for number in sorted(days)}


def _read_tally(cell: Mapping[str, Any]) -> Tally:
    counts = Counter({Count(name): number for name, number in cell["counts"].items()})
    # Reports frozen before say nothing of how long objections and applications took.
    names = ("late", "tip_days", "objection_days", "repair_days")
    return Tally(counts, *(_read_days(cell.get(name, {})) for name in names))


def _read_days(given: Mapping[str, int]) -> Days:
    return Counter({int(days): number for days, number in given.items()})


def _read_faults(given: Iterable[Mapping[str, Any]]) -> dict[str, Counter[Fault]]:
    found: dict[str, Counter[Fault]] = {}
    for one in given:
        found.setdefault(one["agency"], Counter())[one["code"], one["column"]] = one["rows"]
    return found


def _method(given: dict[str, Any]) -> Method:
    return Method(
        given["version"],
        date.fromisoformat(given["decisions_from"]),
        given["prior_cases"],
        given["least_cases"],
        tuple((name, least) for name, least in given["grades"]),
        tuple(
            Indicator(
                one["name"],
                one["weight"],
                tuple(map(Count, one["good"])),
                tuple(map(Count, one["of"])),
            )
            for one in given["indicators"]
        ),
    )


def _standing(given: dict[str, Any]) -> Standing:
    shares = tuple(Share(**share) for share in given["shares"])
    return Standing(**given | {"shares": shares})
