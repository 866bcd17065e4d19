"""What is public or waits already beside what is about to be: the record changed, and its like."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.public_form import JsonValue
from credit_site.domain.states import StagedState, SubmissionState
from credit_site.models import Record, StagedRow, State, Submission
from credit_site.services.known import superseded

MOST_ALIKE = 5
SAME_SUBJECT_AND_DAY = "同一当事人、同一天"
_MOST_LOOKED_AT = 200
_NEAR_NUMBER, _NEAR_FACTS = 70, 95
_FACTS = ("violation_facts", "facts")
_DIGITS = re.compile("[0-9]+")
_OPEN = (
    SubmissionState.READ,
    SubmissionState.RETURNED,
    SubmissionState.SUBMITTED,
    SubmissionState.PUBLISHING,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it stands now; ``superseded``: withdrawn because its decision was changed."""

    id: int
    ended: bool
    superseded: bool
    subject_name: str
    document_number: str
    decided_on: date | None
    severity: str
    publication_end: date | None
    content: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Alike:
    """A public record that may be the same decision; ``why`` in Chinese words."""

    record: Standing
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same decision in another submission that is not decided on."""

    submission_id: int
    row: int


def standing(session: Session, keys: Iterable[bytes]) -> dict[bytes, Standing]:
    """The records under some keys; at most a page of them."""
    found = list(session.scalars(select(Record).where(Record.key.in_(list(keys)))))
    over = superseded(session, [one.id for one in found if one.state == State.ENDED])
    return {record.key: _standing(record, over) for record in found}


def alike(session: Session, entry: Entry, key: bytes) -> list[Alike]:
    """Public records that may be the same decision, the likeliest first.

    Same number; or the same subject on the same day, under nearly the same number, or for the
    same facts.
    """
    query = (
        select(Record)
        .where(
            or_(*_tests(entry)),
            Record.key != key,
            Record.register == entry.register,
            Record.state == State.PUBLISHED,
        )
        .order_by(Record.id.desc())
        .limit(_MOST_LOOKED_AT)
    )
    found = [
        Alike(_standing(record), why)
        for record in session.scalars(query)
        if (why := why_alike(entry, record))
    ]
    return sorted(found, key=lambda one: -len(one.why))[:MOST_ALIKE]


def elsewhere(
    session: Session, submission_id: int, keys: Iterable[bytes]
) -> dict[bytes, Elsewhere]:
    """The same decisions in other submissions that wait."""
    query = (
        select(StagedRow.key, StagedRow.submission_id, StagedRow.row_number)
        .join(Submission, Submission.id == StagedRow.submission_id)
        .where(
            StagedRow.key.in_(list(keys)),
            StagedRow.submission_id != submission_id,
            StagedRow.state.in_((StagedState.READY, StagedState.HELD)),
            Submission.state.in_(_OPEN),
        )
        .order_by(StagedRow.submission_id)
    )
    return {key: Elsewhere(number, row) for key, number, row in session.execute(query) if key}


def same_subject_and_day(one: Entry, other: Entry) -> bool:
    """Whether two rows are about the same subject on the same day."""
    subject = one.uscc == other.uscc if one.uscc else one.subject_name == other.subject_name
    return subject and one.decided_on is not None and one.decided_on == other.decided_on


def _tests(entry: Entry) -> Iterable[ColumnElement[bool]]:
    if entry.document_number_key:
        yield Record.document_number_key == entry.document_number_key
    if entry.uscc:
        yield Record.uscc == entry.uscc
    else:
        yield Record.subject_name == entry.subject_name


def why_alike(entry: Entry, record: Entry | Record) -> tuple[str, ...]:
    """What speaks for two decisions being one, in Chinese words; empty where nothing does."""
    subject = record.uscc == entry.uscc if entry.uscc else record.subject_name == entry.subject_name
    why = []
    if entry.document_number_key and record.document_number_key == entry.document_number_key:
        why.append("文号相同" if subject else "文号相同，当事人不同")
    if subject:
        why += _why_of_subject(entry, record)
    return tuple(why)


def _why_of_subject(entry: Entry, record: Entry | Record) -> Iterable[str]:
    if record.decided_on is not None and record.decided_on == entry.decided_on:
        yield SAME_SUBJECT_AND_DAY
    if _near(entry.document_number_key, record.document_number_key):
        yield "文号只差一点"
    before, after = (_facts(content) for content in (record.content, entry.content))
    if before and after and fuzz.ratio(before, after) >= _NEAR_FACTS:
        yield "事实几乎相同"


def _near(one: str, other: str) -> bool:
    """The same figures under a slightly different name, or figures with a slip of the hand."""
    if not one or not other or one == other or fuzz.ratio(one, other) < _NEAR_NUMBER:
        return False
    runs = [_DIGITS.findall(text) for text in (one, other)]
    return len(runs[0]) == len(runs[1]) and all(map(_same_or_slip, *runs))


def _same_or_slip(one: str, other: str) -> bool:
    """01 and 1; figures that changed places (1243 for 1234); one struck twice (1123 for 123)."""
    twice = abs(len(one) - len(other)) == 1 and set(one) == set(other)
    return int(one) == int(other) or sorted(one) == sorted(other) or twice


def _facts(content: Mapping[str, JsonValue]) -> str:
    found = next((content[name] for name in _FACTS if name in content), "")
    return found if isinstance(found, str) else ""


def _standing(record: Record, over: Collection[int] = ()) -> Standing:
    return Standing(
        record.id,
        record.state == State.ENDED,
        record.id in over,
        record.subject_name,
        record.document_number,
        record.decided_on,
        record.severity,
        record.publication_end,
        record.content,
    )
