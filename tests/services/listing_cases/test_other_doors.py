"""An entry of our own lists leaves by its case: an error only with an apology, by every door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.models import ListingCase, Record
from credit_site.services import amending
from credit_site.services.grounds import Fate, Ground
from credit_site.services.listing_cases.content import entry_of
from credit_site.services.matters.opening import Wish, open_matter
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.public_apologies import apology_for
from credit_site.services.publication import EndReason
from credit_site.services.repair_doors import EndOrder
from credit_site.services.reviewing import NotPossible, Sealing
from tests.support.entries import penalty
from tests.support.listings import BOOK, S, Walk
from tests.support.publishing import Desk

GROUND = Ground("查明有误", "郑市监〔2026〕9号", date(2026, 6, 1))
APOLOGY = "因本机关工作失误，这条信息列入有误，现予移出，并向当事人致歉。"


def end(way: Walk, record_id: int, why: EndReason, apology: str = "") -> None:
    amending.end(
        way.tools.session,
        Sealing(way.tools.vault, BOOK),
        record_id,
        EndOrder(why, apology),
        GROUND,
        "account:9",
        way.clock.now(),
    )


def object_to(way: Walk, record_id: int, form: str = "an objection") -> None:
    wish = Wish(MatterKind.OBJECTION, form, "", {}, {"statement": "不应当公示"}, record_id)
    open_matter(way.tools.session, way.tools.vault, BOOK, wish, way.clock.now())


def uphold(way: Walk, apology: str = "", matter: int = 1) -> None:
    tools = StepTools(way.tools.session, way.tools.vault, BOOK)
    order = StepOrder(MatterAction.UPHOLD, "经核实", "决定〔2026〕1号", "ended", apology=apology)
    take_step(tools, matter, order, "account:9", way.clock.now())


def from_file(desk: Desk, way: Walk) -> int:
    """An entry of our own list that no case made; its number."""
    way.open()
    case = desk.session.get_one(ListingCase, way.case)
    entry = entry_of(way.tools, case, way.view.content, way.clock.today())
    desk.publish(replace(entry, document_number="郑市监列严〔2026〕7号"))
    found = desk.session.query(Record).order_by(Record.id.desc()).first()
    assert found is not None
    return found.id


def test_an_objection_that_is_upheld_removes_with_an_apology_and_closes_the_case(
    desk: Desk, way: Walk
) -> None:
    way.open()
    record_id = way.listed()
    object_to(way, record_id)
    with pytest.raises(NotPossible, match="请选一种致歉"):
        uphold(way)
    uphold(way, APOLOGY)
    assert apology_for(desk.session, record_id) == APOLOGY
    assert (way.view.line.state, way.view.line.outcome) == (S.REMOVED, "error")
    assert way.view.content["removal_number"] == "决定〔2026〕1号"


@pytest.mark.parametrize(
    ("why", "step"),
    [
        (EndReason.ERROR, "列入有误，移出并致歉"),
        (EndReason.REPAIRED, "提前移出"),
    ],
)
def test_the_desk_s_other_door_leads_to_the_case(way: Walk, why: EndReason, step: str) -> None:
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match=f"名单案件第 1 号“{step}”"):
        end(way, record_id, why, APOLOGY)


def test_a_listing_that_was_revoked_is_withdrawn_in_its_case(way: Walk) -> None:
    way.open()
    record_id, now = way.listed(), way.clock.now()
    tools = Sealing(way.tools.vault, BOOK)
    with pytest.raises(NotPossible, match="名单案件第 1 号“列入决定被撤销”"):
        amending.revoke(way.tools.session, tools, record_id, Fate.REVOKED, GROUND, "account:9", now)


def test_an_entry_from_a_file_is_no_error_without_an_apology_that_names_nobody(
    desk: Desk, way: Walk
) -> None:
    record_id = from_file(desk, way)
    with pytest.raises(NotPossible, match="请选一种致歉"):
        end(way, record_id, EndReason.ERROR)
    with pytest.raises(NotPossible, match="请选一种致歉"):
        end(way, record_id, EndReason.ERROR, "向郑州某某食品有限公司致歉")
    end(way, record_id, EndReason.ERROR, APOLOGY)
    assert apology_for(desk.session, record_id) == APOLOGY
    assert desk.session.get_one(Record, record_id).end_reason == "error"


def test_a_penalty_that_was_an_error_asks_for_no_apology(desk: Desk, way: Walk) -> None:
    desk.publish(penalty(1))
    end(way, 1, EndReason.ERROR)
    assert desk.session.get_one(Record, 1).end_reason == "error"


def test_the_mark_of_an_objection_stays_while_one_is_open(desk: Desk, way: Walk) -> None:
    desk.publish(penalty(1))
    object_to(way, 1)
    with pytest.raises(NotPossible, match="还有异议没有办结（YY20260601-"):
        amending.mark_dispute(
            desk.session, desk.vault, 1, GROUND, "account:9", way.clock.now(), disputed=False
        )
    assert desk.session.get_one(Record, 1).disputed
