"""填写说明: what every column of a layout wants, in words."""

from __future__ import annotations

from collections.abc import Iterator

import xlsxwriter

from credit_site.domain.row_forms import need
from credit_site.domain.rulebook import Column, Field, FieldType, Layout, Register, Visibility
from credit_site.intake.notes import GUIDE_SHEET
from credit_site.intake.styles import Styles, Tone

_TITLES = ("列名", "是否必填", "最大长度（字）", "填写格式", "含义与要求", "可选值", "是否公开")
_WIDTHS = (36, 24, 14, 34, 60, 48, 16)
_FORMATS = {
    FieldType.STRING: "文字",
    FieldType.TEXT: "文字，可以较长",
    FieldType.DATE: "日期，如 2026-03-05；2099-12-31 表示长期",
    FieldType.USCC: "18 位统一社会信用代码，按文本填写",
    FieldType.CHOICE: "从下拉列表中选一项",
    FieldType.CHOICES: "一项或几项，几项之间用分号隔开",
}
_UNITS = {"wan_yuan": "数字，单位万元", "yuan": "数字，单位元"}
_SHOWN_TO = {
    Visibility.PUBLIC: "公开",
    Visibility.MASKED: "部分隐去后公开",
    Visibility.NEVER: "不公开",
}
_INTRODUCTION = (
    "一、在第一个工作表中填写，一行一条；不要改列名、不要合并单元格、不要留隐藏的行。",
    "二、列名带 * 的必须填写。列的先后可以调整，用不到的非必填列可以删去。",
    "三、代码、文号按文本填写：单元格左上角有绿色小三角是正常的，请不要转换为数字。",
    "四、第二行是示例，读取时自动略过，可以删去。",
    "五、证件号码只能填在证件号码列，不要写进事实、内容等文字列。",
)


def column_notes(column: Column, field: Field) -> Iterator[str]:
    """What the note on a title says, line by line."""
    yield need(column)
    yield format_words(column, field)
    if length := column.max_length or field.max_length:
        yield f"最多 {length} 字"
    if field.help:
        yield field.help
    if field.visibility is Visibility.NEVER:
        yield "只用于核对，不公开"


def format_words(column: Column, field: Field) -> str:
    """How a value is written."""
    return _FORMATS.get(field.type) or _UNITS.get(column.unit, "数字")


def write_guide(book: xlsxwriter.Workbook, layout: Layout, register: Register) -> None:
    """Adds the sheet 填写说明."""
    sheet, styles = book.add_worksheet(GUIDE_SHEET), Styles(book)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    lines = [layout.title, *_INTRODUCTION, *_groups(layout, register)]
    if layout.spreadsheet_note:
        lines.append(layout.spreadsheet_note)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    top = len(lines) + 1
    for index, title in enumerate(_TITLES):
        sheet.write_string(top, index, title, styles.of(Tone.TITLE))
    for row, column in enumerate(layout.columns, top + 1):
        for index, text in enumerate(_row(column, register.field(column.field))):
            sheet.write_string(row, index, text, styles.of(Tone.GUIDE))


def _row(column: Column, field: Field) -> tuple[str, ...]:
    length = column.max_length or field.max_length
    return (
        column.title,
        need(column),
        str(length) if length else "",
        format_words(column, field),
        field.help,
        "；".join(field.choices),
        _SHOWN_TO[field.visibility],
    )


def _groups(layout: Layout, register: Register) -> Iterator[str]:
    titles = {column.field: column.title for column in layout.columns}
    for group in layout.at_least_one_of:
        names = [titles.get(name, register.field(name).title) for name in group]
        yield f"以下各列至少填一列：{'、'.join(names)}。"
