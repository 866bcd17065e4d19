"""Invented records for a bureau's file, in the columns of a layout."""

from collections.abc import Iterator
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
from credit_site.demonstration.word_lists import office_words
from credit_site.domain.rulebook import Agency, Layout, Rulebook, load_rulebook

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

    `office` is a slug of the word lists; `old_share` (0 to 1) of the decisions are from before
    2024.
    """

    book: Rulebook
    layout: Layout
    office: str
    records: int
    seed: int
    today: date
    old_share: float = USUAL_OLD_SHARE

    @property
    def agency(self) -> Agency:
        return self.book.agencies[office_words()[self.office].agency]

    def chance(self, purpose: str) -> Chance:
        """A stream of chance of this file's own."""
        return Chance(f"{self.seed} {self.office} {self.layout.name} {purpose}")


def rows(
    layout: Layout, agency_slug: str | None, records: int, seed: int, today: date
) -> Iterator[Row]:
    """So many rows for a layout, the same for the same arguments.

    Without a slug the bureau is the market supervision bureau. Raises KeyError for a bureau that
    punishes nothing in the word lists.
    """
    office = office_of(agency_slug or "market-supervision", layout)
    return rows_of(layout, values(Plan(load_rulebook(), layout, office, records, seed, today)))


def office_of(agency: str, layout: Layout) -> str:
    """The bureau of an agency, in the table of 2016 preferably one under a former name."""
    offices = [slug for slug, words in office_words().items() if words.agency == agency]
    if not offices:
        raise KeyError(agency)
    former = [slug for slug in offices if office_words()[slug].until]
    return former[0] if former and is_of_2016(layout) else offices[0]


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
    writer = PenaltyWriter(plan.book, plan.agency, plan.chance("words"))
    values_of = writer.values_of_2016 if is_of_2016(plan.layout) else writer.values
    return map(values_of, cases(plan))


def entries(penalties_plan: Plan) -> Iterator[Values]:
    """List entries for the companies that a file of penalties shows as the worst.

    Where the file has not enough of them, forty more files follow that nobody sends.
    """
    plan = penalties_plan
    seeds = (plan.seed + part * 7919 for part in range(_PARTS))
    files = (cases(replace(plan, seed=seed)) for seed in seeds)
    found = worst(chain.from_iterable(files), plan.today)
    return map(ListingWriter(plan.agency, plan.today, plan.chance("listings")).values, found)


def cases(plan: Plan) -> Iterator[Case]:
    """The cases of a plan in the order of their days."""
    chance = plan.chance("cases")
    office = Office(plan.book, plan.office)
    of_persons = plan.layout.subject_kind == "natural_person"
    maker = CaseMaker(
        office,
        Companies(plan.seed),
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
