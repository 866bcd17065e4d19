"""What a receipt's keyed digest covers: an altered receipt is not genuine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import Lookup
from credit_site.services.ledger import moment_text
from credit_site.vault import Vault

SignedLine = tuple[str, str, str, tuple[tuple[int, int], ...]]
"""Name and code as asked, the result, the records with their revisions in the order of ids."""


_TWICE = timedelta(seconds=30)
_LATEST = 10


@dataclass(frozen=True, slots=True)
class Signed:
    """Everything of a receipt but the feedback; ``beside`` as the function of that name."""

    number: str
    agency: str
    actor: str
    at: datetime
    purpose: str
    matter_number: str
    head_seq: int
    head_hash: bytes
    lines: tuple[SignedLine, ...]
    reading: str
    beside: tuple[tuple[int, int, str], ...] = ()


def beside(lines: Iterable[tuple[int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Of rows and roles in order those with a role, each with its position from 1."""
    return tuple((at, row, role) for at, (row, role) in enumerate(lines, 1) if role)


def asked_just_now(session: Session, vault: Vault, signed: Signed) -> str:
    """The number of a receipt of half a minute ago that says the very same; "" for none."""
    latest = (
        select(Lookup)
        .where(Lookup.agency == signed.agency, Lookup.at >= signed.at - _TWICE)
        .order_by(Lookup.id.desc())
        .limit(_LATEST)
    )
    same = (
        one.number
        for one in session.scalars(latest)
        if digest_of(vault, replace(signed, number=one.number, at=one.at)) == one.digest
    )
    return next(same, "")


def digest_of(vault: Vault, signed: Signed) -> bytes:
    """16 bytes that only this site can make; as ever where ``reading`` and ``beside`` are empty."""
    said: list[object] = [
        signed.number,
        signed.agency,
        signed.actor,
        moment_text(signed.at),
        signed.purpose,
        signed.matter_number,
        signed.head_seq,
        signed.head_hash.hex(),
        signed.lines,
    ]
    if signed.reading or signed.beside:
        said.append(signed.reading)
    if signed.beside:
        said.append(signed.beside)
    return vault.digest(b"look-up receipt\x1f" + orjson.dumps(said))
