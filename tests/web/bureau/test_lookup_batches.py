"""Batches of look-ups on the desk: what of a list is looked up, and what the receipt says of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.support.entries import CODE, saying
from tests.support.people import Person
from tests.web.bureau.test_lookups import ADDRESS, MATTER, sheet_of
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient, checked


@pytest.fixture
def on_the_list(publish: Publish) -> None:
    publish(saying(listed(1), branch="intellectual-property", measures="不授予荣誉称号"))


@pytest.mark.usefixtures("on_the_list")
def test_a_pasted_batch_and_its_file_are_answered_in_one_receipt_without_formulas(
    clerk: Person, id_number: Callable[..., str]
) -> None:
    names = f"{CODE}\n=1+2公司\n{id_number()}\n欧阳某某"
    file = (BytesIO("名称\n郑州某某食品有限公司\n".encode()), "名单.csv")
    address = f"{ADDRESS}/batch"
    answer = clerk.post(
        address, address, names=names, file=file, purpose="procurement", matter_number=MATTER
    )
    assert answer.status_code == 303, answer.text
    page = checked(ADDRESS, clerk.get(answer.location))
    assert id_number() not in page.html
    assert "欧阳某某" not in page.html
    sheet = clerk.get(f"{answer.location}/answers.xlsx").data
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    results = [row[3] for row in rows[1:]]
    assert results == [
        "严重失信（黑名单）",
        "没有确定主体",
        "没有查",
        "没有查",
        "严重失信（黑名单）",
    ]
    assert str(rows[2][1]).lstrip("'") == "=1+2公司"
    assert b"<f>" not in sheet


@pytest.mark.usefixtures("on_the_list")
def test_every_row_of_a_file_stands_on_the_receipt_which_says_what_was_read(
    clerk: Person, pages: CheckingClient
) -> None:
    rows = (
        "序号,投标单位,信用代码,备注",
        f"1,,{CODE},",
        "2,郑州某某食品有限公司,,",
        "3,,,弃标",
        f"4,郑州某某食品有限公司,{CODE},",
        "5,,,",
    )
    address = f"{ADDRESS}/batch"
    said = {"purpose": "tender", "matter_number": MATTER}
    file = BytesIO("\n".join(rows).encode()), "名单.csv"
    number = clerk.post(address, address, file=file, **said).location.rsplit("/", 1)[1]
    sheet = sheet_of(clerk, number)[1:]
    black = "严重失信（黑名单）"
    assert [(row[0], row[3]) for row in sheet] == [
        (2, black),
        (3, black),
        (4, "没有查"),
        (5, black),
    ]
    assert "没有写名称" in str(sheet[2][4])
    assert "名称读“投标单位”列，代码读“信用代码”列" in str(sheet[0])
    read = (
        "文件第 1 行是列名，名称读“投标单位”列，代码读“信用代码”列，没有读“序号”、“备注”；第 6 行"
    )
    desk = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    public = pages.get(f"/verify/{number}")
    for page in (desk, public):
        assert read in page.main
        assert "第 4 行" in page.main
    assert "没有查，不表示没有列入名单" in public.main


@pytest.mark.usefixtures("on_the_list")
def test_a_file_whose_names_are_in_no_known_column_is_refused_with_its_titles(
    clerk: Person,
) -> None:
    address = f"{ADDRESS}/batch"
    said = {"purpose": "tender", "matter_number": MATTER}
    text = f"序号,参加者,税号\n1,某某公司,{CODE}\n2,郑州某某食品有限公司,\n"
    answer = clerk.post(address, address, file=(BytesIO(text.encode()), "名单.csv"), **said)
    assert answer.status_code == 422
    page = checked(address, answer)
    assert "第 3 行又没有统一社会信用代码" in page.main
    assert "“序号”、“参加者”、“税号”" in page.main
    assert "CX2026" not in checked(ADDRESS, clerk.get(ADDRESS)).main


@pytest.mark.usefixtures("on_the_list")
def test_rows_pasted_from_a_spreadsheet_are_looked_up_by_their_codes(clerk: Person) -> None:
    address = f"{ADDRESS}/batch"
    said = {"purpose": "tender", "matter_number": MATTER}
    names = f"序号\t名称\t代码\n1\t郑州某某食品有限公司\t{CODE}\n2\t{CODE}\t郑州某某食品有限公司"
    number = clerk.post(address, address, names=names, **said).location.rsplit("/", 1)[1]
    lines = [row[:4] for row in sheet_of(clerk, number)[1:]]
    name, black = "郑州某某食品有限公司", "严重失信（黑名单）"
    assert lines == [[2, name, CODE, black], [3, name, CODE, black]]


def test_no_receipt_is_left_where_nothing_could_be_looked_up(clerk: Person) -> None:
    address = f"{ADDRESS}/batch"
    said = {"purpose": "tender", "matter_number": MATTER}
    answer = clerk.post(address, address, names=f"{CODE[:-1]}\n欧阳**", **said)
    assert answer.status_code == 422
    page = checked(address, answer)
    assert "没有一行能查，没有留下回执。第 1 行：" in page.main
    assert "CX2026" not in checked(ADDRESS, clerk.get(ADDRESS)).main


def test_a_batch_without_lines_or_with_too_many_says_what_to_do(clerk: Person) -> None:
    address = f"{ADDRESS}/batch"
    said = {"purpose": "licence", "matter_number": MATTER}
    for names, words in (("", "每行一个"), (f"{CODE}\n" * 1_001, "分几次查")):
        answer = clerk.post(address, address, names=names, **said)
        assert answer.status_code == 422
        assert words in checked(address, answer).main
