"""Matters in the inbox: each in one line, with what it is about as that stands today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from credit_site.domain.matter_clocks import Clock
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.listing_cases.naming import case_name
from credit_site.services.matters.standing import standings
from credit_site.services.matters.views import MatterLine
from credit_site.services.public_records import EndedRecord, PublicRecord
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.matters.wording import only_closed, state_words

Records = Mapping[int, PublicRecord | EndedRecord]
"""What matters are about, by number, as it stands today; without what is screened."""


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in the inbox: its bureau, topic and place in words, the deadline that is next.

    ``pause`` says what it waits for where no deadline runs. ``late``: a test of it was entered
    after the term had run out.
    """

    one: MatterLine
    bureau: str
    about: str
    state: tuple[str, str]
    next: Clock | None
    left: int
    pause: str
    late: bool


def records_of(lines: Sequence[MatterLine]) -> Records:
    """The records that matters are about."""
    return standings(db.session(), [one.record_id for one in lines], clock.today())


def line_in_words(one: MatterLine, records: Records) -> Line:
    """A matter in words."""
    book, today = load_rulebook(), clock.today()
    topic = book.tip_topics.get(one.topic)
    place = book.divisions.get(one.division)
    where = [place.name] if place else []
    about = [*_subject(one, records), *([topic.name] if topic else []), *where]
    nearest = one.nearest(today)
    return Line(
        one,
        bureau_name(one.agency),
        "，".join(about),
        state_words(one.kind, one.state),
        nearest,
        nearest.left(today) if nearest else 0,
        _pause(one, records) if one.state.open else "已办结",
        any(test.late for test in one.dates.tests),
    )


def _pause(one: MatterLine, records: Records) -> str:
    """What clocks that rest wait for."""
    ended = isinstance(records.get(one.record_id or 0), EndedRecord)
    if only_closed(one.kind, one.state, ended=ended):
        return "信息已终止公示，请终止办理"
    test = one.dates.open_test
    if test is None:
        return "暂停，等补充"
    return f"暂停，检验、鉴定已 {test.working_days(clock.today())} 个工作日"


def _subject(one: MatterLine, records: Records) -> list[str]:
    """What it is about: number and subject of a record; of one that has ended the number alone."""
    if one.case_id:
        return [case_name(one.case_id)]
    if one.record_id is None:
        return []
    record = records.get(one.record_id)
    if isinstance(record, PublicRecord):
        return [f"公示编号 {one.record_id}", record.subject_name]
    return [f"公示编号 {one.record_id}（{'已终止公示' if record else '暂停公示'}）"]
