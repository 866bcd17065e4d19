"""Every engine narrows by the branch of a list and by days, as the pages of lists do."""

from __future__ import annotations

from datetime import date

from search_index import (
    FacetCount,
    SearchDocument,
    SearchEngine,
    SearchQuery,
    decided_between,
)
from tests.support.documents import TODAY, document


def put(engine: SearchEngine, *documents: SearchDocument) -> None:
    engine.replace(documents)
    engine.commit()


def ids(engine: SearchEngine, text: str = "", **asked: object) -> tuple[int, ...]:
    return engine.search(SearchQuery(text, TODAY, **asked)).ids  # type: ignore[arg-type]


def test_the_branch_of_a_list_narrows_beside_other_filters_and_keeps_their_counts(
    engine: SearchEngine,
) -> None:
    def listed(number: int, branch: str, agency: str = "market-supervision") -> SearchDocument:
        return document(number, branch=branch, agency=agency, list_name="serious-dishonesty")

    put(
        engine,
        listed(1, "local"),
        listed(2, "food"),
        listed(3, "local", "health"),
        document(4),
    )
    assert ids(engine, branch="local") == (3, 1)
    assert ids(engine, branch="local", list_name="serious-dishonesty", agency="health") == (3,)
    assert ids(engine, branch="nobody") == ()
    found = engine.search(SearchQuery("", TODAY, branch="local", facets=("agency",)))
    assert found.total == 2
    assert found.facets["agency"] == (FacetCount("health", 1), FacetCount("market-supervision", 1))
    put(engine, listed(1, "food"))
    assert ids(engine, branch="food") == (2, 1)


def test_days_of_the_decision_are_asked_for_as_they_are_typed(engine: SearchEngine) -> None:
    first, last = date(2026, 1, 31), date(2026, 5, 6)
    put(engine, document(1, decided_on=first), document(2), document(3, decided_on=None))
    for begin, end, found in (
        (None, None, (2, 1, 3)),
        (first, None, (2, 1)),
        (None, first, (1,)),
        (last, last, (2,)),
        (date(2026, 2, 1), date(2026, 5, 5), ()),
    ):
        assert ids(engine, decided_between(begin, end)) == found
