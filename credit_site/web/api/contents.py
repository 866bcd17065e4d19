"""What kinds of content a call may bring."""

from __future__ import annotations

from flask import Response, request

from credit_site.web.api.answers import problem
from credit_site.web.api.problems import PROBLEMS

JSON = "application/json"
TABLES = {
    "text/csv": ".csv",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/octet-stream": ".xlsx",
}
"""Kinds of files that are handed in, and what they are called; their content decides."""


class OtherContent(Exception):
    """A kind of content that a call cannot read; the text says in Chinese what it can."""


def require_json() -> None:
    """Raises OtherContent for anything that says it is something else."""
    if request.mimetype not in ("", JSON):
        raise OtherContent(PROBLEMS[415].advice)


def require_table() -> None:
    """JSON or a file; raises OtherContent for anything else."""
    if request.mimetype not in ("", JSON, *TABLES):
        known = "、".join((JSON, *TABLES))
        raise OtherContent(f"Content-Type 可以是：{known}。")


def other_content(error: Exception) -> Response:
    """415."""
    return problem(415, detail=str(error))
