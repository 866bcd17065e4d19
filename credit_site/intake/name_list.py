"""Lists of names and codes: a pasted text, or the columns of a file that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from credit_site.domain.cells import Cell
from credit_site.domain.titles import title_key, title_keys
from credit_site.intake.limits import Limits
from credit_site.intake.tables import open_table

NAME_TITLES = (
    "名称", "企业名称", "单位名称", "公司名称", "主体名称", "行政相对人名称", "失信主体名称",
    "供应商名称", "供应商", "投标人", "投标人名称", "申请人", "姓名或者名称", "企业",
)  # fmt: skip
CODE_TITLES = (
    "统一社会信用代码", "信用代码", "社会信用代码", "代码", "税号", "纳税人识别号",
    "行政相对人代码_1（统一社会信用代码）",
)  # fmt: skip

NamedLine = tuple[int, str, str]
"""Real row number, name, code; what is not there is empty."""


def lines_of_text(text: str) -> Iterator[NamedLine]:
    """One name or code a line; where a line has several cells (from a spreadsheet), name, code."""
    for row, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if cells:
            yield row, cells[0], cells[1] if len(cells) > 1 else ""


def lines_of_file(path: Path, limits: Limits) -> Iterator[NamedLine]:
    """The named columns; without known titles the first column, its first row included.

    Raises UnusableFile.
    """
    table = open_table(path, limits, (*NAME_TITLES, *CODE_TITLES))
    name = _column(table.titles, NAME_TITLES)
    code = _column(table.titles, CODE_TITLES)
    if name is None and code is None:
        name = 0
        yield from _line(table.header_row, table.titles, name, code)
    for row, cells in table.rows:
        yield from _line(row, cells, name, code)


def _column(titles: Sequence[str], known: Sequence[str]) -> int | None:
    """The first of the known titles that the file has: the surer ones stand first."""
    keys = [title_key(title) for title in titles]
    wanted = title_keys(known)
    return next((index for index, key in enumerate(keys) if key in wanted), None)


def _line(
    row: int, cells: Sequence[Cell], name: int | None, code: int | None
) -> Iterator[NamedLine]:
    said = _text(cells, name), _text(cells, code)
    if any(said):
        yield row, *said


def _text(cells: Sequence[Cell], column: int | None) -> str:
    if column is None or column >= len(cells) or cells[column] is None:
        return ""
    return str(cells[column]).strip()
