"""Measures as an entry of a list says them, and read back from what it says.

Only measures of the catalogue are lawful, and of these only the ones that were decided apply to
a subject (国办发〔2020〕49号; 河南省社会信用条例 第32、34条).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from credit_site.domain.rulebook_types import Basis, ListBranch, Measure

_BETWEEN = re.compile(r"[；;\n]+")
_BASIS = re.compile(r"[（(].*$", re.DOTALL)


def measures_of(branch: ListBranch, measures: Mapping[str, Measure]) -> tuple[Measure, ...]:
    """What a branch may impose, each with its basis in that branch; none without one."""
    narrowed = (_in_branch(measures[slug], branch) for slug in branch.measures)
    return tuple(one for one in narrowed if one.basis)


def _in_branch(measure: Measure, branch: ListBranch) -> Measure:
    held = tuple(one for one in measure.basis if one.holds_for(branch.list, branch.slug))
    return replace(measure, basis=held)


def measure_words(measures: Iterable[Measure]) -> str:
    """Measures with their legal basis, as an entry says them."""
    return "；".join(f"{one.name}（{_basis(one.basis)}）" for one in measures)


def measures_in(
    text: str, branch: ListBranch, measures: Mapping[str, Measure]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Slugs of the branch's measures named in a text; and what it says beside them.

    Measures stand one after another, divided by semicolons, each with its basis in brackets or
    without.
    """
    by_name = {measures[slug].name: slug for slug in branch.measures}
    said = [_BASIS.sub("", part).strip(" 　。") for part in _BETWEEN.split(text)]
    slugs = dict.fromkeys(by_name[one] for one in said if one in by_name)
    return tuple(slugs), tuple(one for one in said if one and one not in by_name)


def _basis(basis: Sequence[Basis]) -> str:
    first = basis[0]
    return f"{first.document}，{first.article}" if first.article else first.document
