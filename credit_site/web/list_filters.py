"""Which entries of a list an address asks for, and what in it cannot be read.

A filter that is misspelt must not widen a list unnoticed: the page says which it left out, a
download and a feed are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.list_pages import ListFilter
from credit_site.web.parameters import ListParameters, given, read
from credit_site.web.search_parameters import SearchParameters
from credit_site.web.spoken import NOT_KNOWN, UnreadFilter, in_words
from credit_site.web.stray_parameters import misspelt_names, unknown_names, written_twice
from search_index import Sort, decided_between

TITLES: Mapping[str, str] = {
    "branch": "领域",
    "agency": "部门",
    "division": "区划",
    "since": "列入日期从",
    "until": "列入日期到",
}
"""What the filters are called."""
_NOT_OF_LIST = "这个名单没有这个领域，请从页面列出的里面选"
_NO_DAY = "不是日期，请写作 2026-06-01 的样子"
_ORDER = "早于起始的日期"
_NAMES = frozenset(item.name for item in fields(ListParameters))


@dataclass(frozen=True, slots=True)
class AskedFilter:
    """What is asked for, as far as it can be read; ``problems`` in Chinese by parameter."""

    chosen: ListFilter
    problems: Mapping[str, str]

    @property
    def said(self) -> str:
        """The problems in words; "" for none."""
        return in_words(self.problems, TITLES)


def asked_filter(list_name: str) -> AskedFilter:
    """The filter of the present request; names that were meant to be one are told."""
    asked = _asked(list_name)
    return AskedFilter(asked.chosen, {**asked.problems, **misspelt_names(_NAMES, TITLES)})


def readable_filter(list_name: str) -> ListFilter:
    """The same for programs; raises UnreadFilter, for a name that nobody knows as well."""
    asked = _asked(list_name)
    problems = AskedFilter(asked.chosen, {**asked.problems, **unknown_names(_NAMES, TITLES)})
    if problems.said:
        without = dict.fromkeys(TITLES.keys() & problems.problems.keys(), "")
        page = read(ListParameters).address(f"/lists/{list_name}", page=1, **without)
        raise UnreadFilter(f"{problems.said}。", (page, "回到名单"))
    return asked.chosen


def search_of(chosen: ListFilter) -> SearchParameters:
    """The search that finds the entries of a part of a list, newest first."""
    return SearchParameters(
        q=decided_between(chosen.since, chosen.until),
        agency=chosen.agency,
        division=chosen.division,
        list_name=chosen.list_name,
        branch=chosen.branch,
        sort=Sort.NEWEST,
    )


def _asked(list_name: str) -> AskedFilter:
    wanted, sent = read(ListParameters), given()
    problems = dict(_problems(list_name, dict(reversed(sent))))
    problems |= written_twice(TITLES)

    def text(name: str) -> str:
        return "" if name in problems else str(getattr(wanted, name))

    chosen = ListFilter(
        list_name,
        text("branch"),
        text("agency"),
        text("division"),
        _day(text("since")),
        _day(text("until")),
    )
    return AskedFilter(chosen, problems)


def _problems(list_name: str, sent: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    book = load_rulebook()
    branches = {slug for slug, one in book.list_branches.items() if one.list == list_name}
    known = {"branch": branches, "agency": set(book.agencies), "division": set(book.divisions)}
    for name, values in known.items():
        if (value := sent.get(name, "").strip()) and value not in values:
            yield name, _NOT_OF_LIST if name == "branch" else NOT_KNOWN
    days = {name: sent.get(name, "").strip() for name in ("since", "until")}
    for name, value in days.items():
        if value and _day(value) is None:
            yield name, _NO_DAY
    since, until = _day(days["since"]), _day(days["until"])
    if since and until and until < since:
        yield "until", _ORDER


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
