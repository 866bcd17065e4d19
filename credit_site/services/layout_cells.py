"""A record's content in the columns of a layout, as texts a file of that layout would hold."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Column

_TEN_THOUSAND = Decimal(10_000)


def layout_cell(column: Column, content: Mapping[str, JsonValue]) -> str:
    """The text of one cell, in the column's unit; "" where nothing is said."""
    value = content.get(column.field)
    if isinstance(value, list):
        return ";".join(map(str, value))
    if value is None:
        return ""
    if column.unit == "wan_yuan":
        return f"{(Decimal(str(value)) / _TEN_THOUSAND).normalize():f}"
    return str(value)
