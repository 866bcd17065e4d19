"""A step being carried out, and what several steps ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from credit_site.domain.document_numbers import has_year
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.listing_rules import Procedure, objection_until, stricter
from credit_site.domain.rulebook import ListBranch
from credit_site.extensions import CITY_TIME
from credit_site.models import ListingCase, ListingStep
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.reviewing import NotPossible


@dataclass(slots=True)
class Deed:
    """A step being carried out; ``content`` is what is written in the case, to be changed.

    ``proof`` names the file that came along, "" for none.
    """

    tools: ListingTools
    case: ListingCase
    rules: Procedure
    day: date
    actor: str
    now: datetime
    said: Mapping[str, str]
    content: dict[str, str]
    proof: str

    @property
    def branch(self) -> ListBranch:
        """The law of the case."""
        return self.tools.rulebook.list_branches[self.case.branch]


def opened_on(case: ListingCase) -> date:
    """The day the case was opened, or proposed by the system."""
    return case.opened_at.astimezone(CITY_TIME).date()


def first_day(case: ListingCase) -> date:
    """No step lies before it: the day a bureau opened the case, or of the facts proposed.

    Where the system proposed the case, the bureau may have turned to the subject together with
    the penalty (总局令第44号 第13条); where a person opened it, nothing can have come before.
    """
    return case.facts_on if case.trigger else opened_on(case)


def procedure_now(deed: Deed) -> Procedure:
    """The procedure of a first step towards the subject: no typed day makes it milder.

    Of the versions of the typed day and of the day of registration the one that demands more.
    Raises NotPossible where a day has none.
    """
    try:
        return stricter(deed.branch, (deed.day, deed.now.date()), deed.tools.rulebook)
    except RuleNotInForce:
        raise NotPossible(
            f"{deed.day.isoformat()} 还没有可以适用的列入程序，请核对日期。"
        ) from None


def registered_on(deed: Deed, *actions: ListingAction) -> date | None:
    """The day on which such a step was last registered, whatever day was typed; None: never."""
    query = select(func.max(ListingStep.at)).where(
        ListingStep.case_id == deed.case.id, ListingStep.action.in_(actions)
    )
    found = deed.tools.session.scalar(query)
    return found.astimezone(CITY_TIME).date() if found else None


def objects_from(case: ListingCase) -> date | None:
    """The day from which the time to object counts; None before service or announcement."""
    return case.objects_from or case.begun_on


def objects_until(deed: Deed) -> date:
    """The last day to object in the case of a deed."""
    begun = objects_from(deed.case)
    assert begun is not None, "the table of transitions lets nobody in before"
    return objection_until(deed.rules, begun).day


def further(text: str, more: str) -> str:
    """What was said before and what is said now, once where it is the same."""
    return text if text.endswith(more) else f"{text}\n{more}".strip()


def named_document(deed: Deed, problem: str) -> str:
    """The document of somebody else that a decision rests on. Raises NotPossible."""
    named = " ".join(deed.said.get("revoked_by", "").split())
    if not has_year(named):
        raise NotPossible(problem)
    return named


def another_person(deed: Deed, problem: str) -> None:
    """What one decided another one lets out. Raises NotPossible."""
    if deed.actor == deed.case.decided_by:
        raise NotPossible(problem)
