"""A large file's rows are made by two processes, and nobody can tell from what comes out."""

from __future__ import annotations

import csv
import multiprocessing
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import chain, repeat
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from credit_site.demonstration import rows, titles, with_mistakes
from credit_site.domain.dates import read_date
from credit_site.domain.rulebook import load_rulebook
from credit_site.intake import Limits, Row, Table, known_titles, open_table
from credit_site.services.rows import Recipe, RowReader, stageable
from credit_site.services.rows_beside import (
    WORTH_IT,
    ReadRow,
    SecondProcess,
    chunks_of,
    second_process,
    stageable_chunks,
)
from credit_site.vault import Vault

BOOK = load_rulebook()
LAYOUT = BOOK.layouts["penalty_2018_legal"]
TODAY = date(2026, 6, 1)
COUNT = 3_000
DIGESTS = Vault("a secret of thirty-two characters").digests


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good and bad rows, one twice, one contradicted, one too wide, across all shares."""
    invented = with_mistakes(rows(LAYOUT, None, COUNT, 1, TODAY), LAYOUT, 0.2, 1)
    lines = [list(map(str, row)) for row in invented]
    lines[COUNT - 1] = lines[0]
    lines[2_000] = [*lines[1][:-1], "别的备注"]
    lines[1_998].append("多出来的一列")
    file = tmp_path_factory.mktemp("large") / "large.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([list(titles(LAYOUT)), *lines])
    return file


def table_of(path: Path) -> Table:
    return open_table(path, Limits(), known_titles(LAYOUT))


def reader(path: Path, table: Table | None = None) -> RowReader:
    table = table or table_of(path)
    recipe = Recipe(table.titles, LAYOUT.name, "market-supervision", TODAY, DIGESTS)
    return RowReader(table, recipe, BOOK)


@pytest.fixture(scope="module")
def alone(path: Path) -> list[ReadRow]:
    """What one process makes of it."""
    return list(map(stageable, chain.from_iterable(reader(path).chunks())))


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: {0, 1})


@pytest.fixture
def waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process makes rows from the first on, however long it takes to start."""
    ready = SecondProcess.ready
    monkeypatch.setattr(SecondProcess, "ready", lambda second: ready(second, 60))


def the_other() -> BaseProcess:
    (other,) = multiprocessing.active_children()
    return other


def by_number(found: list[ReadRow]) -> list[ReadRow]:
    """Sorted, and without cells as lists or tuples, whichever intake made."""
    plain = [replace(row, cells=tuple(row.cells)) for row in found]
    return sorted(plain, key=lambda row: row.number)


@pytest.mark.usefixtures("waited_for")
def test_two_processes_say_what_one_says(path: Path, alone: list[ReadRow]) -> None:
    with second_process(WORTH_IT) as second:
        together = list(chain.from_iterable(stageable_chunks(reader(path), second)))
    assert by_number(together) == by_number(alone)
    assert any(row.repeats for row in together)
    assert any(row.conflicts_with for row in together)
    assert sum(row.prepared is None for row in together) > 100


@pytest.mark.usefixtures("waited_for")
def test_days_and_numbers_cross_as_they_are(path: Path) -> None:
    day = next(c.title for c in LAYOUT.columns if c.field == "decision_date")

    def with_days() -> RowReader:
        table = table_of(path)
        place = table.titles.index(day)
        return reader(path, replace(table, rows=(dated(row, place) for row in table.rows)))

    alone = list(map(stageable, chain.from_iterable(with_days().chunks())))
    with second_process(WORTH_IT) as second:
        together = list(chain.from_iterable(stageable_chunks(with_days(), second)))
    assert by_number(together) == by_number(alone)
    assert sum(row.prepared is not None for row in together) > 2_000


def dated(row: Row, place: int) -> Row:
    """Its day as a spreadsheet gives it: a date in some pieces, the number of the day in others."""
    number, cells = row
    found = read_date(cells[place])
    if not isinstance(found, date):
        return row
    day = found if number % 1_000 < 500 else (found - date(1899, 12, 30)).days
    return number, (*cells[:place], day, *cells[place + 1 :])


def test_until_the_second_process_is_ready_the_first_makes_the_rows(
    path: Path, alone: list[ReadRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, False])
    ready = SecondProcess.ready
    monkeypatch.setattr(
        SecondProcess, "ready", lambda two: next(answers, None) is None and ready(two, 60)
    )
    with second_process(WORTH_IT) as second:
        together = list(chain.from_iterable(stageable_chunks(reader(path), second)))
    assert by_number(together) == by_number(alone)


@pytest.mark.usefixtures("waited_for")
def test_where_the_second_process_dies_the_first_makes_its_rows(
    path: Path, alone: list[ReadRow]
) -> None:
    with second_process(WORTH_IT) as second:
        chunks = stageable_chunks(reader(path), second)
        found = next(chunks)
        the_other().kill()
        found += chain.from_iterable(chunks)
    assert by_number(found) == by_number(alone)


def test_where_the_second_process_never_begins_the_first_makes_all_rows(
    path: Path, alone: list[ReadRow]
) -> None:
    with second_process(WORTH_IT) as second:
        the_other().kill()
        the_other().join()
        found = list(chain.from_iterable(stageable_chunks(reader(path), second)))
    assert by_number(found) == by_number(alone)


def test_whoever_stops_in_the_middle_leaves_nobody_behind(path: Path) -> None:
    with suppress(KeyboardInterrupt), second_process(WORTH_IT) as second:
        next(stageable_chunks(reader(path), second))
        assert multiprocessing.active_children()
        raise KeyboardInterrupt
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(("size", "cores"), [(WORTH_IT - 1, {0, 1}), (WORTH_IT, {0})])
def test_a_small_file_or_a_single_core_is_for_one_process(
    path: Path, alone: list[ReadRow], size: int, cores: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: cores)
    with second_process(size) as second:
        assert second is None
        assert not multiprocessing.active_children()
        found = list(chain.from_iterable(stageable_chunks(reader(path), second)))
    assert by_number(found) == by_number(alone)


def test_as_long_as_a_file_is_still_read_no_second_process_is_there(
    path: Path, alone: list[ReadRow]
) -> None:
    answers = chain([True] * 9, repeat(False))
    table = replace(table_of(path), under_way=lambda: next(answers))
    chunks = chunks_of(reader(path, table), WORTH_IT)
    found = next(chunks)
    assert 2_000 <= len(found) < 2_250
    assert not multiprocessing.active_children()
    found += next(chunks)
    assert len(found) < len(alone)
    assert not multiprocessing.active_children()
    found += next(chunks)
    assert multiprocessing.active_children()
    found += chain.from_iterable(chunks)
    assert by_number(found) == by_number(alone)
