"""Codes of the second factor are good for one time each (RFC 6238, 5.2), and recovery codes too."""

from __future__ import annotations

from typing import Protocol
from unicodedata import normalize

from flask_security import MfRecoveryCodesUtil, Totp, UserMixin

from credit_site.extensions import db
from credit_site.services.sign_ins import last_code, note_code

_GROUP = 4
"""Characters of a recovery code between two hyphens."""


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


class RecoveryCodes(MfRecoveryCodesUtil):
    """Shows codes once, when they are made: then nobody sees them later without a trace."""

    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        """Flask-Security's hook for showing them again, which its address does for any script."""
        return []


def as_made(typed: str) -> str:
    """A recovery code as it was made (1a2b-3c4d-5e6f), however somebody copied it.

    Without hyphens or with others, with spaces, in capitals, in full width.
    """
    plain = "".join(filter(str.isalnum, normalize("NFKC", typed))).lower()
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))
