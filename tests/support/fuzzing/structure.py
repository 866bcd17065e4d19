"""Tables whose titles and rows do not stand where they should."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from credit_site.domain.cells import Cell
from tests.support.fuzzing.cells import SECRETS

Table = list[list[Cell]]
"""Titles first, then rows."""


def rebuilt(chance: random.Random, table: Table) -> Table:
    """One or two things of its structure are otherwise."""
    made = [list(row) for row in table]
    for _ in range(chance.randint(1, 2)):
        made = chance.choice(_CHANGES)(chance, made)
    return made


def _column_gone(chance: random.Random, table: Table) -> Table:
    place = _place(chance, table)
    return [row[:place] + row[place + 1 :] for row in table]


def _column_twice(chance: random.Random, table: Table) -> Table:
    place = _place(chance, table)
    return [row[: place + 1] + row[place:] for row in table]


def _columns_moved(chance: random.Random, table: Table) -> Table:
    order = list(range(len(table[0])))
    chance.shuffle(order)
    return [[row[place] for place in order if place < len(row)] for row in table]


def _title_changed(chance: random.Random, table: Table) -> Table:
    place = _place(chance, table)
    table[0][place] = chance.choice(
        ("", "列", "甲\n乙", f"证{chance.choice(SECRETS)}", 5, "＊" * 400)
    )
    return table


def _ragged(chance: random.Random, table: Table) -> Table:
    row = chance.choice(table)
    row[:] = row[: chance.randrange(len(row) + 1)] if chance.random() < 0.5 else [*row, "多", "余"]
    return table


def _blank_rows(chance: random.Random, table: Table) -> Table:
    for _ in range(chance.randint(1, 5)):
        table.insert(chance.randrange(len(table) + 1), [])
    return table


def _headline(chance: random.Random, table: Table) -> Table:
    """A title over the titles, as offices like it."""
    return [["郑州市行政处罚公示表"], [f"填报人 {chance.choice(SECRETS)}"], *table]


def _titles_again(chance: random.Random, table: Table) -> Table:
    table.insert(chance.randrange(1, len(table) + 1), list(table[0]))
    return table


def _no_titles(chance: random.Random, table: Table) -> Table:
    return table[1:]


def _only_titles(chance: random.Random, table: Table) -> Table:
    return table[:1]


def _on_its_side(chance: random.Random, table: Table) -> Table:
    width = max(map(len, table), default=0)
    return [[row[n] if n < len(row) else "" for row in table] for n in range(width)]


def _same_row_again(chance: random.Random, table: Table) -> Table:
    return [*table, list(chance.choice(table))]


def _place(chance: random.Random, table: Table) -> int:
    return chance.randrange(max(1, len(table[0]))) if table and table[0] else 0


def _careful(
    change: Callable[[random.Random, Table], Table],
) -> Callable[[random.Random, Table], Table]:
    """What an earlier change has left nothing of is left alone."""

    def run(chance: random.Random, table: Table) -> Table:
        return change(chance, table) if table and table[0] else table

    return run


_CHANGES: Sequence[Callable[[random.Random, Table], Table]] = tuple(
    map(
        _careful,
        (
            _column_gone,
            _column_twice,
            _columns_moved,
            _title_changed,
            _ragged,
            _blank_rows,
            _headline,
            _titles_again,
            _no_titles,
            _only_titles,
            _on_its_side,
            _same_row_again,
        ),
    )
)
