"""Cutting a batch: what changed for one receiver since the last one, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.exchange_types import Control, Operation
from credit_site.domain.rulebook import ExchangeProfile, Layout, Rulebook
from credit_site.domain.states import BatchState, RowState
from credit_site.models import ExchangeBatch, ExchangeChannel, ExchangeRow, Record
from credit_site.models.bulk import BulkInsert
from credit_site.services.audit import note
from credit_site.services.exchange.cells import ProfileCells
from credit_site.services.exchange.held import Held, close_refusals, held
from credit_site.services.exchange.picking import pick, records
from credit_site.services.exchange.terms import ExchangeTools
from credit_site.services.layout_records import belongs_here
from credit_site.services.public_records import ended_record, is_visible
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

_COLUMNS = (
    "batch_id",
    "position",
    "channel_id",
    "record_id",
    "agency",
    "ledger_seq",
    "operation",
    "ending",
    "digest",
    "cells",
    "state",
    "reason",
    "again_by",
)


@dataclass(frozen=True, slots=True)
class Cut:
    """What came of it: the batch (None: nothing for this receiver), whether all is done."""

    batch: str | None
    rows: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a receiver is to be told of one record."""

    record: Record
    operation: Operation
    ending: str
    cells: list[str]
    digest: bytes


def cut(session: Session, tools: ExchangeTools, channel_id: int, now: datetime) -> Cut:
    """Cuts the next batch of a channel that is active.

    Killed at any moment, either all of it is stored or nothing.
    """
    with write_transaction(session):
        channel = session.get_one(ExchangeChannel, channel_id, with_for_update=True)
        if not channel.active:
            return Cut(None, 0, complete=True)
        profile = tools.rulebook.profiles[channel.profile]
        layout = tools.rulebook.layouts[profile.layout]
        picked = pick(session, channel, layout, now.date(), profile.most_rows)
        known = held(session, channel.id, picked.ids)
        told = list(_told(session, tools, profile, picked.ids, known, now.date()))
        batch = _store(session, tools, channel, told, picked.until, now) if told else None
        refusals = [row for one in known.values() for row in one.open_refusals]
        close_refusals(session, refusals, now)
        channel.position = picked.until
        if picked.complete:
            channel.cut_on = now.date()
        return Cut(batch.name if batch else None, len(told), picked.complete)


def _told(
    session: Session,
    tools: ExchangeTools,
    profile: ExchangeProfile,
    ids: Sequence[int],
    known: dict[int, Held],
    today: date,
) -> Iterator[Told]:
    layout = tools.rulebook.layouts[profile.layout]
    writer = ProfileCells(profile, tools.rulebook, tools.vault)
    for record in records(session, ids):
        there = known.get(record.id, Held())
        ending = _ending(record, layout, today)
        if ending and not there.held:
            continue
        operation = Operation.ENDED if ending else _CHANGED[there.held]
        cells = writer.of(record, operation, ending)
        digest = tools.vault.digest(orjson.dumps([operation is Operation.ENDED, *cells]))
        if there.says_news(operation, digest):
            yield Told(record, operation, ending, cells, digest)


_CHANGED = {False: Operation.NEW, True: Operation.CHANGED}


def _ending(record: Record, layout: Layout, today: date) -> str:
    """Why the receiver must not show a record; "" for one that is public and of this profile."""
    if is_visible(record, today):
        return "" if belongs_here(layout, record) else "corrected"
    ended = ended_record(record, today)
    return ended.reason if ended else "screened"


def _store(
    session: Session,
    tools: ExchangeTools,
    channel: ExchangeChannel,
    told: Sequence[Told],
    until: int,
    now: datetime,
) -> ExchangeBatch:
    counts = Counter(one.operation for one in told)
    profile = tools.rulebook.profiles[channel.profile]
    number = _next_number(session, channel.id)
    batch = ExchangeBatch(
        channel_id=channel.id,
        number=number,
        name=f"{profile.name}-{channel.id}-{number:06d}",
        version=profile.version,
        personal=profile.personal,
        since=channel.position,
        until=until,
        new=counts[Operation.NEW],
        changed=counts[Operation.CHANGED],
        ended=counts[Operation.ENDED],
        state=BatchState.PREPARED.value,
        columns=orjson.dumps(_columns(profile, tools.rulebook)).decode(),
        manifest="",
        cut_at=now,
    )
    session.add(batch)
    session.flush()
    insert = BulkInsert(ExchangeRow.__table__, _COLUMNS, session.get_bind().dialect)
    insert.run(session, _rows(batch, told, profile, tools))
    said = {operation.value: count for operation, count in counts.items()}
    note(session, now, "system", "exchange_cut", f"exchange/{batch.name}", **said)
    return batch


def _next_number(session: Session, channel_id: int) -> int:
    query = select(func.max(ExchangeBatch.number)).where(ExchangeBatch.channel_id == channel_id)
    return (session.scalar(query) or 0) + 1


def _columns(profile: ExchangeProfile, rulebook: Rulebook) -> list[tuple[str, str]]:
    own = profile.columns_of(rulebook.layouts[profile.layout])
    control = [(one.code, one.title) for one in rulebook.exchange.columns]
    return [*control, *((one.code, one.title) for one in own)]


def _rows(
    batch: ExchangeBatch, told: Sequence[Told], profile: ExchangeProfile, tools: ExchangeTools
) -> Iterator[tuple[object, ...]]:
    control = tools.rulebook.exchange
    for position, one in enumerate(told, 1):
        said = {
            Control.BATCH: batch.name,
            Control.ROW: str(position),
            Control.ID: str(one.record.id),
            Control.OPERATION: profile.operations[one.operation],
            Control.REASON: control.endings.get(one.ending, one.ending),
        }
        before = [said[column.what] for column in control.columns]
        yield (
            batch.id,
            position,
            batch.channel_id,
            one.record.id,
            one.record.agency,
            one.record.ledger_seq,
            one.operation.value,
            one.ending,
            one.digest,
            sealed_cells(tools.vault, [*before, *one.cells]),
            RowState.SENT.value,
            "",
            "",
        )


def sealed_cells(vault: Vault, cells: Sequence[str]) -> bytes:
    """A row's texts, kept so until they are delivered."""
    return vault.seal(orjson.dumps(cells))


def opened_cells(vault: Vault, sealed: bytes) -> list[str]:
    """The texts again. Raises SealBroken."""
    found: list[str] = orjson.loads(vault.open(sealed))
    return found
