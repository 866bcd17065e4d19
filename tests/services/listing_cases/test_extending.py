"""On what an entry is prolonged: what the branch says, told, heard, decided by somebody else."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.extensions import vault
from credit_site.services.listing_cases.numbers import CHECKED, NumberDoubted
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.domain.penalty_rows import invented_uscc
from tests.support.listings import (
    ABOVE,
    COLLEAGUE,
    PAPER,
    RESTRICTION,
    A,
    Walk,
    actions,
    heavy_penalty,
    propose,
)
from tests.support.publishing import Desk

OTHER_CODE = invented_uscc(7)


def told(way: Walk, because: str = RESTRICTION, sha256: str = PAPER, **said: str) -> None:
    way.told_of_more({"because": because} | said, sha256)


def extended(way: Walk) -> None:
    """Decided by a second person of the bureau after the time to object."""
    told(way)
    way.clock.move(days=10)
    way.step(A.EXTEND, COLLEAGUE)


@pytest.mark.parametrize(
    ("because", "paper"), [("", PAPER), ("态度不好", PAPER), (RESTRICTION, "")]
)
def test_a_listing_under_decree_44_is_prolonged_on_a_restriction_of_law_alone(
    way: Walk, because: str, paper: str
) -> None:
    way.open()
    way.listed()
    with pytest.raises(NotPossible, match="法律法规规定的限制"):
        told(way, because, paper)


def test_a_restriction_that_was_revoked_prolongs_nothing(desk: Desk, way: Walk) -> None:
    desk.publish(heavy_penalty(1), heavy_penalty(2))
    propose(way)
    way.listed()
    end_record(desk.session, vault(), 1, EndReason.REVOKED, "clerk", way.clock.now())
    with pytest.raises(NotPossible, match="〔2026〕1号已经撤销，不能作为延长的依据"):
        told(way, "郑市监处罚〔2026〕1号")


def test_where_no_rule_says_so_nothing_is_prolonged(way: Walk) -> None:
    way.open("local")
    way.listed()
    assert A.EXTENSION_NOTICE not in way.view.possible
    with pytest.raises(NotPossible, match="没有延长期限的规定"):
        told(way)


def test_an_objection_to_the_extension_is_kept_and_heard_before_it_is_decided(way: Walk) -> None:
    way.open()
    way.listed()
    with pytest.raises(NotPossible, match="先告知当事人"):
        way.step(A.EXTENSION_OBJECT, document="")
    told(way)
    with pytest.raises(NotPossible, match="还没有登记对延长的异议"):
        way.step(A.EXTENSION_HEAR, document="")
    way.step(A.EXTENSION_OBJECT, words="限制已经解除", document="")
    way.clock.move(days=10)
    with pytest.raises(NotPossible, match="延长的异议期到 2026-06-18 为止"):
        way.step(A.EXTENSION_OBJECT, words="迟到的补充", document="")
    with pytest.raises(NotPossible, match="请先听取"):
        way.step(A.EXTEND, COLLEAGUE)
    way.step(A.EXTENSION_HEAR, words="限制仍在执行", document="")
    way.step(A.EXTEND, COLLEAGUE)
    way.step(A.EXTENSION_AGREE, ABOVE)
    way.step(A.EXTENSION_SERVE, document="")
    content = way.view.content
    assert content["extended_objection"] == "限制已经解除"
    assert content["extended_before"] == "2029-06-11"
    assert not [name for name in content if name.startswith("extension_")]


def test_a_number_of_another_decision_on_a_list_is_looked_at_before_it_prolongs(way: Walk) -> None:
    way.open()
    way.listed()
    told(way)
    way.clock.move(days=10)
    used = way.view.decision_number
    with pytest.raises(NumberDoubted, match="在名单案件第 1 号里用过"):
        way.step(A.EXTEND, COLLEAGUE, document=used)
    with pytest.raises(NumberDoubted, match="文号是 2020 年的"):
        way.step(A.EXTEND, COLLEAGUE, document="郑市监延〔2020〕1号")
    way.step(A.EXTEND, COLLEAGUE, document=used, said={CHECKED: "1"})
    assert way.view.content["extension_decision"] == used


def test_what_was_told_wrongly_is_dropped_and_the_end_stays(way: Walk) -> None:
    way.open()
    way.listed()
    told(way)
    way.step(A.EXTENSION_DROP, words="采纳异议")
    assert A.EXTEND not in way.view.possible
    with pytest.raises(NotPossible, match="先告知当事人"):
        way.step(A.EXTEND, COLLEAGUE)
    assert way.view.line.ends_on is not None
    assert way.view.line.ends_on.isoformat() == "2029-06-11"


@pytest.mark.parametrize("kind", ["吊销许可证件", "责令停产停业", ""])
def test_a_penalty_without_a_term_is_no_restriction(way: Walk, kind: str) -> None:
    way.open()
    way.listed()
    with pytest.raises(NotPossible, match="只有法律法规规定的限制（限制从业、"):
        told(way, restriction=kind)


def test_a_number_on_record_must_hold_the_restriction_and_be_the_subject_s(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty(5), heavy_penalty(6, uscc=OTHER_CODE))
    way.open()
    way.listed()
    with pytest.raises(NotPossible, match="〔2026〕5号没有“限制从业”"):
        told(way, "郑市监处罚〔2026〕5号")
    with pytest.raises(NotPossible, match="〔2026〕6号不是对这个主体的处罚"):
        told(way, "郑市监处罚〔2026〕6号")
    with pytest.raises(NotPossible, match="列入时登记的这份处罚不是“限制从业”"):
        told(way, "郑市监处罚〔2026〕8号")


def test_nothing_is_prolonged_while_the_penalty_it_rests_on_never_appeared(way: Walk) -> None:
    way.open()
    way.listed()
    way.clock.move(days=60)
    with pytest.raises(NotPossible, match=r"至今没有公示.*在此以前不能延长"):
        told(way)


def test_the_entry_ends_with_the_restriction_and_never_later_than_the_law_lets_it(
    way: Walk,
) -> None:
    way.open()
    way.listed()
    told(way, restricted_until="2040-01-01")
    content = way.view.content
    assert content["extension_until"] == "2031-06-11"
    assert content["extension_restricted_until"] == "2040-01-01"


def test_the_end_moves_when_the_level_above_agreed_and_the_decision_was_served(
    way: Walk,
) -> None:
    way.open()
    way.listed()
    extended(way)
    with pytest.raises(NotPossible, match="还没有经上一级审核同意"):
        way.step(A.EXTENSION_SERVE, document="")
    with pytest.raises(NotPossible, match="不能由作出决定的人"):
        way.step(A.EXTENSION_AGREE, COLLEAGUE)
    way.step(A.EXTENSION_RETURN, ABOVE, document="")
    assert A.EXTEND in way.view.possible
    way.step(A.EXTEND, COLLEAGUE)
    way.step(A.EXTENSION_AGREE, ABOVE)
    assert way.view.line.ends_on == date(2029, 6, 11)
    way.step(A.EXTENSION_SERVE, document="")
    assert way.view.line.ends_on == date(2030, 6, 1)


def test_nobody_leaves_early_while_the_restriction_runs_unless_the_extension_is_withdrawn(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty(8, decided_on=date(2026, 6, 11)))
    way.open()
    number = way.listed()
    way.prolonged("2030-06-01")
    way.clock.move(days=400)
    assert A.REMOVE_EARLY not in way.view.possible
    with pytest.raises(NotPossible, match="限制期满以前不能提前移出"):
        way.step(A.REMOVE_EARLY)
    record = get(desk.session, number, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert record.content["extension_basis"] == (
        "限制从业（郑市监处罚〔2026〕88号），限制至 2030-06-01"
        "；依据国家市场监督管理总局令第44号，依法限制的期限超过三年的，按照实际限制期限"
        "；依据河南省社会信用条例，第十九条：信息公示最长五年，延长不得超过"
    )
    way.step(A.EXTENSION_UNDO, words="法院解除限制")
    after = get(desk.session, number, way.clock.today())
    assert isinstance(after, PublicRecord)
    assert after.publication_end == date(2029, 6, 11)
    assert "extension_basis" not in after.content
    assert actions(desk.session)[-1] == ("amend", "unextended")
    way.step(A.REMOVE_EARLY)
    assert way.view.line.outcome == "repaired"


def test_who_was_told_of_a_restriction_does_not_leave_early_either(way: Walk) -> None:
    way.open()
    way.listed()
    way.clock.move(days=10)
    told(way)
    way.clock.move(days=400)
    with pytest.raises(NotPossible, match="已经告知当事人因法律法规规定的限制"):
        way.step(A.REMOVE_EARLY)
