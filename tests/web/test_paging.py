from __future__ import annotations

import pytest

from credit_site.web.paging import last_page, pager
from credit_site.web.parameters import LAST_PAGE

SIZE = 20


@pytest.mark.parametrize(
    ("total", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (10**9, LAST_PAGE)]
)
def test_there_is_always_a_page_and_never_too_many(total: int, pages: int) -> None:
    assert last_page(total, SIZE) == pages


@pytest.mark.parametrize(
    ("page", "previous", "following"),
    [(1, "", "p2"), (2, "p1", "p3"), (3, "p2", ""), (4, "p3", ""), (400, "p3", "")],
)
def test_neighbours_are_the_pages_there_are(page: int, previous: str, following: str) -> None:
    found = pager(page, 50, SIZE, lambda number: f"p{number}")
    assert (found.previous, found.following, found.pages) == (previous, following, 3)


def test_it_is_said_when_not_everything_can_be_paged_through() -> None:
    assert pager(1, LAST_PAGE * SIZE, SIZE, str).shown == ""
    assert pager(1, LAST_PAGE * SIZE + 1, SIZE, str).shown == "10,000"
