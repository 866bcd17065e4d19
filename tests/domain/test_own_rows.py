"""Which row of a file a kept number belongs to, when two persons bear one name."""

from __future__ import annotations

import pytest

from credit_site.domain.own_rows import RowIdentity, is_same_row

DAY, OTHER_DAY, FACTS, OTHER_FACTS, CONTENT = 1, 2, 3, 4, 5


def row(number: str, day: int = DAY, facts: int = FACTS, name: str = "欧阳某") -> RowIdentity:
    return RowIdentity(name, number, (day, facts, CONTENT))


BEFORE = row("1号")


@pytest.mark.parametrize(
    "now",
    [
        BEFORE,
        row("1号", OTHER_DAY, OTHER_FACTS),
        row("9号"),
        row("9号", OTHER_DAY),
        row("9号", DAY, OTHER_FACTS),
    ],
    ids=["untouched", "all but the number", "the number", "number and day", "number and facts"],
)
def test_a_row_that_was_mended_is_the_same_row(now: RowIdentity) -> None:
    assert is_same_row(BEFORE, now, [])


@pytest.mark.parametrize(
    "now",
    [
        row("1号", name="司马某"),
        row("1号", name=""),
        row("9号", OTHER_DAY, OTHER_FACTS),
        RowIdentity("欧阳某", "9号", (0, 0, 0)),
    ],
    ids=["another name", "no name", "another decision", "nothing else said"],
)
def test_a_row_about_another_person_or_decision_is_not(now: RowIdentity) -> None:
    assert not is_same_row(BEFORE, now, [])


def test_without_a_name_a_row_is_no_ones() -> None:
    assert not is_same_row(row("1号", name=""), row("1号", name=""), [])


def test_a_number_that_was_missing_may_be_filled_in() -> None:
    assert is_same_row(row(""), row("1号"), [row("2号", OTHER_DAY)])


def test_the_row_of_a_namesake_is_not_mistaken_for_it() -> None:
    namesake = row("2号", OTHER_DAY)
    assert not is_same_row(BEFORE, namesake, [namesake])
    assert not is_same_row(BEFORE, row("2号"), [namesake]), "even where its day was mended"
    assert is_same_row(BEFORE, row("1号", OTHER_DAY), [namesake])


def test_of_two_of_a_name_in_one_decision_the_facts_tell() -> None:
    namesake = row("1号", DAY, OTHER_FACTS)
    assert is_same_row(BEFORE, BEFORE, [namesake])
    assert not is_same_row(BEFORE, namesake, [namesake])
    assert not is_same_row(BEFORE, row("1号", DAY, 0), [namesake]), "nobody can tell"


def test_two_rows_that_say_the_same_of_two_persons_are_told_apart_by_nobody() -> None:
    assert not is_same_row(BEFORE, BEFORE, [row("1号")])
    assert not is_same_row(BEFORE, row("9号"), [row("2号")])
