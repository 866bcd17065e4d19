"""The files that the bureaus of the invented city send: the mix of the demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from credit_site.demonstration.records import Plan, entries, penalties
from credit_site.demonstration.sheets import Row, Values, rows_of, titles
from credit_site.demonstration.word_lists import office_words
from credit_site.domain.rulebook import Agency, Layout, Rulebook, load_rulebook

LISTING_AGENCY = "market-supervision"
_LEGAL, _PERSON, _OF_2016 = "penalty_2018_legal", "penalty_2018_person", "penalty_2016"
_LIST = "serious_dishonesty"
_LISTED_SHARE = 0.04
_PERSONS_SHARE = 0.13
# The old tables of 2016 bring most old decisions, so that the newer tables need fewer.
_OLD_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Batch:
    """One bureau's file: its layout, who sends it, its titles and its rows, which come once."""

    layout: Layout
    agency: Agency
    titles: Row
    rows: Iterator[Row]
    records: int


def batches(records: int, seed: int, today: date) -> Iterator[Batch]:
    """Files of so many records together, the same for the same arguments."""
    book = load_rulebook()
    listed = round(records * _LISTED_SHARE)
    plans = _plans(book, records - listed, seed, today)
    for plan in plans:
        yield _batch(book, plan.layout.name, plan.agency, plan.records, penalties(plan))
    if listed:
        source = next(plan for plan in plans if plan.agency == LISTING_AGENCY)
        found = islice(entries(source), listed)
        yield _batch(book, _LIST, LISTING_AGENCY, listed, found)


def _plans(book: Rulebook, records: int, seed: int, today: date) -> list[Plan]:
    shares = {key: share for key, share in _shares().items() if key[1] in book.agencies}
    counts = _apportioned(records, list(shares.values()))
    return [
        Plan(book.layouts[layout], agency, count, seed, today, _OLD_SHARE)
        for (layout, agency), count in zip(shares, counts, strict=True)
        if count
    ]


def _shares() -> dict[tuple[str, str], float]:
    """How much of the whole each file is, by layout and agency; the largest first."""
    shares: dict[tuple[str, str], float] = {}
    for slug, words in office_words().items():
        if words.until:
            shares[_OF_2016, slug] = words.share
        else:
            shares[_LEGAL, slug] = words.share * (1 - _PERSONS_SHARE)
            shares[_PERSON, slug] = words.share * _PERSONS_SHARE
    return shares


def _apportioned(total: int, shares: list[float]) -> list[int]:
    """Whole numbers in the given proportion whose sum is the total."""
    whole = sum(shares)
    bounds, reached = [0], 0.0
    for share in shares:
        reached += share
        bounds.append(round(total * reached / whole))
    return [after - before for before, after in zip(bounds, bounds[1:], strict=False)]


def _batch(
    book: Rulebook, layout_name: str, agency: str, records: int, found: Iterator[Values]
) -> Batch:
    layout = book.layouts[layout_name]
    return Batch(layout, book.agencies[agency], titles(layout), rows_of(layout, found), records)
