"""Rows as an older shape of the database held them, written without today's models."""

from __future__ import annotations

from sqlalchemy import inspect, text

from credit_site.extensions import db


def fill(table: str, **values: object) -> None:
    """A row with these values; what else may not be null gets something of its type."""
    columns = inspect(db.engine).get_columns(table)
    given = {
        one["name"]: values.get(one["name"], _something(str(one["type"])))
        for one in columns
        if one["name"] in values or not one["nullable"]
    }
    names, marks = ", ".join(given), ", ".join(f":{name}" for name in given)
    db.session().execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), given)  # noqa: S608  # names of the schema


def _something(kind: str) -> object:
    if kind.startswith(("VARCHAR", "TEXT")):
        return ""
    if kind.startswith(("BLOB", "BYTEA")):
        return b""
    if kind == "BOOLEAN":
        return False
    if kind.startswith(("DATETIME", "TIMESTAMP")):
        return "2026-06-01 02:00:00"
    return "2026-06-01" if kind.startswith("DATE") else 0
