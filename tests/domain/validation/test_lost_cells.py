"""Cells that say nothing any more: each is an error of its own, with what to do."""

from __future__ import annotations

import pytest

from credit_site.domain.cells import Cell
from credit_site.domain.kept_numbers import KeptNumber, in_place_of, kept_number
from tests.domain.penalty_rows import PERSON, checked

KEPT = KeptNumber(85, 3, "abcdefghijklmnop")


@pytest.mark.parametrize("text", ["*" * 18, "******", in_place_of("X0000001", KEPT)])
@pytest.mark.parametrize("field", ["counterparty_document_number", "violation_facts", "remarks"])
def test_asterisks_that_stood_for_a_number_are_none(field: str, text: str) -> None:
    row = checked(PERSON, **{field: text})
    assert [issue.code for issue in row.issues] == ["masked_number"]
    assert row.values is None


@pytest.mark.parametrize("text", ["张**", "***", "*", "4101**********1234"])
def test_other_asterisks_are_somebodys_own(text: str) -> None:
    assert not checked(PERSON, remarks=text).issues


@pytest.mark.parametrize(("cell", "stars"), [("X0000001", 8), (410105, 6)])
def test_what_stands_for_a_number_is_read_again(cell: Cell, stars: int) -> None:
    said = in_place_of(cell, KEPT)
    assert said.startswith("*" * stars + "〔")
    assert kept_number(said) == KEPT
    assert kept_number(f" {said}\n") == KEPT
    assert kept_number(said[:-1]) is None
    assert kept_number(in_place_of(cell, None)) is None
