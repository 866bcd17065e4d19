"""How long the stages of cases took, bureau by bureau: counts and working days, no content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.working_days import working_days_between
from credit_site.extensions import CITY_TIME
from credit_site.models import ListingCase
from credit_site.services.listing_cases.deeds import objects_from, opened_on

STAGES = ("candidate", "decision", "review", "service", "publication")
"""Named as the clocks of the rule ``list_procedures``."""


@dataclass(frozen=True, slots=True)
class StageFigure:
    """How many went through a stage, and their working days: on average and at most."""

    count: int
    average: float
    longest: int


@dataclass(frozen=True, slots=True)
class BureauFigures:
    """A bureau's cases; ``stages`` by name, without those nobody went through."""

    agency: str
    opened: int
    stages: dict[str, StageFigure]


def figures(session: Session, agency: str, since: date) -> list[BureauFigures]:
    """Of the cases opened since a day, of one bureau or of all (""), in order of their slugs."""
    begin = datetime.combine(since, time.min, CITY_TIME)
    query = select(ListingCase).where(ListingCase.opened_at >= begin)
    if agency:
        query = query.where(ListingCase.agency == agency)
    taken: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    opened: dict[str, int] = defaultdict(int)
    for case in session.scalars(query):
        opened[case.agency] += 1
        for stage, start, end in _stages(case):
            taken[case.agency][stage].append(max(0, working_days_between(start, end)))
    return [
        BureauFigures(
            slug,
            opened[slug],
            {name: _figure(days) for name in STAGES if (days := taken[slug][name])},
        )
        for slug in sorted(opened)
    ]


def _stages(case: ListingCase) -> Iterator[tuple[str, date, date]]:
    """What is over: the stage, the day it began and the day it was done."""
    opened = opened_on(case)
    ready = case.confirmed_on or case.decided_on
    ends = (
        ("candidate", opened, case.left_on),
        ("decision", objects_from(case), case.decided_on),
        ("review", case.decided_on, case.confirmed_on),
        ("service", ready, case.served_on),
        ("publication", case.served_on or ready, case.listed_on),
    )
    for stage, start, end in ends:
        if start is not None and end is not None:
            yield stage, start, end


def _figure(days: list[int]) -> StageFigure:
    return StageFigure(len(days), sum(days) / len(days), max(days))
