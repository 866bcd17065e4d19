"""The blank workbook a bureau fills in."""

from __future__ import annotations

import re
from typing import BinaryIO

import xlsxwriter

from credit_site.domain.rulebook import Column, Field, FieldType, Layout, Register, Rulebook
from credit_site.intake.example import example_text
from credit_site.intake.guide import column_notes, write_guide
from credit_site.intake.limits import Limits
from credit_site.intake.notes import CHOICES_SHEET
from credit_site.intake.styles import DATE, TEXT, YUAN, Styles, Tone
from credit_site.intake.tables import EXAMPLE_MARK

_LAST_ROW = Limits().max_rows
_INLINE_CHOICES = 255
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_NUMBER_FORMATS = {FieldType.DATE: DATE, FieldType.YUAN: YUAN}
_NARROW, _MIDDLE, _WIDE = 16, 24, 48
_COMMENT_LOOK: dict[str, object] = {"x_scale": 2.5, "y_scale": 1.5}


def write_template(layout: Layout, rulebook: Rulebook, stream: BinaryIO) -> None:
    """Writes an XLSX: titles with notes, drop-downs, one marked example row; 填写说明 behind it.

    Required columns carry an asterisk and a darker title. Codes and numbers are text cells, so
    that a spreadsheet cannot ruin them. The example row is left out when the file is read.
    """
    register = rulebook.registers[layout.register]
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
        _Template(book, layout, rulebook).write()
        write_guide(book, layout, register)


class _Template:
    """The sheet to fill in, column by column."""

    def __init__(self, book: xlsxwriter.Workbook, layout: Layout, rulebook: Rulebook) -> None:
        self._book = book
        self._styles = Styles(book)
        self._layout, self._rulebook = layout, rulebook
        self._register = rulebook.registers[layout.register]
        self._marked = _first_text(layout, self._register)
        self._sheet = book.add_worksheet(_NOT_IN_SHEET_NAMES.sub(" ", layout.title)[:31])
        self._long_choices: list[tuple[str, ...]] = []

    def write(self) -> None:
        for index, column in enumerate(self._layout.columns):
            field = self._register.field(column.field)
            self._column(index, column, field)
            self._sheet.write_string(1, index, self._example(index, column, field), self._grey)
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_row(0, 48)
        self._write_long_choices()

    @property
    def _grey(self) -> object:
        return self._styles.of(Tone.EXAMPLE)

    def _column(self, index: int, column: Column, field: Field) -> None:
        number_format = _NUMBER_FORMATS.get(field.type, TEXT)
        self._sheet.set_column(
            index, index, _width(column, field), self._styles.of(Tone.PLAIN, number_format)
        )
        tone = Tone.REQUIRED if column.required else Tone.TITLE
        title = f"{column.title}*" if column.required else column.title
        self._sheet.write_string(0, index, title, self._styles.of(tone))
        notes = "\n".join(column_notes(column, field))
        self._sheet.write_comment(0, index, notes, _COMMENT_LOOK)
        if field.choices and field.type is FieldType.CHOICE:
            self._drop_down(index, field)

    def _drop_down(self, index: int, field: Field) -> None:
        rule = {
            "validate": "list",
            "source": self._source(field.choices),
            "error_title": "请从列表中选择",
            "error_message": "请从下拉列表中选一项，不要另行填写。",
        }
        self._sheet.data_validation(1, index, _LAST_ROW, index, rule)

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        """Excel holds no more than 255 characters of a list in place."""
        if len(",".join(choices)) <= _INLINE_CHOICES and "," not in "".join(choices):
            return list(choices)
        self._long_choices.append(choices)
        letter = xlsxwriter.utility.xl_col_to_name(len(self._long_choices) - 1)
        return f"={CHOICES_SHEET}!${letter}$1:${letter}${len(choices)}"

    def _write_long_choices(self) -> None:
        if not self._long_choices:
            return
        sheet = self._book.add_worksheet(CHOICES_SHEET)
        sheet.hide()
        for column, choices in enumerate(self._long_choices):
            sheet.write_column(0, column, choices)

    def _example(self, index: int, column: Column, field: Field) -> str:
        text = example_text(column, field, self._layout, self._rulebook)
        return EXAMPLE_MARK + text if index == self._marked else text


def _first_text(layout: Layout, register: Register) -> int:
    for index, column in enumerate(layout.columns):
        if register.field(column.field).type in (FieldType.STRING, FieldType.TEXT):
            return index
    return 0


def _width(column: Column, field: Field) -> int:
    if field.type is FieldType.TEXT:
        return _WIDE
    return _MIDDLE if (column.max_length or 0) > 20 else _NARROW
