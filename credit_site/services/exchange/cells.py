"""A record in the columns of a profile: what its receiver is to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

import orjson

from credit_site.domain.exchange_types import Computed, Operation, Source
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Column, ExchangeProfile, FieldType, Rulebook
from credit_site.extensions import CITY_TIME
from credit_site.models import Record, State
from credit_site.services.layout_cells import layout_cell
from credit_site.vault import Vault

_MOMENT = " %H:%M:%S"


class ProfileCells:
    """Writes records of one profile as texts, in the order of its own columns.

    What the public never sees is opened only for a profile that demands it.
    """

    def __init__(self, profile: ExchangeProfile, rulebook: Rulebook, vault: Vault) -> None:
        layout = rulebook.layouts[profile.layout]
        register = rulebook.registers[layout.register]
        self._profile, self._vault = profile, vault
        self._columns = profile.columns_of(layout)
        self._computed = {one.field: one for one in profile.computed}
        self._dates = {f.name for f in register.fields if f.type is FieldType.DATE}
        self._demanded = set(profile.sealed_fields)
        if profile.full_names:
            self._demanded.add(register.subject_field)
        self._times = Counter(column.field for column in self._columns)

    def of(self, record: Record, operation: Operation, ending: str) -> list[str]:
        """The texts of one row; with an ending only what tells the receiver which one it is."""
        values = self._values(record)
        if operation is Operation.ENDED:
            keys = self._profile.key_fields
            values = {name: value for name, value in values.items() if name in keys}
        for one in self._computed.values():
            values.pop(one.field, None)
            if operation is not Operation.ENDED or one.source in _TOLD_AT_THE_END:
                values[one.field] = self._compute(one, record, ending)
        seen: Counter[str] = Counter()
        return [self._cell(column, values, seen) for column in self._columns]

    def _values(self, record: Record) -> dict[str, JsonValue]:
        values = record.content
        if self._demanded and record.sealed is not None:
            sealed = orjson.loads(self._vault.open(record.sealed))
            values.update({n: value for n, value in sealed.items() if n in self._demanded})
        return values

    def _compute(self, one: Computed, record: Record, ending: str) -> str:
        found = _SOURCES[one.source](record, ending)
        if one.source is Source.UPDATED_AT:
            moment = record.updated_at.astimezone(CITY_TIME)
            return moment.strftime(self._profile.date_format + _MOMENT)
        return one.values.get(found, found)

    def _cell(self, column: Column, values: Mapping[str, JsonValue], seen: Counter[str]) -> str:
        """A list over several columns: one value in each, and what is left in the last."""
        value, place = values.get(column.field), seen[column.field]
        seen[column.field] += 1
        if isinstance(value, list | tuple):
            last = seen[column.field] == self._times[column.field]
            part = value[place:] if last else value[place : place + 1]
            text = self._profile.list_separator.join(map(str, part))
        elif column.field in self._dates and isinstance(value, str) and value:
            text = date.fromisoformat(value).strftime(self._profile.date_format)
        else:
            text = layout_cell(column, values)
        return text or self._profile.null_text


def _state(record: Record, ending: str) -> str:
    """As the tables of 2016 tell states apart; ``ending`` is "" for what is public."""
    if ending:
        return "revoked" if ending == "revoked" else "ended"
    assert record.state == State.PUBLISHED, "what has no ending is public"
    return "disputed" if record.disputed else "public"


_TOLD_AT_THE_END = (Source.STATE, Source.UPDATED_AT)
_SOURCES: Mapping[Source, Callable[[Record, str], str]] = {
    Source.STATE: _state,
    Source.SEVERITY: lambda record, _: record.severity,
    Source.DIVISION: lambda record, _: record.division,
    Source.UPDATED_AT: lambda record, _: record.updated_at.isoformat(),
}
