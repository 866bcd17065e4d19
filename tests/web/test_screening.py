from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from credit_site.domain.entries import Entry
from tests.support.entries import CODE, penalty
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient, Page, checked, parse


def company(number: int, name: str, uscc: str = "") -> Entry:
    """A penalty of a company of that name."""
    entry = penalty(number)
    return replace(entry, subject_name=name, subject_key=uscc or name, uscc=uscc)


@pytest.fixture
def known(publish: Publish) -> None:
    publish(company(1, "郑州市华润食品有限公司", CODE), company(2, "金水区泽某商行"))


def screened(client: FlaskClient, names: str = "", **files: tuple[io.BytesIO, str]) -> Page:
    data = {"names": names, "format": "page", **files}
    with client.post("/screening", data=data, content_type="multipart/form-data") as response:
        return checked("/screening", response)


def workbook(*rows: tuple[str, ...]) -> io.BytesIO:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    stream.seek(0)
    return stream


@pytest.mark.usefixtures("known")
def test_a_pasted_list_is_answered_line_by_line(client: FlaskClient) -> None:
    page = screened(client, f"华闰食品有限公司\n\n泽某商行\n{CODE}\n没有的公司\n金水区泽某商行\t")
    assert "查了 5 个，其中 4 个有正在公示的记录" in page.main
    kinds = [row[1][:4] for row in page.rows()]
    assert kinds == ["名称相近", "名称相近", "代码相同", "名称相同"]
    assert "闰/润（同音）" in page.rows()[0][1]
    assert "没有的公司" in page.main


@pytest.mark.usefixtures("known")
def test_the_answer_is_a_workbook_as_well(client: FlaskClient) -> None:
    data = {"names": f"{CODE}\n=1+2公司\n金水区泽某商行", "format": "xlsx"}
    answer = client.post("/screening", data=data)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="screening.xlsx"'
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[:3] == ["原行号", "查询内容", "结果"]
    assert [(row[1], row[2], row[5]) for row in rows] == [
        (CODE, "代码相同", "郑州市华润食品有限公司"),
        ("=1+2公司", "没有记录", ""),
        ("金水区泽某商行", "名称相同", "金水区泽某商行"),
    ]


@pytest.mark.usefixtures("known")
def test_columns_of_a_file_are_known_by_their_titles(client: FlaskClient) -> None:
    rows = ("序号", "单位名称", "统一社会信用代码"), ("1", "某某公司", CODE), ("2", "泽某商行", "")
    page = screened(client, file=(workbook(*rows), "名单.xlsx"))
    assert "查了 2 个，其中 2 个有正在公示的记录（代码相同 1，名称相近 1）" in page.main


@pytest.mark.usefixtures("known")
def test_a_row_without_name_and_code_is_told_and_so_are_the_columns_read(
    client: FlaskClient,
) -> None:
    rows = ("序号", "投标单位", "备注"), ("1", "金水区泽某商行", ""), ("2", "", "弃标")
    page = screened(client, file=(workbook(*rows), "名单.xlsx"))
    assert "查了 2 个，其中 1 个" in page.main
    assert "第 3 行没有写名称，也没有写代码" in page.main
    assert "名称读“投标单位”列，没有代码列" in page.main


@pytest.mark.usefixtures("known")
def test_a_file_without_titles_is_read_from_its_first_row(client: FlaskClient) -> None:
    text = "金水区泽某商行\n没有的公司\n".encode("gb18030")
    page = screened(client, file=(io.BytesIO(text), "名单.csv"))
    assert "查了 2 个，其中 1 个有正在公示的记录" in page.main


def test_uploads_leave_nothing_behind(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    screened(client, file=(workbook(("名称",), ("某某公司",)), "名单.xlsx"))
    assert not list(folder.rglob("*"))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("", "没有收到要查的名称"),
        ("\n".join(f"第{n}公司" for n in range(10_001)), "一次最多查 10,000 个，收到了 10,001 个"),
    ],
)
def test_what_cannot_be_screened_is_told_what_to_do(
    client: FlaskClient, names: str, said: str
) -> None:
    answer = client.post("/screening", data={"names": names})
    assert answer.status_code == 422
    assert said in parse("/screening", answer.text).main


def test_a_file_that_is_no_table_is_told_what_to_do(client: FlaskClient) -> None:
    data = {"file": (io.BytesIO(b"%PDF-1.7 nothing"), "名单.pdf")}
    answer = client.post("/screening", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "PDF" in parse("/screening", answer.text).main


def test_a_list_larger_than_allowed_is_refused(client: FlaskClient) -> None:
    form = "multipart/form-data; boundary=b"
    answer = client.post("/screening", data=b"x" * (9 << 20), content_type=form)
    assert answer.status_code == 413


def test_id_numbers_are_left_out_and_not_shown_again(
    client: FlaskClient, id_number: Callable[..., str]
) -> None:
    number = id_number(2)
    page = screened(client, f"张某{number}\n某某公司")
    assert number not in page.html
    assert "个人证件号码，未查" in page.main


def test_the_form_says_how_names_are_matched(pages: CheckingClient) -> None:
    page = pages.get("/screening")
    assert "曾用名" in page.main
    assert "不保存，不记录" in page.main


@pytest.mark.usefixtures("known")
def test_name_and_code_in_one_field_are_told_apart_and_several_are_not_answered(
    client: FlaskClient,
) -> None:
    name = "郑州市华润食品有限公司"
    lines = f"{name}（{CODE}）", f"{CODE} {name}", f"{name}\t郑州别家有限公司", CODE[:-1]
    page = screened(client, "\n".join(lines))
    assert "其中 2 个有正在公示的记录（代码相同 2，没有记录 1，未查询 1）" in page.main
    assert "这一行里写了不止一个名称" in page.main
    assert "这里是 17 位" in page.main


@pytest.mark.usefixtures("known")
def test_partners_of_a_consortium_are_screened_with_their_role(client: FlaskClient) -> None:
    rows = ("投标单位", "联合体成员"), ("没有的公司", "金水区泽某商行、郑州市华润食品有限公司")
    page = screened(client, file=(workbook(*rows), "名单.xlsx"))
    assert "查了 3 个，其中 2 个" in page.main
    assert page.main.count("第 2 行的联合体成员") == 2
