"""What a receiver said of rows, written to them: taken in, or refused with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.exchange_types import ReceiptWords
from credit_site.domain.identifiers import mask_personal_numbers, normalise_code
from credit_site.domain.states import RowState
from credit_site.intake.receipt_files import ReceiptContent, ReceiptLine
from credit_site.models import ExchangeBatch, ExchangeChannel, ExchangeReceipt, ExchangeRow, Record
from credit_site.services.audit import note
from credit_site.services.exchange.delivering import settle_answered
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

_LONGEST_REASON = 500
_MOST_SAID = 5
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Incoming:
    """A receipt that came in: from where (folder, table, upload), as which file."""

    source: str
    name: str
    sha256: str
    content: ReceiptContent


@dataclass(slots=True)
class Answered:
    """What a receipt brought; ``problems`` say in Chinese what could not be understood."""

    counts: Counter[RowState] = field(default_factory=Counter)
    unknown: int = 0
    problems: list[str] = field(default_factory=list)

    def miss(self, place: int, problem: str) -> None:
        """A line that leads to no row."""
        self.unknown += 1
        if len(self.problems) < _MOST_SAID:
            self.problems.append(f"第 {place} 行：{problem}")

    @property
    def problem(self) -> str:
        """All of it in one text."""
        more = self.unknown - len(self.problems)
        return "".join(self.problems) + (f"另有 {more} 行同样没有对上。" if more > 0 else "")


def known_receipt(session: Session, channel_id: int, sha256: str) -> bool:
    """Whether the very same was read before, to its end and without anything left."""
    query = select(ExchangeReceipt.id).where(
        ExchangeReceipt.channel_id == channel_id,
        ExchangeReceipt.sha256 == sha256,
        ExchangeReceipt.unknown == 0,
        ExchangeReceipt.problem == "",
    )
    return session.scalar(query.limit(1)) is not None


def take_receipt(
    session: Session,
    vault: Vault,
    words: ReceiptWords,
    channel_id: int,
    incoming: Incoming,
    now: datetime,
) -> Answered:
    """Writes all that a receipt says, in one transaction; taking it again changes nothing."""
    with write_transaction(session):
        channel = session.get_one(ExchangeChannel, channel_id, with_for_update=True)
        writer = _Writer(session, vault, words, channel, now)
        with session.no_autoflush:
            for line in incoming.content.lines:
                writer.take(line)
        found = writer.answered
        if incoming.content.unread:
            found.unknown += incoming.content.unread
            found.problems.append(f"有 {incoming.content.unread} 行读不出来。")
        session.flush()
        for batch_id in sorted(writer.batches):
            settle_answered(session, batch_id, now)
        _keep(session, channel_id, incoming, found, now)
    return found


def refuse_receipt(
    session: Session, channel_id: int, incoming: Incoming, problem: str, now: datetime
) -> None:
    """Keeps in mind that something came in that cannot be read, and why."""
    with write_transaction(session):
        found = Answered(unknown=0, problems=[problem])
        _keep(session, channel_id, incoming, found, now)


class _Writer:
    """Finds the rows that lines mean, and writes the results to them."""

    def __init__(
        self,
        session: Session,
        vault: Vault,
        words: ReceiptWords,
        channel: ExchangeChannel,
        now: datetime,
    ) -> None:
        self._session, self._vault, self._now = session, vault, now
        self._channel = channel.id
        self._accepted = {word.casefold() for word in words.accepted}
        self._refused = {word.casefold() for word in words.refused}
        self._by_name: dict[str, dict[int, ExchangeRow]] = {}
        self.answered = Answered()
        self.batches: set[int] = set()

    def take(self, line: ReceiptLine) -> None:
        """One line."""
        state = self._state(line.result)
        if state is None:
            shown = mask_personal_numbers(line.result)[:20]
            self.answered.miss(line.place, f"处理结果“{shown}”看不懂。")
            return
        row = self._row(line)
        if row is None:
            self.answered.miss(line.place, "找不到对应的数据，请核对批次号和行号。")
            return
        self.answered.counts[state] += 1
        self.batches.add(row.batch_id)
        if row.state != state:
            self._write(row, state, line)

    def _state(self, result: str) -> RowState | None:
        word = result.strip().casefold()
        if word in self._accepted:
            return RowState.ACCEPTED
        return RowState.REFUSED if word in self._refused else None

    def _write(self, row: ExchangeRow, state: RowState, line: ReceiptLine) -> None:
        row.state, row.answered_at = state.value, self._now
        row.reason = row.again_by = ""
        row.closed_at = row.again_at = None
        if state is RowState.REFUSED:
            row.reason = self._reason(row.record_id, line.reason)
            row.closed_at = self._now if self._went_out_again(row) else None

    def _went_out_again(self, row: ExchangeRow) -> bool:
        query = select(ExchangeRow.id).where(
            ExchangeRow.channel_id == self._channel,
            ExchangeRow.record_id == row.record_id,
            ExchangeRow.id > row.id,
        )
        return self._session.scalar(query.limit(1)) is not None

    def _reason(self, record_id: int, text: str) -> str:
        """Without any number of a person: not by its form, and not what we keep back of them."""
        said = " ".join(text.split())
        record = self._session.get(Record, record_id)
        if record is not None and record.sealed is not None:
            for value in orjson.loads(self._vault.open(record.sealed)).values():
                if len(str(value)) > 1:
                    said = said.replace(str(value), "*" * len(str(value)))
        return mask_personal_numbers(said)[:_LONGEST_REASON] or "平台没有写明原因。"

    def _row(self, line: ReceiptLine) -> ExchangeRow | None:
        rows = self._rows(line.batch) if line.batch else {}
        if line.batch and line.row:
            return rows.get(_number(line.row))
        wanted = [_number(line.id)] if line.id else self._records(line)
        if line.batch:
            return next((row for row in rows.values() if row.record_id in wanted), None)
        query = select(ExchangeRow).where(
            ExchangeRow.channel_id == self._channel, ExchangeRow.record_id.in_(wanted)
        )
        return self._session.scalar(query.order_by(ExchangeRow.id.desc()).limit(1))

    def _records(self, line: ReceiptLine) -> Sequence[int]:
        """The one record of a document number and code; none where several are meant."""
        if not line.number:
            return ()
        query = select(Record.id).where(
            Record.document_number_key == normalise_number(line.number),
            Record.uscc == normalise_code(line.uscc),
            Record.id.in_(
                select(ExchangeRow.record_id).where(ExchangeRow.channel_id == self._channel)
            ),
        )
        found = self._session.scalars(query.limit(2)).all()
        return found if len(found) == 1 else ()

    def _rows(self, name: str) -> dict[int, ExchangeRow]:
        """All rows of a batch by their place; none for a batch that is not this channel's."""
        if name not in self._by_name:
            query = (
                select(ExchangeRow)
                .join(ExchangeBatch, ExchangeBatch.id == ExchangeRow.batch_id)
                .where(ExchangeBatch.name == name, ExchangeRow.channel_id == self._channel)
                .options(defer(ExchangeRow.cells))
            )
            self._by_name[name] = {row.position: row for row in self._session.scalars(query)}
        return self._by_name[name]


def _number(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 16 else -1


def _keep(
    session: Session, channel_id: int, incoming: Incoming, found: Answered, now: datetime
) -> None:
    kept = ExchangeReceipt(
        channel_id=channel_id,
        source=incoming.source,
        name=mask_personal_numbers(incoming.name)[:_LONGEST_NAME],
        sha256=incoming.sha256,
        received_at=now,
        accepted=found.counts[RowState.ACCEPTED],
        refused=found.counts[RowState.REFUSED],
        unknown=found.unknown,
        problem=found.problem,
    )
    session.add(kept)
    session.flush()
    said = {"accepted": kept.accepted, "refused": kept.refused, "unknown": kept.unknown}
    subject = f"exchange/channel/{channel_id}"
    note(session, now, "system", "exchange_receipt", subject, source=incoming.source, **said)
