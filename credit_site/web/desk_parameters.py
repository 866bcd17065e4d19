"""Query parameters of the desk, declared as those of the public pages are."""

from __future__ import annotations

from dataclasses import dataclass

from credit_site.web.parameters import NO_DAY, NOTHING, Day, Plain


@dataclass(frozen=True, slots=True)
class AuditParameters:
    """Which events of the audit log; days as YYYY-MM-DD."""

    actor: Plain = NOTHING
    deed: Plain = NOTHING
    subject: Plain = NOTHING
    since: Day = NO_DAY
    until: Day = NO_DAY
    after: int = 0


@dataclass(frozen=True, slots=True)
class SubmissionParameters:
    """On the desk: which rows of a submission, or which submissions, and after which number."""

    show: Plain = NOTHING
    column: Plain = NOTHING
    code: Plain = NOTHING
    after: int = 0


@dataclass(frozen=True, slots=True)
class DueParameters:
    """The decisions of which day, YYYY-MM-DD, and which page of them."""

    day: Day = NO_DAY
    page: int = 1


@dataclass(frozen=True, slots=True)
class DecisionParameters:
    """A decision filled in by hand: in which layout, of which bureau; whether all is checked."""

    layout: str = ""
    agency: str = ""
    check: int = 0


@dataclass(frozen=True, slots=True)
class InboxParameters:
    """Which matters: open ones or closed, of a kind, of a division, after which.

    ``by`` is what the year's figures are told apart by.
    """

    show: Plain = NOTHING
    kind: Plain = NOTHING
    division: Plain = NOTHING
    after: int = 0
    by: Plain = NOTHING


@dataclass(frozen=True, slots=True)
class ExchangeParameters:
    """Of exchange: one channel (0 for all), and after which number the list goes on."""

    channel: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class LookupParameters:
    """On the desk: receipts after which one; whom the form begins with."""

    after: int = 0
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptParameters:
    """On a receipt: of which line the form is open, of which feedback was given just now."""

    line: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class CaseParameters:
    """On the desk: which cases, below which number; for a new one, of what and about whom."""

    show: str = ""
    after: int = 0
    branch: str = ""
    agency: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class HookParameters:
    """The log of deliveries: the attempts before a number (0: the newest)."""

    before: int = 0


@dataclass(frozen=True, slots=True)
class AssessmentParameters:
    """Whose figures: of a month, YYYY-MM; "" for the running one."""

    month: str = ""
