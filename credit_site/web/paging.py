"""Pages of a list: where one is, and the addresses of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from credit_site.web.parameters import LAST_PAGE


@dataclass(frozen=True, slots=True)
class Pager:
    """The present page, how many there are, and the neighbours' addresses (empty: none).

    ``shown`` is how many items can be paged through when that is not all of them, else empty.
    ``first`` leads to the first page where there is no way to the one before.
    """

    page: int
    pages: int
    previous: str
    following: str
    shown: str = ""
    first: str = ""


def last_page(total: int, size: int) -> int:
    """The number of the last page over ``total`` items; an empty list has one page."""
    return min(max(1, -(-total // size)), LAST_PAGE)


def pager(page: int, total: int, size: int, address: Callable[[int], str]) -> Pager:
    """The pager of page ``page`` (from 1) over ``total`` items."""
    pages = last_page(total, size)
    return Pager(
        page,
        pages,
        address(min(page, pages + 1) - 1) if page > 1 else "",
        address(page + 1) if page < pages else "",
        f"{LAST_PAGE * size:,}" if total > LAST_PAGE * size else "",
    )


def cursor_pager(
    page: int, total: int, size: int, following: str, address: Callable[[int], str]
) -> Pager:
    """The pager of a result that goes on by cursor to its end; ``following`` is "" at the end.

    Pages before this one are reached by their number, as far as that goes.
    """
    pages = max(1, -(-total // size))
    before = min(page, pages + 1) - 1
    known = 1 <= before <= LAST_PAGE
    return Pager(
        page,
        pages,
        address(before) if known else "",
        following,
        first=address(1) if before > LAST_PAGE else "",
    )
