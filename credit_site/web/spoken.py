"""Errors that bring their own words: what is wrong and what to do, in Chinese, for the page."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException


class Spoken(HTTPException):
    """``title`` and ``description`` are shown as they are; they hold nothing of what was asked."""

    title = ""

    @property
    def words(self) -> tuple[str, str]:
        """What is wrong, and what to do."""
        return self.title, self.description or ""


class UnreadFilter(Spoken):
    """A part of something was asked for in words that cannot be read: the whole is not given."""

    code = 422
    title = "条件有误"
