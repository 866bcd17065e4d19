"""Parameters that nobody reads: misspelt names, and what is written more than once.

A filter that is misspelt must not widen an answer unnoticed: programs are refused, a page says
which it left out. Whoever passes the address of a page on may add names of his own (messengers
do), so a page tells only of those that were meant to be a filter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from difflib import get_close_matches

from credit_site.domain.identifiers import mask_possible_numbers
from credit_site.web.parameters import LONGEST_NAME, given

_TWICE = "只能写一次"


def written_twice(filters: Collection[str]) -> dict[str, str]:
    """What is wrong with filters that the address has more than once, by name."""
    times = Counter(name for name, _ in given())
    return {name: _TWICE for name in filters if times[name] > 1}


def unknown_names(known: Collection[str], filters: Collection[str]) -> dict[str, str]:
    """What is wrong with names beside the known ones; the filters are offered instead."""
    advice = f"没有这个条件，可用的有：{'、'.join(filters)}"
    others = (name for name, _ in given() if name not in known)
    return {mask_possible_numbers(name[:LONGEST_NAME]): advice for name in others}


def misspelt_names(known: Collection[str], filters: Collection[str]) -> dict[str, str]:
    """Those among them that are nearly the name of a filter."""
    found = unknown_names(known, filters)
    return {name: why for name, why in found.items() if get_close_matches(name, filters)}
