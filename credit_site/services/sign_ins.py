"""What signing in leaves behind: counts of failures, locks, and who came when."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_security import RoleMixin, SQLAlchemyUserDatastore
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from credit_site.extensions import db
from credit_site.models import Account, EndedSession
from credit_site.services.audit import note
from credit_site.services.transactions import write_transaction

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST = timedelta(hours=10)
"""A session ends after this time, used or not."""


def account_store() -> SQLAlchemyUserDatastore:
    """Where Flask-Security finds accounts; roles are no table, so their mixin stands for one."""
    return SQLAlchemyUserDatastore(db, Account, RoleMixin)


def is_shut(session: Session, email: str, now: datetime) -> bool:
    """Whether too many attempts on an address have failed a short while ago."""
    found = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    return found is not None and found.locked(now)


def is_locked(account: object, now: datetime) -> bool:
    """The same of an account that Flask-Security hands out."""
    return isinstance(account, Account) and account.locked(now)


def note_sign_in(session: Session, account: object, now: datetime) -> None:
    """In the transaction of the sign-in, which the caller commits."""
    assert isinstance(account, Account), "nobody else signs in here"
    account.failures, account.locked_until, account.last_sign_in_at = 0, None, now
    note(session, now, f"account:{account.id}", "signed_in", f"account/{account.id}")


def last_code(session: Session, account: object) -> int | None:
    """The time step of the last code that was taken; locks the account.

    Of two who send the same code at once, the second is told no.
    """
    assert isinstance(account, Account), "nobody else signs in here"
    session.refresh(account, ["tf_last_counter"], with_for_update=True)
    return account.tf_last_counter


def note_code(account: object, step: int) -> None:
    """In the transaction of the sign-in."""
    assert isinstance(account, Account), "nobody else signs in here"
    account.tf_last_counter = step


def note_failure(session: Session, failed: object, what: str, now: datetime) -> None:
    """Counts a failed attempt, in a transaction of its own; the fifth in a row locks."""
    assert isinstance(failed, Account), "nobody else signs in here"
    account_id = failed.id
    with write_transaction(session):
        account = session.get_one(Account, account_id)
        account.failures += 1
        locked = account.failures >= MOST_FAILURES
        if locked:
            account.failures, account.locked_until = 0, now + LOCKED_FOR
        subject = f"account/{account_id}"
        note(session, now, "unknown", "sign_in_failed", subject, factor=what, locked=locked)


def note_password_change(session: Session, account: object, now: datetime) -> None:
    """The holder chose a password; in the transaction of the change."""
    assert isinstance(account, Account), "nobody else signs in here"
    account.must_change_password = False
    note(session, now, f"account:{account.id}", "password_changed", f"account/{account.id}")


def note_second_factor(session: Session, account: object, now: datetime) -> None:
    """The holder set the second factor up; in the transaction of the change."""
    assert isinstance(account, Account), "nobody else signs in here"
    note(session, now, f"account:{account.id}", "second_factor_set", f"account/{account.id}")


def has_ended(session: Session, number: str) -> bool:
    """Whether the holder of a session signed out."""
    return session.get(EndedSession, number) is not None


def note_sign_out(session: Session, account: object, number: str, now: datetime) -> None:
    """Somebody left: the session of that number is worth nothing any more, whoever has a copy."""
    assert isinstance(account, Account), "nobody else signs in here"
    account_id = account.id
    with write_transaction(session):
        session.execute(delete(EndedSession).where(EndedSession.ended_at < now - LONGEST))
        if number and not has_ended(session, number):
            session.add(EndedSession(number=number, ended_at=now))
        note(session, now, f"account:{account_id}", "signed_out", f"account/{account_id}")
