"""Whatever a file holds, a row becomes values or issues, never an exception."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.cells import Cell
from credit_site.domain.entries import EntryMaker
from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.issues import Level
from tests.domain.penalty_rows import (
    AGENCY,
    BOOK,
    CLEAN,
    LAYOUTS,
    TODAY,
    cells_of,
    checker,
    layout_titles,
)
from tests.support.personal_numbers import invented_id_number

NUMBERS = [invented_id_number(sequence) for sequence in range(3)]
ODD = st.sampled_from(
    ["", " ", "/", "=1+1", "9.14101E+17", "2026/2/30", "46086", "1,000", "罚款;;", "壹万元", "-1",
     "nan", "\x00", "\ud800", "｜|", "自然人", "1e400", "０", "2099/12/31", *NUMBERS,
     f"身份证{NUMBERS[0]}"]
)  # fmt: skip
CELLS = st.one_of(
    ODD,
    st.none(),
    st.text(st.characters(), max_size=30),
    st.integers(),
    st.integers(10**14, 10**19),
    st.builds(lambda: 10**5000),
    st.floats(),
    st.booleans(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
CHECKERS = {name: checker(name) for name in LAYOUTS}


def try_row(layout: str, cells: Sequence[Cell]) -> None:
    row = CHECKERS[layout].check(5, cells)
    assert (row.values is None) == any(issue.level is Level.ERROR for issue in row.issues)
    titles = set(layout_titles(BOOK.layouts[layout]))
    for issue in row.issues:
        assert issue.row == 5
        assert issue.column in titles
        assert re.fullmatch("[a-z_0-9]+", issue.code)
        assert issue.message.endswith("。")
        assert not find_personal_numbers(issue.message)
        assert not any(number in issue.message for number in NUMBERS)
    if row.values is not None:
        register = BOOK.registers[BOOK.layouts[layout].register]
        entry = EntryMaker(register, BOOK, AGENCY, TODAY).make(row.values)
        assert not any(find_personal_numbers(str(said)) for said in entry.content.values())


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_any_row_gets_values_or_issues(layout: str, data: st.DataObject) -> None:
    width = len(BOOK.layouts[layout].columns)
    try_row(layout, data.draw(st.lists(CELLS, max_size=width + 2)))


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_any_cell_in_a_clean_row_gets_values_or_issues(layout: str, data: st.DataObject) -> None:
    cells = list(cells_of(CLEAN[layout], layout))
    for _ in range(data.draw(st.integers(1, 3))):
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(CELLS)
    try_row(layout, cells)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_a_row_is_read_alike_the_first_time_and_later(layout: str, data: st.DataObject) -> None:
    cells = list(cells_of(CLEAN[layout], layout))
    cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(CELLS)
    fresh = checker(layout)
    first, again = fresh.check(5, cells), fresh.check(5, cells)
    assert repr(first) == repr(again)
