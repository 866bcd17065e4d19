"""What a receipt's keyed digest covers: an altered receipt is not genuine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson

from credit_site.services.ledger import moment_text
from credit_site.vault import Vault

SignedLine = tuple[str, str, str, tuple[tuple[int, int], ...]]
"""Name and code as asked, the result, the records with their revisions in the order of ids."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Everything of a receipt but the feedback."""

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


def digest_of(vault: Vault, signed: Signed) -> bytes:
    """16 bytes that only this site can make; as ever where ``reading`` is empty."""
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
    if signed.reading:
        said.append(signed.reading)
    return vault.digest(b"look-up receipt\x1f" + orjson.dumps(said))
