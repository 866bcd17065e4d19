"""What a receipt's keyed digest covers: an altered receipt is not genuine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson

from credit_site.services.ledger import moment_text
from credit_site.vault import Vault

SignedLine = tuple[str, str, str, tuple[tuple[int, int], ...]]
"""Name and code as asked, the result, the records with their revisions in the order of ids."""


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
