"""An apology says nothing of who it was: its wordings stand in a rule."""

from __future__ import annotations

import pytest

from credit_site.services.listing_cases.apologies import wordings
from credit_site.services.reviewing import NotPossible
from tests.support.listings import BOOK, A, Walk


@pytest.mark.parametrize(
    "text", ["", "向荀木公司致歉", "向李小明致歉", "误将当事人与王大力混同，特此致歉", "某种说法"]
)
def test_nothing_but_a_wording_of_the_rule_is_published(way: Walk, text: str) -> None:
    way.open()
    way.listed()
    with pytest.raises(NotPossible, match="请选一种致歉"):
        way.step(A.REMOVE_ERROR, said={"apology": text})


@pytest.mark.parametrize("name", BOOK.rule("apologies").labels)
def test_every_wording_can_be_chosen_by_its_name(way: Walk, name: str) -> None:
    way.open()
    way.listed()
    way.step(A.REMOVE_ERROR, said={"apology": name})
    text = wordings(BOOK, way.clock.today())[name]
    assert way.view.apology == text
    assert "致歉" in text
