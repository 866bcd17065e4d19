"""What signing in leaves behind: counts of failures, locks, and who came when, by what means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask_security import RoleMixin, SQLAlchemyUserDatastore, UserMixin
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


class AccountStore(SQLAlchemyUserDatastore):
    """Where Flask-Security finds accounts and keeps the means of signing in beside the password.

    Each change of these is audited in its own transaction, which the caller commits: here, because
    Flask-Security tells of none of them but of a second factor that replaces another. Roles are
    no table, so their mixin stands for one.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(db, Account, RoleMixin)
        self._now = now

    def tf_set(
        self,
        user: UserMixin,
        primary_method: str,
        totp_secret: str | None = None,
        phone: str | None = None,
    ) -> None:
        """The second factor is set up, for the first time or anew; every sign-in asks for it too.

        What is stored already is no change.
        """
        before = user.tf_primary_method, user.tf_totp_secret
        super().tf_set(user, primary_method, totp_secret, phone)
        if before != (user.tf_primary_method, user.tf_totp_secret):
            _note_means(user, "second_factor_set", self._now())

    def tf_reset(self, user: UserMixin) -> None:
        """From here on the password is enough."""
        super().tf_reset(user)
        _note_means(user, "second_factor_dropped", self._now())

    def mf_set_recovery_codes(self, user: UserMixin, rcs: list[str] | None) -> None:
        """New codes; those from before are worth nothing any more."""
        replaced = len(self.mf_get_recovery_codes(user))
        super().mf_set_recovery_codes(user, rcs)
        _note_means(
            user, "recovery_codes_made", self._now(), count=len(rcs or []), replaced=replaced
        )

    def mf_delete_recovery_code(self, user: UserMixin, idx: int) -> bool:
        """Somebody comes in by a code, which is used up by that."""
        gone = super().mf_delete_recovery_code(user, idx)
        left = len(self.mf_get_recovery_codes(user))
        _note_means(user, "recovery_code_used", self._now(), left=left)
        return gone


def _note_means(user: UserMixin, action: str, now: datetime, **said: int) -> None:
    assert isinstance(user, Account), "nobody else signs in here"
    note(db.session(), now, f"account:{user.id}", action, f"account/{user.id}", **said)


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
