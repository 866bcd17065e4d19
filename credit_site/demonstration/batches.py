"""The files that the bureaus of the invented city send: the mix of the demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from credit_site.demonstration.acts import Acts
from credit_site.demonstration.records import Plan, entries, penalties
from credit_site.demonstration.sheets import Row, Values, rows_of, titles
from credit_site.demonstration.word_lists import office_words
from credit_site.domain.rulebook import Layout, Rulebook

LISTING_OFFICE = "market-supervision"
_LEGAL, _PERSON, _OF_2016 = "penalty_2018_legal", "penalty_2018_person", "penalty_2016"
_LIST = "serious_dishonesty"
_LISTED_SHARE = 0.04
_PERSONS_SHARE = 0.13
# A bureau sends no larger file, however many records are wanted.
_MOST_ROWS = 100_000
# The old tables of 2016 bring most old decisions, so that the newer tables need fewer.
_OLD_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Batch:
    """One bureau's file: its layout, the bureau's slug, titles, rows (they come once), size."""

    layout: Layout
    agency: str
    titles: Row
    rows: Iterator[Row]
    size: int


def batches(rulebook: Rulebook, records: int, seed: int, today: date) -> Iterator[Batch]:
    """Files of so many records together, the same for the same arguments."""
    listed = round(records * _LISTED_SHARE)
    plans = _plans(rulebook, records - listed, seed, today)
    for plan in plans:
        yield from _files(plan.layout, plan.agency.slug, plan.records, penalties(plan))
    source = next((plan for plan in plans if plan.office == LISTING_OFFICE), None)
    if listed and source:
        found = islice(entries(source), listed)
        yield from _files(rulebook.layouts[_LIST], source.agency.slug, listed, found)


def _plans(book: Rulebook, records: int, seed: int, today: date) -> list[Plan]:
    shares = _shares()
    counts = _apportioned(records, list(shares.values()))
    return [
        Plan(book, book.layouts[layout], office, count, seed, today, _OLD_SHARE)
        for (layout, office), count in zip(shares, counts, strict=True)
        if count
    ]


def _shares() -> dict[tuple[str, str], float]:
    """How much of the whole each file is, by layout and office; the largest first."""
    shares: dict[tuple[str, str], float] = {}
    for slug, words in office_words().items():
        if words.until:
            shares[_OF_2016, slug] = words.share
        else:
            of_persons = _PERSONS_SHARE if Acts(slug).punishes_persons else 0.0
            shares[_LEGAL, slug] = words.share * (1 - of_persons)
            shares[_PERSON, slug] = words.share * of_persons
    return shares


def _apportioned(total: int, shares: list[float]) -> list[int]:
    """Whole numbers in the given proportion whose sum is the total."""
    whole = sum(shares)
    bounds, reached = [0], 0.0
    for share in shares:
        reached += share
        bounds.append(round(total * reached / whole))
    return [after - before for before, after in pairwise(bounds)]


def _files(layout: Layout, agency: str, size: int, found: Iterator[Values]) -> Iterator[Batch]:
    rows = rows_of(layout, found)
    for begin in range(0, size, _MOST_ROWS):
        count = min(_MOST_ROWS, size - begin)
        yield Batch(layout, agency, titles(layout), islice(rows, count), count)
