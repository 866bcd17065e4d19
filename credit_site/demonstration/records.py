"""Invented records for a bureau's file, in the columns of a layout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice

from credit_site.demonstration.cases import Case, CaseMaker
from credit_site.demonstration.chance import Chance
from credit_site.demonstration.companies import Companies
from credit_site.demonstration.dates import RECENT_DAYS, Days, spread, working_days
from credit_site.demonstration.listings import ListingWriter, worst
from credit_site.demonstration.offices import (
    Numbering,
    Office,
    all_but_every_eighth,
    every_eighth,
)
from credit_site.demonstration.penalties import PenaltyWriter
from credit_site.demonstration.sheets import Row, Values, rows_of
from credit_site.demonstration.word_lists import table
from credit_site.domain.rulebook import Layout, Rulebook, load_rulebook

USUAL_OLD_SHARE = 0.06
_BEGIN_2016 = date(2016, 1, 4)
_BEGIN_2018, _END_OLD = date(2019, 2, 1), date(2023, 12, 29)
_PERSONS_IN_2016 = 0.12
# A list is picked from so many penalties for each entry, with a few more to choose from.
_CASES_PER_ENTRY, _CASES_AT_LEAST = 25, 100
_PARTS = 40


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file of penalties shall be.

    `old_share` (0 to 1) of the decisions are from before 2024.
    """

    book: Rulebook
    layout: Layout
    agency: str
    records: int
    seed: int
    today: date
    old_share: float = USUAL_OLD_SHARE


def rows(
    layout: Layout, agency_slug: str | None, records: int, seed: int, today: date
) -> Iterator[Row]:
    """So many rows for a layout, the same for the same arguments.

    Without a slug the bureau is the market supervision bureau, in the table of 2016 the bureau
    of industry and commerce. Raises KeyError for a bureau that punishes nothing in the word lists.
    """
    usual = "industry-and-commerce" if is_of_2016(layout) else "market-supervision"
    plan = Plan(load_rulebook(), layout, agency_slug or usual, records, seed, today)
    return rows_of(layout, values(plan))


def values(plan: Plan) -> Iterator[Values]:
    """The records of a plan as texts by field."""
    if plan.layout.register == "penalty":
        return penalties(plan)
    penalties_plan = replace(
        plan,
        layout=plan.book.layouts["penalty_2018_legal"],
        records=max(_CASES_AT_LEAST, plan.records * _CASES_PER_ENTRY),
    )
    return islice(entries(penalties_plan), plan.records)


def penalties(plan: Plan) -> Iterator[Values]:
    """Penalties as texts by field."""
    chance = Chance(f"{_name(plan)} words")
    writer = PenaltyWriter(plan.book.agencies[plan.agency], districts(plan.book), chance)
    values_of = writer.values_of_2016 if is_of_2016(plan.layout) else writer.values
    return map(values_of, cases(plan))


def entries(penalties_plan: Plan) -> Iterator[Values]:
    """List entries for the companies that a file of penalties shows as the worst.

    Where the file has not enough of them, forty more files follow that nobody sends.
    """
    seeds = (penalties_plan.seed + part * 7919 for part in range(_PARTS))
    files = (cases(replace(penalties_plan, seed=seed)) for seed in seeds)
    found = worst(chain.from_iterable(files), penalties_plan.today)
    chance = Chance(f"{_name(penalties_plan)} listings")
    agency = penalties_plan.book.agencies[penalties_plan.agency]
    return map(ListingWriter(agency, penalties_plan.today, chance).values, found)


def cases(plan: Plan) -> Iterator[Case]:
    """The cases of a plan in the order of their days."""
    book, chance = plan.book, Chance(_name(plan))
    office = Office(book.agencies[plan.agency], districts(book))
    of_persons = plan.layout.subject_kind == "natural_person"
    maker = CaseMaker(
        office,
        Companies(plan.seed, districts(book)),
        Numbering(office, every_eighth if of_persons else all_but_every_eighth),
        persons_share=_persons_share(plan.layout),
        records=plan.records,
        chance=chance,
    )
    old, recent = _days(plan, office)
    return map(maker.case, spread(plan.records, old, recent, plan.old_share, chance))


def is_of_2016(layout: Layout) -> bool:
    """Whether a layout is the table of 2016, which has a name for each penalty."""
    return any(column.field == "penalty_name" for column in layout.columns)


def districts(book: Rulebook) -> Mapping[str, str]:
    """The names of the city's divisions in which there are companies, by code."""
    return {code: book.divisions[code].name for code in table("names")["divisions"]}


def _days(plan: Plan, office: Office) -> tuple[Days, Days]:
    yesterday = plan.today - timedelta(days=1)
    if is_of_2016(plan.layout):
        last = office.words.until or _BEGIN_2018 - timedelta(days=1)
        return working_days(_BEGIN_2016, last), ()
    recent = working_days(plan.today - timedelta(days=RECENT_DAYS), yesterday)
    return working_days(_BEGIN_2018, _END_OLD), recent


def _persons_share(layout: Layout) -> float:
    if is_of_2016(layout):
        return _PERSONS_IN_2016
    return 1.0 if layout.subject_kind == "natural_person" else 0.0


def _name(plan: Plan) -> str:
    return f"{plan.seed} {plan.agency} {plan.layout.name}"
