"""An apology says nothing of who it was."""

from __future__ import annotations

import pytest

from credit_site.services.listing_cases.apologies import says_who

NAMES = ("郑州市金水区麦香源食品有限公司",)
OTHERS = ("王某某", "91410100MA0000015B")


@pytest.mark.parametrize(
    "text",
    [
        "向郑州市金水区麦香源食品有限公司致歉",
        "向麦香源食品致歉",
        "向麦香源食品公司致歉",
        "向王某某致歉",
        "向李先生致歉",
        "代码 91410100ma0000015b 的单位",
        "请拨打电话 0371-61234567 联系",
        "家住金水区文化路一号院3号楼的当事人",
    ],
)
def test_names_short_names_codes_persons_and_addresses_are_found(text: str) -> None:
    assert says_who(text, NAMES, OTHERS)


def test_a_plain_apology_passes() -> None:
    text = "因本机关工作失误，这条信息列入有误，现予移出，并向当事人致歉。"
    assert not says_who(text, NAMES, OTHERS)
