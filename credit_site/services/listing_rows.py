"""Entries of our own lists that come in a file: what a case demands is confirmed first.

河南省社会信用条例 第28、35-37条: notice, objection, decision, review by the level above;
总局令第44号 第2条: nobody is listed without a heavier penalty. A file shows none of it, so a
second person confirms it with a document; where the list demands a review, one of the level above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.document_numbers import has_year
from credit_site.domain.entries import Entry
from credit_site.domain.states import StagedState
from credit_site.domain.validation.listing_checks import NEEDS_ABOVE, UNCONFIRMED
from credit_site.domain.validation.private_parts import PRIVACY_CODES
from credit_site.models import Record, StagedRow
from credit_site.services.audit import note, row_subject
from credit_site.services.grounds import plain
from credit_site.services.listing_cases.resting import weight
from credit_site.services.prepared import open_entry
from credit_site.services.public_records import visible
from credit_site.services.reviewing import (
    NotPossible,
    Reviewer,
    Sealing,
    in_review,
    reviewed_row,
    without_personal_numbers,
)
from credit_site.services.staged_issues import read_issues
from credit_site.services.transactions import write_transaction

CONDITIONS = {
    "told": "已经书面告知当事人并送达（守信名单为已经向社会公示）",
    "heard": "异议期（公示期）已满，提出的异议已经听取",
    "decided": "列入决定书与报送的内容一致，已经送达",
}
"""What is confirmed one by one, for all entries of a file."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a reviewer says of entries; ``document`` is the opinion of whoever reviewed them.

    ``confirmed`` are the conditions, by name; ``penalty`` the number of a heavier penalty that is
    not public here; ``above`` whether the reviewer is of the level above.
    """

    document: str
    confirmed: Mapping[str, str]
    by: Reviewer
    above: bool
    now: datetime
    penalty: str = ""


def confirm_all(session: Session, tools: Sealing, submission_id: int, said: Confirmation) -> int:
    """Confirms the entries of a file; how many. Raises NotPossible, also where that is none.

    Those with something personal in them, and those without a public heavier penalty where one is
    needed, are left to be confirmed one by one.
    """
    _check(said)
    with write_transaction(session):
        in_review(session, submission_id, said.by)
        done = _together(session, tools, submission_id, said.now.date(), above=said.above)
        if not done:
            raise NotPossible("没有可以一起确认的条目：请看各行的说明。")
        for row in done:
            row.cleared = said.by.actor
        note(
            session,
            said.now,
            said.by.actor,
            "confirm_entries",
            f"submission/{submission_id}",
            document=plain(said.document),
            rows=len(done),
        )
        return len(done)


def confirmable(
    session: Session, tools: Sealing, submission_id: int, today: date, *, above: bool
) -> int:
    """How many entries of a file confirm_all would confirm for somebody of that level."""
    return len(_together(session, tools, submission_id, today, above=above))


def confirm_one(
    session: Session, tools: Sealing, place: tuple[int, int], said: Confirmation
) -> None:
    """Confirms one entry; ``place`` is submission and row. Raises NotPossible."""
    _check(said)
    with write_transaction(session):
        row = reviewed_row(session, *place, said.by, StagedState.READY)
        codes = _codes(row)
        if codes.isdisjoint(UNCONFIRMED):
            raise NotPossible("这一行不是没有经过案件的名单条目。")
        if NEEDS_ABOVE.code in codes and not said.above:
            raise NotPossible("这一条须由上一级（信用管理部门）核对确认。")
        if _lacks(session, tools, row, said.now.date()) and not has_year(said.penalty):
            raise NotPossible(
                "本站没有查到较重处罚，请写明处罚决定书完整的文号，例如 郑市监处罚〔2026〕12号；"
                "没有的，不得列入。"
            )
        row.cleared = said.by.actor
        details = {"document": plain(said.document), "penalty": plain(said.penalty)}
        subject = row_subject(*place)
        note(session, said.now, said.by.actor, "confirm_entry", subject, **details)


def lacks_penalty(session: Session, tools: Sealing, entry: Entry, today: date) -> bool:
    """Whether the branch asks for a heavier penalty and none of the bureau's is public here."""
    branch = tools.rulebook.list_branches.get(str(entry.content.get("branch")))
    if branch is None or not branch.heavier_penalty:
        return False
    query = visible(today).where(
        Record.uscc == entry.uscc, Record.uscc != "", Record.agency == entry.agency
    )
    found = session.scalars(query.where(Record.list_name == ""))
    return not any(weight(record, branch) for record in found)


def _check(said: Confirmation) -> None:
    if any(not said.confirmed.get(name) for name in CONDITIONS):
        raise NotPossible("请逐项核对并勾选：告知、异议、决定都有据可查的，才能发布。")
    if not said.document.strip():
        raise NotPossible("请写明审核意见的文号或者名称。")
    without_personal_numbers(said.document, said.penalty)


def _waiting(session: Session, submission_id: int) -> list[StagedRow]:
    query = select(StagedRow).where(
        StagedRow.submission_id == submission_id,
        StagedRow.state == StagedState.READY,
        StagedRow.issues != "[]",
        StagedRow.cleared == "",
    )
    return list(session.scalars(query.order_by(StagedRow.row_number)))


def _together(
    session: Session, tools: Sealing, submission_id: int, today: date, *, above: bool
) -> list[StagedRow]:
    rows = (row for row in _waiting(session, submission_id) if _for_all(row, above=above))
    return [row for row in rows if not _lacks(session, tools, row, today)]


def _for_all(row: StagedRow, *, above: bool) -> bool:
    codes = _codes(row)
    if codes.isdisjoint(UNCONFIRMED) or not codes.isdisjoint(PRIVACY_CODES):
        return False
    return above or NEEDS_ABOVE.code not in codes


def _lacks(session: Session, tools: Sealing, row: StagedRow, today: date) -> bool:
    return row.entry is None or lacks_penalty(
        session, tools, open_entry(row.entry, tools.vault), today
    )


def _codes(row: StagedRow) -> set[str]:
    return {issue.code for issue in read_issues(row.issues, row.row_number)}
