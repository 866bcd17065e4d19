"""A batch on its way out, and the manifest that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from credit_site.domain.exchange_types import FileFormat
from credit_site.domain.rulebook import ExchangeProfile


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a target delivers; ``rows`` opens the sealed texts anew each time it is called."""

    name: str
    channel: str
    profile: ExchangeProfile
    version: str
    personal: bool
    number: int
    since: int
    until: int
    counts: Mapping[str, int]
    moment: datetime
    columns: tuple[tuple[str, str], ...]
    format: FileFormat
    rows: Callable[[], Iterator[list[str]]] = field(repr=False)

    @property
    def total(self) -> int:
        """How many rows."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Part:
    """A file or a table of a delivered batch: name, size in bytes (0: a table), SHA-256 (hex)."""

    name: str
    bytes: int
    sha256: str


def manifest(parcel: Parcel, part: Part) -> str:
    """What stands beside a batch, as JSON: the same batch gives the same text. No content."""
    said = {
        "batch": parcel.name,
        "channel": parcel.channel,
        "profile": parcel.profile.name,
        "version": parcel.version,
        "number": parcel.number,
        "ledger": {"after": parcel.since, "until": parcel.until},
        "rows": {"total": parcel.total, **parcel.counts},
        "operations": {o.value: code for o, code in parcel.profile.operations.items()},
        "personal": parcel.personal,
        "cut_at": parcel.moment.isoformat(timespec="seconds"),
        "files": [{"name": part.name, "bytes": part.bytes, "sha256": part.sha256}],
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2).decode() + "\n"
