from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from credit_site.demonstration import Batch, batches, planted, rows, titles
from credit_site.demonstration.sheets import Row
from credit_site.domain.entries import Entry, EntryMaker
from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Layout, Rulebook, load_rulebook
from credit_site.domain.validation import CheckedRow, RowChecker, match_header
from credit_site.domain.validation.listing_checks import UNCONFIRMED

LAYOUTS = (
    "penalty_2018_legal",
    "penalty_2018_person",
    "penalty_2016",
    "serious_dishonesty",
    "list_elsewhere",
)


def checked(
    book: Rulebook, layout: Layout, agency: str, found: Iterable[Row], today: date
) -> Iterator[CheckedRow]:
    header = match_header(layout, titles(layout))
    checker = RowChecker(layout, header, book, book.agencies[agency], today)
    for number, row in enumerate(found, 2):
        yield checker.check(number, row)


def issues_of(results: Iterable[CheckedRow], level: Level) -> list[Issue]:
    every = (issue for result in results for issue in result.issues)
    return [one for one in every if one.level is level and one.code not in UNCONFIRMED]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    book, day = load_rulebook(), date(2026, 11, 24)
    return [entry for batch in batches(book, 2000, 2016, day) for entry in made(book, batch, day)]


def made(book: Rulebook, batch: Batch, today: date) -> Iterator[Entry]:
    register = book.registers[batch.layout.register]
    maker = EntryMaker(register, book, book.agencies[batch.agency], today)
    for result in checked(book, batch.layout, batch.agency, batch.rows, today):
        assert result.values is not None, result.issues
        yield maker.make(result.values)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_invented_rows_have_no_errors_and_almost_no_warnings(
    layout: str, book: Rulebook, today: date
) -> None:
    found = book.layouts[layout]
    made_rows = rows(found, "market-supervision", 800, 11, today)
    results = list(checked(book, found, "market-supervision", made_rows, today))
    assert not issues_of(results, Level.ERROR)
    assert len(issues_of(results, Level.WARNING)) < 8


def test_the_files_of_every_bureau_have_no_errors(book: Rulebook, today: date) -> None:
    for batch in batches(book, 1500, 3, today):
        results = list(checked(book, batch.layout, batch.agency, batch.rows, today))
        assert not issues_of(results, Level.ERROR), batch.layout.name
        assert len(issues_of(results, Level.WARNING)) < 4, batch.layout.name


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_planted_mistake_is_found(layout: str, book: Rulebook, today: date) -> None:
    found = book.layouts[layout]
    clean = rows(found, "market-supervision", 400, 11, today)
    mistakes, spoilt = zip(*planted(clean, found, 0.5, 1), strict=True)
    missed = Counter(
        mistake
        for mistake, result in zip(
            mistakes, checked(book, found, "market-supervision", spoilt, today), strict=True
        )
        if (mistake is not None) != (result.values is None)
    )
    assert not missed


def test_most_recent_decisions_are_shown_today(entries: list[Entry], today: date) -> None:
    recent = [entry for entry in entries if entry.decided_on and entry.decided_on.year >= 2024]
    shown = [
        entry
        for entry in recent
        if not entry.withheld
        and entry.publication_start <= today
        and (entry.publication_end is None or today <= entry.publication_end)
    ]
    assert len(shown) / len(recent) > 0.95


def test_some_minor_cases_are_withheld(entries: list[Entry]) -> None:
    minor = [entry for entry in entries if entry.severity == "minor"]
    assert 0.005 < len(minor) / len(entries) < 0.04
    assert all(entry.withheld for entry in minor)


def test_some_cases_are_serious_and_all_districts_have_some(entries: list[Entry]) -> None:
    penalties = [entry for entry in entries if entry.register == "penalty"]
    serious = sum(entry.severity == "serious" for entry in penalties)
    assert 0.015 < serious / len(penalties) < 0.12
    assert len({entry.division for entry in entries}) >= 15


def test_no_two_decisions_of_a_bureau_share_a_number(entries: list[Entry]) -> None:
    numbers = Counter((entry.agency, entry.document_number_key) for entry in entries)
    assert max(numbers.values()) == 1


def test_persons_are_masked_and_their_numbers_sealed(entries: list[Entry]) -> None:
    persons = [entry for entry in entries if entry.subject_kind == "natural_person"]
    assert len(persons) > 100
    for entry in persons:
        assert "*" in entry.subject_name
        assert not any(map(find_personal_numbers, map(str, entry.content.values())))
        assert any(value.startswith("99") for value in entry.sealed.values())
