"""In whose hands a step is: the office that reviews does not decide, nor review itself."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.permissions import Role
from credit_site.models import Account, ListingCase
from credit_site.services.accounts import account_of, actor_of
from credit_site.services.reviewing import NotPossible
from tests.support.listings import COLLEAGUE, PAPER, A, S, Walk
from tests.support.sites import StandingClock


def account(session: Session, clock: StandingClock, role: Role) -> str:
    """Somebody with an account, as the audit log names him."""
    made = Account(
        email=f"{role}@example.gov.cn",
        name="某人",
        role_name=role.value,
        agency="market-supervision" if role.of_a_bureau else "",
        password="",
        must_change_password=False,
        active=True,
        fs_uniquifier=role.value,
        failures=0,
        created_at=clock.now(),
    )
    session.add(made)
    session.commit()
    return actor_of(made.id)


def test_the_credit_office_opens_and_registers_but_neither_tells_nor_decides(
    session: Session, way: Walk
) -> None:
    bureau = account(session, way.clock, Role.REVIEWER)
    office = account(session, way.clock, Role.CREDIT_OFFICE)
    way.open()
    with pytest.raises(NotPossible, match="由认定机关自己的人办理"):
        way.step(A.NOTICE, office)
    way.step(A.NOTICE)
    way.step(A.SERVE, office, document="")
    way.clock.move(days=10)
    with pytest.raises(NotPossible, match="由认定机关自己的人办理"):
        way.step(A.DECIDE, office)
    way.step(A.DECIDE, bureau)
    assert way.step(A.CONFIRM, office) is S.CONFIRMED


@pytest.mark.parametrize("removal", [A.REMOVE_EARLY, A.REMOVE_REVOKED, A.REMOVE_ERROR])
def test_a_removal_is_the_bureau_s_own_where_the_office_reviews(
    session: Session, way: Walk, removal: ListingAction
) -> None:
    bureau = account(session, way.clock, Role.REVIEWER)
    office = account(session, way.clock, Role.CREDIT_OFFICE)
    way.open()
    way.listed()
    way.clock.move(days=366)
    with pytest.raises(NotPossible, match="移出和致歉由认定机关自己的人办理"):
        way.step(removal, office)
    assert way.step(removal, bureau) is S.REMOVED


def test_what_the_level_above_once_decided_it_does_not_review(session: Session, way: Walk) -> None:
    account(session, way.clock, Role.REVIEWER)
    office = account(session, way.clock, Role.CREDIT_OFFICE)
    way.open()
    way.decided()
    session.get_one(ListingCase, way.case).decided_by = office
    session.commit()
    with pytest.raises(NotPossible, match="不能由同一机关审核"):
        way.step(A.CONFIRM, COLLEAGUE)
    assert way.step(A.RETURN, COLLEAGUE, document="") is S.RETURNED
    assert way.step(A.DECIDE) is S.DECIDED


def test_a_list_that_nobody_reviews_is_open_to_the_credit_office(
    session: Session, way: Walk
) -> None:
    account(session, way.clock, Role.REVIEWER)
    office = account(session, way.clock, Role.CREDIT_OFFICE)
    way.open("watch-intellectual-property")
    assert way.step(A.NOTICE, office) is S.NOTICED


def test_the_credit_office_s_own_case_is_reviewed_on_a_document_from_above_it(way: Walk) -> None:
    way.open("local", agency="development-and-reform", facts_on=date(2026, 5, 20))
    way.decided()
    with pytest.raises(NotPossible, match="请附上一级机关的审核文书"):
        way.step(A.CONFIRM, COLLEAGUE)
    assert way.step(A.CONFIRM, COLLEAGUE, sha256=PAPER) is S.CONFIRMED


@pytest.mark.parametrize("actor", ["system", "account:", "key:3"])
def test_who_acts_without_an_account_is_none_of_the_level_above(actor: str) -> None:
    assert account_of(actor) is None
