"""Which filters of a search can be read.

A filter that cannot be read would find nothing, and nothing found reads as «nothing happened»;
one whose name is misspelt would find everything: the page says which it left out, a download and
a feed are refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace

from credit_site.domain.rulebook import load_rulebook
from credit_site.web.presenters.words import SEVERITIES
from credit_site.web.search_parameters import SearchParameters
from credit_site.web.searching import asked_search
from credit_site.web.spoken import NOT_KNOWN, UnreadFilter, in_words
from credit_site.web.stray_parameters import misspelt_names, unknown_names, written_twice
from search_index import FILTERS

FACET_TITLES = {
    "register": "信息类别",
    "list_name": "名单",
    "category": "处罚类别或列入事由",
    "violation_type": "违法行为类型",
    "agency": "部门",
    "division": "区县",
    "year": "年份",
    "severity": "失信严重程度",
    "campaign": "专项行动",
}
_TITLES = {**FACET_TITLES, "branch": "名单的领域", "q": "关键词"}
_NARROWING = ("q", *FILTERS)
_NAMES = tuple(item.name for item in fields(SearchParameters))
_YEAR = re.compile(r"[12][0-9]{3}")
_NO_YEAR = "应为 4 位数字的年份，例如 2026"


@dataclass(frozen=True, slots=True)
class AskedSearch:
    """The search as far as it can be read; ``problems`` in Chinese by parameter."""

    parameters: SearchParameters
    problems: Mapping[str, str]

    @property
    def said(self) -> str:
        """The problems in words; "" for none."""
        return in_words(self.problems, _TITLES)


def understood_search() -> AskedSearch:
    """The search of the present request without what cannot be read; raises PersonalNumberAsked."""
    asked = _asked()
    return replace(asked, problems={**asked.problems, **misspelt_names(_NAMES, _NARROWING)})


def readable_search(page: str = "/search", title: str = "回到查询结果") -> SearchParameters:
    """The same for files and feeds; raises UnreadFilter, which leads back to their page.

    A name that nobody knows is refused as well, and any that is written twice.
    """
    asked = _asked()
    strays = written_twice(_NAMES) | unknown_names(_NAMES, _NARROWING)
    problems = replace(asked, problems={**asked.problems, **strays})
    if problems.said:
        raise UnreadFilter(f"{problems.said}。", (asked.parameters.address_below(page), title))
    return asked.parameters


def _asked() -> AskedSearch:
    parameters = asked_search()
    problems = dict(_problems(parameters)) | written_twice(_NARROWING)
    left_out = dict.fromkeys(problems, "")
    read = replace(parameters, **left_out)  # type: ignore[arg-type]  # filters are texts, all of them
    return AskedSearch(read, problems)


def _problems(parameters: SearchParameters) -> Iterator[tuple[str, str]]:
    """Free texts are read as they are; what has a fixed set of values must be one of them."""
    book = load_rulebook()
    known: dict[str, Collection[str]] = {
        "register": book.registers,
        "list_name": book.lists,
        "branch": book.list_branches,
        "agency": book.agencies,
        "division": book.divisions,
        "severity": SEVERITIES,
    }
    for name, value in parameters.filters.items():
        if value not in known.get(name, (value,)):
            yield name, NOT_KNOWN
    if parameters.year and not _YEAR.fullmatch(parameters.year):
        yield "year", _NO_YEAR
