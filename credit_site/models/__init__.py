"""Tables, one aggregate a file."""

from credit_site.models.account import Account
from credit_site.models.api_key import ApiKey, DirectPublication
from credit_site.models.audit import AuditEvent
from credit_site.models.draft import Draft
from credit_site.models.follower import FollowerPosition
from credit_site.models.job import Job
from credit_site.models.ledger import Action, LedgerEntry
from credit_site.models.listing_case import ListingCase, ListingFact, ListingStep
from credit_site.models.lookup import Lookup, LookupGround, LookupLine
from credit_site.models.matter import Matter, MatterFile, MatterStep
from credit_site.models.record import Record, RecordRevision, State
from credit_site.models.submission import StagedRow, Submission
from credit_site.models.withdrawal import Withdrawal

__all__ = [
    "Account",
    "Action",
    "ApiKey",
    "AuditEvent",
    "DirectPublication",
    "Draft",
    "FollowerPosition",
    "Job",
    "LedgerEntry",
    "ListingCase",
    "ListingFact",
    "ListingStep",
    "Lookup",
    "LookupGround",
    "LookupLine",
    "Matter",
    "MatterFile",
    "MatterStep",
    "Record",
    "RecordRevision",
    "StagedRow",
    "State",
    "Submission",
    "Withdrawal",
]
