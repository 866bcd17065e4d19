"""Reading the audit log; it is only ever added to (triggers of the database see to that)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from credit_site.extensions import CITY_TIME
from credit_site.models import AuditEvent

PAGE = 100
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class AuditWishes:
    """Which events: by whom, what, about what, from day to day; "" for all.

    About one subject and its rows where ``subject`` names one, else about all that begin so.
    """

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One deed; ``details`` is JSON without any number of a person."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: str


def events(session: Session, wishes: AuditWishes, before: int = 0, most: int = PAGE) -> list[Event]:
    """The newest events that are wished for; ``before`` the number where the last page ended."""
    query = _wished(wishes).order_by(AuditEvent.id.desc()).limit(most)
    if before:
        query = query.where(AuditEvent.id < before)
    return [_event(one) for one in session.scalars(query)]


def all_events(session: Session, wishes: AuditWishes) -> Iterator[Event]:
    """All of them, the newest first, a thousand in memory at a time."""
    before = 0
    while page := events(session, wishes, before, _BATCH):
        yield from page
        before = page[-1].id
        session.expunge_all()


def actions(session: Session) -> list[str]:
    """Every kind of deed there is in the log."""
    return list(session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)))


def _wished(wishes: AuditWishes) -> Select[AuditEvent]:
    query = select(AuditEvent)
    if wishes.actor:
        query = query.where(AuditEvent.actor == wishes.actor)
    if wishes.action:
        query = query.where(AuditEvent.action == wishes.action)
    if wishes.subject:
        query = query.where(_about(wishes.subject))
    if wishes.since:
        query = query.where(AuditEvent.at >= _morning(wishes.since))
    if wishes.until:
        query = query.where(AuditEvent.at < _morning(wishes.until + timedelta(days=1)))
    return query


def _about(subject: str) -> ColumnElement[bool]:
    """Record 1 is not record 12."""
    named = subject[-1:].isdecimal()
    begins = AuditEvent.subject.startswith(f"{subject}/" if named else subject, autoescape=True)
    return or_(begins, AuditEvent.subject == subject)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time.min, CITY_TIME)


def _event(one: AuditEvent) -> Event:
    return Event(one.id, one.at, one.actor, one.action, one.subject, one.details)
