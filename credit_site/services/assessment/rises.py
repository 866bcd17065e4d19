"""Sudden rises by product field and by division, in the month before and the one that runs.

Decisions are counted in the month in which they were made, those that have ended since as well
(else every month would seem to rise over the ones before, whose records expire), except what was
revoked or disclosed by mistake. Numbers only, never content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from sqlalchemy import JSON, ColumnElement, cast, func, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.early_warning import Usual, WarningTerms, rises, terms_on
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Record
from credit_site.services.assessment.disclosing import REGISTER
from credit_site.services.ledger import head
from credit_site.services.ledger_days import span_of_days
from credit_site.services.publication import EndReason

FIELD, DIVISION = "field", "division"
_NEVER_WAS = (EndReason.ERROR.value, EndReason.CORRECTED.value, EndReason.REVOKED.value)
_Counts = dict[tuple[str, str], Counter[CalendarMonth]]


@dataclass(frozen=True, slots=True)
class Rise:
    """A count of a month that stands out; ``before`` are the months before, the oldest first."""

    kind: str
    key: str
    month: CalendarMonth
    number: int
    usual: Usual
    before: tuple[int, ...]

    @property
    def about(self) -> str:
        """What notes on it are kept under."""
        return f"{self.kind}/{self.key}/{self.month}"


class RiseMemory:
    """Rises of one database, worked out anew only when the ledger or the day has moved on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: tuple[int, date, list[Rise]] | None = None

    def rises(self, session: Session, rulebook: Rulebook, today: date) -> list[Rise]:
        """As of today, the greatest first."""
        seq = head(session).seq
        with self._lock:
            if self._known is None or self._known[:2] != (seq, today):
                self._known = seq, today, sudden_rises(session, rulebook, today)
            return self._known[2]


def sudden_rises(session: Session, rulebook: Rulebook, today: date) -> list[Rise]:
    """What stands out, those farthest above their bound first."""
    terms, running = terms_on(today, rulebook), CalendarMonth.of(today)
    counts = _counts(session, running.plus(-1 - terms.months), today)
    months = [month for counter in counts.values() for month in counter]
    if not months:
        return []
    found = [
        rise
        for month in (running, running.plus(-1))
        for rise in _of_month(counts, month, min(months), terms)
    ]
    return sorted(found, key=lambda one: (-one.number / one.usual.bound, one.about))


def _of_month(
    counts: _Counts, month: CalendarMonth, oldest: CalendarMonth, terms: WarningTerms
) -> Iterator[Rise]:
    history = [one for one in month.before(terms.months) if one >= oldest]
    for (kind, key), counter in counts.items():
        before = tuple(counter[one] for one in history)
        found = rises(counter[month], before, terms)
        if found is not None:
            yield Rise(kind, key, month, counter[month], found, before)


def _counts(session: Session, first: CalendarMonth, today: date) -> _Counts:
    """By kind and key the decisions of each month; what was decided later was published later."""
    decisions = (
        select(Record.decided_on, Record.division, _product_field(session).label("product"))
        .where(
            Record.id > span_of_days(session, first.first, today).since,
            Record.register == REGISTER,
            Record.decided_on >= first.first,
            Record.end_reason.not_in(_NEVER_WAS),
        )
        .subquery()
    )
    parts = (decisions.c.decided_on, decisions.c.division, decisions.c.product)
    query = select(*parts, func.count()).group_by(*parts)
    found: _Counts = {}
    for day, division, product, number in session.execute(query):
        for kind, key in _named(((DIVISION, division), (FIELD, product))):
            month = CalendarMonth.of(day)
            found.setdefault((kind, key), Counter())[month] += number
    return found


def _named(keys: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    return ((kind, key) for kind, key in keys if key)


def _product_field(session: Session) -> ColumnElement[str]:
    """The field of goods inside the content, which both databases store as text."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    content: ColumnElement[Any] = (
        cast(Record.content_json, JSONB) if postgresql else type_coerce(Record.content_json, JSON)
    )
    found: ColumnElement[str] = content["product_field"].as_string()
    return found
