"""How well near names are told from other names, on labelled pairs."""

from __future__ import annotations

from collections import Counter

import pytest

from search_index.names import THRESHOLD, Places, alike_keys, likeness, split_name
from tests.search_index.names.make_pairs import FILES, NEGATIVE, POSITIVE, Pair, read

PLACES = Places.of(
    ["郑州市", "金水区", "二七区", "中原区", "惠济区", "新郑市", "荥阳市", "登封市", "巩义市"]
)


def found(pair: Pair) -> bool:
    """Whether the whole way finds it: a key is shared, and the names are alike."""
    asked, known = split_name(pair.asked, PLACES), split_name(pair.known, PLACES)
    shared = set(alike_keys(asked)) & set(alike_keys(known))
    alike = likeness(asked, known)
    assert alike is None or (THRESHOLD <= alike.score <= 1 and alike.reason)
    return bool(shared and alike)


def figures(pairs: list[Pair]) -> tuple[float, float, Counter[str]]:
    """Precision, recall, and the wrong answers by operation."""
    right = sum(found(pair) for pair in pairs if pair.same)
    wrong = sum(found(pair) for pair in pairs if not pair.same)
    missed = Counter(pair.operation for pair in pairs if found(pair) != bool(pair.same))
    return right / (right + wrong), right / sum(pair.same for pair in pairs), missed


@pytest.mark.parametrize("name", FILES)
def test_near_names_are_found_and_other_companies_are_not(name: str) -> None:
    precision, recall, wrong = figures(read(name))
    assert precision >= 0.98, wrong
    assert recall >= 0.95, wrong


def test_the_labelled_pairs_are_many_and_of_every_kind() -> None:
    pairs = read("pairs.csv")
    assert len(pairs) >= 600
    assert {pair.operation for pair in pairs} == {*POSITIVE, *NEGATIVE}
    assert sum(not pair.same for pair in pairs) >= 250


@pytest.mark.parametrize("name", FILES)
def test_the_pairs_are_those_that_are_made(name: str) -> None:
    assert read(name) == list(FILES[name]().pairs(40 if name == "pairs.csv" else 20))
