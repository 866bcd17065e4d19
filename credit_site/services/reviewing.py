"""From a clerk's hand to the reviewer's: handed in, sent back, held back, released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import JobKind, JobState, StagedState, SubmissionState
from credit_site.domain.validation.listing_checks import UNCONFIRMED
from credit_site.domain.validation.private_parts import PRIVACY_CODES
from credit_site.models import AuditEvent, Job, StagedRow, Submission
from credit_site.services.audit import note, row_subject
from credit_site.services.jobs import ask_for
from credit_site.services.own_work import own_part
from credit_site.services.staged_issues import read_issues
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

_OPEN = (SubmissionState.READ, SubmissionState.RETURNED)
_LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class Sealing:
    """What it takes to open and seal an entry and to work out its window."""

    vault: Vault
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides, and on what: ``seen`` is the ``mark`` of the page that was read."""

    actor: str
    seen: str


class NotPossible(Exception):
    """The step does not fit where the submission stands; the text says so in Chinese."""


def without_personal_numbers(*texts: str, title: str = "理由或者文书名称") -> None:
    """Raises NotPossible where the number of a person stands in the field called ``title``."""
    if any(map(find_personal_numbers, texts)):
        raise NotPossible(f"“{title}”里像是有证件号码：会留在审计日志里，请删去再提交。")


def hand_in(session: Session, submission_id: int, actor: str, now: datetime) -> None:
    """The good rows go to review; the others stay with the clerk. Raises NotPossible."""
    with write_transaction(session):
        submission = _standing(session, submission_id, *_OPEN)
        if not _count(session, submission_id, StagedState.READY):
            raise NotPossible(
                "没有可以提交的行：请先改好有问题的行、打开暂不发布的行核对保存，或者重新上传。"
            )
        hand_over(session, submission, actor, now)


def hand_over(session: Session, submission: Submission, actor: str, now: datetime) -> None:
    """In the open transaction: from here on it is with the reviewer."""
    submission.state = SubmissionState.SUBMITTED.value
    submission.submitted_by, submission.submitted_at = actor, now
    submission.decided_by, submission.decided_at, submission.reason = "", None, ""
    note(session, now, actor, "hand_in", f"submission/{submission.id}")


def withdraw(session: Session, submission_id: int, actor: str, now: datetime) -> SubmissionState:
    """Taken back before it was decided on, or given up; where it stands. Raises NotPossible."""
    with write_transaction(session):
        submission = _standing(session, submission_id, *_OPEN, SubmissionState.SUBMITTED)
        state = _taken_back(session, submission)
        submission.state = state.value
        note(session, now, actor, "withdraw", f"submission/{submission_id}", state=state.value)
    return state


def send_back(
    session: Session, submission_id: int, reason: str, by: Reviewer, now: datetime
) -> None:
    """Back to the clerk, with a reason. Raises NotPossible."""
    with write_transaction(session):
        submission = _standing(session, submission_id, SubmissionState.SUBMITTED)
        _another_person(session, submission, by)
        submission.state = SubmissionState.RETURNED.value
        submission.reason = stated_reason(reason)
        submission.decided_by, submission.decided_at = by.actor, now
        subject = f"submission/{submission_id}"
        note(session, now, by.actor, "send_back", subject, reason=submission.reason)


def publish(session: Session, submission_id: int, by: Reviewer, now: datetime) -> None:
    """Decides to publish all rows that are not held back; the worker carries it out.

    Raises NotPossible, also where something has not been looked at.
    """
    with write_transaction(session):
        submission = _standing(session, submission_id, SubmissionState.SUBMITTED)
        _another_person(session, submission, by)
        if by.seen != mark(session, submission_id):
            raise NotPossible(
                "您打开审核页以后，又有人在这份报送上办理过（或者您在另一个窗口办理过）：还没有发布。"
                "下面是现在的内容，请看过再发布。"
            )
        count = _count(session, submission_id, StagedState.READY)
        if not count:
            raise NotPossible("没有要发布的行；要让报送人修改，请退回。")
        if waiting := uncleared_rows(session, submission_id):
            raise NotPossible(
                f"第 {waiting[0]} 行等 {len(waiting)} 行里像是有个人信息，或者是没有核对过的名单"
                "条目，请先确认，或者暂不发布。"
            )
        submission.state = SubmissionState.PUBLISHING.value
        submission.decided_by, submission.decided_at = by.actor, now
        ask_for(session, JobKind.PUBLISH, submission_id, by.actor, now, count)
        note(session, now, by.actor, "decide_to_publish", f"submission/{submission_id}", rows=count)


def close(session: Session, submission_id: int, now: datetime) -> None:
    """After publication: done, or back with the clerk where rows are left to be mended.

    Nothing is said to be out where nothing could go.
    """
    with write_transaction(session):
        submission = session.get_one(Submission, submission_id)
        left = _count(session, submission_id, StagedState.HELD, StagedState.REJECTED)
        state = SubmissionState.RETURNED if left else SubmissionState.CLOSED
        submission.state, submission.finished_at = state.value, now
        held = _count(session, submission_id, StagedState.HELD)
        out = submission.accepted > held
        others = "其余的已经处理" if submission.withheld else "其余的已经发布"
        said = f"{others}，还有 {left} 行没有发布" if out else f"一行也没有发布（{left} 行）"
        submission.reason = f"{said}，请看各行的理由。" if left else ""


def uncleared_rows(
    session: Session, submission_id: int, codes: frozenset[str] = PRIVACY_CODES | UNCONFIRMED
) -> list[int]:
    """Rows about to go out that a person must look at first and nobody has.

    Something looks personal in them, or they list somebody without a case.
    """
    asked = select(StagedRow.row_number, StagedRow.issues).where(
        StagedRow.submission_id == submission_id,
        StagedRow.state == StagedState.READY,
        StagedRow.issues != "[]",
        StagedRow.cleared == "",
    )
    return [
        number
        for number, stored in session.execute(asked.order_by(StagedRow.row_number))
        if any(issue.code in codes for issue in read_issues(stored, number))
    ]


def annotate_anew(session: Session, submission: Submission, actor: str, now: datetime) -> None:
    """In the open transaction: the annotated file no longer says what is wrong."""
    submission.annotated = ""
    waiting = select(Job.id).where(
        Job.submission_id == submission.id,
        Job.kind == JobKind.ANNOTATE,
        Job.state == JobState.WAITING,
    )
    if session.scalar(waiting) is None:
        ask_for(session, JobKind.ANNOTATE, submission.id, actor, now)


def _standing(session: Session, submission_id: int, *states: SubmissionState) -> Submission:
    submission = session.get_one(Submission, submission_id, with_for_update=True)
    if submission.state not in states:
        raise NotPossible("这份报送的状态已经变了（可能有人同时在操作），请看现在的情况。")
    return submission


def mark(session: Session, submission_id: int) -> str:
    """What tells the present state of a submission from any other that a page has shown.

    Before the dot its wording: whoever hands it in anew gives it another one, until then its words
    stand. After it what reviewers have decided on it so far.
    """
    submission = session.get_one(Submission, submission_id)
    return f"{_wording(submission)}.{_last_deed(session, submission)}"


def _wording(submission: Submission) -> str:
    moment = submission.submitted_at
    return f"{int(moment.timestamp() * 1_000_000)}" if moment else ""


def _last_deed(session: Session, submission: Submission) -> int:
    """The number under which the audit log has what was done to it last, 0 for nothing."""
    event, subject = AuditEvent, f"submission/{submission.id}"
    rows = event.subject.startswith(row_subject(submission.id), autoescape=True)
    about = event.at >= submission.received_at, or_(event.subject == subject, rows)
    return session.scalar(select(func.max(event.id)).where(*about)) or 0


def _another_person(session: Session, submission: Submission, by: Reviewer) -> None:
    if why := own_part(session, submission.id, by.actor):
        raise NotPossible(why)
    if by.seen.partition(".")[0] != _wording(submission):
        raise NotPossible(
            "您打开审核页以后，这份报送撤回改过又重新提交了：刚才的操作没有执行。"
            "下面是现在的内容，请重新看过再决定。"
        )


def in_review(session: Session, submission_id: int, by: Reviewer) -> Submission:
    """A submission that this person may decide on now. Raises NotPossible."""
    submission = _standing(session, submission_id, SubmissionState.SUBMITTED)
    _another_person(session, submission, by)
    return submission


def reviewed_row(
    session: Session, submission_id: int, row: int, by: Reviewer, *states: StagedState
) -> StagedRow:
    """A row in such a state of such a submission. Raises NotPossible."""
    in_review(session, submission_id, by)
    staged = session.get(StagedRow, (submission_id, row))
    if staged is None or staged.state not in states:
        raise NotPossible("这一行的状态已经变了，请看现在的情况。")
    return staged


def _taken_back(session: Session, submission: Submission) -> SubmissionState:
    """Back to the clerk before it was decided on; given up after; done where some rows are out."""
    if submission.state == SubmissionState.SUBMITTED:
        return SubmissionState.READ
    if _count(session, submission.id, StagedState.PUBLISHED):
        return SubmissionState.CLOSED
    return SubmissionState.WITHDRAWN


def _count(session: Session, submission_id: int, *states: StagedState) -> int:
    query = select(func.count()).where(
        StagedRow.submission_id == submission_id, StagedRow.state.in_(states)
    )
    return session.scalar(query) or 0


def stated_reason(text: str) -> str:
    """The reason in one line. Raises NotPossible where there is none, or a person's number."""
    reason = " ".join(text.split())[:_LONGEST_REASON]
    if not reason:
        raise NotPossible("请写明理由，报送人才知道怎样改。")
    without_personal_numbers(reason)
    return reason
