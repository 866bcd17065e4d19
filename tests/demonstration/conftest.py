"""What the tests of the invented records share."""

from collections.abc import Callable
from datetime import date

import pytest

from credit_site.demonstration import rows
from credit_site.demonstration.sheets import Row
from credit_site.domain.rulebook import Layout, Rulebook, load_rulebook

Record = dict[str, str]
Records = Callable[..., list[Record]]


@pytest.fixture
def today() -> date:
    return date(2026, 11, 24)


@pytest.fixture
def book() -> Rulebook:
    return load_rulebook()


@pytest.fixture
def records(book: Rulebook, today: date) -> Records:
    """Invented records of a layout by name of field; a field's second column is left out."""

    def made(
        layout: str, number: int = 400, agency: str | None = None, seed: int = 7
    ) -> list[Record]:
        found = book.layouts[layout]
        return [by_field(found, row) for row in rows(found, agency, number, seed, today)]

    return made


def by_field(layout: Layout, row: Row) -> Record:
    record: Record = {}
    for column, cell in zip(layout.columns, row, strict=True):
        record.setdefault(column.field, cell)
    return record
