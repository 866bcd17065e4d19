"""Tables, one aggregate a file."""

from credit_site.models.account import Account
from credit_site.models.api_key import ApiKey, DirectPublication, KeyColumns, ReaderKey
from credit_site.models.apology import Apology
from credit_site.models.assessment import AssessmentReport, WarningNote
from credit_site.models.audit import AuditEvent
from credit_site.models.company_report import CompanyReport
from credit_site.models.draft import Draft
from credit_site.models.ended_session import EndedSession
from credit_site.models.exchange import (
    ExchangeBatch,
    ExchangeChannel,
    ExchangeReceipt,
    ExchangeRow,
)
from credit_site.models.follower import FollowerPosition
from credit_site.models.job import Job
from credit_site.models.ledger import Action, LedgerEntry
from credit_site.models.listing_case import ListingCase, ListingFact, ListingStep
from credit_site.models.lookup import Lookup, LookupFeedback, LookupGround, LookupLine
from credit_site.models.matter import Matter, MatterFile, MatterStay, MatterStep
from credit_site.models.record import Record, RecordRevision, State
from credit_site.models.record_document import RecordDocument
from credit_site.models.statistics import (
    StatisticsDeparture,
    StatisticsFact,
    StatisticsTally,
)
from credit_site.models.submission import StagedRow, Submission
from credit_site.models.waiting_correction import WaitingCorrection
from credit_site.models.web_hook import HookAttempt, HookDelivery, HookSubscriber
from credit_site.models.withdrawal import Withdrawal

__all__ = [
    "Account",
    "Action",
    "ApiKey",
    "Apology",
    "AssessmentReport",
    "AuditEvent",
    "CompanyReport",
    "DirectPublication",
    "Draft",
    "EndedSession",
    "ExchangeBatch",
    "ExchangeChannel",
    "ExchangeReceipt",
    "ExchangeRow",
    "FollowerPosition",
    "HookAttempt",
    "HookDelivery",
    "HookSubscriber",
    "Job",
    "KeyColumns",
    "LedgerEntry",
    "ListingCase",
    "ListingFact",
    "ListingStep",
    "Lookup",
    "LookupFeedback",
    "LookupGround",
    "LookupLine",
    "Matter",
    "MatterFile",
    "MatterStay",
    "MatterStep",
    "ReaderKey",
    "Record",
    "RecordDocument",
    "RecordRevision",
    "StagedRow",
    "State",
    "StatisticsDeparture",
    "StatisticsFact",
    "StatisticsTally",
    "Submission",
    "WaitingCorrection",
    "WarningNote",
    "Withdrawal",
]
