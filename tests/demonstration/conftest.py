"""What the tests of the invented records share."""

from datetime import date

import pytest

from credit_site.demonstration import rows
from credit_site.domain.rulebook import Rulebook, load_rulebook
from tests.demonstration.invented import Record, Records, by_field


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
