"""What one document of a feed holds: the newest changes of a selection, or those of a span."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from credit_site.domain.ledger_spans import Span, span_above, span_below
from credit_site.services.feed_changes import (
    Ending,
    endings,
    found,
    positions,
    positions_after,
)
from credit_site.services.public_records import PublicRecord, Selection, latest
from credit_site.services.recent_endings import RecentEndings
from credit_site.services.record_memory import RecordMemory
from search_index import SearchEngine

MOST_ITEMS = 50
"""How many records a feed holds, and how many endings beside them."""
MOST_IN_ARCHIVE = 200


class TooMany(Exception):
    """A span of which more is public than one archive holds: nobody is led there."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where windows are read from, as of a day."""

    session: Session
    memory: RecordMemory
    ended: RecentEndings
    engine: SearchEngine
    today: date


@dataclass(frozen=True, slots=True)
class Window:
    """Records and endings, newest first, and the spans of the archives before and after."""

    records: tuple[PublicRecord, ...]
    endings: tuple[Ending, ...] = ()
    older: Span | None = None
    newer: Span | None = None


def newest(source: Source, selection: Selection) -> Window:
    """The newest 50 records, and what ended since the oldest of them changed (50 at most)."""
    session = source.session
    records = source.memory.latest(session, source.today, selection, MOST_ITEMS)
    shown = [record.ledger_seq for record in records]
    gone = endings(session, source.today, replace(selection, above=_floor(shown)), MOST_ITEMS)
    told = [ending.seq for ending in gone]
    older = _older(session, selection, max(_floor(shown), _floor(told)), max([*shown, *told, 0]))
    return Window(tuple(records), tuple(gone), older)


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
        _older(source.session, selection, kept[-1], kept[0]),
    )


def newest_sparse(source: Source, selection: Selection, head_seq: int) -> Window:
    """The newest 50 records of a division or campaign, and what ended of late.

    No index of the database leads to them: where there are few, the search index names them;
    where there are many, 50 are soon met on the way back through the ledger.
    """
    session, today = source.session, source.today
    narrowed = replace(selection, among=found(source.engine, today, selection))
    records = source.memory.latest(session, today, narrowed, MOST_ITEMS)
    return Window(tuple(records), tuple(recently_ended(source, selection, head_seq)))


def recently_ended(source: Source, selection: Selection, head_seq: int) -> list[Ending]:
    """The latest endings of a scope, 50 at most."""
    return source.ended.within(source.session, source.today, selection, head_seq, MOST_ITEMS)


def archived(source: Source, selection: Selection, span: Span, head_seq: int) -> Window:
    """What changed last within a span, and the spans beside it. Raises TooMany."""
    session, today = source.session, source.today
    within = replace(selection, above=span[0] - 1, upto=span[1])
    records = latest(session, today, within, MOST_IN_ARCHIVE + 1)
    gone = endings(session, today, within, MOST_IN_ARCHIVE + 1)
    if max(len(records), len(gone)) > MOST_IN_ARCHIVE:
        raise TooMany
    after = positions_after(session, selection, span[1], MOST_ITEMS)
    return Window(
        tuple(records),
        tuple(gone),
        _older(session, selection, span[0], span[0] - 1),
        span_above(after, span[1], head_seq, MOST_ITEMS),
    )


def _floor(seqs: list[int]) -> int:
    """The ledger number down to which so many changes are all there are; 0: to the beginning."""
    return seqs[-1] if len(seqs) >= MOST_ITEMS else 0


def _older(session: Session, selection: Selection, floor: int, bound: int) -> Span | None:
    if floor <= 1:
        return None
    below = positions(session, replace(selection, upto=floor - 1), MOST_ITEMS)
    return span_below(below, bound, MOST_ITEMS)
