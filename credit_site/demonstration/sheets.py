"""Lays values of fields out in the columns of a file layout."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from operator import itemgetter

from credit_site.domain.rulebook import Layout

Values = Mapping[str, str]
Row = tuple[str, ...]
WAN_YUAN = "/wan_yuan"
_AGAIN = "/2"


def titles(layout: Layout) -> Row:
    """The titles of a layout's columns, in its order."""
    return tuple(column.title for column in layout.columns)


def rows_of(layout: Layout, values: Iterable[Values]) -> Iterator[Row]:
    """One row for each set of values; what a record does not have stays blank."""
    return map(_row_maker(layout), values)


def _row_maker(layout: Layout) -> Callable[[Values], Row]:
    keys = _keys(layout)
    blank = dict.fromkeys(keys, "")
    chosen = itemgetter(*keys)

    def row(values: Values) -> Row:
        cells: Row = chosen({**blank, **values})
        return cells

    return row


def _keys(layout: Layout) -> Row:
    """The name of the value for each column: a field's second column has a name of its own."""
    seen: Counter[str] = Counter()
    keys = []
    for column in layout.columns:
        key = column.field + (WAN_YUAN if column.unit == "wan_yuan" else "")
        keys.append(key + _AGAIN if seen[key] else key)
        seen[key] += 1
    return tuple(keys)


@cache
def written(day: date) -> str:
    """A date as 双公示 files have it: 2026/03/05."""
    return f"{day.year}/{day.month:02d}/{day.day:02d}"
