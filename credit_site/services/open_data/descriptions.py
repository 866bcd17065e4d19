"""What machines read about the tables: Table Schema and Data Package (Frictionless Data)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Register, Rulebook
from credit_site.services.open_data.forms import FORMS
from credit_site.services.open_data.table import Kind, RecordTable, TableColumn
from credit_site.services.open_data.terms import Terms

JsonObject = dict[str, JsonValue]
_TYPES: dict[Kind, JsonObject] = {
    Kind.NUMBER: {"type": "integer"},
    Kind.DAY: {"type": "date", "format": "%Y-%m-%d"},
    Kind.YUAN: {"type": "number"},
    Kind.TEXT: {"type": "string"},
    Kind.ADDRESS: {"type": "string", "format": "uri"},
}


@dataclass(frozen=True, slots=True)
class Publication:
    """Whose data it is: the site's name and address, its terms, the ledger number it stands at."""

    rulebook: Rulebook
    name: str
    site: str
    terms: Terms
    seq: int
    moment: datetime | None

    def table(self, register: str) -> RecordTable:
        """The table of a register."""
        return RecordTable(self.rulebook, register, self.site)

    def about(self, register: Register) -> str:
        """What a register's data are, in one sentence."""
        return (
            f"{self.name}公示的全部{register.title}信息，每条一行；公示期满或者信用修复的不在其中。"
        )


def table_schema(columns: Sequence[TableColumn]) -> JsonObject:
    """The Table Schema of the CSV files; ``identifier`` is the name in Parquet."""
    return {
        "$schema": "https://datapackage.org/profiles/1.0/tableschema.json",
        "fields": [field(column) for column in columns],
        "primaryKey": [columns[0].title],
        "missingValues": [""],
    }


def field(column: TableColumn) -> JsonObject:
    """A column as a field of Table Schema, named as the CSV files name it."""
    constraints = _constraints(column)
    return {
        "name": column.title,
        "title": column.title,
        "identifier": column.name,
        **_TYPES[column.kind],
        "description": column.help,
        **({"constraints": constraints} if constraints else {}),
    }


def _constraints(column: TableColumn) -> JsonObject:
    found: JsonObject = {}
    if column.required:
        found["required"] = True
    if column.kind is Kind.NUMBER:
        found["unique"] = True
    if column.choices and not column.several:
        found["enum"] = list(column.choices)
    if column.max_length is not None and column.kind is Kind.TEXT:
        found["maxLength"] = column.max_length
    return found


def data_package(whose: Publication) -> JsonObject:
    """The Data Package of the current CSV files; paths are relative to its own address."""
    return {
        "profile": "tabular-data-package",
        "name": "public-credit-records",
        "title": f"{whose.name}开放数据",
        "homepage": f"{whose.site}/data/",
        "version": str(whose.seq),
        **({"created": whose.moment.isoformat()} if whose.moment else {}),
        "licenses": [licence(whose.terms)],
        "resources": [_resource(whose, register) for register in whose.rulebook.registers.values()],
    }


def licence(said: Terms) -> JsonObject:
    """The licence as Frictionless Data writes it."""
    return {"name": said.licence, "title": said.licence_title, "path": said.licence_url}


def _resource(whose: Publication, register: Register) -> JsonObject:
    return {
        "profile": "tabular-data-resource",
        "name": register.name.replace("_", "-"),
        "title": register.title,
        "description": whose.about(register),
        "path": f"{register.name}.plain.csv",
        "format": "csv",
        "mediatype": FORMS["plain.csv"].media_type,
        "encoding": "utf-8",
        "schema": table_schema(whose.table(register.name).columns),
    }
