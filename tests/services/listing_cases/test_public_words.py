"""Nothing private goes out of a case, and somebody has read what does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credit_site.extensions import vault
from credit_site.models import ListingCase
from credit_site.services.listing_cases.content import opened, seal
from credit_site.services.reviewing import NotPossible
from tests.support.entries import saying
from tests.support.listings import ABOVE, SAID, SUBJECT, A, S, Walk, heavy_penalty, propose
from tests.support.publishing import Desk

HOME = "当事人（女，住郑州市金水区花园路1号院2号楼3单元101室）传播虚假信息"
PRIVATE = [
    (HOME, "住址"),
    ("当事人拒不改正，电话：0371-60000000", "电话号码"),
    ("货款打入账号 6228" + "0" * 15, "银行账号"),
    ("联系邮箱 someone@example.com", "邮箱"),
]
UNREAD = {name: text for name, text in SAID.items() if name != "read_through"}


@pytest.mark.parametrize(("facts", "what"), PRIVATE)
def test_no_case_is_opened_with_somebodys_private_life(way: Walk, facts: str, what: str) -> None:
    with pytest.raises(NotPossible, match=f"主要事实会公开。内容里像是有{what}"):
        way.open(said=SUBJECT | {"facts": facts})


@pytest.mark.parametrize(("facts", "what"), PRIVATE)
def test_a_notice_puts_nothing_private_into_the_facts(way: Walk, facts: str, what: str) -> None:
    way.open()
    with pytest.raises(NotPossible, match=what):
        way.step(A.NOTICE, said=SAID | {"facts": facts})


def test_what_a_penalty_tells_is_mended_in_the_notice(desk: Desk, way: Walk) -> None:
    penalty = saying(heavy_penalty(), violation_facts="销售假冒注册商标的商品")
    desk.publish(replace(penalty, content={**penalty.content, "violation_facts": HOME}))
    propose(way)
    with pytest.raises(NotPossible, match="住址"):
        way.step(A.NOTICE)
    assert way.step(A.NOTICE, said=SAID | {"facts": "传播虚假信息"}) is S.NOTICED


def test_who_writes_and_who_agrees_and_who_publishes_have_read_it(way: Walk) -> None:
    way.open()
    with pytest.raises(NotPossible, match="请确认：已经逐字看过"):
        way.step(A.NOTICE, said=UNREAD)
    way.decided()
    with pytest.raises(NotPossible, match="请确认：已经逐字看过"):
        way.step(A.CONFIRM, ABOVE, said=UNREAD)
    way.step(A.CONFIRM, ABOVE)
    way.step(A.SERVE_DECISION, document="")
    with pytest.raises(NotPossible, match="请确认：已经逐字看过"):
        way.step(A.PUBLISH, said=UNREAD)


def test_an_announcement_is_read_before_it_goes_up(way: Walk) -> None:
    way.open("trustworthy")
    with pytest.raises(NotPossible, match="请确认"):
        way.step(A.ANNOUNCE, document="", said=UNREAD)


def test_a_case_under_way_is_sent_back_and_noticed_again(desk: Desk, way: Walk) -> None:
    """What stood in a case before telephones were refused does not get out either."""
    way.open()
    way.decided()
    case = desk.session.get_one(ListingCase, way.case)
    case.content = seal({**opened(case, vault()), "facts": HOME}, vault())
    desk.session.commit()
    with pytest.raises(NotPossible, match="住址"):
        way.step(A.CONFIRM, ABOVE)
    way.step(A.RETURN, ABOVE, document="")
    assert way.step(A.NOTICE, said=SAID | {"facts": "传播虚假信息"}) is S.NOTICED
