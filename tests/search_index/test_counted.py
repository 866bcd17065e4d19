"""What is counted though nobody filters by it, on every engine."""

from __future__ import annotations

from datetime import date

from search_index import FacetCount, SearchDocument, SearchEngine, SearchQuery
from tests.support.documents import TODAY, document


def put(engine: SearchEngine, *documents: SearchDocument) -> None:
    engine.replace(documents)
    engine.commit()


def test_months_product_fields_and_bands_are_counted(
    engine: SearchEngine,
) -> None:
    put(
        engine,
        document(1, product_field="食品", amount_band="0-1000"),
        document(2, product_field="食品", amount_band="none", decided_on=date(2026, 4, 30)),
        document(3, amount_band="none", decided_on=None),
    )
    query = SearchQuery("", TODAY, facets=("month", "product_field", "amount_band"))
    facets = engine.search(query).facets
    assert facets["month"] == (FacetCount("2026-04", 1), FacetCount("2026-05", 1))
    assert facets["product_field"] == (FacetCount("食品", 2),)
    assert facets["amount_band"] == (FacetCount("none", 2), FacetCount("0-1000", 1))
