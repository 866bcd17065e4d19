"""Honours that fell with an entry that was void: where they are given again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.honours import Freed
from credit_site.web.bureau.access import account


@dataclass(frozen=True, slots=True)
class FreedLine:
    """An honour in words; ``href`` opens a case for it, "" for those who may not."""

    record_id: int
    list: str
    bureau: str
    href: str


def freed_lines(found: Iterable[Freed]) -> list[FreedLine]:
    """For whoever is signed in."""
    book = load_rulebook()
    return [
        FreedLine(
            one.record_id,
            book.lists[one.list_name].name,
            book.agencies[one.agency].name,
            _address(one),
        )
        for one in found
    ]


def _address(one: Freed) -> str:
    me = account()
    if not (me.may(Permission.LISTINGS) and me.reaches(one.agency)):
        return ""
    return url_for("bureau.new_listing", branch=one.branch or None, agency=one.agency)
