"""What one document of a feed holds: the newest changes of a selection, or those of a span."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from credit_site.domain.ledger_spans import Span, span_above, span_below
from credit_site.services.departures import Ending, endings
from credit_site.services.feed_changes import (
    positions,
    positions_after,
    standing_after,
    standing_positions,
)
from credit_site.services.public_records import PublicRecord, Selection, latest
from credit_site.services.recent_endings import RecentEndings
from credit_site.services.record_memory import RecordMemory

MOST_ITEMS = 50
"""How many records a feed holds, and how many endings beside them."""
MOST_IN_ARCHIVE = 200

Positions = Callable[[Selection], list[int]]
"""Up to MOST_ITEMS ledger numbers of a selection, newest first."""


class TooMany(Exception):
    """A span of which more is public than one archive holds: nobody is led there."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where windows are read from, as of a day and a ledger number."""

    session: Session
    memory: RecordMemory
    ended: RecentEndings
    today: date
    head_seq: int


@dataclass(frozen=True, slots=True)
class Window:
    """Records and endings, newest first, and the spans of the archives before and after.

    ``late`` are endings of longer ago, for those who come late.
    """

    records: tuple[PublicRecord, ...]
    endings: tuple[Ending, ...] = ()
    older: Span | None = None
    newer: Span | None = None
    late: tuple[Ending, ...] = ()

    @property
    def told(self) -> tuple[Ending, ...]:
        """All that is told to have left, each number once; nothing that is shown."""
        shown = {record.id for record in self.records}
        every = {one.id: one for one in reversed((*self.endings, *self.late))}
        left = (one for id_, one in every.items() if id_ not in shown)
        return tuple(sorted(left, key=lambda one: one.order, reverse=True)[:MOST_ITEMS])


def newest(source: Source, selection: Selection) -> Window:
    """The newest 50 records, and what ended since the oldest of them changed (50 at most)."""
    session = source.session
    records = source.memory.latest(session, source.today, selection, MOST_ITEMS)
    shown = [record.ledger_seq for record in records]
    gone = endings(session, source.today, replace(selection, above=_floor(shown)), MOST_ITEMS)
    told = [ending.seq for ending in gone]
    floor, bound = max(_floor(shown), _floor(told)), max([*shown, *told, 0])
    older = _older(_all_positions(source), selection, floor, bound)
    late = recently_ended(source, selection)
    return Window(tuple(records), tuple(gone), older, late=tuple(late))


def newest_moves(source: Source, selection: Selection) -> Window:
    """The same of a list, whose additions and removals count alike: 50 of both together."""
    whole = newest(source, selection)
    moves = [record.ledger_seq for record in whole.records] + [one.seq for one in whole.endings]
    if len(moves) <= MOST_ITEMS:
        return whole
    kept = sorted(moves, reverse=True)[:MOST_ITEMS]
    return Window(
        tuple(record for record in whole.records if record.ledger_seq >= kept[-1]),
        tuple(ending for ending in whole.endings if ending.seq >= kept[-1]),
        _older(_all_positions(source), selection, kept[-1], kept[0]),
        late=whole.late,
    )


def newest_sparse(source: Source, selection: Selection) -> Window:
    """The newest 50 records of a company, division or campaign, and what ended of late.

    Of a company that is what ended of whomever: that a record of this very code has ended must
    not be told, nobody is to learn here that there was one. Who holds it finds its number among
    all others.
    """
    records = source.memory.latest(source.session, source.today, selection, MOST_ITEMS)
    shown = [record.ledger_seq for record in records]
    older = _older(_standing_positions(source), selection, _floor(shown), max([*shown, 0]))
    late = recently_ended(source, selection)
    return Window(tuple(records), older=older, late=tuple(late))


def recently_ended(source: Source, selection: Selection) -> list[Ending]:
    """What left a scope last, 50 at most."""
    return source.ended.within(source.session, source.today, selection, source.head_seq, MOST_ITEMS)


def recently_moved(source: Source, selection: Selection) -> list[Ending]:
    """What was corrected to be another's of late, though it still is what is selected."""
    return source.ended.moved(source.session, source.today, selection, source.head_seq)


def archived(source: Source, selection: Selection, span: Span) -> Window:
    """What changed last within a span, and the spans beside it. Raises TooMany."""
    within = replace(selection, above=span[0] - 1, upto=span[1])
    gone = endings(source.session, source.today, within, MOST_IN_ARCHIVE + 1)
    after = positions_after(source.session, selection, span[1], MOST_ITEMS)
    return Window(
        _within(source, within, gone),
        tuple(gone),
        _older(_all_positions(source), selection, span[0], span[0] - 1),
        span_above(after, span[1], source.head_seq, MOST_ITEMS),
    )


def archived_sparse(source: Source, selection: Selection, span: Span) -> Window:
    """The same of a company, division or campaign; endings of late alone, of a company none."""
    recent = [] if selection.uscc else recently_ended(source, selection)
    gone = [one for one in recent if span[0] <= one.seq <= span[1]]
    after = standing_after(source.session, source.today, selection, span[1], MOST_ITEMS)
    return Window(
        _within(source, replace(selection, above=span[0] - 1, upto=span[1]), gone),
        tuple(gone),
        _older(_standing_positions(source), selection, span[0], span[0] - 1),
        span_above(after, span[1], source.head_seq, MOST_ITEMS),
    )


def _within(source: Source, within: Selection, gone: Sequence[Ending]) -> tuple[PublicRecord, ...]:
    records = latest(source.session, source.today, within, MOST_IN_ARCHIVE + 1)
    if max(len(records), len(gone)) > MOST_IN_ARCHIVE:
        raise TooMany
    return tuple(records)


def _all_positions(source: Source) -> Positions:
    return lambda selection: positions(source.session, selection, MOST_ITEMS)


def _standing_positions(source: Source) -> Positions:
    return lambda selection: standing_positions(source.session, source.today, selection, MOST_ITEMS)


def _floor(seqs: list[int]) -> int:
    """The ledger number down to which so many changes are all there are; 0: to the beginning."""
    return seqs[-1] if len(seqs) >= MOST_ITEMS else 0


def _older(read: Positions, selection: Selection, floor: int, bound: int) -> Span | None:
    if floor <= 1:
        return None
    return span_below(read(replace(selection, upto=floor - 1)), bound, MOST_ITEMS)
