"""On what an entry is prolonged: what the branch says, told, heard, decided by somebody else."""

from __future__ import annotations

import pytest

from credit_site.extensions import vault
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.support.listings import (
    ABOVE,
    COLLEAGUE,
    PAPER,
    RESTRICTION,
    A,
    Walk,
    heavy_penalty,
    propose,
)
from tests.support.publishing import Desk


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
