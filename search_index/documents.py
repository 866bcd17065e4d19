"""What an engine is given to index: one public record, already free of anything not public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

TEXT_FIELDS = ("name", "code", "number", "agency", "facts", "basis", "category")
"""The keys of ``SearchDocument.texts``: what a prefix such as 名称: narrows a word to."""


@dataclass(slots=True)
class SearchDocument:
    """One visible record.

    ``id`` grows: an id above every id an index ever held is new and needs no deletion.
    ``position`` is the ledger number the record stands at, ``document_number`` the normal form,
    ``amount_fen`` the money in fen (0 for none), ``publication_end`` the last day on which the
    record is shown (None: no end). ``amount_band`` is the name of the band its money falls into,
    ``branch`` the slug of the branch of its list.
    """

    id: int
    register: str
    agency: str
    division: str
    categories: tuple[str, ...]
    violation_type: str
    campaign: str
    list_name: str
    severity: str
    decided_on: date | None
    amount_fen: int
    publication_start: date
    publication_end: date | None
    position: int
    uscc: str
    document_number: str
    name: str
    texts: Mapping[str, str]
    product_field: str = ""
    amount_band: str = ""
    branch: str = ""
