"""What keys of every kind have in common: made, shown once, kept as a digest, used, revoked."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.models import KeyColumns
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

Key = TypeVar("Key", bound=KeyColumns)
_BEGINNING = 10
_LONGEST_NAME = 60
_SELDOM = timedelta(minutes=10)
"""How exactly it is kept when a key was used last: not every question writes."""


class KeyProblem(Exception):
    """A key cannot be made or revoked like this; the text says in Chinese what to do."""


@dataclass(frozen=True)
class KeyRing(Generic[Key]):
    """The keys of one table; ``mark`` begins each of them and tells the kinds apart."""

    table: type[Key]
    mark: str

    def add(self, session: Session, vault: Vault, made: Key) -> str:
        """Gives a new row its key, in the caller's transaction; returns the key, this once."""
        text = self.mark + secrets.token_urlsafe(32)
        made.beginning, made.digest = text[:_BEGINNING], vault.digest(text.encode())
        session.add(made)
        session.flush()
        return text

    def standing(self, session: Session, key_id: int) -> Key:
        """A key that is not revoked. Raises KeyProblem."""
        found = session.get(self.table, key_id)
        if found is None or found.revoked_at is not None:
            raise KeyProblem("这个密钥已经停用。")
        return found

    def used(self, session: Session, vault: Vault, text: str, now: datetime) -> Key | None:
        """Whose key that is, and that it was used; None for one that is unknown or revoked."""
        digest = vault.digest(text.encode("utf-8", "surrogatepass"))
        found = session.scalar(select(self.table).where(self.table.digest == digest))
        if found is None or found.revoked_at is not None:
            return None
        if found.last_used_at is None or now - found.last_used_at > _SELDOM:
            key_id = found.id
            with write_transaction(session):
                session.get_one(self.table, key_id).last_used_at = now
        return found


def plain_name(text: str, longest: int = _LONGEST_NAME) -> str:
    """A name without needless blanks, as long as there is room for.

    Raises KeyProblem where it holds what looks like the number of a personal document.
    """
    if find_personal_numbers(text):
        raise KeyProblem("名称里像是有个人证件号码，请删去，只写单位、系统或者用途。")
    return " ".join(text.split())[:longest]
