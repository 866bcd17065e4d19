"""Entries on the serious-dishonesty list, made from the gravest of invented cases."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from credit_site.demonstration.cases import Case
from credit_site.demonstration.chance import Chance
from credit_site.demonstration.companies import Company
from credit_site.demonstration.facts import day_in_words
from credit_site.demonstration.parties import kind_of
from credit_site.demonstration.penalties import REMARK, is_grave, types_in_words
from credit_site.demonstration.sheets import Values, written
from credit_site.demonstration.word_lists import table
from credit_site.domain.list_measures import measure_words, measures_of
from credit_site.domain.rulebook import Agency, ListBranch, ListGround, load_rulebook
from credit_site.domain.working_days import add_months, add_working_days

# 总局令第44号 is in force from this day; an entry ends after three years.
_LISTS_BEGIN = date(2021, 9, 1)
_MONTHS = 36


class Ground(NamedTuple):
    """Why a subject is listed: a ground of the list's branch in the catalogue."""

    branch: ListBranch
    ground: ListGround


def worst(cases: Iterable[Case], today: date) -> Iterator[Case]:
    """The first grave case of each company that would still be listed today."""
    seen: set[int] = set()
    earliest = max(_LISTS_BEGIN, add_months(today, -_MONTHS) + timedelta(days=1))
    for case in cases:
        if case.decided < earliest or not is_grave(case) or case.party.number in seen:
            continue
        if isinstance(case.party, Company):
            seen.add(case.party.number)
            yield case


class ListingWriter:
    """Fills the register's fields for the entries that one bureau decides."""

    def __init__(self, agency: Agency, today: date, chance: Chance) -> None:
        self._agency = agency
        self._today = today
        self._chance = chance
        self._words = table("listings")
        self._counts: dict[int, int] = {}

    def values(self, case: Case) -> Values:
        """Texts by name of field."""
        company = case.party
        assert isinstance(company, Company)
        listed = add_working_days(case.decided, self._chance.between(0, 15)).day
        listed = min(self._today, listed)
        ground = ground_of(case)
        return {
            "subject_name": company.name,
            "subject_type": kind_of(company),
            "uscc": company.uscc,
            "registration_number": company.registration_number,
            "organisation_code": company.organisation_code,
            "legal_representative": company.representative,
            "branch": ground.branch.slug,
            "ground": ground.ground.name,
            "facts": self._facts(case),
            "legal_basis": ground.ground.basis,
            "deciding_agency": self._agency.name,
            "document_number": self._number(listed),
            "listed_on": written(listed),
            "valid_until": written(add_months(listed, _MONTHS)),
            "origin": self._words["origin"],
            "measures": _measures(ground.branch),
            "remedies": self._words["remedies"],
            "remarks": REMARK,
        }

    def _facts(self, case: Case) -> str:
        text: str = self._chance.pick(self._words["facts"])
        return text.format(
            day=day_in_words(case.decided),
            desk=case.desk.name,
            number=case.number,
            party="当事人",
            type=case.violation.type,
            goods=case.trade.goods.name,
            penalty=types_in_words(case),
        )

    def _number(self, listed: date) -> str:
        count = self._counts[listed.year] = self._counts.get(listed.year, 0) + 1
        return f"郑{self._words['sign']}〔{listed.year}〕{count}号"


def ground_of(case: Case) -> Ground:
    """The ground that a case gives: by the act, else by the field of goods, else its quality."""
    by_act, by_field, otherwise = _grounds()
    found = by_act.get(case.violation.slug) or by_field.get(case.field.slug)
    return found or otherwise


@cache
def _grounds() -> tuple[dict[str, Ground], dict[str, Ground], Ground]:
    by_act: dict[str, Ground] = {}
    by_field: dict[str, Ground] = {}
    grounds = [(_ground(words), words) for words in table("listings")["grounds"].values()]
    for ground, words in grounds:
        by_act |= dict.fromkeys(words["violations"], ground)
        by_field |= dict.fromkeys(words["fields"], ground)
    return by_act, by_field, grounds[-1][0]


def _ground(words: Mapping[str, str]) -> Ground:
    branch = load_rulebook().list_branches[words["branch"]]
    named = branch.ground(words["ground"])
    assert named is not None, "the vocabulary names grounds of the catalogue"
    return Ground(branch, named)


@cache
def _measures(branch: ListBranch) -> str:
    return measure_words(measures_of(branch, load_rulebook().measures))
