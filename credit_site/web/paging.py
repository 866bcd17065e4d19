"""Pages of a list: where one is, and the addresses of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from credit_site.web.parameters import LAST_PAGE


@dataclass(frozen=True, slots=True)
class Pager:
    """The present page, how many there are, and the neighbours' addresses (empty: none)."""

    page: int
    pages: int
    previous: str
    following: str


def pager(page: int, total: int, size: int, address: Callable[[int], str]) -> Pager:
    """The pager of page ``page`` (from 1) over ``total`` items."""
    pages = min(max(1, -(-total // size)), LAST_PAGE)
    return Pager(
        page,
        pages,
        address(page - 1) if 1 < page <= pages + 1 else "",
        address(page + 1) if page < pages else "",
    )
