from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_site.web.parameters import LAST_PAGE, LONGEST_TEXT, PageParameters, read_from
from credit_site.web.search_parameters import SearchParameters
from search_index import Sort
from tests.support.entries import penalty
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient

pytestmark = pytest.mark.both_databases

NAMES = [
    "q", "register", "agency", "division", "category", "violation_type", "year", "campaign",
    "list_name", "severity", "sort", "page", "after", "不认识的", "q[]",
]  # fmt: skip
TRICKY = [
    "", " ", "0", "-1", "1e9", "９", "²", "null", "'", '"', '"食品', "(", "AND", "OR 食品", "名称:",
    "文号:(", "2026-13-45", "[2026 TO", "*", "?", "~", "^2", "\\", "%", "\x00", "\u202e", "a" * 300,
    "食" * 300, "'; DROP TABLE records; --", "{{7*7}}", "../..", "relevance", "newest", "penalty",
]  # fmt: skip
VALUES = st.one_of(st.sampled_from(TRICKY), st.text(max_size=30))


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_search_address_is_an_error(pages: CheckingClient, asked: dict[str, str]) -> None:
    pages.get(address("/search", asked))


@pytest.mark.parametrize("name", NAMES)
def test_no_tricky_value_is_an_error(pages: CheckingClient, publish: Publish, name: str) -> None:
    publish(penalty(1))
    for value in TRICKY:
        pages.get(address("/search", {name: value}))


@given(st.dictionaries(st.sampled_from(["page", "q"]), VALUES, max_size=2))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_page_number_is_an_error(pages: CheckingClient, asked: dict[str, str]) -> None:
    for path in ("/lists/watch", "/agencies/commerce"):
        pages.get(address(path, asked))


@given(st.text(max_size=40))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_below_a_part_of_the_site_is_an_error(client: FlaskClient, tail: str) -> None:
    for part in ("companies", "lists", "agencies", "rules", "records", "rules/layouts"):
        with client.get(address(f"/{part}/{quoted(tail)}", {})) as response:
            assert response.status_code in {200, 301, 308, 404, 405}


@given(
    st.builds(
        SearchParameters,
        q=st.text(max_size=20),
        year=st.text(max_size=4),
        sort=st.sampled_from(Sort),
        page=st.integers(1, LAST_PAGE),
    )
)
def test_the_address_of_a_search_is_the_whole_search(asked: SearchParameters) -> None:
    clean = read_from(SearchParameters, {"q": asked.q, "year": asked.year})
    same = SearchParameters(q=clean.q, year=clean.year, sort=asked.sort, page=asked.page)
    said = parse_qs(urlsplit(same.address(page=same.page)).query)
    assert read_from(SearchParameters, {name: values[0] for name, values in said.items()}) == same


def test_changing_a_search_goes_back_to_the_first_page() -> None:
    asked = SearchParameters(q="食品", page=7)
    assert "page" not in asked.address(year="2026")
    assert SearchParameters().address() == "/search"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("", 1),
        ("3", 3),
        ("0", 1),
        ("-2", 1),
        ("1.5", 1),
        ("９", 1),
        ("99999", 99_999),
        ("9" * 99, 1),
    ],
)
def test_what_is_no_page_number_means_the_first(text: str, page: int) -> None:
    assert read_from(PageParameters, {"page": text}).page == page


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (" 食品 ", "食品"),
        ("食品　公司", "食品 公司"),
        ("食\x00品\u202e", "食品"),
        ("食\n\t品", "食 品"),
        ("食 \x1b\x85品", "食 品"),
        ("长" * 999, "长" * LONGEST_TEXT),
    ],
)
def test_texts_lose_blanks_control_characters_and_excess(text: str, read: str) -> None:
    assert read_from(SearchParameters, {"q": text}).q == read


def test_an_order_nobody_knows_is_the_usual_one() -> None:
    assert read_from(SearchParameters, {"sort": "best"}).sort is Sort.RELEVANCE
    assert read_from(SearchParameters, {"sort": "amount"}).sort is Sort.AMOUNT


def address(path: str, asked: dict[str, str]) -> str:
    """An address with parameters, any text among them."""
    pairs = (f"{quoted(name)}={quoted(value)}" for name, value in asked.items())
    return f"{path}?{'&'.join(pairs)}"


def quoted(text: str) -> str:
    """Percent-encoded, lone surrogates as bytes that are no UTF-8."""
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))
