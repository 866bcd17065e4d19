from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest

from credit_site.demonstration import Batch, batches
from credit_site.domain.rulebook import Rulebook, load_rulebook
from tests.demonstration.invented import Record, by_field

Files = list[tuple[Batch, list[Record]]]


@pytest.fixture(scope="module")
def files() -> Files:
    return list(opened(load_rulebook(), 2000))


def opened(book: Rulebook, records: int) -> Iterator[tuple[Batch, list[Record]]]:
    for batch in batches(book, records, 2016, date(2026, 11, 24)):
        yield batch, [by_field(batch.layout, row) for row in batch.rows]


def of_layout(files: Files, layout: str) -> list[Record]:
    return [record for batch, found in files if batch.layout.name == layout for record in found]


@pytest.mark.parametrize("records", [1, 10, 137])
def test_there_are_exactly_as_many_records_as_asked_for(book: Rulebook, records: int) -> None:
    assert sum(len(found) for _, found in opened(book, records)) == records


def test_a_batch_says_how_many_rows_it_has(files: Files) -> None:
    for batch, found in files:
        assert batch.size == len(found)
    assert sum(batch.size for batch, _ in files) == 2000


def test_no_bureau_sends_a_file_larger_than_is_taken(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("credit_site.demonstration.batches"), "_MOST_ROWS", 100)
    sizes = [len(found) for _, found in opened(book, 1000)]
    assert max(sizes) == 100
    assert sum(sizes) == 1000


def test_several_bureaus_send_files_in_every_layout_of_their_own(files: Files) -> None:
    assert len({batch.agency for batch, _ in files}) >= 6
    sizes = {batch.layout.name: len(of_layout(files, batch.layout.name)) for batch, _ in files}
    assert set(sizes) == {
        "penalty_2018_legal", "penalty_2018_person", "penalty_2016", "serious_dishonesty"
    }  # fmt: skip
    assert sizes["penalty_2018_legal"] > 1400
    assert sizes["serious_dishonesty"] == 80
    assert 40 < sizes["penalty_2016"] < 120


def test_decisions_reach_from_2016_to_these_days(files: Files) -> None:
    years = {
        int(record["decision_date"][:4])
        for batch, found in files
        if batch.layout.register == "penalty"
        for record in found
    }
    assert years == {*range(2016, 2027)}


def test_most_listed_companies_have_a_penalty_that_is_named_in_their_entry(files: Files) -> None:
    penalties = {
        record["uscc"]: record["decision_number"]
        for record in of_layout(files, "penalty_2018_legal")
    }
    numbers = {record["decision_number"] for record in of_layout(files, "penalty_2018_legal")}
    entries = of_layout(files, "serious_dishonesty")
    assert sum(entry["uscc"] in penalties for entry in entries) > len(entries) * 0.8
    assert (
        sum(any(number in entry["facts"] for number in numbers) for entry in entries)
        > len(entries) * 0.8
    )


def test_the_same_seed_gives_the_same_files(book: Rulebook) -> None:
    assert [found for _, found in opened(book, 200)] == [found for _, found in opened(book, 200)]
