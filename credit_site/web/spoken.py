"""Errors that bring their own words: what is wrong and what to do, in Chinese, for the page."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.exceptions import HTTPException

WayBack = tuple[str, str]
"""An address of the site, and what its link says."""
NOT_KNOWN = "没有这个名称，请从页面列出的里面选"
"""What is wrong with a filter whose value is none of those there are."""


class Spoken(HTTPException):
    """``title`` and ``description`` are shown as they are; they hold nothing of what was asked."""

    title = ""
    back: WayBack | None = None

    @property
    def words(self) -> tuple[str, str]:
        """What is wrong, and what to do."""
        return self.title, self.description or ""


def in_words(problems: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """What is wrong with filters, in Chinese, each by its title; "" for nothing."""
    return "；".join(f"{titles.get(name, name)}：{why}" for name, why in problems.items())


class UnreadFilter(Spoken):
    """A part of something was asked for in words that cannot be read: the whole is not given.

    The way back is the page that tells the same, without what could not be read.
    """

    code = 422
    title = "条件有误"

    def __init__(self, description: str, back: WayBack) -> None:
        super().__init__(description)
        self.back = back
