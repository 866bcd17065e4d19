"""New decisions that may be public already under another spelling of their number.

The reviewer is shown such pairs (``comparing``); where nobody reviews, the row is held. Subject and
day lie open, so two decisions are compared only where both agree, and a person's name and number
are unsealed for these alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.subjects import NATURAL_PERSON, document_number, normal_name
from credit_site.models import Record, State
from credit_site.services.comparing import SAME_SUBJECT_AND_DAY, why_alike
from credit_site.services.prepared import Prepared
from credit_site.vault import Vault

REPEAT = "possible_duplicate"
"""Its name in the rule on direct publication."""
_AT_ONCE = 500
_Place = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A decision before the one that is looked at; ``named`` says where it stands."""

    decision: Entry | Record
    named: str


def likely_repeats(
    session: Session, vault: Vault, rulebook: Rulebook, items: Sequence[Prepared]
) -> dict[int, str]:
    """Of new entries those that may be out already, or stand above in ``items``: why, by row.

    Same subject and day, and the number or the facts nearly the same. The first of two goes.
    """
    before = _on_record(session, items)
    found: dict[int, str] = {}
    for item in items:
        place = _place(item.entry)
        if place is None:
            continue
        for earlier in before[place]:
            if said := _why(item.entry, earlier, vault, rulebook):
                found[item.row_number] = said
                break
        else:
            before[place].append(_Earlier(item.entry, f"本文件第 {item.row_number} 行"))
    return found


def _why(entry: Entry, earlier: _Earlier, vault: Vault, rulebook: Rulebook) -> str:
    signs = why_alike(entry, earlier.decision)
    if SAME_SUBJECT_AND_DAY not in signs or len(signs) == 1:
        return ""
    if entry.subject_kind == NATURAL_PERSON:
        field = rulebook.registers[entry.register].subject_field
        if not _same_person(entry.sealed, _sealed(earlier.decision, vault), field):
            return ""
    return (
        f"可能与{earlier.named}重复（{'，'.join(signs)}），没有直接发布，等待审核。"
        "是同一件决定的，不用再报；不是的，由审核人员发布。"
    )


def _same_person(one: Mapping[str, str], other: Mapping[str, str], name_field: str) -> bool:
    """By the number where both have one, else by the full name."""
    numbers = document_number(one), document_number(other)
    if all(numbers):
        return numbers[0] == numbers[1]
    return normal_name(one.get(name_field, "")) == normal_name(other.get(name_field, ""))


def _sealed(decision: Entry | Record, vault: Vault) -> Mapping[str, str]:
    if isinstance(decision, Entry):
        return decision.sealed
    opened: dict[str, str] = orjson.loads(vault.open(decision.sealed)) if decision.sealed else {}
    return opened


def _place(decision: Entry | Record) -> _Place | None:
    """Under what like decisions lie together; None without a day."""
    if decision.decided_on is None:
        return None
    return decision.register, decision.uscc or decision.subject_name, decision.decided_on


def _on_record(session: Session, items: Iterable[Prepared]) -> defaultdict[_Place, list[_Earlier]]:
    """Public records in the places of some new entries."""
    places = {place for item in items if (place := _place(item.entry)) is not None}
    before: defaultdict[_Place, list[_Earlier]] = defaultdict(list)
    for record in _records(session, list(_numbers(session, places, items))):
        if place := _place(record):
            before[place].append(_Earlier(record, f"公示编号 {record.id} 的记录"))
    return before


def _numbers(session: Session, places: set[_Place], items: Iterable[Prepared]) -> Iterator[int]:
    """Of the records there: by the indexes of codes and names, without their content."""
    codes = sorted({item.uscc for item in items if item.uscc})
    names = sorted({item.subject_name for item in items if not item.uscc})
    days = sorted({day for _, _, day in places})
    columns = (Record.id, Record.register, Record.uscc, Record.subject_name, Record.decided_on)
    for named, subjects in ((Record.uscc, codes), (Record.subject_name, names)):
        for begin in range(0, len(subjects), _AT_ONCE):
            tests: tuple[ColumnElement[bool], ...] = (
                named.in_(subjects[begin:][:_AT_ONCE]),
                Record.decided_on.in_(days),
                Record.state == State.PUBLISHED,
            )
            for number, register, uscc, name, day in session.execute(
                select(*columns).where(*tests)
            ):
                if (register, uscc or name, day) in places:
                    yield number


def _records(session: Session, numbers: Sequence[int]) -> Iterator[Record]:
    for begin in range(0, len(numbers), _AT_ONCE):
        part = numbers[begin:][:_AT_ONCE]
        yield from session.scalars(select(Record).where(Record.id.in_(part)).order_by(Record.id))
