"""Entries of lists without a day of their own: their days count from the first publication."""

from __future__ import annotations

from credit_site.domain.entries import Entry
from credit_site.models import Record


def keep_days(record: Record, entry: Entry) -> None:
    """A row sent again, or a correction, neither begins anew nor prolongs what it changes."""
    entry.publication_start = record.publication_start
    known, new = record.publication_end, entry.publication_end
    if known is not None and (new is None or new > known):
        entry.publication_end = known
