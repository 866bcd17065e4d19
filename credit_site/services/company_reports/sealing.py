"""What a report's keyed digest covers: a report altered in the database is not genuine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import orjson

from credit_site.services.ledger import moment_text
from credit_site.vault import Vault


@dataclass(frozen=True, slots=True)
class Told:
    """A record that a report tells of: its number, and its newest ledger number then.

    ``committed``: the days on which repair of it was committed to and accepted; None where no
    commitment was public.
    """

    id: int
    ledger_seq: int
    committed: tuple[date, date] | None = None


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


def told_json(told: Iterable[Told]) -> str:
    """What a report tells of as it is kept: [[7, 12], [8, 15, "2026-06-01", "2026-06-03"]]."""
    return orjson.dumps([[one.id, one.ledger_seq, *(one.committed or ())] for one in told]).decode()


def told_from(kept: str) -> dict[int, Told]:
    """What ``told_json`` kept, by the number of the record."""
    return {id_: Told(id_, seq, _days(days)) for id_, seq, *days in orjson.loads(kept)}


def _days(kept: list[str]) -> tuple[date, date] | None:
    return (date.fromisoformat(kept[0]), date.fromisoformat(kept[1])) if kept else None


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
