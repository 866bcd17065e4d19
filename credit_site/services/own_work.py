"""Entering and reviewing are in two hands: what of a submission is somebody's own work."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from credit_site.models import AuditEvent, Submission
from credit_site.services.accounts import sole_reviewer
from credit_site.services.api_keys import shown_to
from credit_site.services.audit import row_subject

_UPLOADED = "这份报送是您自己上传或者提交的，须由另一个人审核。"
_MENDED = "这份报送里有您自己改过的行，须由另一个人审核。"
_BY_OWN_KEY = "这份报送用的接口密钥是您建立或者更换的，须由另一个人审核。"
_ALONE = "本部门没有别的审核员，请信用管理部门审核。"
_KEY_OF_ANOTHER = "密钥由信用管理部门更换以后，新的报送就可以由您审核。"


def own_part(session: Session, submission_id: int, actor: str) -> str:
    """Why somebody must not review a submission, "" where he may: what he made or mended himself.

    His own is also what came by a key that was shown to him: whoever made a key, or exchanged
    another for it, is the one who can hand in with it. Says what to do where nobody else in the
    bureau reviews.
    """
    submission = session.get_one(Submission, submission_id)
    hands = {submission.actor, submission.submitted_by}
    if actor in hands:
        why, then = _UPLOADED, ""
    elif not hands.isdisjoint(shown_to(session, actor)):
        why, then = _BY_OWN_KEY, _KEY_OF_ANOTHER
    elif _mended(session, submission, actor):
        why, then = _MENDED, ""
    else:
        return ""
    alone = sole_reviewer(session, submission.agency) == actor
    return f"{why}{_ALONE}{then}" if alone else why


def _mended(session: Session, submission: Submission, actor: str) -> bool:
    event = AuditEvent
    mended = exists().where(
        event.at >= submission.received_at,
        event.actor == actor,
        event.action == "fix_row",
        event.subject.startswith(row_subject(submission.id), autoescape=True),
    )
    return bool(session.scalar(select(mended)))
