"""Matters about a record that ended meanwhile, and second applications for the same record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.models import LedgerEntry, Matter
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.services.matters.acting import BOOK, START, bring, step
from tests.support.entries import penalty
from tests.support.publishing import Desk

REPAIR, OBJECTION = MatterKind.REPAIR, MatterKind.OBJECTION


@pytest.fixture(autouse=True)
def record(desk: Desk) -> None:
    """A record for whose repair one may apply."""
    desk.publish(replace(penalty(1), publication_start=START))


def end(desk: Desk, why: EndReason = EndReason.REPAIRED) -> None:
    end_record(desk.session, desk.vault, 1, why, "account:9", desk.now)


def decide(desk: Desk, number: int, action: MatterAction, outcome: str = "") -> None:
    order = StepOrder(action, "已核实", "决定〔2026〕2号", outcome)
    take_step(StepTools(desk.session, desk.vault, BOOK), number, order, "account:9", desk.now)


def test_a_second_application_waits_for_the_end_of_the_first(desk: Desk) -> None:
    first, receipt = bring(desk, REPAIR, desk.now)
    assert bring(desk, REPAIR, desk.now)[1] == receipt, "the same form again is the same matter"
    later = desk.now + timedelta(hours=1)
    with pytest.raises(NotPossible, match="已经有一件信用修复申请正在办理"):
        bring(desk, REPAIR, later)
    assert desk.session.query(Matter).count() == 1
    bring(desk, OBJECTION, desk.now)
    step(desk, first, MatterAction.REFUSE, later)
    assert bring(desk, REPAIR, later)[0] != first


@pytest.mark.parametrize("kind", [REPAIR, MatterKind.SCREENING])
@pytest.mark.parametrize("accepted", [True, False])
def test_an_application_for_what_has_ended_can_only_be_closed(
    desk: Desk, kind: MatterKind, *, accepted: bool
) -> None:
    number, _ = bring(desk, kind, desk.now)
    with pytest.raises(NotPossible, match="照常办理"):
        decide(desk, number, MatterAction.LAPSE)
    if accepted:
        decide(desk, number, MatterAction.ACCEPT)
    end(desk, EndReason.REVOKED)
    before = desk.session.query(LedgerEntry).count()
    then = [MatterAction.UPHOLD, MatterAction.REJECT, MatterAction.EXTEND]
    for action in then if accepted else [MatterAction.ACCEPT, MatterAction.ASK]:
        with pytest.raises(NotPossible, match="已于 2026-06-01 终止公示"):
            decide(desk, number, action)
    decide(desk, number, MatterAction.LAPSE)
    found = desk.session.get_one(Matter, number)
    assert (found.state, found.outcome, found.closed_on) == ("lapsed", "", desk.now.date())
    assert desk.session.query(LedgerEntry).count() == before


def test_an_objection_to_what_has_ended_is_decided_without_saying_that_it_ends(
    desk: Desk,
) -> None:
    number, _ = bring(desk, OBJECTION, desk.now)
    end(desk)
    before = desk.session.query(LedgerEntry).count()
    with pytest.raises(NotPossible, match="已于 2026-06-01 终止公示"):
        decide(desk, number, MatterAction.UPHOLD, "ended")
    with pytest.raises(NotPossible, match="还没有更正过"):
        decide(desk, number, MatterAction.UPHOLD, "corrected")
    decide(desk, number, MatterAction.UPHOLD)
    found = desk.session.get_one(Matter, number)
    assert (found.state, found.outcome) == ("upheld", "gone")
    assert desk.session.query(LedgerEntry).count() == before


def test_an_objection_to_what_ended_as_an_error_is_not_rejected(desk: Desk) -> None:
    number, _ = bring(desk, OBJECTION, desk.now)
    end(desk, EndReason.ERROR)
    for action in (MatterAction.REJECT, MatterAction.REFUSE):
        with pytest.raises(NotPossible, match="不能再认定异议不成立，也不能不予受理"):
            decide(desk, number, action)
    decide(desk, number, MatterAction.UPHOLD)
    assert desk.session.get_one(Matter, number).state == "upheld"


def test_a_last_day_that_is_over_is_an_end_before_anybody_carries_it_out(desk: Desk) -> None:
    number, _ = bring(desk, REPAIR, desk.now)
    desk.now += timedelta(days=1_200)
    with pytest.raises(NotPossible, match="终止公示"):
        decide(desk, number, MatterAction.ACCEPT)
    decide(desk, number, MatterAction.LAPSE)
