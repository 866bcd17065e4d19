"""Lists copied from elsewhere: what the source has taken off is to go here too.

A whole list that a bureau hands in again tells what is no more in it; that is put to the bureau as
a withdrawal (河南省社会信用条例 第42条), which a person carries out or dismisses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.states import SubmissionState
from credit_site.extensions import CITY_TIME
from credit_site.models import Record, State, Submission, Withdrawal
from credit_site.services.grounds import Fate, Ground
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.prepared import Stageable
from credit_site.services.record_documents import RecordDeed, note_deed
from credit_site.services.rows import ReadRow
from credit_site.services.withdrawals import waits_for

RULE = "elsewhere"
_SYSTEM = "system"


class SeenElsewhere:
    """What a file of a list from elsewhere holds; nothing is told where a row could not be read."""

    def __init__(self, layout: Layout, rulebook: Rulebook) -> None:
        self.copied = layout.defaults.get("list", "") in copied_lists(rulebook)
        self._whole, self._origins = True, set[str]()
        self._keys = set[bytes]()

    def take(self, rows: Sequence[ReadRow[Stageable]]) -> None:
        """A chunk of rows."""
        if not self.copied:
            return
        for row in rows:
            if row.prepared is None:
                self._whole = False
                continue
            self._keys.add(row.prepared.key)
            self._origins.add(_origin(orjson.loads(row.prepared.entry)["content"]))

    def propose(
        self, session: Session, rulebook: Rulebook, submission: Submission, now: datetime
    ) -> None:
        """In the open transaction: what of the same source is not in it may have left."""
        for record in self._compared(session, rulebook, submission.agency):
            self._settle(session, record, submission, now)

    def missing(self, session: Session, rulebook: Rulebook, agency: str) -> list[tuple[int, str]]:
        """Numbers and names of the entries that the file no more has."""
        found = self._compared(session, rulebook, agency)
        return [(one.id, one.subject_name) for one in found if one.key not in self._keys]

    def _compared(self, session: Session, rulebook: Rulebook, agency: str) -> Iterator[Record]:
        """What stands of the bureau and of the sources that the file repeats.

        A file that repeats nothing of a source adds to it and is no list of its own.
        """
        if not (self.copied and self._whole):
            return
        known: dict[str, list[Record]] = {}
        for record in _standing(session, rulebook, agency):
            known.setdefault(_origin(record.content), []).append(record)
        for origin in self._origins & known.keys():
            if any(record.key in self._keys for record in known[origin]):
                yield from known[origin]

    def _settle(
        self, session: Session, record: Record, submission: Submission, now: datetime
    ) -> None:
        waiting = session.get(Withdrawal, record.id)
        ground = Ground(
            "原公布单位最新的名单里没有这一条，请核对以后移出。",
            _file(submission.id),
            now.astimezone(CITY_TIME).date(),
        )
        deed = RecordDeed(record.id, "announce", ground, _SYSTEM)
        if record.key not in self._keys:
            if waiting is None:
                session.add(waits_for(record, Fate.DELISTED, ground, _SYSTEM, now))
                note_deed(session, now, deed, fate=Fate.DELISTED.value)
        elif waiting is not None and waiting.actor == _SYSTEM:
            session.delete(waiting)


def gone_from_source(session: Session, submission_id: int) -> list[tuple[int, str]]:
    """Numbers and names of entries that a file no more had and that still wait for a person."""
    query = (
        select(Record.id, Record.subject_name)
        .join(Withdrawal, Withdrawal.record_id == Record.id)
        .where(Withdrawal.document == _file(submission_id), Withdrawal.actor == _SYSTEM)
        .where(Record.state == State.PUBLISHED)
        .order_by(Record.id)
    )
    return [(number, name) for number, name in session.execute(query)]


def _file(submission_id: int) -> str:
    return f"第 {submission_id} 号报送文件"


@dataclass(frozen=True, slots=True)
class Uncompared:
    """Copied entries of a bureau that nobody compared for long; ``last``: when, None for never."""

    agency: str
    entries: int
    last: date | None


def uncompared(
    session: Session, rulebook: Rulebook, agency: str, today: date
) -> Iterator[Uncompared]:
    """The bureaus ("" for all) whose copies wait to be compared with their sources."""
    days = rulebook.rule(RULE).on(today).values["compare_days"]
    assert isinstance(days, int), "the rulebook gives whole days"
    query = select(Record.agency, func.count()).where(*_copies(rulebook, agency))
    for slug, entries in session.execute(query.group_by(Record.agency).order_by(Record.agency)):
        last = _last_compared(session, rulebook, slug)
        if last is None or (today - last).days > days:
            yield Uncompared(slug, entries, last)


def copied_lists(rulebook: Rulebook) -> frozenset[str]:
    """Slugs of the lists that others decide on."""
    return frozenset(slug for slug in rulebook.lists if not on_own_list(rulebook, slug))


def _last_compared(session: Session, rulebook: Rulebook, agency: str) -> date | None:
    copied = copied_lists(rulebook)
    layouts = [n for n, one in rulebook.layouts.items() if one.defaults.get("list") in copied]
    query = select(func.max(Submission.received_at)).where(
        Submission.agency == agency,
        Submission.layout.in_(layouts),
        Submission.state.not_in([SubmissionState.UNUSABLE, SubmissionState.WITHDRAWN]),
    )
    found = session.scalar(query)
    return found.astimezone(CITY_TIME).date() if found else None


def _standing(session: Session, rulebook: Rulebook, agency: str) -> Sequence[Record]:
    return session.scalars(select(Record).where(*_copies(rulebook, agency))).all()


def _copies(rulebook: Rulebook, agency: str) -> Iterator[ColumnElement[bool]]:
    yield Record.list_name.in_(copied_lists(rulebook))
    # Said as it stands in the index of lists, which is used only where this is plain.
    yield Record.list_name != literal_column("''")
    yield Record.state == State.PUBLISHED
    if agency:
        yield Record.agency == agency


def _origin(content: Mapping[str, JsonValue]) -> str:
    """The source in one spelling."""
    return "".join(str(content.get("origin") or "").split())
