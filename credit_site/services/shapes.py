"""Statements about what is selected, put together once for every shape of a selection.

A selection's shape is which of its values are asked for. Putting a statement together takes
several times as long as SQLite takes to answer it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, bindparam

from credit_site.services.public_records import RECORD_TABLE, Selection, asked_by, conditions

Shape = tuple[str, ...]
MOST_SHAPES = 100
LIMIT: BindParameter[int] = bindparam("limit", type_=Integer)


def asked_for(selection: Selection, today: date, limit: int) -> tuple[Shape, dict[str, Any]]:
    """The shape of a selection, and the values of the statements made for it."""
    asked = asked_by(selection)
    return tuple(asked), {"today": today, "limit": limit, **asked}


def of_shape(shape: Shape) -> tuple[ColumnElement[bool], ...]:
    """What a selection of that shape asks for, of the table of records."""
    named: dict[str, Any] = {name: bindparam(name) for name in shape}
    return tuple(conditions(RECORD_TABLE, named))
