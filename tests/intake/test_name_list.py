from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from credit_site.domain.errors import UnusableFile
from credit_site.domain.lookup_lines import in_fields, problem_with
from credit_site.domain.rulebook import load_rulebook
from credit_site.intake.limits import Limits
from credit_site.intake.list_columns import ListTitles, NamedLine
from credit_site.intake.name_list import NameList, lines_of_text, read_list
from tests.support.entries import CODE

KNOWN = load_rulebook().name_list_titles
TITLES = ListTitles(**{slug: one.titles for slug, one in KNOWN.items()})
NAME, OTHER = "郑州某某食品有限公司", "金水区泽某商行"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], NameList]:
    def of(text: str) -> NameList:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        return read_list(path, Limits(), TITLES, 100)

    return of


Read = Callable[[str], NameList]


def own(*lines: tuple[int, str, str]) -> list[NamedLine]:
    """Lines that stand for nobody else's row."""
    return [NamedLine(*line) for line in lines]


@pytest.mark.parametrize(
    "title",
    ["投标单位", "单位全称", "单位", "企业名称", "供应商", "投标人", "公司", "单位名称（盖章）"],
)
def test_names_are_read_under_every_usual_title(read: Read, title: str) -> None:
    found = read(f"序号,{title},信用代码\n1,{NAME},\n2,{OTHER},{CODE}\n")
    assert found.lines == own((2, NAME, ""), (3, OTHER, CODE))
    assert f"名称读“{title}”列，代码读“信用代码”列" in found.reading


def test_the_surest_title_is_the_name_wherever_it_stands(read: Read) -> None:
    found = read(f"序号,单位,名称,供应商\n1,台,打印机,{NAME}\n")
    assert found.lines == own((2, NAME, ""))
    assert "名称读“供应商”列，没有代码列，只按名称查" in found.reading


@pytest.mark.parametrize("titles", ["供应商,投标单位", "供应商名称,投标人"])
def test_two_columns_of_names_are_refused_by_their_titles(read: Read, titles: str) -> None:
    with pytest.raises(UnusableFile, match="有不止一列像是名称") as refused:
        read(f"{titles},信用代码\n{NAME},{OTHER},{CODE}\n")
    assert all(title in refused.value.message for title in titles.split(","))


def test_columns_that_are_not_read_are_named(read: Read) -> None:
    found = read(f"投标单位,招标代理机构,信用代码\n{NAME},{OTHER},{CODE}\n")
    assert "没有读“招标代理机构”" in found.reading


def test_two_names_in_a_pasted_line_are_nobody_s() -> None:
    ((_, name, code, _),) = lines_of_text(f"{NAME}\t郑州别家有限公司", TITLES).lines
    assert problem_with(*in_fields(name, code)).startswith("这一行里写了不止一个名称")


def test_every_row_that_holds_anything_becomes_a_line(read: Read) -> None:
    found = read(f"投标单位,信用代码,备注\n{NAME},,\n,,\n,,弃标\n,{CODE},\n")
    assert found.lines == own((2, NAME, ""), (4, "", ""), (5, "", CODE))


def test_codes_alone_do_where_every_row_has_one(read: Read) -> None:
    found = read(f"参加者,税号\n{NAME},{CODE}\n{OTHER},{CODE}\n")
    assert found.lines == own((2, "", CODE), (3, "", CODE))
    assert "没有名称列，代码读“税号”列" in found.reading


@pytest.mark.parametrize(
    "text",
    [
        f"参加者,税号\n{OTHER},{CODE}\n{NAME},\n",
        f"参加者,税号\n{OTHER},{CODE}\n{NAME},无\n",
        f"参加者,电话,地址\n{OTHER},{CODE},一号\n{NAME},2,二号\n",
        f"{OTHER},{CODE},一号\n{NAME},,二号\n",
    ],
)
def test_where_the_names_cannot_be_told_and_a_row_has_no_code_the_file_is_refused(
    read: Read, text: str
) -> None:
    with pytest.raises(UnusableFile, match="企业名称") as refused:
        read(text)
    assert f"“{text.split(',', maxsplit=1)[0]}”" in str(refused.value.message)


def test_a_number_of_a_person_is_not_said_again_in_a_refusal(
    read: Read, id_number: Callable[..., str]
) -> None:
    with pytest.raises(UnusableFile) as refused:
        read(f"欧阳某某,{id_number()},一号\n{NAME},,二号\n")
    assert id_number() not in refused.value.message


def test_a_shifted_row_is_refused(read: Read) -> None:
    with pytest.raises(UnusableFile, match="第 3 行的列数"):
        read(f"供应商,信用代码\n{NAME},{CODE}\n某某,有限公司,{CODE}\n")


def test_without_known_titles_a_cell_that_is_a_code_decides(read: Read) -> None:
    found = read(f"编号,参加者,识别号\n1,{NAME},{CODE}\n2,{OTHER},{CODE}\n")
    assert found.lines == own((2, NAME, CODE), (3, OTHER, CODE))
    assert "第 1 行看作列名，没有查" in found.reading
    found = read(f"1,{NAME},{CODE}\n2,{OTHER}\n")
    assert found.lines == own((1, NAME, CODE), (2, OTHER, ""))


def test_one_column_without_titles_is_read_from_its_first_row(read: Read) -> None:
    assert read(f"{NAME}\n{OTHER}\n").lines == own((1, NAME, ""), (2, OTHER, ""))


def test_sheets_that_were_not_read_are_named(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet in ("第一标段", "第二标段"):
            book.add_worksheet(sheet).write_column(0, 0, ["供应商", NAME])
    found = read_list(path, Limits(), TITLES, 100)
    assert found.lines == own((2, NAME, ""))
    assert "没有读取：「第二标段」" in found.reading


@pytest.mark.parametrize("head", ["名称\t代码", "序号\t投标单位\t信用代码\t备注", "企业名称"])
def test_titles_and_running_numbers_of_pasted_rows_are_left_out(head: str) -> None:
    text = f"{head}\n\n1\t{NAME}\t{CODE}\n2\t{CODE}\t{OTHER}\n{NAME}"
    found = lines_of_text(text, TITLES)
    assert found == NameList(own((3, NAME, CODE), (4, OTHER, CODE), (5, NAME, "")), "")


def test_a_pasted_first_line_that_names_somebody_is_no_title() -> None:
    assert lines_of_text(f"{OTHER}\t单位", TITLES).lines == own((1, OTHER, ""))
