"""A query that may find very many is counted in two halves: the same totals and facets."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_index import COUNTED, SearchQuery, Sort, open_engine
from tests.support.documents import TODAY, document, many


@pytest.mark.parametrize("sort", Sort)
def test_counting_in_halves_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    monkeypatch.setattr("search_index.tantivy_counting.VERY_MANY", 0)
    monkeypatch.setattr("search_index.tantivy_reader._VERY_MANY", 0)
    halved, reference = open_engine(f"tantivy:{tmp_path / 'index'}"), open_engine("memory:")
    for engine in (halved, reference):
        engine.rebuild(many(300))
    for text in ("", "食品", "食品 -罚款", "商 OR 安全", "日期:2021..2023", "名称:科技 罚款:>10"):
        for filters in ({}, {"agency": "health"}, {"category": "罚款", "year": "2022"}):
            query = SearchQuery(text, TODAY, sort=sort, facets=COUNTED, limit=7, **filters)  # type: ignore[arg-type]
            assert halved.search(query) == reference.search(query), (text, filters)
    halved.close()


def test_the_newest_are_found_though_their_keys_are_beyond_floating_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_index.tantivy_reader._VERY_MANY", 0)
    engine = open_engine(f"tantivy:{tmp_path / 'index'}")
    engine.rebuild(map(document, range(1, 301)))
    for text, sort in (("", Sort.NEWEST), ("", Sort.RELEVANCE), ("食品", Sort.RELEVANCE)):
        assert engine.search(SearchQuery(text, TODAY, sort=sort, limit=3)).ids == (300, 299, 298)
    engine.close()
