"""Codes of the second factor are good for one time each (RFC 6238, 5.2)."""

from __future__ import annotations

from typing import Protocol

from flask_security import Totp

from credit_site.extensions import db
from credit_site.models import Account


class _Match(Protocol):
    counter: int


class OneTimeCodes(Totp):
    """Remembers the time step of the last code that an account's holder sent."""

    def get_last_counter(self, user: object) -> int | None:
        """Locks the account: of two who send the same code at once, the second is told no."""
        assert isinstance(user, Account), "nobody else signs in here"
        db.session().refresh(user, ["tf_last_counter"], with_for_update=True)
        return user.tf_last_counter

    def set_last_counter(self, user: object, tmatch: _Match) -> None:
        """In the transaction of the sign-in."""
        assert isinstance(user, Account), "nobody else signs in here"
        user.tf_last_counter = tmatch.counter
