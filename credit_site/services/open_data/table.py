"""Records as rows of one table: what all have in common, then their register's own fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from operator import itemgetter

import orjson

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Field, FieldType, Register, Rulebook
from credit_site.domain.severity import SEVERITY_WORDS
from credit_site.services.open_data.reading import RecordRow
from credit_site.services.public_records import PublicRecord

DISPUTED = "已提出异议，正在核查"
BETWEEN = "；"
"""Stands between several values in one cell."""
_MOST_ORDERS = 1_000


class Kind(StrEnum):
    """What a column's cells are; all are written as texts, empty where there is nothing."""

    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    YUAN = "yuan"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: ``name`` for programs, ``title`` and ``help`` for people.

    ``choices`` are the values there are, if they are known; ``several`` allows more than one of
    them in a cell. ``max_length`` in characters.
    """

    name: str
    title: str
    kind: Kind
    help: str
    choices: tuple[str, ...] = ()
    several: bool = False
    max_length: int | None = None
    required: bool = False


def _common() -> tuple[TableColumn, ...]:
    bureaus = "报送这条信息的部门。"
    ends = "公示的最后一天；空白为没有期限。"
    words = tuple(SEVERITY_WORDS.values())
    return (
        TableColumn("id", "公示编号", Kind.NUMBER, "永久编号，不变，不重复使用。", required=True),
        TableColumn("register", "信息类别", Kind.TEXT, "属于哪一类公示信息。", required=True),
        TableColumn("list", "名单", Kind.TEXT, "列入的名单；处罚信息为空白。"),
        TableColumn("subject_name", "主体名称", Kind.TEXT, "自然人只显示姓。", required=True),
        TableColumn("uscc", "统一社会信用代码", Kind.TEXT, "18 位代码；没有的为空白。"),
        TableColumn("document_number", "文号", Kind.TEXT, "决定书的文号。"),
        TableColumn("agency", "报送部门", Kind.TEXT, bureaus, required=True),
        TableColumn("division", "区县", Kind.TEXT, "主体所在的区县。"),
        TableColumn("decided_on", "决定日期", Kind.DAY, "作出决定的日期。"),
        TableColumn("amount_yuan", "金额合计（元）", Kind.YUAN, "罚款与没收金额之和，单位为元。"),
        TableColumn(
            "severity",
            "失信严重程度",
            Kind.TEXT,
            "按规则划分；不是失信名单的为空白。",
            choices=words,
        ),
        TableColumn("publication_start", "公示开始日期", Kind.DAY, "公示期的起点。", required=True),
        TableColumn("publication_end", "公示截止日期", Kind.DAY, ends),
        TableColumn("disputed", "异议", Kind.TEXT, "空白为没有异议。", choices=(DISPUTED,)),
        TableColumn("url", "网址", Kind.ADDRESS, "这条信息的永久网址。", required=True),
    )


class RecordTable:
    """One table over records of one register, or of all where none is chosen (empty)."""

    def __init__(self, rulebook: Rulebook, register: str, site: str) -> None:
        chosen = rulebook.registers.get(register)
        registers = [chosen] if chosen else list(rulebook.registers.values())
        own = {field.name: field for one in registers for field in _own_fields(one)}
        self.columns = (*_common(), *map(_column, own.values()))
        self._own_names = tuple(own)
        self._several = [
            place for place, field in enumerate(own.values()) if field.type is FieldType.CHOICES
        ]
        self._branches = {slug: found.name for slug, found in rulebook.list_branches.items()}
        self._orders: dict[tuple[str, ...], Callable[[list[JsonValue]], tuple[str, ...]]] = {}
        self._address = f"{site}/records/"
        self._registers = {name: found.title for name, found in rulebook.registers.items()}
        self._lists = {slug: found.name for slug, found in rulebook.lists.items()}
        self._kinds = {slug: found.kind for slug, found in rulebook.lists.items()}
        self._agencies = {slug: found.name for slug, found in rulebook.agencies.items()}
        self._divisions = {code: found.name for code, found in rulebook.divisions.items()}

    @property
    def titles(self) -> tuple[str, ...]:
        """The heads of the columns."""
        return tuple(column.title for column in self.columns)

    @property
    def words(self) -> tuple[object, ...]:
        """Everything besides a record itself that its cells are made of."""
        names = (self._registers, self._lists, self._kinds, self._branches)
        return (self.columns, self._address, *names, self._agencies, self._divisions)

    def cells(self, row: RecordRow) -> list[str]:
        """The cells of a row that was read, as texts: YYYY-MM-DD, 1234.50, several by ；."""
        id_, register, list_name, subject, uscc, number, agency, division, *rest = row
        decided_on, fen, severity, start, end, disputed, content, *_ = rest
        return [
            str(id_),
            self._kinds.get(list_name) or self._registers.get(register, register),
            self._lists.get(list_name, list_name),
            subject,
            uscc,
            number,
            self._agencies.get(agency, agency),
            self._divisions.get(division, division),
            decided_on or "",
            "" if fen is None else yuan(fen),
            SEVERITY_WORDS.get(severity, severity),
            start,
            end or "",
            DISPUTED if disputed else "",
            f"{self._address}{id_}",
            *self._own(
                self._said(orjson.loads(content), end) if list_name else orjson.loads(content)
            ),
        ]

    def cells_of(self, record: PublicRecord) -> list[str]:
        """The cells of a record at hand."""
        return self.cells(row_of(record))

    def _said(self, content: dict[str, JsonValue], end: str | None) -> dict[str, JsonValue]:
        """An entry of a list as people read it: the branch's name, and the end that its rule gives.

        An end that the decision does not name follows from the list's rule.
        """
        branch = str(content.get("branch") or "")
        until = content.get("valid_until") or end or ""
        return content | {"branch": self._branches.get(branch, branch), "valid_until": until}

    def _own(self, content: dict[str, JsonValue]) -> list[str]:
        """The register's own fields in their order.

        Contents come with the same few sets of fields: for each the order is worked out once.
        """
        given = tuple(content)
        order = self._orders.get(given) or self._learn(given)
        found = [*order([*content.values(), ""])]
        for place in self._several:
            if found[place]:
                found[place] = BETWEEN.join(found[place])
        return found

    def _learn(self, given: tuple[str, ...]) -> Callable[[list[JsonValue]], tuple[str, ...]]:
        if len(self._orders) >= _MOST_ORDERS:
            self._orders.clear()
        nothing = len(given)
        places = [given.index(name) if name in given else nothing for name in self._own_names]
        self._orders[given] = order = itemgetter(*places)
        return order


def row_of(record: PublicRecord) -> RecordRow:
    """A record at hand as a row that was read."""
    decided, end, amount = record.decided_on, record.publication_end, record.amount_yuan
    return (
        record.id,
        record.register,
        record.list_name,
        record.subject_name,
        record.uscc,
        record.document_number,
        record.agency,
        record.division,
        decided.isoformat() if decided else None,
        None if amount is None else int(amount.scaleb(2)),
        record.severity,
        record.publication_start.isoformat(),
        end.isoformat() if end else None,
        record.disputed,
        orjson.dumps(record.content),
        record.revision,
        record.ledger_seq,
        record.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
        record.salt,
        record.rule,
        record.subject_kind,
    )


def yuan(fen: int) -> str:
    """1234.50: fen as yuan with two decimals."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole}.{rest:02d}"


def _own_fields(register: Register) -> Iterator[Field]:
    common = {register.subject_field, register.uscc_field, register.number_field, "list"}
    return (field for field in register.public_fields if field.name not in common)


def _column(field: Field) -> TableColumn:
    several = field.type is FieldType.CHOICES
    help_text = f"{field.help}多个值之间用“{BETWEEN}”隔开。" if several else field.help
    return TableColumn(
        field.name,
        f"{field.title}（元）" if field.type is FieldType.YUAN else field.title,
        _KINDS.get(field.type, Kind.TEXT),
        help_text,
        field.choices,
        several,
        None if several else field.max_length,
    )


_KINDS = {FieldType.DATE: Kind.DAY, FieldType.YUAN: Kind.YUAN}
