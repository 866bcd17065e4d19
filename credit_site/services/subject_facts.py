"""What is visible of a subject in a few figures, for tables that others make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from credit_site.models import Record
from credit_site.services.public_records import visible


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
    sought = or_(
        Record.uscc.in_([code for code in codes if code]),
        (Record.uscc == "") & Record.subject_name.in_(names),
    )
    rows = session.execute(
        visible(today)
        .where(sought)
        .with_only_columns(
            Record.uscc,
            Record.subject_name,
            Record.list_name,
            func.count(),
            func.max(Record.decided_on),
            func.coalesce(func.sum(Record.amount_fen), 0),
        )
        .group_by(Record.uscc, Record.subject_name, Record.list_name)
    ).all()
    grouped: dict[str, list[tuple[str, str, int, date | None, int]]] = {}
    for uscc, name, listed, count, latest, fen in rows:
        grouped.setdefault(uscc or name, []).append((name, listed, count, latest, int(fen or 0)))
    return {key: _facts(found) for key, found in grouped.items()}


def counted(session: Session, names: Iterable[str], today: date) -> dict[str, int]:
    """How many visible records stand under each of some names; names without any are left out."""
    query = visible(today).where(Record.subject_name.in_(set(names)))
    grouped = query.with_only_columns(Record.subject_name, func.count())
    rows = session.execute(grouped.group_by(Record.subject_name)).all()
    return dict(rows)


def _facts(rows: Sequence[tuple[str, str, int, date | None, int]]) -> SubjectFacts:
    days = [latest for *_, latest, _ in rows if latest is not None]
    return SubjectFacts(
        names=tuple(dict.fromkeys(row[0] for row in rows)),
        penalties=sum(row[2] for row in rows if not row[1]),
        lists=tuple(dict.fromkeys(row[1] for row in rows if row[1])),
        latest_decision=max(days, default=None),
        amount_yuan=Decimal(sum(row[4] for row in rows)).scaleb(-2),
    )
