"""What machines hand in: one submission to an idempotency key, and the way on after the check."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.direct_publication import held_for_review
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import JobKind, StagedState, SubmissionState
from credit_site.domain.validation.listing_checks import UNCONFIRMED
from credit_site.domain.validation.private_parts import PRIVACY_CODES
from credit_site.models import DirectPublication, StagedRow, Submission
from credit_site.services.api_keys import behind
from credit_site.services.audit import note
from credit_site.services.file_store import KeptFile
from credit_site.services.jobs import ask_for
from credit_site.services.known import REPLACES
from credit_site.services.likely_repeats import REPEAT, likely_repeats
from credit_site.services.publication import Held, nothing_held
from credit_site.services.reviewing import close, uncleared_rows
from credit_site.services.staged_issues import read_issues
from credit_site.services.submissions import Delivery, open_submission
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

MACHINE = "key:"
"""Actors that are keys begin so."""


class SameKeyOtherFile(Exception):
    """An idempotency key came again with another file."""


def receive_from_machine(
    session: Session, kept: KeptFile, delivery: Delivery, idempotency_key: str, now: datetime
) -> int:
    """Opens a submission, or finds the one of that key. Raises SameKeyOtherFile."""
    with write_transaction(session):
        earlier = _called(session, delivery.agency, idempotency_key)
        if earlier is not None:
            if earlier.sha256 != kept.sha256:
                raise SameKeyOtherFile
            return earlier.id
        submission = open_submission(session, kept, delivery, now)
        submission.idempotency_key = idempotency_key or None
        return submission.id


def hand_on(session: Session, submission: Submission, rulebook: Rulebook, now: datetime) -> None:
    """In the transaction that ends the check: a machine's good rows go to review, or out.

    Out without a reviewer only where the credit office granted it, and nothing asks for a person.
    """
    ready = _count(session, submission.id, StagedState.READY)
    if not submission.actor.startswith(MACHINE) or not ready:
        return
    actor, subject = submission.actor, f"submission/{submission.id}"
    submission.state = SubmissionState.SUBMITTED.value
    submission.submitted_by, submission.submitted_at = actor, now
    note(session, now, actor, "hand_in", subject)
    grant = session.get(DirectPublication, submission.agency)
    # Who granted it and holds the key would enter and let out alone: another person reviews that.
    direct = grant is not None and grant.granted_by != behind(session, actor)
    if direct and not _asks_for_a_person(session, submission, rulebook, now.date()):
        submission.state = SubmissionState.PUBLISHING.value
        submission.decided_by, submission.decided_at = actor, now
        ask_for(session, JobKind.PUBLISH, submission.id, actor, now, ready)
        note(session, now, actor, "decide_to_publish", subject, rows=ready, direct=True)


def held_back(vault: Vault, rulebook: Rulebook, today: date) -> Held:
    """Which rows of a machine wait for a person although the others go out unseen.

    Raises RuleNotInForce.
    """
    if REPEAT not in held_for_review(today, rulebook):
        return nothing_held
    return lambda session, items: likely_repeats(session, vault, rulebook, items)


def close_direct(session: Session, submission_id: int, now: datetime) -> None:
    """After direct publication: what was held waits for the reviewer, if anything was."""
    with write_transaction(session):
        submission = session.get_one(Submission, submission_id)
        held = _count(session, submission_id, StagedState.HELD)
        if held:
            submission.state = SubmissionState.SUBMITTED.value
            submission.decided_by, submission.decided_at = "", None
            subject = f"submission/{submission_id}"
            note(session, now, submission.actor, "held_for_review", subject, rows=held)
    if not held:
        close(session, submission_id, now)


def _called(session: Session, agency: str, idempotency_key: str) -> Submission | None:
    if not idempotency_key:
        return None
    query = select(Submission).where(
        Submission.agency == agency, Submission.idempotency_key == idempotency_key
    )
    return session.scalar(query)


def _asks_for_a_person(
    session: Session, submission: Submission, rulebook: Rulebook, today: date
) -> bool:
    """Whether nothing may go out unseen, for what stands in the rows or is said of the file.

    That is where something looks personal, somebody is listed without a case, a decision follows
    upon one that was withdrawn as changed, or there is a warning that the rule names.
    """
    named = held_for_review(today, rulebook)
    if any(one.code in named for one in read_issues(submission.notes, None)):
        return True
    codes = PRIVACY_CODES | UNCONFIRMED | {REPLACES} | named
    return bool(uncleared_rows(session, submission.id, codes))


def _count(session: Session, submission_id: int, state: StagedState) -> int:
    query = select(func.count()).where(
        StagedRow.submission_id == submission_id, StagedRow.state == state
    )
    return session.scalar(query) or 0
