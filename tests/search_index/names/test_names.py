from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.names import (
    Places,
    alike_keys,
    initials,
    likeness,
    readings,
    spellings,
    split_name,
)

PLACES = Places.of(["郑州市", "金水区", "郑州高新技术产业开发区", "高新区", "新郑市", "荥阳市"])


@pytest.mark.parametrize(
    ("name", "trade", "industry", "form"),
    [
        ("郑州市华某食品有限公司", "华某", "食品", "有限公司"),
        ("河南禾某途汽车用品有限公司", "禾某途", "汽车用品", "有限公司"),
        ("金水区旻某嘉便利店", "旻某嘉", "便利", "店"),
        ("华某（郑州）食品有限公司", "华某", "食品", "有限公司"),
        ("郑州高新技术产业开发区老王烩面馆", "老王", "烩面", "馆"),
        ("宏某建材有限责任公司郑州分公司", "宏某", "建材", "有限责任公司分公司"),
        ("郑州某某（有限合伙）", "某某", "", "有限合伙"),
        ("郑州国际贸易有限公司", "", "国际贸易", "有限公司"),
    ],
)
def test_a_name_falls_into_its_parts(name: str, trade: str, industry: str, form: str) -> None:
    parts = split_name(name, PLACES)
    assert (parts.trade, parts.industry, parts.form) == (trade, industry, form)


def test_places_are_known_by_their_short_forms() -> None:
    for name in ("河南省郑州市金水区甲乙商行", "河南郑州金水甲乙商行"):
        assert [p.name for p in split_name(name, PLACES).places] == ["河南", "郑州", "金水"]
    assert split_name("郑州高新区甲乙商行", PLACES).places[-1].name == "高新"


def test_pinyin_is_given_in_full_and_as_initials() -> None:
    assert spellings("郑州华某A8")[0] == "zhengzhouhuamoua8"
    assert initials("郑州华某A8")[0] == "zzhma8"
    assert spellings("绿源")[0] == "lvyuan"
    assert spellings("（）·") == ()


def test_characters_of_several_readings_are_given_in_all_of_them() -> None:
    assert set(readings("行")) >= {"hang", "xing"}
    assert {"zhongqi", "chongqi"} <= set(spellings("重启"))
    assert {"zq", "cq"} <= set(initials("重启"))
    assert spellings("重庆") == ("chongqing",), "beside its neighbour it is read one way"
    assert readings("A") == ()


def test_keys_are_the_same_in_every_process() -> None:
    code = (
        "from search_index.names import *;"
        "print(alike_keys(split_name('郑州市华某食品有限公司', Places.of(['郑州市']))))"
    )
    asked = [sys.executable, "-c", code]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert eval(told) == alike_keys(split_name("郑州市华某食品有限公司", PLACES))  # noqa: S307


@pytest.mark.parametrize(
    ("asked", "known", "said"),
    [
        ("华闰食品有限公司", "郑州市华润食品有限责任公司", "闰/润（同音）"),
        ("华润食晶有限公司", "华润食品有限公司", "晶/品（形近）"),
        ("旻嘉远便利店", "金水区旻远嘉便利店", "字序颠倒：嘉远/远嘉"),
        ("旻远便利店", "金水区旻远嘉便利店", "少一个字：嘉"),
        ("旻远嘉禾便利店", "金水区旻远嘉便利店", "多一个字：禾"),
        ("华润食品有限公司", "华润食品有限责任公司", "组织形式写法不同"),
        ("郑州华润食品有限公司", "华润食品有限公司", "地名写法不同"),
    ],
)
def test_the_reason_says_what_differs(asked: str, known: str, said: str) -> None:
    found = likeness(split_name(asked, PLACES), split_name(known, PLACES))
    assert found is not None
    assert said in found.reason


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("华夏食品有限公司", "华润食品有限公司"),
        ("华润药品有限公司", "华润食品有限公司"),
        ("新郑市华润食品有限公司", "荥阳市华润食品有限公司"),
        ("老王烩面馆", "老汪烩面馆"),
        ("第一便利店", "第七便利店"),
        ("郑州食品有限公司", "郑州华润食品有限公司"),
    ],
)
def test_another_company_is_not_alike(asked: str, known: str) -> None:
    assert likeness(split_name(asked, PLACES), split_name(known, PLACES)) is None


CHARACTERS = st.sampled_from("润泽祥瑞恒达盛昌嘉禾沃源博雅铭远")


@given(
    st.lists(CHARACTERS, min_size=2, max_size=4, unique=True),
    st.lists(st.sampled_from("鼎峰逸景翔宇百川弘毅"), min_size=2, max_size=4, unique=True),
    st.sampled_from(["食品有限公司", "商贸有限公司", "便利店", "科技股份有限公司"]),
)
def test_names_that_agree_in_generic_words_alone_are_never_alike(
    first: list[str], second: list[str], rest: str
) -> None:
    one, other = ("郑州市" + "".join(trade) + rest for trade in (first, second))
    assert likeness(split_name(one, PLACES), split_name(other, PLACES)) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_is_too_strange_to_be_compared(first: str, second: str) -> None:
    one, other = split_name(first, PLACES), split_name(second, PLACES)
    likeness(one, other)
    assert len(alike_keys(one)) <= 14
    assert len(spellings(first)) <= 8
    assert len(initials(first)) <= 8
