"""Invented records as the tests look at them: cells by the name of their field."""

from collections.abc import Callable

from credit_site.demonstration.sheets import Row
from credit_site.domain.rulebook import Layout

Record = dict[str, str]
Records = Callable[..., list[Record]]


def by_field(layout: Layout, row: Row) -> Record:
    """The first cell of each field."""
    record: Record = {}
    for column, cell in zip(layout.columns, row, strict=True):
        record.setdefault(column.field, cell)
    return record
