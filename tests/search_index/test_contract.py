"""What every engine promises; the same ids in the same order on all of them."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from search_index import (
    Cursor,
    FacetCount,
    SearchDocument,
    SearchEngine,
    SearchQuery,
    Sort,
    open_engine,
)
from tests.support.documents import TODAY, document, many


def put(engine: SearchEngine, *documents: SearchDocument) -> None:
    engine.replace(documents)
    engine.commit()


def ids(engine: SearchEngine, text: str = "", **asked: object) -> tuple[int, ...]:
    return engine.search(SearchQuery(text, TODAY, **asked)).ids  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "食",
        "食品",
        "某某食",
        "郑州某某食品有限公司",
        "品有",
        "侵犯注册",
        "〔2026〕",
        "(2026)",
        "［2026］7号",
    ],
)
def test_a_run_of_any_length_is_found_where_it_stands(engine: SearchEngine, text: str) -> None:
    put(engine, document(7), document(8, "郑州另一家商行", texts={"name": "郑州另一家商行"}))
    assert ids(engine, text) == (7,)


def test_a_run_means_that_exact_run(engine: SearchEngine) -> None:
    put(engine, document(1, texts={"facts": "食用品"}))
    assert ids(engine, "食品") == ()


def test_parts_of_codes_and_numbers_are_found(engine: SearchEngine) -> None:
    put(engine, document(1, texts={"code": "91410100MA0000015B"}))
    for part in ("9", "91", "914", "9141", "91410", "0MA00", "ma0000015b", "5B", "15"):
        assert ids(engine, part) == (1,), part
    assert ids(engine, "92") == ()


def test_width_case_and_script_do_not_matter(engine: SearchEngine) -> None:
    put(engine, document(1, texts={"facts": "假冒商标ABC型号"}))
    assert ids(engine, "假冒商標ＡＢＣ") == (1,)


def test_words_are_and_with_or_and_not(engine: SearchEngine) -> None:
    put(
        engine,
        document(1, texts={"facts": "食品 罚款"}),
        document(2, texts={"facts": "食品 警告"}),
        document(3, texts={"facts": "药品 罚款"}),
    )
    assert ids(engine, "食品 罚款") == (1,)
    assert ids(engine, "警告 OR 药品") == (3, 2)
    assert ids(engine, "食品 -罚款") == (2,)
    assert ids(engine, "-食品") == (3,)


def test_prefixes_narrow_to_a_field_a_day_an_amount(engine: SearchEngine) -> None:
    put(
        engine,
        document(1, texts={"name": "食品公司"}, decided_on=date(2024, 3, 1), amount_fen=500),
        document(2, texts={"facts": "食品"}, decided_on=date(2025, 3, 1), amount_fen=20_000_000),
    )
    assert ids(engine, "名称:食品") == (1,)
    assert ids(engine, "事实：食品") == (2,)
    assert ids(engine, "日期:2024-01..2024-06") == (1,)
    assert ids(engine, "日期:2025..") == (2,)
    assert ids(engine, "罚款:>100000") == (2,)


@pytest.mark.parametrize(
    "text",
    ['"', '"食品', "(((", "OR", "-", "日期:昨天", "名称:", "a OR", "\\", "*", "[1 TO", "食品^2~"],
)
def test_nothing_that_is_typed_is_an_error(engine: SearchEngine, text: str) -> None:
    put(engine, document(1))
    engine.search(SearchQuery(text, TODAY))


def test_what_is_not_visible_today_is_not_found(engine: SearchEngine) -> None:
    put(
        engine,
        document(1, publication_end=date(2026, 5, 31)),
        document(2, publication_end=TODAY),
        document(3, publication_start=date(2026, 6, 2)),
        document(4),
    )
    assert ids(engine) == (4, 2)
    assert engine.search(SearchQuery("食品", TODAY)).total == 2


def test_the_exact_name_then_its_start_then_the_name_then_the_rest(engine: SearchEngine) -> None:
    put(
        engine,
        document(1, "某某食品"),
        document(2, "某某食品有限公司"),
        document(3, "郑州某某食品厂"),
        document(4, "另一家", texts={"facts": "从某某食品进货"}),
        document(5, "某某食品", decided_on=date(2026, 5, 7)),
    )
    assert ids(engine, "某某食品") == (5, 1, 2, 3, 4)
    assert ids(engine, "某某食品", offset=1, limit=2) == (1, 2)
    assert ids(engine, "某某食品", sort=Sort.NEWEST) == (5, 4, 3, 2, 1)


def test_a_whole_document_number_goes_to_the_top(engine: SearchEngine) -> None:
    other = document(
        9, texts={"facts": "曾被郑市监处罚〔2026〕3号处罚"}, decided_on=date(2026, 6, 1)
    )
    put(engine, document(3), other)
    assert ids(engine, "郑市监处罚(2026)3号") == (3, 9)


def test_amounts_sort_from_the_largest(engine: SearchEngine) -> None:
    put(
        engine,
        document(1, amount_fen=500),
        document(2, amount_fen=9_900),
        document(3, amount_fen=0),
    )
    assert ids(engine, sort=Sort.AMOUNT) == (2, 1, 3)


def test_filters_narrow_and_facets_count_without_their_own_filter(engine: SearchEngine) -> None:
    put(
        engine,
        document(1, agency="health", categories=("罚款", "警告")),
        document(2, agency="health", categories=("警告",)),
        document(3, categories=("罚款",)),
    )
    query = SearchQuery("", TODAY, agency="health", facets=("agency", "category", "year"))
    result = engine.search(query)
    assert result.ids == (2, 1)
    assert result.facets["agency"] == (FacetCount("health", 2), FacetCount("market-supervision", 1))
    assert result.facets["category"] == (FacetCount("警告", 2), FacetCount("罚款", 1))
    assert result.facets["year"] == (FacetCount("2026", 2),)


def test_a_document_is_replaced_not_doubled(engine: SearchEngine) -> None:
    put(engine, document(1, texts={"facts": "从前"}))
    put(engine, document(1, texts={"facts": "现在"}, position=9))
    assert (engine.count(), ids(engine, "从前"), ids(engine, "现在")) == (1, (), (1,))
    assert engine.health().position == 9


def test_a_removed_document_is_gone_and_may_come_back(engine: SearchEngine) -> None:
    put(engine, document(1), document(2))
    engine.remove([1, 99])
    engine.commit()
    assert ids(engine) == (2,)
    put(engine, document(1))
    assert ids(engine) == (2, 1)


def test_nothing_is_seen_before_the_commit(engine: SearchEngine) -> None:
    put(engine, document(1))
    engine.replace([document(2)])
    assert ids(engine) == (1,)
    engine.commit()
    assert ids(engine) == (2, 1)


def test_a_rebuild_leaves_exactly_what_it_was_given(engine: SearchEngine) -> None:
    put(engine, document(1), document(2))
    engine.rebuild([document(2), document(5, position=8)])
    assert ids(engine) == (5, 2)
    assert engine.health().position == 8
    put(engine, document(3))
    assert ids(engine) == (5, 3, 2)


def test_an_empty_engine_answers(engine: SearchEngine) -> None:
    result = engine.search(SearchQuery("食品", TODAY, facets=("agency",)))
    assert (result.ids, result.total, result.facets["agency"]) == ((), 0, ())
    assert (engine.count(), engine.health().ok, engine.health().position) == (0, True, 0)


def test_paging_to_the_end_shows_every_hit_once(engine: SearchEngine) -> None:
    put(engine, *many(60))
    for sort in Sort:
        pages = [ids(engine, "食品", sort=sort, offset=at, limit=7) for at in range(0, 70, 7)]
        walked = [number for page in pages for number in page]
        assert len(walked) == len(set(walked)) == engine.search(SearchQuery("食品", TODAY)).total


@pytest.mark.parametrize("sort", list(Sort))
def test_a_cursor_leads_to_the_end_in_the_order_of_the_pages(
    engine: SearchEngine, sort: Sort
) -> None:
    put(engine, *many(60), document(61, "食品"))
    whole = ids(engine, "食品", sort=sort, limit=100)
    walked: list[int] = []
    page = engine.search(SearchQuery("食品", TODAY, sort=sort, limit=7))
    while page.next is not None:
        walked += page.ids
        again = Cursor.read(str(page.next))
        page = engine.search(SearchQuery("食品", TODAY, sort=sort, limit=7, after=again))
    assert (*walked, *page.ids) == whole


@pytest.mark.parametrize("text", ["", "0", "0-", "-1-5", "0-x", "10-1", f"0-{1 << 64}", "０-1"])
def test_what_is_no_cursor_is_none(text: str) -> None:
    assert Cursor.read(text) is None


def test_all_engines_answer_alike(tmp_path: Path) -> None:
    documents, chance = many(150, seed=3), random.Random(7)
    engines = [open_engine(f"{name}:{tmp_path / name}") for name in ("memory", "tantivy", "whoosh")]
    for engine in engines:
        put(engine, *documents)
    for text in _asked(documents, chance):
        query = SearchQuery(
            text,
            TODAY,
            agency=chance.choice(("", "health")),
            category=chance.choice(("", "警告")),
            sort=chance.choice(list(Sort)),
            offset=chance.choice((0, 5)),
            limit=9,
            after=chance.choice((None, Cursor(0, 740_000 << 40), Cursor(2, 1 << 62))),
            facets=("category", "year", "division"),
        )
        answers = [engine.search(query) for engine in engines]
        assert answers[0] == answers[1] == answers[2], text
    for engine in engines:
        engine.close()


def _asked(documents: list[SearchDocument], chance: random.Random) -> list[str]:
    """Pieces of what is there, of 1 to 10 characters, and some syntax."""
    texts = [text for item in documents for text in item.texts.values()]
    pieces = []
    for _ in range(120):
        text = chance.choice(texts)
        begin = chance.randrange(len(text))
        pieces.append(text[begin : begin + chance.randint(1, 10)].replace(":", ""))
    return [
        *pieces,
        "",
        "-食品",
        "名称:食品 OR 种子",
        "食品 商标",
        "日期:2023..",
        "罚款:1000",
        "ＡＢ－1",
    ]


def test_names_that_the_text_stands_for_are_hits_too(engine: SearchEngine) -> None:
    other = "郑州别家商行"
    put(
        engine,
        document(1),
        document(2, other, texts={"name": other}),
        document(3, texts={"facts": "zzbj牌商品"}),
    )
    assert ids(engine, "zzbj", names=(other,)) == (3, 2)
    assert ids(engine, "zzbj", names=(other, "没有这一家"), agency="commerce") == ()
    assert ids(engine, "zzbj 牌", names=("郑州 某某食品有限公司",)) == (3, 1)
    found = engine.search(SearchQuery("zzbj", TODAY, names=(other,), facets=("register",), limit=1))
    assert (found.total, found.facets["register"]) == (2, (FacetCount("penalty", 2),))
    assert found.next is not None
    assert ids(engine, "zzbj", names=(other,), after=found.next) == (2,)


def test_any_line_of_the_name_can_be_its_start(engine: SearchEngine) -> None:
    """A name may be given once more without its place: who types the trade name means the start."""
    full, bare = "郑州市华某食品有限公司", "华某食品有限公司"
    put(
        engine,
        document(1, full, texts={"name": f"{full}\n{bare}"}),
        document(2, "新华某商行", texts={"name": "新华某商行"}),
    )
    assert ids(engine, "华某") == (1, 2)
