from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import Fragment, highlight
from search_index.chinese_text import grams, tokens
from search_index.folding import fold
from search_index.language import All, Days, Either, Money, Without, Word, read_query

ALPHABET = st.text("郑罚号食品(〔2026ab-，Ａ 三", min_size=1, max_size=12)


def shown(fragments: tuple[Fragment, ...]) -> str:
    return "".join(f"[{part.text}]" if part.marked else part.text for part in fragments)


@given(ALPHABET, st.integers(0, 11), st.integers(1, 12))
def test_the_tokens_of_any_part_stand_in_the_tokens_of_the_whole(
    text: str, begin: int, length: int
) -> None:
    whole = fold(text)
    needle = whole[begin : begin + length]
    if not needle:
        return
    found = tokens(text)
    for gram in grams(needle):
        token = found[begin + 1 + gram.offset]
        assert token.startswith(gram.text) if gram.is_open else token == gram.text


@given(st.text(max_size=40))
def test_folding_a_part_is_a_part_of_the_folded_whole(text: str) -> None:
    assert fold(text) == "".join(fold(character) for character in text)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("食品 安全", All((Word("食品"), Word("安全")))),
        ('"食品 安全"', Word("食品安全")),
        ("甲 OR 乙", Either((Word("甲"), Word("乙")))),
        ("甲 AND 乙", All((Word("甲"), Word("乙")))),
        ("甲 NOT 乙", All((Word("甲"), Without(Word("乙"))))),
        ("-食品", Without(Word("食品"))),
        ("名称： 食品", Word("食品", "name")),
        ("名称：食品", Word("食品", "name")),
        ("日期:2024-02", Days(date(2024, 2, 1), date(2024, 2, 29))),
        ("日期:..2023", Days(date.min, date(2023, 12, 31))),
        ("罚款:1万..2万", Money(1_000_000, 2_000_000)),
        ("罚款:<=100", Money(0, 10_000)),
        ("10:30", Word("10:30")),
        ("", All(())),
    ],
)
def test_the_language_is_read_as_documented(text: str, node: object) -> None:
    reading = read_query(text)
    assert (reading.node, reading.note) == (node, "")


@pytest.mark.parametrize("text", ['"食品', "日期:昨天", "罚款:很多", "(甲 OR", "AND 乙", "名称:"])
def test_broken_syntax_is_read_literally_and_said(text: str) -> None:
    assert "已按" in read_query(text).note


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(text: str) -> None:
    read_query(text)


def test_matches_are_marked_as_they_are_written() -> None:
    assert shown(highlight("郑州某某（集团）公司", ["(集团)", "某某"])) == "郑州[某某（集团）]公司"
    assert shown(highlight("假冒商標", ["商标"])) == "假冒[商標]"
    assert shown(highlight("没有", ["食品"])) == "没有"
    assert highlight("", ["食品"]) == ()


def test_an_excerpt_begins_shortly_before_the_first_match() -> None:
    text = "前" * 60 + "食品" + "后" * 60
    excerpt = shown(highlight(text, ["食品"], 40))
    assert excerpt == "…" + "前" * 16 + "[食品]" + "后" * 22 + "…"
    assert shown(highlight("短文食品", ["食品"], 40)) == "短文[食品]"


@given(st.text("食品ab（", max_size=50), st.lists(st.text("食品ab(", min_size=1, max_size=3)))
def test_marking_never_changes_the_text(text: str, terms: list[str]) -> None:
    assert "".join(part.text for part in highlight(text, terms)) == text
