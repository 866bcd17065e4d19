"""Issues of a staged row, or of a file, as they are stored: they hold no personal number."""

from __future__ import annotations

from collections.abc import Collection

import orjson

from credit_site.domain.issues import Issue, Level


def issues_json(issues: Collection[Issue]) -> str:
    """A JSON list of {column, code, level, message}."""
    if not issues:
        return "[]"
    return orjson.dumps(
        [
            {"column": i.column, "code": i.code, "level": i.level, "message": i.message}
            for i in issues
        ]
    ).decode()


def read_issues(stored: str, row: int | None) -> tuple[Issue, ...]:
    """The issues again."""
    return tuple(
        Issue(row, one["column"], one["code"], Level(one["level"]), one["message"])
        for one in orjson.loads(stored)
    )
