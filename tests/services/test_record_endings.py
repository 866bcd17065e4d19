"""By which deed a record ended: the desk's, a matter's, or none where its last day came."""

from __future__ import annotations

import pytest

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.services.publication import EndReason, end_record
from credit_site.services.record_life import ended_by
from tests.services.matters.acting import START, bring, step
from tests.support.entries import penalty
from tests.support.publishing import Desk


@pytest.fixture(autouse=True)
def record(desk: Desk) -> None:
    """One that can be objected to."""
    desk.publish(penalty(1, publication_start=START))


def test_nothing_ended_what_stands_or_came_to_its_last_day(desk: Desk) -> None:
    number, _ = bring(desk, MatterKind.OBJECTION, desk.now)
    step(desk, number, MatterAction.REJECT, desk.now)
    assert ended_by(desk.session, 1) is None


def test_the_desk_ended_it(desk: Desk) -> None:
    end_record(desk.session, desk.vault, 1, EndReason.ERROR, "account:9", desk.now)
    found = ended_by(desk.session, 1)
    assert found is not None
    assert (found.action, found.actor) == ("end", "account:9")


def test_an_objection_ended_it_whatever_is_closed_afterwards(desk: Desk) -> None:
    first, _ = bring(desk, MatterKind.OBJECTION, desk.now)
    second, _ = bring(desk, MatterKind.OBJECTION, desk.now, division="410105")
    step(desk, first, MatterAction.UPHOLD, desk.now)
    step(desk, second, MatterAction.WITHDRAW, desk.now)
    found = ended_by(desk.session, 1)
    assert found is not None
    assert (found.action, found.details["document"]) == ("matter_closed", "决定〔2026〕1号")
