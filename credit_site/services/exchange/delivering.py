"""Delivering batches as they were cut, in their order; at least once, and without harm twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

import orjson
from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from credit_site.domain.exchange_types import FileFormat
from credit_site.domain.states import BatchState, RowState
from credit_site.models import ExchangeBatch, ExchangeChannel, ExchangeRow
from credit_site.services.audit import note
from credit_site.services.exchange.cutting import opened_cells
from credit_site.services.exchange.databases import DatabaseTarget, address_of
from credit_site.services.exchange.folders import FolderTarget, folder_below
from credit_site.services.exchange.parcels import Parcel
from credit_site.services.exchange.terms import ExchangeProblem, ExchangeTools, TargetKind
from credit_site.services.transactions import write_transaction
from credit_site.vault import SealBroken

_AT_ONCE = 500
_OTHER_KEY = "打不开保存的内容：站点密钥（secret_key）换过了，请系统管理员恢复原来的密钥。"


class Target(Protocol):
    """Where batches go."""

    def check(self) -> None:
        """Raises ExchangeProblem where nothing can be delivered."""

    def deliver(self, parcel: Parcel) -> str:
        """Delivers all of it and returns the manifest; raises ExchangeProblem."""


def target_of(tools: ExchangeTools, channel: ExchangeChannel) -> FolderTarget | DatabaseTarget:
    """The target of a channel. Raises ExchangeProblem, SealBroken."""
    if channel.target == TargetKind.FOLDER:
        return FolderTarget(folder_below(tools.root, channel.folder), tools.rulebook)
    assert channel.address is not None, "a channel into a database has its address"
    url = address_of(tools.vault.open(channel.address).decode(), tools.root)
    return DatabaseTarget(url, tools.rulebook.profiles[channel.profile], tools.rulebook)


def deliver_next(session: Session, tools: ExchangeTools, channel_id: int, now: datetime) -> str:
    """Delivers the oldest batch that waits; its name, "" for none.

    Raises ExchangeProblem where the target cannot be reached; that stands on the channel then.
    """
    channel = session.get_one(ExchangeChannel, channel_id)
    query = (
        select(ExchangeBatch)
        .where(
            ExchangeBatch.channel_id == channel_id,
            ExchangeBatch.state == BatchState.PREPARED.value,
        )
        .order_by(ExchangeBatch.number)
        .limit(1)
    )
    batch = session.scalar(query)
    if batch is None or not channel.active:
        session.rollback()
        return ""
    number, name = batch.id, batch.name
    try:
        text = target_of(tools, channel).deliver(_parcel(session, tools, channel, batch))
    except (ExchangeProblem, SealBroken) as error:
        problem = ExchangeProblem(_OTHER_KEY) if isinstance(error, SealBroken) else error
        remember_problem(session, channel_id, str(problem), now)
        raise problem from None
    session.rollback()
    _mark_delivered(session, number, text, now)
    return name


def settle_answered(session: Session, batch_id: int, now: datetime) -> None:
    """In the caller's transaction: a delivered batch with no row unanswered is acknowledged."""
    batch = session.get_one(ExchangeBatch, batch_id)
    waiting = exists().where(
        ExchangeRow.batch_id == batch_id, ExchangeRow.state == RowState.SENT.value
    )
    if batch.state == BatchState.DELIVERED and not session.scalar(select(waiting)):
        batch.state, batch.acknowledged_at = BatchState.ACKNOWLEDGED.value, now


def _parcel(
    session: Session, tools: ExchangeTools, channel: ExchangeChannel, batch: ExchangeBatch
) -> Parcel:
    columns: list[tuple[str, str]] = [tuple(pair) for pair in orjson.loads(batch.columns)]
    into_files = channel.target == TargetKind.FOLDER
    return Parcel(
        name=batch.name,
        profile=tools.rulebook.profiles[channel.profile],
        version=batch.version,
        personal=batch.personal,
        number=batch.number,
        since=batch.since,
        until=batch.until,
        counts={"new": batch.new, "changed": batch.changed, "ended": batch.ended},
        moment=batch.cut_at,
        columns=tuple(columns),
        format=FileFormat(channel.format) if into_files else FileFormat.XML,
        rows=_rows(session, tools, batch.id),
    )


def _rows(
    session: Session, tools: ExchangeTools, batch_id: int
) -> Callable[[], Iterator[list[str]]]:
    """Opened some at a time: what is sealed is never in memory all at once."""
    row = ExchangeRow

    def part(after: int) -> list[tuple[int, bytes | None]]:
        query = select(row.position, row.cells).where(
            row.batch_id == batch_id, row.position > after
        )
        found = session.execute(query.order_by(row.position).limit(_AT_ONCE))
        return [(position, cells) for position, cells in found]

    def rows() -> Iterator[list[str]]:
        after = 0
        while found := part(after):
            for after, sealed in found:  # noqa: B007  # the last one leads on
                assert sealed is not None, "a batch that waits has its texts"
                yield opened_cells(tools.vault, sealed)

    return rows


def _mark_delivered(session: Session, batch_id: int, text: str, now: datetime) -> None:
    with write_transaction(session):
        batch = session.get_one(ExchangeBatch, batch_id, with_for_update=True)
        if batch.state != BatchState.PREPARED:
            return
        batch.state, batch.delivered_at = BatchState.DELIVERED.value, now
        batch.manifest = text
        mine = ExchangeRow.batch_id == batch_id
        session.execute(update(ExchangeRow).where(mine).values(cells=None))
        channel = session.get_one(ExchangeChannel, batch.channel_id)
        channel.problem, channel.tried_at = "", now
        note(
            session, now, "system", "exchange_delivered", f"exchange/{batch.name}", rows=batch.rows
        )
        session.flush()
        settle_answered(session, batch_id, now)


def remember_problem(
    session: Session, channel_id: int, problem: str, tried_at: datetime | None = None
) -> None:
    """What keeps a channel from its target; with a moment, it is left alone for a while then."""
    session.rollback()
    with write_transaction(session):
        channel = session.get_one(ExchangeChannel, channel_id)
        channel.problem, channel.tried_at = problem, tried_at or channel.tried_at


def forget_problem(session: Session, channel_id: int) -> None:
    """The target answers again; what keeps a batch from it stays until that is delivered."""
    channel = session.get_one(ExchangeChannel, channel_id)
    waits = select(ExchangeBatch.id).where(
        ExchangeBatch.channel_id == channel_id,
        ExchangeBatch.state == BatchState.PREPARED.value,
    )
    if channel.problem and session.scalar(waits.limit(1)) is None:
        remember_problem(session, channel_id, "")
