"""What a day changed in a register, for those who keep a copy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing

import orjson
from flask import Response

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.ledger_days import span_of_day
from credit_site.services.open_data.csv_form import BOM, careful_line
from credit_site.services.open_data.deltas import (
    SCREENED,
    Delta,
    Operation,
    deltas,
)
from credit_site.services.open_data.forms import FORMS, Encoder, Stream
from credit_site.services.open_data.json_form import item
from credit_site.services.open_data.reading import FrozenRead
from credit_site.services.open_data.table import RecordTable, row_of
from credit_site.web.data.standing import day_named, register_named
from credit_site.web.frame import site_settings
from credit_site.web.presenters.words import end_reason
from credit_site.web.streams import sent, turns

OPERATIONS = {Operation.ADD: "新增", Operation.CHANGE: "变更", Operation.END: "终止"}
TITLES = ("变动", "账本序号", "变动时间", "终止日期", "终止原因")


def deltas_of_day(register: str, day: str, ending: str) -> Response:
    """Added, changed and ended on a day; today's so far."""
    name, on = register_named(register).name, day_named(day)
    site = site_settings().url
    encoder: Encoder[Delta] = _CsvDeltas(name, site) if ending == "csv" else _JsonDeltas(site)
    with ExitStack() as held:
        held.callback(turns().take())
        read = held.enter_context(closing(FrozenRead(db.engine, clock.today())))
        span = span_of_day(read.session, on)
        stream = Stream(deltas(read, name, span), encoder, held.pop_all().close)
    return sent(stream, FORMS[ending], f"{name}-{on}-{span.since}-{span.until}.{ending}")


class _JsonDeltas:
    """A line for each change: what to do, and the record as the API gives it."""

    def __init__(self, site: str) -> None:
        self._site = site

    def begin(self) -> bytes:
        """Nothing stands before the rows."""
        return b""

    def rows(self, rows: Sequence[Delta]) -> bytes:
        """The lines of some changes."""
        option = orjson.OPT_APPEND_NEWLINE
        return b"".join(orjson.dumps(_said(delta, self._site), option=option) for delta in rows)

    def end(self) -> bytes:
        """Nothing stands behind the rows."""
        return b""

    def close(self) -> None:
        """Nothing is held."""


def _said(delta: Delta, site: str) -> dict[str, object]:
    found: dict[str, object] = {
        "operation": delta.operation.value,
        "seq": delta.seq,
        "at": delta.at.isoformat(),
        "id": delta.id,
    }
    if delta.record is not None:
        return found | {"record": item(row_of(delta.record), site)}
    return found | {"ended_on": delta.ended_on, "reason": delta.reason}


def _why(register: str, reason: str) -> str:
    return "暂停公示" if reason == SCREENED else end_reason(register, reason) or reason


class _CsvDeltas:
    """The same as a table: what to do, then the columns of the register; ended: the number only."""

    def __init__(self, register: str, site: str) -> None:
        self._register = register
        self._table = RecordTable(load_rulebook(), register, site)

    def begin(self) -> bytes:
        """The line of titles."""
        return (BOM + careful_line((*TITLES, *self._table.titles))).encode()

    def rows(self, rows: Sequence[Delta]) -> bytes:
        """The lines of some changes."""
        return "".join(careful_line(self._cells(delta)) for delta in rows).encode()

    def end(self) -> bytes:
        """Nothing stands behind the rows."""
        return b""

    def close(self) -> None:
        """Nothing is held."""

    def _cells(self, delta: Delta) -> list[str]:
        ended = delta.ended_on.isoformat() if delta.ended_on else ""
        reason = _why(self._register, delta.reason)
        told = [OPERATIONS[delta.operation], str(delta.seq), delta.at.isoformat(), ended, reason]
        if delta.record is not None:
            return told + self._table.cells_of(delta.record)
        return told + [str(delta.id)] + [""] * (len(self._table.columns) - 1)
