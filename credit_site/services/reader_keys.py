"""Keys of readers who ask more often than anybody may: made by the credit office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.models import ReaderKey
from credit_site.services.audit import note
from credit_site.services.key_ring import KeyProblem, KeyRing, plain_name
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

__all__ = ["KeyProblem"]

MARK = "crk_"
TIMES = (10, 50, 200)
"""How many times the calls of anybody a key may be good for."""
_RING = KeyRing(ReaderKey, MARK)
_LONGEST_HOLDER = 120


@dataclass(frozen=True, slots=True)
class ReaderKeyView:
    """A key as the desk shows it; never the key itself."""

    id: int
    holder: str
    name: str
    times: int
    beginning: str
    created_by: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReaderKeyWishes:
    """For whom a key is, what it is used for, and how much it is good for (one of TIMES)."""

    holder: str
    name: str
    times: int


def make_reader_key(
    session: Session, vault: Vault, wishes: ReaderKeyWishes, actor: str, now: datetime
) -> str:
    """Makes a key and returns it, this once. Raises KeyProblem."""
    with write_transaction(session):
        return _make(session, vault, wishes, actor, now)


def exchange_reader_key(
    session: Session, vault: Vault, key_id: int, actor: str, now: datetime
) -> str:
    """Another key in the place of one, which is worth nothing from now on. Raises KeyProblem."""
    with write_transaction(session):
        old = _RING.standing(session, key_id)
        _revoke(session, old, actor, now)
        wishes = ReaderKeyWishes(old.holder, old.name, old.times)
        return _make(session, vault, wishes, actor, now)


def revoke_reader_key(session: Session, key_id: int, actor: str, now: datetime) -> None:
    """The key is worth nothing from now on. Raises KeyProblem."""
    with write_transaction(session):
        _revoke(session, _RING.standing(session, key_id), actor, now)


def reader_keys(session: Session) -> list[ReaderKeyView]:
    """All of them, those in use first."""
    query = select(ReaderKey).order_by(ReaderKey.revoked_at.is_not(None), ReaderKey.id)
    return [_view(one) for one in session.scalars(query)]


def reader_of(session: Session, vault: Vault, text: str, now: datetime) -> ReaderKeyView | None:
    """Whose key that is; None for one that is unknown or revoked."""
    found = _RING.used(session, vault, text, now)
    return _view(found) if found is not None else None


def _make(
    session: Session, vault: Vault, wishes: ReaderKeyWishes, actor: str, now: datetime
) -> str:
    holder, name = plain_name(wishes.holder, _LONGEST_HOLDER), plain_name(wishes.name)
    if not holder or not name:
        raise KeyProblem("请写明密钥给哪个单位、做什么用，例如“某某银行”“贷前查询”。")
    if wishes.times not in TIMES:
        raise KeyProblem("请选择调用次数。")
    made = ReaderKey(holder=holder, name=name, times=wishes.times, created_by=actor, created_at=now)
    text = _RING.add(session, vault, made)
    said: dict[str, JsonValue] = {"holder": holder, "name": name, "times": wishes.times}
    note(session, now, actor, "reader_key_made", f"reader-key/{made.id}", **said)
    return text


def _revoke(session: Session, found: ReaderKey, actor: str, now: datetime) -> None:
    found.revoked_at = now
    subject = f"reader-key/{found.id}"
    note(session, now, actor, "reader_key_revoked", subject, holder=found.holder, name=found.name)


def _view(one: ReaderKey) -> ReaderKeyView:
    return ReaderKeyView(
        one.id,
        one.holder,
        one.name,
        one.times,
        one.beginning,
        one.created_by,
        one.created_at,
        one.last_used_at,
        one.revoked_at,
    )
