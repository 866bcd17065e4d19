"""What is visible of a subject in a few figures, for tables that others make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, func
from sqlalchemy.orm import Session

from credit_site.models import Record
from credit_site.services.public_records import visible


class _Row(NamedTuple):
    """Some records of one name on one list, or none."""

    name: str
    listed: str
    records: int
    latest: date | None
    fen: int | None


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """Figures over the visible records of one code, or of one name without a code."""

    names: tuple[str, ...]
    penalties: int
    lists: tuple[str, ...]
    latest_decision: date | None
    amount_yuan: Decimal


def facts_of(
    session: Session, codes: Iterable[str], names: Iterable[str], today: date
) -> Mapping[str, SubjectFacts]:
    """By code or name; those without a visible record are left out."""
    # Two questions, each with an index of its own: joined by OR they would read the whole table,
    # and a database that is asked for names without a code looks through all that have none.
    rows = _grouped(session, Record.uscc.in_({code for code in codes if code}), today)
    named = _grouped(session, Record.subject_name.in_(set(names)), today)
    grouped: dict[str, list[_Row]] = {}
    for uscc, *row in (*rows, *(row for row in named if not row.uscc)):
        grouped.setdefault(uscc or row[0], []).append(_Row(*row))
    return {key: _facts(found) for key, found in grouped.items()}


def _grouped(
    session: Session, sought: ColumnElement[bool], today: date
) -> Sequence[Row[*tuple[Any, ...]]]:
    query = visible(today).where(sought)
    return session.execute(
        query.with_only_columns(
            Record.uscc,
            Record.subject_name,
            Record.list_name,
            func.count(),
            func.max(Record.decided_on),
            func.sum(Record.amount_fen),
        ).group_by(Record.uscc, Record.subject_name, Record.list_name)
    ).all()


def counted(session: Session, names: Iterable[str], today: date) -> dict[str, int]:
    """How many visible records stand under each of some names; names without any are left out."""
    query = visible(today).where(Record.subject_name.in_(set(names)))
    grouped = query.with_only_columns(Record.subject_name, func.count())
    rows = session.execute(grouped.group_by(Record.subject_name)).all()
    return dict(rows)


def _facts(rows: Sequence[_Row]) -> SubjectFacts:
    return SubjectFacts(
        names=tuple(dict.fromkeys(row.name for row in rows)),
        penalties=sum(row.records for row in rows if not row.listed),
        lists=tuple(dict.fromkeys(row.listed for row in rows if row.listed)),
        latest_decision=max((row.latest for row in rows if row.latest), default=None),
        amount_yuan=Decimal(sum(int(row.fen or 0) for row in rows)).scaleb(-2),
    )
