"""How public records travel to other platforms, as the rulebook says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from credit_site.domain.rulebook_types import Basis, Column, Layout


class Operation(StrEnum):
    """What a row tells the receiver to do with the record of its id."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"


class FileFormat(StrEnum):
    """What a batch can be written as."""

    XLSX = "xlsx"
    CSV = "csv"
    XML = "xml"


class Control(StrEnum):
    """What the columns before a profile's own say about a row."""

    BATCH = "batch"
    ROW = "row"
    ID = "id"
    OPERATION = "operation"
    REASON = "reason"


class Source(StrEnum):
    """Of a record, what a computed field is made from."""

    STATE = "state"
    SEVERITY = "severity"
    DIVISION = "division"
    UPDATED_AT = "updated_at"


@dataclass(frozen=True, slots=True)
class ControlColumn:
    """A column that every profile has; ``code`` is its name in XML and in a database."""

    what: Control
    code: str
    title: str
    help: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A field that the site says itself; ``values`` translate the source into codes."""

    field: str
    source: Source
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """How receipts are recognised: titles of their columns, words of their results."""

    table: str
    titles: Mapping[str, tuple[str, ...]]
    accepted: tuple[str, ...]
    refused: tuple[str, ...]

    @property
    def all_titles(self) -> tuple[str, ...]:
        """Every title that a receipt may have."""
        return tuple(title for titles in self.titles.values() for title in titles)


@dataclass(frozen=True, slots=True)
class ExchangeControl:
    """What all profiles share; ``endings`` are reasons of an ending in words."""

    columns: tuple[ControlColumn, ...]
    endings: Mapping[str, str]
    receipts: ReceiptWords


@dataclass(frozen=True, slots=True)
class ExchangeProfile:
    """One version of a format of exchange.

    ``sealed_fields`` are the fields kept back from the public that it demands, ``full_names``
    whether natural persons go by their full names; everything else is public content.
    ``key_fields`` go along with an ending. ``most_rows`` bounds a batch.
    """

    name: str
    version: str
    title: str
    layout: str
    table: str
    formats: tuple[FileFormat, ...]
    csv_encoding: str
    date_format: str
    null_text: str
    list_separator: str
    most_rows: int
    full_names: bool
    sealed_fields: tuple[str, ...]
    key_fields: tuple[str, ...]
    personal_note: str
    operations: Mapping[Operation, str]
    basis: tuple[Basis, ...]
    computed: tuple[Computed, ...] = ()

    @property
    def personal(self) -> bool:
        """Whether what it writes holds what the public never sees of a person."""
        return self.full_names or bool(self.sealed_fields)

    @property
    def verified(self) -> bool:
        """Whether everything it rests on was read in the source."""
        return all(basis.verified for basis in self.basis)

    @staticmethod
    def columns_of(layout: Layout) -> tuple[Column, ...]:
        """The columns that travel: those with a code; local extensions stay at home."""
        return tuple(column for column in layout.columns if column.code)


def profile_of(document: Mapping[str, Any]) -> ExchangeProfile:
    """A profile from its file. Raises KeyError, TypeError, ValueError."""
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in document.items()
    }
    given["formats"] = tuple(FileFormat(name) for name in document["formats"])
    given["operations"] = {Operation(o): code for o, code in document["operations"].items()}
    given["computed"] = tuple(map(_computed, document.get("computed", ())))
    given["basis"] = tuple(Basis(**item) for item in document["basis"])
    return ExchangeProfile(**given)


def control_of(document: Mapping[str, Any]) -> ExchangeControl:
    """What all profiles share, from its file. Raises KeyError, TypeError, ValueError."""
    given = document["receipts"]
    titles = {name: tuple(given[name]) for name in RECEIPT_COLUMNS}
    return ExchangeControl(
        columns=tuple(map(_control, document["control"])),
        endings=document["endings"],
        receipts=ReceiptWords(
            given["table"], titles, tuple(given["accepted"]), tuple(given["refused"])
        ),
    )


RECEIPT_COLUMNS: Sequence[str] = ("batch", "row", "id", "number", "uscc", "result", "reason")
"""What a receipt can say of a row."""


def _control(item: Mapping[str, Any]) -> ControlColumn:
    return ControlColumn(**{**item, "what": Control(item["what"])})


def _computed(item: Mapping[str, Any]) -> Computed:
    return Computed(item["field"], Source(item["from"]), item.get("values", {}))
