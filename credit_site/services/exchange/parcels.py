"""A batch on its way out, and the manifest that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from credit_site.domain.exchange_types import FileFormat
from credit_site.domain.rulebook import ExchangeProfile
from credit_site.services.exchange.terms import ExchangeProblem


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a target delivers; ``rows`` opens the sealed texts anew each time it is called."""

    name: str
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


def other_batch(name: str) -> ExchangeProblem:
    """The target holds another batch of that name: nothing of it may be written over."""
    return ExchangeProblem(
        f"目标里已经有批次号相同、内容不同的一批（{name}），没有覆盖。多半是本站从备份恢复过："
        "请和对方核对收到哪一批为止，再把目标里的这一批移开，或者新建通道重新送全部。"
    )
