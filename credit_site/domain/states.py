"""How far submissions, their rows and the work on them have come."""

from __future__ import annotations

from enum import StrEnum


class SubmissionState(StrEnum):
    """How far a file has come."""

    RECEIVED = "received"
    READ = "read"
    UNUSABLE = "unusable"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHING = "publishing"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class StagedState(StrEnum):
    """What is to become of a staged row."""

    READY = "ready"
    REJECTED = "rejected"
    WITHHELD = "withheld"
    HELD = "held"
    PUBLISHED = "published"


class JobKind(StrEnum):
    """What is to be done with a submission."""

    CHECK = "check"
    ANNOTATE = "annotate"
    PUBLISH = "publish"


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class DraftState(StrEnum):
    """What became of something that somebody began to fill in."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    DISCARDED = "discarded"


class BatchState(StrEnum):
    """How far a batch of exchange has come."""

    PREPARED = "prepared"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"


class RowState(StrEnum):
    """What the receiver said of a row."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ReportState(StrEnum):
    """How far a report has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
