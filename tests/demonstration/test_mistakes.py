from collections import Counter
from datetime import date

import pytest

from credit_site.demonstration import Mistake, planted, rows, titles, with_mistakes
from credit_site.demonstration.sheets import Row
from credit_site.domain.rulebook import Rulebook


@pytest.fixture
def clean(book: Rulebook, today: date) -> list[Row]:
    return list(rows(book.layouts["penalty_2018_legal"], None, 1000, 3, today))


def test_every_kind_of_mistake_is_made_at_the_rate_asked_for(
    book: Rulebook, clean: list[Row]
) -> None:
    found = Counter(
        mistake for mistake, _ in planted(clean, book.layouts["penalty_2018_legal"], 0.3, 1)
    )
    assert set(found) == {None, *Mistake}
    assert 0.25 < 1 - found[None] / len(clean) < 0.35


def test_a_spoilt_row_differs_in_one_cell_and_the_others_not_at_all(
    book: Rulebook, clean: list[Row]
) -> None:
    spoilt = planted(clean, book.layouts["penalty_2018_legal"], 0.5, 1)
    for row, (mistake, changed) in zip(clean, spoilt, strict=True):
        differing = sum(one != other for one, other in zip(row, changed, strict=True))
        assert differing == (mistake is not None)


def test_the_same_seed_spoils_the_same_rows(book: Rulebook, clean: list[Row]) -> None:
    layout = book.layouts["penalty_2018_legal"]
    first, second = (list(with_mistakes(clean, layout, 0.2, 5)) for _ in range(2))
    assert first == second


def test_a_layout_without_codes_has_no_mistakes_in_codes(book: Rulebook, today: date) -> None:
    layout = book.layouts["penalty_2018_person"]
    people = rows(layout, None, 300, 3, today)
    found = {mistake for mistake, _ in planted(people, layout, 1.0, 1)}
    assert Mistake.RUINED_CODE not in found
    assert Mistake.IMPOSSIBLE_DATE in found
    assert len(titles(layout)) > 10
