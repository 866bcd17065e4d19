"""Records as rows of a table that people open: what all have in common, then their own fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import FieldType, Register, Rulebook
from credit_site.services.public_records import PublicRecord
from credit_site.web.presenters.fields import texts
from credit_site.web.presenters.records import severity_word
from credit_site.web.presenters.words import Names

COMMON = (
    "公示编号",
    "信息类别",
    "名单",
    "主体名称",
    "统一社会信用代码",
    "文号",
    "报送部门",
    "区县",
    "决定日期",
    "金额合计（元）",
    "失信严重程度",
    "公示开始日期",
    "公示截止日期",
    "异议",
    "网址",
)
_BEGINS_A_FORMULA = tuple("=+-@\t\r")


class RecordTable:
    """One table over records of one register, or of all where none is chosen."""

    def __init__(self, rulebook: Rulebook, register: str, site: str) -> None:
        self._names, self._site = Names(rulebook), site
        chosen = rulebook.registers.get(register)
        registers = [chosen] if chosen else list(rulebook.registers.values())
        self._fields = dict(_field_titles(registers))

    @property
    def titles(self) -> tuple[str, ...]:
        """The heads of the columns."""
        return (*COMMON, *self._fields.values())

    def row(self, record: PublicRecord) -> list[str]:
        """A record's cells; none of them is taken for a formula by a spreadsheet."""
        content = record.content
        own = (_cell(content.get(name)) for name in self._fields)
        return [harmless(text) for text in (*self._common(record), *own)]

    def _common(self, record: PublicRecord) -> Iterator[str]:
        names = self._names
        yield str(record.id)
        yield names.register(record.register)
        yield names.list_name(record.list_name)
        yield record.subject_name
        yield record.uscc
        yield record.document_number
        yield names.agency(record.agency)
        yield names.division(record.division)
        yield record.decided_on.isoformat() if record.decided_on else ""
        yield f"{record.amount_yuan:.2f}" if record.amount_yuan is not None else ""
        yield severity_word(record)
        yield record.publication_start.isoformat()
        yield record.publication_end.isoformat() if record.publication_end else ""
        yield "已提出异议，正在核查" if record.disputed else ""
        yield f"{self._site}/records/{record.id}"


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would calculate it."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def _field_titles(registers: Sequence[Register]) -> Iterator[tuple[str, str]]:
    for register in registers:
        common = {register.subject_field, register.uscc_field, register.number_field}
        for field in register.public_fields:
            if field.name not in common and field.name != "list":
                unit = "（元）" if field.type is FieldType.YUAN else ""
                yield field.name, field.title + unit


def _cell(value: JsonValue) -> str:
    return "；".join(texts(value))
