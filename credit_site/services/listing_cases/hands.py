"""In whose hands a step is: what a bureau says is said by its own people (河南条例 第35-37条).

Where the level above reviews, an account of it may open a case, register what happened and propose;
notice, decision, removal and apology are those of the bureau whose seal they bear, else the office
that reviews would review itself.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.listing_rules import Procedure
from credit_site.domain.permissions import Permission
from credit_site.models import Account
from credit_site.services.accounts import account_of
from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.reviewing import NotPossible

_OF_THE_BUREAU = (
    "这个名单的决定须经上一级审核：告知、决定、移出和致歉由认定机关自己的人办理，负责审核的部门不能代为"
    "告知、决定。"
)


def may_take(rules: Procedure, action: ListingAction, *, above: bool) -> bool:
    """Whether a step is in the hands of a bureau's account, or of one of the level above."""
    return not (above and rules.reviewed and action.of_the_bureau)


def check_hands(session: Session, rules: Procedure, action: ListingAction, actor: str) -> None:
    """Raises NotPossible where the level above would act for the bureau that it reviews."""
    if not may_take(rules, action, above=of_level_above(session, actor)):
        raise NotPossible(_OF_THE_BUREAU)


def check_reviewed_by_another(deed: Deed, decider: str) -> None:
    """The office that decided does not review itself. Raises NotPossible."""
    if of_level_above(deed.tools.session, decider):
        raise NotPossible(
            "这个决定是上一级的人作出的，不能由同一机关审核：请退回，由认定机关自己决定。"
        )
    if deed.tools.rulebook.agencies[deed.case.agency].credit_office and not deed.proof:
        raise NotPossible(
            "信用管理部门自己认定的案件，须由它的上一级机关审核：请附上一级机关的审核文书。"
        )


def of_level_above(session: Session, actor: str) -> bool:
    """Whether somebody acts for the level above; who is no account does not."""
    number = account_of(actor)
    found = session.get(Account, number) if number is not None else None
    return found is not None and Permission.CONFIRM_LISTINGS in found.role.permissions
