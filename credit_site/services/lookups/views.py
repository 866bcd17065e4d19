"""Receipts as they are read again: the result only while everything it rests upon stands.

After a record has ended nothing shows it again: a line whose grounds are not all visible in the
revision of that time says that something has changed, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.list_measures import measures_in, measures_of
from credit_site.domain.lookups import GRAVEST, RECEIPTS, Outcome, Purpose, Result
from credit_site.domain.rulebook import ListBranch, Measure, Rulebook
from credit_site.models import Lookup, LookupFeedback, LookupGround, LookupLine
from credit_site.services.ledger import hash_at
from credit_site.services.lookups.sealing import Signed, beside, digest_of
from credit_site.services.public_records import PublicRecord, by_ids
from credit_site.vault import Vault

_GROUND = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry on a list that an answer rests upon.

    ``measures`` are those that were decided for it and no other of its branch's; ``said`` is what
    it says of measures in its own words. ``barred``: a favour that a black list beside it bars;
    then both are empty.
    """

    record: PublicRecord
    list_name: str
    tone: str
    branch: ListBranch | None
    measures: tuple[Measure, ...]
    said: str
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Feedback:
    """What became of the measures (slugs)."""

    outcome: Outcome
    measures: tuple[str, ...]
    words: str
    told_by: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class LineView:
    """A line, its gravest entries first; ``earlier`` is feedback corrected since, oldest first.

    CHANGED comes without entries, and all its feedback without words.
    """

    position: int
    row: int
    name: str
    code: str
    result: Result
    note: str
    offered: bool
    entries: tuple[Entry, ...]
    feedback: Feedback | None
    earlier: tuple[Feedback, ...] = ()
    role: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure that applies, once."""
        every = (measure for entry in self.entries for measure in entry.measures)
        return tuple(dict.fromkeys(every))

    @property
    def told(self) -> tuple[Feedback, ...]:
        """All feedback, the newest first."""
        newest = (self.feedback,) if self.feedback else ()
        return (*newest, *reversed(self.earlier))

    @property
    def answerable(self) -> bool:
        """Whether feedback is asked for: not where nothing can follow, as of a list copied.

        Of a black list it always is: what an entry does not name may rest on another law.
        """
        if self.result in (Result.CHANGED, Result.BLACK):
            return True
        found = any(entry.measures or entry.said for entry in self.entries)
        return found and self.result in GRAVEST


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt; ``genuine``: nobody altered it, and the ledger still has its head."""

    number: str
    agency: str
    actor: str
    at: datetime
    purpose: Purpose
    matter_number: str
    head_seq: int
    head_hash: str
    reading: str
    genuine: bool
    lines: tuple[LineView, ...]

    @property
    def changed(self) -> bool:
        """Whether a line's grounds have changed since."""
        return any(line.result is Result.CHANGED for line in self.lines)


def receipt(
    session: Session, vault: Vault, rulebook: Rulebook, number: str, today: date
) -> ReceiptView | None:
    """The receipt with that number, however spelled; None where there is none."""
    made = session.scalar(select(Lookup).where(Lookup.number == RECEIPTS.read(number)))
    if made is None:
        return None
    lines = session.scalars(
        select(LookupLine).where(LookupLine.lookup_id == made.id).order_by(LookupLine.position)
    ).all()
    grounds = _grounds(session, made.id)
    ids = sorted({record for of_line in grounds.values() for record, _ in of_line})
    records = {one.id: one for one in by_ids(session, ids, today)}
    reader = _Reader(rulebook, records, _earlier(session, made.id))
    return ReceiptView(
        made.number,
        made.agency,
        made.actor,
        made.at,
        Purpose(made.purpose),
        made.matter_number,
        made.head_seq,
        made.head_hash.hex(),
        made.reading,
        _is_genuine(session, vault, made, lines, grounds),
        tuple(reader.line(one, grounds.get(one.position, ())) for one in lines),
    )


class _Reader:
    """Reads lines with the records that are visible now."""

    def __init__(
        self,
        rulebook: Rulebook,
        records: Mapping[int, PublicRecord],
        earlier: Mapping[int, Sequence[LookupFeedback]],
    ) -> None:
        self._book, self._records, self._earlier = rulebook, records, earlier

    def line(self, one: LookupLine, grounds: Sequence[_GROUND]) -> LineView:
        """The line as it may be shown today."""
        records = [self._records.get(number) for number, _ in grounds]
        standing = [
            record
            for record, (_, revision) in zip(records, grounds, strict=True)
            if record is not None and record.revision == revision
        ]
        stands = len(standing) == len(grounds)
        return LineView(
            one.position,
            one.row,
            one.name,
            one.code,
            Result(one.result) if stands else Result.CHANGED,
            one.note if stands else "",
            one.offered,
            _gravest_first(map(self._entry, standing)) if stands else (),
            _feedback(one, stands=stands),
            tuple(
                said
                for before in self._earlier.get(one.position, ())
                if (said := _feedback(before, stands=stands)) is not None
            ),
            one.role,
        )

    def _entry(self, record: PublicRecord) -> Entry:
        branch = self._book.list_branches.get(str(record.content.get("branch", "")))
        on = self._book.lists[record.list_name]
        said = str(record.content.get("measures") or "")
        decided = measures_in(said, branch, self._book.measures)[0] if branch else ()
        every = measures_of(branch, self._book.measures) if branch else ()
        measures = tuple(one for one in every if one.slug in decided)
        return Entry(record, on.name, on.tone, branch, measures, said)


def _gravest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """No favours for whoever stands on a black list: its measures take away what they give.

    A red entry ends with the black one's publication (lists.toml, ends_beside); of one that stands
    beside it all the same it is told, and nothing follows from it.
    """
    graded = sorted(entries, key=lambda entry: GRAVEST.index(Result(entry.tone)))
    if not graded or graded[0].tone != Result.BLACK:
        return tuple(graded)
    return tuple(
        replace(entry, measures=(), said="", barred=True) if entry.tone == Result.RED else entry
        for entry in graded
    )


def _feedback(one: LookupLine | LookupFeedback, *, stands: bool) -> Feedback | None:
    if not one.outcome or one.told_at is None:
        return None
    measures = tuple(one.measures.split(",")) if one.measures and stands else ()
    words = one.words if stands else ""
    return Feedback(Outcome(one.outcome), measures, words, one.told_by, one.told_at)


def _earlier(session: Session, lookup_id: int) -> dict[int, list[LookupFeedback]]:
    """By position, what was told before, the oldest first."""
    query = (
        select(LookupFeedback)
        .where(LookupFeedback.lookup_id == lookup_id)
        .order_by(LookupFeedback.id)
    )
    found: dict[int, list[LookupFeedback]] = {}
    for one in session.scalars(query):
        found.setdefault(one.position, []).append(one)
    return found


def _grounds(session: Session, lookup_id: int) -> dict[int, tuple[_GROUND, ...]]:
    query = (
        select(LookupGround.position, LookupGround.record_id, LookupGround.revision)
        .where(LookupGround.lookup_id == lookup_id)
        .order_by(LookupGround.position, LookupGround.record_id)
    )
    found: dict[int, tuple[_GROUND, ...]] = {}
    for position, record, revision in session.execute(query):
        found[position] = (*found.get(position, ()), (record, revision))
    return found


def _is_genuine(
    session: Session,
    vault: Vault,
    made: Lookup,
    lines: Sequence[LookupLine],
    grounds: Mapping[int, tuple[_GROUND, ...]],
) -> bool:
    signed = Signed(
        number=made.number,
        agency=made.agency,
        actor=made.actor,
        at=made.at,
        purpose=made.purpose,
        matter_number=made.matter_number,
        head_seq=made.head_seq,
        head_hash=made.head_hash,
        lines=tuple(
            (one.name, one.code, one.result, grounds.get(one.position, ())) for one in lines
        ),
        reading=made.reading,
        beside=beside((one.row, one.role) for one in lines),
    )
    unaltered = digest_of(vault, signed) == made.digest
    return unaltered and hash_at(session, made.head_seq) == made.head_hash
