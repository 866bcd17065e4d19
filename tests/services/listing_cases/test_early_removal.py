"""Off a list before the end: the same conditions behind every door."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from credit_site.domain.matters import MatterAction, MatterKind, MatterState
from credit_site.models import ListingCase, Matter
from credit_site.services import amending
from credit_site.services.grounds import Ground
from credit_site.services.matters.opening import Wish, open_matter
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.public_records import EndedRecord, PublicRecord, get
from credit_site.services.publication import EndReason
from credit_site.services.repair_doors import EndOrder
from credit_site.services.reviewing import NotPossible, Sealing
from tests.support.listings import BOOK, SAID, Walk, heavy_penalty, propose
from tests.support.publishing import Desk

ALL = {name: SAID[name] for name in ("performed", "mended", "unrestricted")}


def applied(way: Walk, record_id: int) -> None:
    """An application for the repair of an entry, as the public sends it."""
    wish = Wish(MatterKind.REPAIR, "form-of-the-repair", "", {"name": "王某"}, {}, record_id)
    now = way.clock.now()
    open_matter(way.tools.session, way.tools.vault, BOOK, wish, now)
    decide(way, MatterAction.ACCEPT, now)


def decide(
    way: Walk, action: MatterAction, now: datetime, confirmed: dict[str, str] | None = None
) -> MatterState:
    tools = StepTools(way.tools.session, way.tools.vault, BOOK)
    order = StepOrder(action, "经核实", "郑市监修〔2027〕1号", confirmed=confirmed or {})
    matter = way.tools.session.scalars(select(Matter.id)).one()
    return take_step(tools, matter, order, "account:9", now)


def test_a_repair_upheld_removes_the_entry_and_closes_its_case(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    way.clock.move(days=366)
    applied(way, record_id)
    with pytest.raises(NotPossible, match=r"逐项确认.*危害后果"):
        decide(way, MatterAction.UPHOLD, way.clock.now(), {"performed": "1"})
    assert decide(way, MatterAction.UPHOLD, way.clock.now(), ALL) is MatterState.UPHELD
    ended = get(desk.session, record_id, way.clock.today())
    assert isinstance(ended, EndedRecord)
    assert ended.reason == "repaired"
    case = desk.session.get_one(ListingCase, way.case)
    assert (case.state, case.outcome) == ("removed", "repaired")
    assert way.view.content["removal_number"] == "郑市监修〔2027〕1号"


def test_a_repair_is_not_upheld_over_a_new_heavier_penalty(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    way.clock.move(days=366)
    applied(way, record_id)
    desk.publish(heavy_penalty(9, decided_on=date(2027, 1, 5)))
    with pytest.raises(NotPossible, match="郑市监处罚〔2026〕9号"):
        decide(way, MatterAction.UPHOLD, way.clock.now(), ALL)
    assert isinstance(get(desk.session, record_id, way.clock.today()), PublicRecord)


def test_the_desk_ends_no_entry_for_repair_past_its_case(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    tools, ground = Sealing(way.tools.vault, BOOK), Ground("已修复", "决定", date(2026, 6, 11))
    with pytest.raises(NotPossible, match="名单案件第 1 号“提前移出”"):
        amending.end(
            desk.session,
            tools,
            record_id,
            EndOrder(EndReason.REPAIRED),
            ground,
            "account:9",
            way.clock.now(),
        )
    desk.session.rollback()
    propose(way)
    assert isinstance(get(desk.session, record_id, way.clock.today()), PublicRecord)
