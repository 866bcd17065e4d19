"""Whoever comes on a list that ends honours leaves them at once (``lists``, ``ends_beside``).

国发〔2016〕33号: the list of the trustworthy is left by dishonesty within its period.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import literal_column, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import Rulebook
from credit_site.models import Record, State

DISHONEST = "dishonest"
"""The reason of such an ending."""
_TOLD_FOR = timedelta(days=30)
Coming = tuple[str, str]
"""A list's slug and the code of who came on it."""


def honours_ended(session: Session, rulebook: Rulebook, came: Iterable[Coming]) -> list[Record]:
    """The entries, under the same codes, of lists that nobody stays on beside those lists."""
    codes: dict[str, set[str]] = {}
    for slug, one in rulebook.lists.items():
        if found := {code for on, code in came if code and on in one.ends_beside}:
            codes[slug] = found
    if not codes:
        return []
    same = [(Record.list_name == slug) & Record.uscc.in_(found) for slug, found in codes.items()]
    query = select(Record).where(Record.state != State.ENDED, or_(*same)).order_by(Record.id)
    return list(session.scalars(query))


def lately_ended(session: Session, rulebook: Rulebook, agency: str, today: date) -> list[int]:
    """Numbers of a bureau's ("" for all) entries that dishonesty ended within the last month."""
    lists = [slug for slug, one in rulebook.lists.items() if one.ends_beside]
    query = select(Record.id).where(
        Record.list_name.in_(lists),
        # Said as it stands in the index of lists, which is used only where this is plain.
        Record.list_name != literal_column("''"),
        Record.end_reason == DISHONEST,
        Record.ended_on >= today - _TOLD_FOR,
    )
    if agency:
        query = query.where(Record.agency == agency)
    return list(session.scalars(query.order_by(Record.id)))
