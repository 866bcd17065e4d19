"""Codes of the second factor are good for one time each (RFC 6238, 5.2)."""

from __future__ import annotations

from typing import Protocol

from flask_security import Totp

from credit_site.extensions import db
from credit_site.services.sign_ins import last_code, note_code


class _Match(Protocol):
    counter: int


class OneTimeCodes(Totp):
    """Remembers the time step of the last code that an account's holder sent."""

    def get_last_counter(self, user: object) -> int | None:
        """Flask-Security's hook: what a code must be newer than."""
        return last_code(db.session(), user)

    def set_last_counter(self, user: object, tmatch: _Match) -> None:
        """Flask-Security's hook: a code was taken."""
        note_code(user, tmatch.counter)
