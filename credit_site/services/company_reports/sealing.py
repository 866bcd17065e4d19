"""What a report's keyed digest covers: a report altered in the database is not genuine."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import orjson

from credit_site.services.ledger import moment_text
from credit_site.vault import Vault


@dataclass(frozen=True, slots=True)
class Signed:
    """Everything that is kept of a report."""

    number: str
    uscc: str
    made_at: datetime
    day: date
    head_seq: int
    head_hash: bytes
    keys_json: str
    sha256: bytes

    def columns(self) -> dict[str, Any]:
        """By the names of the table's columns."""
        return asdict(self)


def digest_of(vault: Vault, signed: Signed) -> bytes:
    """16 bytes that only this site can make."""
    said = [
        signed.number,
        signed.uscc,
        moment_text(signed.made_at),
        signed.day.isoformat(),
        signed.head_seq,
        signed.head_hash.hex(),
        signed.keys_json,
        signed.sha256.hex(),
    ]
    return vault.digest(b"company report\x1f" + orjson.dumps(said))
