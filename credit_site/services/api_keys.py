"""Keys of bureaus: made, shown once, exchanged, revoked; and who publishes directly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import ApiKey, DirectPublication
from credit_site.services.audit import note
from credit_site.services.key_ring import KeyProblem, KeyRing, plain_name
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

__all__ = ["KeyProblem", "KeyView"]

_RING = KeyRing(ApiKey, "csk_")
_NAMELESS = "请给密钥起个名字，写明是哪个系统用的，例如“执法办案系统”。"


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as the desk shows it; never the key itself."""

    id: int
    agency: str
    name: str
    beginning: str
    created_by: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    @property
    def actor(self) -> str:
        """How the audit log names what is done with it."""
        return f"key:{self.id}"


def make_key(
    session: Session, vault: Vault, agency: str, name: str, actor: str, now: datetime
) -> str:
    """Makes a key and returns it, this once. Raises KeyProblem."""
    with write_transaction(session):
        return _make(session, vault, agency, name, actor, now)


def exchange_key(session: Session, vault: Vault, key_id: int, actor: str, now: datetime) -> str:
    """Another key in the place of one, which is worth nothing from now on. Raises KeyProblem."""
    with write_transaction(session):
        old = _RING.standing(session, key_id)
        _revoke(session, old, actor, now)
        return _make(session, vault, old.agency, old.name, actor, now)


def revoke_key(session: Session, key_id: int, actor: str, now: datetime) -> None:
    """The key is worth nothing from now on. Raises KeyProblem."""
    with write_transaction(session):
        _revoke(session, _RING.standing(session, key_id), actor, now)


def keys(session: Session, agency: str) -> list[KeyView]:
    """The keys of a bureau ("" for all), those in use first."""
    query = select(ApiKey).order_by(ApiKey.revoked_at.is_not(None), ApiKey.id)
    if agency:
        query = query.where(ApiKey.agency == agency)
    return [_view(one) for one in session.scalars(query)]


def key(session: Session, key_id: int) -> KeyView | None:
    """One key; None where there is none."""
    found = session.get(ApiKey, key_id)
    return _view(found) if found is not None else None


def shown_to(session: Session, actor: str) -> frozenset[str]:
    """The keys that somebody was shown, made or exchanged by himself, as the audit log names them.

    A key is shown once, to that one alone; one that is exchanged is another key from then on.
    """
    query = select(ApiKey.id).where(ApiKey.created_by == actor)
    return frozenset(f"key:{number}" for number in session.scalars(query))


def behind(session: Session, actor: str) -> str:
    """To whom a key was shown; "" for whoever is no key."""
    number = actor.removeprefix("key:") if actor.startswith("key:") else ""
    found = session.get(ApiKey, int(number)) if number else None
    return found.created_by if found is not None else ""


def names(session: Session, actors: Iterable[str]) -> dict[str, str]:
    """Names of keys by how the audit log names them; whoever is no key is left out."""
    asked = {a.removeprefix("key:") for a in actors if a.startswith("key:")}
    query = select(ApiKey.id, ApiKey.name).where(ApiKey.id.in_(map(int, asked)))
    return {f"key:{number}": name for number, name in session.execute(query)}


def holder_of(session: Session, vault: Vault, text: str, now: datetime) -> KeyView | None:
    """Whose key that is; None for one that is unknown or revoked."""
    found = _RING.used(session, vault, text, now)
    return _view(found) if found is not None else None


def grant_direct(session: Session, agency: str, actor: str, now: datetime) -> None:
    """From now on what the bureau's machines hand in is published without a reviewer."""
    with write_transaction(session):
        if session.get(DirectPublication, agency) is None:
            session.add(DirectPublication(agency=agency, granted_by=actor, granted_at=now))
            note(session, now, actor, "grant_direct", f"agency/{agency}")


def take_back_direct(session: Session, agency: str, actor: str, now: datetime) -> None:
    """From now on a reviewer looks at it again."""
    with write_transaction(session):
        found = session.get(DirectPublication, agency)
        if found is not None:
            session.delete(found)
            note(session, now, actor, "take_back_direct", f"agency/{agency}")


def publishing_directly(session: Session) -> frozenset[str]:
    """The bureaus to which that is granted."""
    return frozenset(session.scalars(select(DirectPublication.agency)))


def _make(session: Session, vault: Vault, agency: str, name: str, actor: str, now: datetime) -> str:
    called = plain_name(name)
    if not called:
        raise KeyProblem(_NAMELESS)
    made = ApiKey(agency=agency, name=called, created_by=actor, created_at=now)
    text = _RING.add(session, vault, made)
    note(session, now, actor, "key_made", f"key/{made.id}", agency=agency, name=called)
    return text


def _revoke(session: Session, found: ApiKey, actor: str, now: datetime) -> None:
    found.revoked_at = now
    note(session, now, actor, "key_revoked", f"key/{found.id}", agency=found.agency)


def _view(one: ApiKey) -> KeyView:
    return KeyView(
        one.id,
        one.agency,
        one.name,
        one.beginning,
        one.created_by,
        one.created_at,
        one.last_used_at,
        one.revoked_at,
    )
